"""Writing flows down and moving them on: record, advance (all or a part), put a value on it, put it under its parent, show it, end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from sild.kernel.access import grants_on
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.said import said
from sild.kernel.subjects import model_named
from sild.values.marking import Marking
from sild.values.money import Money
from sild.wings.agreements.public import Agreement
from sild.wings.money.actions.keeping import Kept
from sild.wings.money.models import Flow
from sild.wings.money.reads.records import FLOW
from sild.wings.money.reads.sides import Readers
from sild.wings.money.rules import FlowState, ShownAs, advances_from
from sild.wings.parties.public import desk_day

RECORDERS = frozenset({Role.OFFICER})
FINEST = Decimal("0.001")
CENT = Decimal("0.01")
"""To which a worth is rounded that comes of a rate; an amount is never rounded."""
DEEPEST = 50
SUBJECTS = {"need_id": "register.Need", "offer_id": "register.Offer", "agreement_id": "agreements.Agreement"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFlow:
    """A flow to be written down: how much of which currency, who gives, through whom, to whom, what for, when, and where it was said."""

    amount: Decimal
    currency: str
    state: FlowState = FlowState.INDICATED
    giver: str = ""
    through: str = ""
    body: str = ""
    title: str = ""
    category: str = ""
    in_kind: bool = False
    method: str = ""
    on: date | None = None
    begins: date | None = None
    ends: date | None = None
    as_of: date | None = None
    source: str = ""
    address: str = ""
    shown_as: ShownAs = ShownAs.NAMED
    marking: Marking = Marking.AMBER
    need_id: UUID | None = None
    offer_id: UUID | None = None
    agreement_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What an amount is worth: in which currency, at which rate (units of the flow's currency for one of it), of which day, by whom;
    for a gift in kind `value` with the method by which it was found."""

    currency: str
    rate: Decimal | None = None
    value: Decimal | None = None
    on: date | None = None
    source: str = ""
    method: str = ""


@action("money.record", roles=RECORDERS)
def record_flow(actor: Actor, new: NewFlow, *, reason: str = "") -> UUID:
    """Write a flow down; returns its id. Raises NotThere for a need, offer or agreement that the actor does not see, Refused."""
    amount = _amount(new.amount, new.currency)
    if amount <= 0:
        raise Refused(_("Write an amount above 0. What was taken back is ended or undone, not written as less than nothing."))
    _refuse_odd_days(new)
    if new.in_kind and not new.method.strip():
        raise Refused(_("Say how the gift in kind was valued: by its price list, by its giver, by an estimate of whom."))
    subjects = [_subject(label, key) for name, label in SUBJECTS.items() if (key := getattr(new, name)) is not None]
    plain = {name: getattr(new, name) for name in NewFlow.__dataclass_fields__ if name not in ("amount", "marking", "shown_as")}
    flow = Flow(id=uuid4(), **plain, amount=amount, state_since=new.on or desk_day(actor), shown_as=new.shown_as)
    if agreed := next((one for one in subjects if one._meta.label == SUBJECTS["agreement_id"]), None):
        # what hangs on an agreement hangs on its need and its offer: it goes with them wherever they go
        flow.need_id, flow.offer_id = agreed.need_id, agreed.offer_id
        _refuse_naming(shown_as=new.shown_as, giver=new.giver, through=new.through, giver_told=agreed.giver_told)
    flow.marking = max([int(new.marking), *(one.marking for one in subjects)])
    flow.compartment_id = next((one.compartment_id for one in subjects if one.compartment_id is not None), None)
    flow.embargo_until = max((one.embargo_until for one in subjects if one.embargo_until is not None), default=None)
    flow.owner_id = actor.organisation
    kept = Kept.fresh(flow)
    kept.note(actor, "recorded", reason)
    kept.write(Readers(actor))
    return flow.id


def _amount(amount: Decimal, currency: str) -> Decimal:
    """The amount as it is kept, exactly. Raises Refused for more places than are kept, and for what is no currency."""
    try:
        Money(amount, currency)
    except ValueError as fault:
        raise Refused(_("{currency} is no currency. Write its ISO code, such as EUR.").format(currency=currency[:10] or "–")) from fault
    if amount != amount.quantize(FINEST):
        raise Refused(_("Money is kept to a thousandth. Write {amount} with fewer places.").format(amount=amount))
    return amount


def _refuse_odd_days(new: NewFlow) -> None:
    if new.begins is not None and new.ends is not None and new.ends < new.begins:
        raise Refused(_("The period ends before it begins. Check both days."))


def _refuse_naming(*, shown_as: ShownAs, giver: str, through: str, giver_told: bool) -> None:
    """Raise Refused where a flow would name to those who asked whom its agreement does not name to them."""
    if shown_as == ShownAs.NAMED and not giver_told and (giver.strip() or through.strip()):
        raise Refused(
            _("Those who asked are not told who gives in this agreement. Show the flow by its amount only, anonymously or secretly.")
        )


def _subject(label: str, key: UUID) -> Any:
    found = model_named(label)._default_manager.filter(id=key).first()
    if found is None:
        raise NotThere(_("There is no such record."))
    return found


@action("money.advance", roles=RECORDERS)
def advance_flow(
    actor: Actor, flow_id: UUID, state: FlowState, amount: Decimal | None = None, *, version: int | None = None, reason: str = ""
) -> UUID:
    """Move a flow, or a part of it, on to a later state; returns the id of what moved. Raises NotThere, Stale, Refused.

    A part becomes a flow of its own and the rest stays: together they are what there was, to the last place.
    """
    kept = _own(actor, flow_id, version)
    now = FlowState(kept.facts["state"])
    if state not in advances_from(now):
        told = _("Money moves forward alone: from {now} it does not come to {wanted}. Undo the step that was wrong instead.")
        raise Refused(told.format(now=said().label(now, "flow"), wanted=said().label(state, "flow")))
    readers = Readers(actor)
    if amount is None or amount == kept.amount:
        kept.facts |= {"state": state, "state_since": desk_day(actor)}
        kept.note(actor, "advanced", reason)
        kept.write(readers, grants_on(FLOW, [flow_id]).get(flow_id))
        return flow_id
    part = _amount(amount, kept.facts["currency"])
    if not 0 < part < kept.amount:
        told = _("Move an amount above 0 and at most {most} {currency}.")
        raise Refused(told.format(most=f"{kept.amount.normalize():f}", currency=kept.facts["currency"]))
    moved = _part_of(kept, part)
    kept.facts |= {"amount": kept.amount - part, "value": _rest(kept.facts["value"], moved.facts["value"])}
    kept.note(actor, "split", reason)
    kept.write(readers, grants_on(FLOW, [flow_id]).get(flow_id))
    moved.facts |= {"state": state, "state_since": desk_day(actor)}
    moved.note(actor, "advanced", reason)
    moved.write(readers)
    return moved.flow.id


def _part_of(kept: Kept, part: Decimal) -> Kept:
    """A new flow of a part of the amount, alike in everything else; its value is its share, the last place rounded once."""
    facts = dict(kept.facts)
    value = facts["value"]
    facts["value"] = (value * part / kept.amount).quantize(CENT) if value is not None else None
    facts["amount"] = part
    facts["key"] = ""
    flow = Flow(id=uuid4(), currency=facts["currency"], state_since=facts["state_since"])
    flow.owner_id, flow.marking, flow.compartment_id = kept.flow.owner_id, kept.flow.marking, kept.flow.compartment_id
    facts["id"] = flow.id
    return Kept(flow, None, facts)


def _rest(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    return whole - part if whole is not None and part is not None else None


@action("money.value", roles=RECORDERS)
def value_flow(actor: Actor, flow_id: UUID, worth: Worth, *, version: int | None = None, reason: str = "") -> None:
    """Say what a flow is worth in another currency, or a gift in kind at all, and how that is known. Raises NotThere, Stale, Refused."""
    kept = _own(actor, flow_id, version)
    if not (worth.source if worth.rate is not None else worth.method).strip():
        raise Refused(_("Say where the rate comes from, or by which method the value was found."))
    if worth.rate is not None:
        if worth.rate <= 0 or worth.on is None:
            raise Refused(_("A rate is above 0 and has its day. Write both."))
        if worth.currency == kept.facts["currency"]:
            raise Refused(_("A rate is between two currencies. The flow is in {currency} already.").format(currency=worth.currency))
        value = (kept.amount / worth.rate).quantize(CENT)
    elif worth.value is not None and worth.value > 0:
        value = worth.value
    else:
        raise Refused(_("Write a rate, or the value itself."))
    value = _amount(value, worth.currency)
    told = {"value": value, "value_currency": worth.currency, "rate": worth.rate, "rate_on": worth.on, "rate_source": worth.source}
    kept.facts |= {**told, "method": worth.method or kept.facts["method"]}
    kept.note(actor, "valued", reason)
    kept.write(Readers(actor), grants_on(FLOW, [flow_id]).get(flow_id))


@action("money.put-under", roles=RECORDERS)
def put_under(
    actor: Actor, flow_id: UUID, parent_id: UUID | None, *, within: bool = True, version: int | None = None, reason: str = ""
) -> None:
    """Say out of which flow the money came; `within`: that one's amount still holds it, so totals count it once. None: out of none.

    Raises NotThere, Stale; Refused for a ring, and for parts that come to more than the parent.
    """
    kept = _own(actor, flow_id, version)
    if parent_id is not None:
        parent = Kept.found(parent_id)
        _refuse_ring(flow_id, parent.flow)
        if within:
            _refuse_overfull(kept, parent)
    kept.facts |= {"parent_id": parent_id, "within": within and parent_id is not None}
    kept.note(actor, "placed", reason)
    kept.write(Readers(actor), grants_on(FLOW, [flow_id]).get(flow_id))


def _refuse_ring(flow_id: UUID, parent: Flow) -> None:
    seen, above = {flow_id}, parent
    for _level in range(DEEPEST):
        if above.id in seen:
            raise Refused(_("Money cannot come out of itself: that flow came out of this one. Choose another."))
        seen.add(above.id)
        found = Flow.objects.filter(id=above.parent_id).first() if above.parent_id is not None else None
        if found is None:
            return
        above = found
    raise Refused(
        _("The chain of flows has {deepest} links, the most there are. Put it under one nearer to its giver.").format(deepest=DEEPEST)
    )


def _refuse_overfull(kept: Kept, parent: Kept) -> None:
    """Raise Refused where the parts of a flow, in its own currency, would come to more than it."""
    if kept.facts["currency"] != parent.facts["currency"]:
        return
    others = Flow.objects.filter(parent_id=parent.flow.id, within=True, ended=False).exclude(id=kept.flow.id)
    parts = [Kept.found(key) for key in others.values_list("id", flat=True)]
    held = sum((part.amount for part in parts if part.facts["currency"] == parent.facts["currency"]), Decimal(0))
    if held + kept.amount > parent.amount:
        told = _("That flow is {whole} {currency}, of which {held} stand in others already. This part does not fit in.")
        numbers = {"whole": f"{parent.amount.normalize():f}", "held": f"{held.normalize():f}"}
        raise Refused(told.format(currency=parent.facts["currency"], **numbers))


@action("money.show", roles=RECORDERS)
def show_flow(actor: Actor, flow_id: UUID, shown_as: ShownAs, *, version: int | None = None, reason: str) -> None:
    """Say how the giver wants it shown: what was shown before stays known to who saw it. Raises NotThere, Stale, Refused."""
    kept = _own(actor, flow_id, version)
    if not reason.strip():
        raise Refused(_("Say who wants it so: the giver decides how a gift is shown."))
    about = kept.flow.agreement_id
    told = about is None or not Agreement.objects.filter(id=about, giver_told=False).exists()
    _refuse_naming(shown_as=shown_as, giver=kept.facts["giver"], through=kept.facts["through"], giver_told=told)
    kept.facts["shown_as"] = shown_as
    kept.note(actor, "shown", reason)
    kept.write(Readers(actor), grants_on(FLOW, [flow_id]).get(flow_id))


@action("money.end", roles=RECORDERS)
def end_flow(actor: Actor, flow_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Write down that a flow was not kept: it stands in no total any more, and stays on record. Raises NotThere, Stale, Refused."""
    kept = _own(actor, flow_id, version)
    if not reason.strip():
        raise Refused(_("Say why it ends: the others read the reason."))
    kept.facts["ended"] = True
    kept.note(actor, "ended", reason)
    kept.write(Readers(actor), grants_on(FLOW, [flow_id]).get(flow_id))


def _own(actor: Actor, flow_id: UUID, version: int | None) -> Kept:
    """A flow that the actor's organisation keeps and that still stands. Raises NotThere, Stale, Refused."""
    kept = Kept.found(flow_id, version=version)
    if kept.flow.owner_id != actor.organisation:
        raise Refused(_("Another organisation keeps this flow. Ask them to write it down."))
    if kept.facts["ended"]:
        raise Refused(_("The flow was ended and moves no more. Undo that, or write a new one."))
    return kept
