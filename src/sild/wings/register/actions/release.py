"""Release by rule: who sees needs, offers, their lines and rulings follows from what they are, at the end of every act that changes it.

A need that is endorsed goes to the donors in the same transaction; one that is not any more is taken back from them. Whatever people
released or withheld beyond the rule is joined to it (kernel/access.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from sild.kernel.access import grants_on, released_to
from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, current_actor, on_behalf_of
from sild.kernel.grants import follows_a_rule
from sild.kernel.journal import Image, Written
from sild.kernel.record import Record
from sild.wings.register.models import GateRuling, Line, Need, Offer, OfferAnswer
from sild.wings.register.reads.audiences import audiences_of
from sild.wings.register.rules.release import (
    Audiences,
    need_line_readers,
    need_readers,
    offer_line_readers,
    offer_readers,
    ruling_readers,
)

AT_A_TIME = 500
ACCESS = ("marking", "compartment_id", "releasable_to")
DECIDES: dict[str, tuple[str, ...]] = {
    "register.Need": (*ACCESS, "state", "channel", "beneficiary"),
    "register.Offer": (*ACCESS, "provider", "beneficiary"),
    "register.Line": (*ACCESS, "need_id", "offer_id"),
    "register.GateRuling": (*ACCESS, "need_id"),
    "parties.Party": ("parent",),
    "kernel.Organisation": ("id",),
    "kernel.Mechanism": ("spec",),
    "kernel.Grant": ("recalled", "withholds", "subject_id", "organisation_id"),
}
"""Which fields of which records decide about a release. What an act wrote besides changes nothing here."""


follows_a_rule("register.Need", "register.Offer", "register.Line", "register.GateRuling")


@dataclass(slots=True)
class Touched:
    """What an act wrote that may change a release: the owner's needs, offers and lines; `whole`: everything."""

    needs: set[UUID] = field(default_factory=set)
    offers: set[UUID] = field(default_factory=set)
    lines: set[UUID] = field(default_factory=set)
    whole: bool = False


@settles
def _follow_the_rule(written: Sequence[Written]) -> None:
    """Bring the releases of what was written up to date, each on behalf of its owner."""
    owners: dict[UUID, Touched] = defaultdict(Touched)
    for label, key, before, after in written:
        if label in DECIDES and _decides(DECIDES[label], before, after):
            _touch(owners, label, key, before, after)
    for owner, touched in owners.items():
        with on_behalf_of(owner) as rules:
            changed = list(_changes(rules, touched))
            if changed:
                follow_release_rule(rules, changed)


def _decides(fields: Sequence[str], before: Image | None, after: Image | None) -> bool:
    if before is None or after is None:
        state = after or before or {}
        # a body met in a message has nobody above it, a line that was just read is in no need yet: neither is released to anybody
        return state.get("parent") != "" and ("message_id" not in state or bool(state["need_id"] or state["offer_id"]))
    return any(before.get(name) != after.get(name) for name in fields)


def _touch(owners: dict[UUID, Touched], label: str, key: UUID, before: Image | None, after: Image | None) -> None:
    states: list[Image] = [state for state in (before, after) if state is not None]
    touched = owners[states[-1]["owner_id"]]
    if label == "register.Line":
        touched.needs |= {state["need_id"] for state in states if state["need_id"]}
        touched.offers |= {state["offer_id"] for state in states if state["offer_id"]}
        touched.lines.add(_key(key))
    elif label == "register.Need":
        touched.needs.add(_key(key))
    elif label == "register.Offer":
        touched.offers.add(_key(key))
    elif label == "register.GateRuling":
        _touch_ruled(owners, states)
    elif label == "kernel.Grant":
        _touch_granted(touched, states[-1]["subject_model"], _key(states[-1]["subject_id"]))
    else:
        touched.whole = True


def _key(key: UUID | str) -> UUID:
    return key if isinstance(key, UUID) else UUID(key)


def _touch_granted(touched: Touched, label: str, subject: UUID) -> None:
    """What people released or withheld; the readers of a line are reckoned with its need or offer."""
    named = {"register.Need": touched.needs, "register.Offer": touched.offers, "register.Line": touched.lines}
    named.get(label, set()).add(subject)
    if label == "register.Line":
        for need, offer in Line.objects.filter(id=subject).values_list("need_id", "offer_id"):
            touched.needs |= {need} - {None}
            touched.offers |= {offer} - {None}


def _touch_ruled(owners: dict[UUID, Touched], states: Sequence[Image]) -> None:
    """A ruling is the gate's; the need that it speaks of has its own owner."""
    need = Need.objects.filter(id=states[-1]["need_id"]).first()
    if need is not None:
        owners[need.owner_id].needs.add(need.id)


@action("register.apply-release-rule", roles=frozenset({Role.SERVICE, Role.OFFICER}), recalled=True)
def apply_release_rule(actor: Actor) -> int:
    """Bring the releases of the whole register up to date; returns how many records changed their readers.

    Acts do this for what they write; a run does it for what was kept before the rule was as it is.
    """
    with on_behalf_of(actor.organisation) as rules:
        changed = list(_changes(rules, Touched(whole=True)))
        if changed:
            follow_release_rule(rules, changed)
    return len(changed)


@action("register.follow-release-rule", roles=frozenset({Role.SERVICE}), recalled=True)
def follow_release_rule(actor: Actor, changes: Sequence[tuple[Record, list[UUID]]]) -> None:
    """Write whom each record is released to now. A service of the desk does it, for whoever wrote what the release follows from."""
    by_model: dict[type[Record], list[Record]] = defaultdict(list)
    for record, wanted in changes:
        record.releasable_to = wanted
        by_model[type(record)].append(record)
    for model, records in by_model.items():
        mine = [record for record in records if record.owner_id == actor.organisation]
        model.objects.bulk_change(mine, ["releasable_to"])
        for owner in {record.owner_id for record in records} - {actor.organisation}:
            with on_behalf_of(owner):
                others = [record for record in records if record.owner_id == owner]
                model.objects.bulk_change(others, ["releasable_to"])


def _changes(actor: Actor, touched: Touched) -> Iterator[tuple[Record, list[UUID]]]:
    """Every record whose release is not what the rule and the grants say, with what they say."""
    audiences = audiences_of(actor)
    for needs in _found(Need, touched.needs, touched.whole):
        yield from _of_needs(audiences, {need.id: need for need in needs}, touched)
    for offers in _found(Offer, touched.offers, touched.whole):
        yield from _of_offers(audiences, {offer.id: offer for offer in offers}, touched)
    loose = Line.objects.filter(need_id__isnull=True, offer_id__isnull=True, owner_id=actor.organisation)
    named = loose.exclude(releasable_to=[]) if touched.whole else loose.filter(id__in=list(touched.lines))
    yield from _differing("register.Line", [(line, frozenset()) for line in named])


def _of_needs(audiences: Audiences, needs: dict[UUID, Need], touched: Touched) -> Iterator[tuple[Record, list[UUID]]]:
    yield from _differing("register.Need", [(need, need_readers(audiences, state=need.state, **_of(need))) for need in needs.values()])
    told = []
    for line in Line.objects.filter(need_id__in=list(needs)):
        need = needs[cast(UUID, line.need_id)]
        # a line tells of its need: where the need is closed further, so is what is said of it
        told.append((line, need_line_readers(audiences, **(_of(need) | {"marking": max(line.marking, need.marking)}))))
    touched.lines -= {line.id for line, _readers in told}
    yield from _differing("register.Line", told)
    ruled = [
        (ruling, ruling_readers(audiences, **_of(needs[ruling.need_id]))) for ruling in GateRuling.objects.filter(need_id__in=list(needs))
    ]
    # the secretariat answers for the register: it sees every ruling on its needs, however closed
    yield from _differing("register.GateRuling", ruled, always=current_actor().organisation)


def _of_offers(audiences: Audiences, offers: dict[UUID, Offer], touched: Touched) -> Iterator[tuple[Record, list[UUID]]]:
    told_of = [
        (offer, offer_readers(audiences, provider=offer.provider, beneficiary=offer.beneficiary, marking=offer.marking))
        for offer in offers.values()
    ]
    changed = list(_differing("register.Offer", told_of))
    yield from changed
    yield from _answers(offers, {offer.id: readers for offer, readers in changed})
    told = []
    for line in Line.objects.filter(offer_id__in=list(offers), need_id__isnull=True):
        offer = offers[cast(UUID, line.offer_id)]
        told.append((line, offer_line_readers(audiences, provider=offer.provider, marking=max(line.marking, offer.marking))))
    touched.lines -= {line.id for line, _readers in told}
    yield from _differing("register.Line", told)


def _answers(offers: Mapping[UUID, Offer], changed: Mapping[UUID, list[UUID]]) -> Iterator[tuple[Record, list[UUID]]]:
    """What was answered to offers, where somebody who reads it lost the offer; `changed` are readers that are not written yet."""
    for answer in OfferAnswer.objects.filter(offer_id__in=list(offers)).exclude(releasable_to=[]):
        offer = offers[answer.offer_id]
        readers = sorted(set(answer.releasable_to) & {*changed.get(offer.id, offer.releasable_to), offer.owner_id})
        if readers != sorted(answer.releasable_to):
            yield answer, readers


def _of(need: Need) -> dict[str, Any]:
    return {name: getattr(need, name) for name in ("beneficiary", "channel", "marking")}


def _found(model: type[Need] | type[Offer], keys: Collection[UUID], whole: bool) -> Iterator[list[Any]]:
    """The own records of a kind, some at a time: the named ones, or all."""
    owner = current_actor().organisation
    wanted = sorted(keys) if not whole else list(model.objects.filter(owner_id=owner).order_by("id").values_list("id", flat=True))
    for start in range(0, len(wanted), AT_A_TIME):
        # locked before the grants are read: a word about a release that is under way is waited for
        yield list(model.objects.filter(id__in=wanted[start : start + AT_A_TIME], owner_id=owner).order_by("id").select_for_update())


def _differing(
    label: str, told: Sequence[tuple[Any, frozenset[UUID]]], *, always: UUID | None = None
) -> Iterator[tuple[Record, list[UUID]]]:
    """The records whose release is not as told; `always` sees them whatever their marking, outside compartments."""
    granted = grants_on(label, [record.id for record, _readers in told]) if told else {}
    for record, readers in told:
        access = {"owner": record.owner_id, "marking": record.marking, "compartment_id": record.compartment_id}
        wanted = set(released_to(readers, granted.get(record.id), **access))
        if always is not None and record.compartment_id is None:
            wanted |= {always} - {record.owner_id}
        if set(record.releasable_to) != wanted:
            yield record, sorted(wanted)
