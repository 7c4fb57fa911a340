"""Who reads money follows at the end of every act: of marking, release by people, and of who sits in the mechanism."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from sild.kernel.access import Granted, grants_on, released_to
from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.grants import follows_a_rule
from sild.kernel.journal import Written
from sild.kernel.record import Record
from sild.wings.agreements.public import Agreement, among_sides
from sild.wings.money.actions.keeping import Kept
from sild.wings.money.models import Claim, Flow, Withheld
from sild.wings.money.reads.sides import Readers
from sild.wings.money.reads.told import facts_of, kept_of
from sild.wings.money.rules import ShownAs
from sild.wings.register.public import all_joined_into

SUBJECTS = {"register.Need": ("channel", "joined_into"), "register.Offer": ("joined_into",), "agreements.Agreement": ("visibility",)}
"""What flows hang on, and what of it decides who hears of them; what people withhold of it does, too."""
DECIDES = ("marking", "compartment_id", "embargo_until", "shown_as", "giver", "through", "body")
"""What the readers follow from. An undo puts these back, and not the readers."""
TABLES: dict[str, Any] = {"money.Flow": Flow, "money.Withheld": Withheld, "money.Claim": Claim}
WHOLE = frozenset({"kernel.Mechanism", "kernel.Organisation"})
"""Records that say who sits in which office: all money of their owner is looked at again."""

for _label in TABLES:
    follows_a_rule(_label)


@settles
def _follow(written: Sequence[Written]) -> None:
    """Bring the readers of changed money up to date, each for its owner."""
    touched: dict[UUID, dict[str, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    whole: set[UUID] = set()
    for label, key, before, after in written:
        state = after or before or {}
        if label in TABLES and before is not None and after is not None and any(before.get(one) != after.get(one) for one in DECIDES):
            touched[state["owner_id"]][label].add(_key(key))
        elif label == "kernel.Grant" and state["subject_model"] in {*TABLES, *SUBJECTS}:
            touched[state["owner_id"]][state["subject_model"]].add(_key(state["subject_id"]))
        elif label in SUBJECTS and before is not None and after is not None:
            if any(before.get(one) != after.get(one) for one in SUBJECTS[label]):
                touched[state["owner_id"]][label].add(_key(key))
        elif label in WHOLE:
            whole.add(state["owner_id"])
    for owner in sorted({*touched, *whole}):
        with on_behalf_of(owner) as rules:
            _add_those_beside(rules, touched[owner])
            named = _named_too_far(rules, touched[owner]["agreements.Agreement"])
            if named:
                unname_flows(rules, named)
            for label in TABLES:
                changed = _changed(rules, label, None if owner in whole else touched[owner][label])
                if changed:
                    follow_readers(rules, label, changed)


def _add_those_beside(actor: Actor, touched: dict[str, set[UUID]]) -> None:
    """Add the flows that hang on what was touched, and what flows keep back: its readers follow those of the flow."""
    about = Q(agreement_id__in=list(touched["agreements.Agreement"]))
    about |= Q(need_id__in=list(all_joined_into(actor, "need", touched["register.Need"])))
    about |= Q(offer_id__in=list(all_joined_into(actor, "offer", touched["register.Offer"])))
    own = {"owner_id": actor.organisation}
    if any(touched[label] for label in SUBJECTS):
        touched["money.Flow"] |= set(Flow.objects.filter(about, **own).values_list("id", flat=True))
    if touched["money.Flow"]:
        beside = Withheld.objects.filter(flow_id__in=list(touched["money.Flow"]), **own)
        touched["money.Withheld"] |= set(beside.values_list("id", flat=True))


def _key(key: UUID | str) -> UUID:
    return key if isinstance(key, UUID) else UUID(key)


def _changed(actor: Actor, label: str, keys: Collection[UUID] | None) -> list[Record]:
    """The owner's records of a kind (None: all) that are released to others than the rule says, with the right ones set."""
    if keys is not None and not keys:
        return []
    found = TABLES[label].objects.filter(owner_id=actor.organisation)
    records: list[Any] = list((found if keys is None else found.filter(id__in=list(keys))).order_by("id"))
    if not records:
        return []
    flows = _flows_of(records)
    readers, granted = Readers(actor, flows.values()), grants_on(label, [one.id for one in records])
    withheld = grants_on("money.Flow", list(flows)) if label == "money.Withheld" else {}
    kept = kept_of(records) if label == "money.Flow" else {}
    changed = []
    for one in records:
        wanted = released_to(
            _by_rule(readers, one, kept.get(one.id), flows) - _kept_from(withheld, one),
            _among_sides(granted.get(one.id), readers, one, kept.get(one.id)),
            owner=one.owner_id,
            marking=one.marking,
            compartment_id=one.compartment_id,
        )
        if set(wanted) != set(one.releasable_to):
            one.releasable_to = wanted
            changed.append(one)
    return changed


def _named_too_far(actor: Actor, agreements: Collection[UUID]) -> list[UUID]:
    """The flows that name to those who asked whom their agreement does not name to them any more."""
    if not agreements:
        return []
    quiet = Agreement.objects.filter(id__in=list(agreements), giver_told=False).values_list("id", flat=True)
    found = Flow.objects.filter(agreement_id__in=list(quiet), owner_id=actor.organisation, shown_as=ShownAs.NAMED)
    return list(found.order_by("id").values_list("id", flat=True))


def _among_sides(granted: Granted | None, readers: Readers, record: Any, kept: Withheld | None) -> Granted | None:
    """To whom people released it; of money for a quiet agreement none but its sides."""
    if granted is None or not isinstance(record, Flow):
        return granted
    facts = facts_of(record, kept)
    sides = readers.of_flow(record, (facts["giver"], facts["through"], facts["body"]))
    return among_sides(granted, sides, quiet=readers.quiet(record))


def _flows_of(records: Collection[Any]) -> dict[UUID, Flow]:
    """The flows that some records are, or keep something back of."""
    keys = [one.flow_id for one in records if isinstance(one, Withheld)]
    found = {flow.id: flow for flow in Flow.objects.filter(id__in=keys)} if keys else {}
    return found | {one.id: one for one in records if isinstance(one, Flow)}


def _kept_from(withheld: Mapping[UUID, Granted], record: Any) -> frozenset[UUID]:
    """From whom people withheld the flow that a record keeps something back of."""
    told = withheld.get(record.flow_id) if isinstance(record, Withheld) else None
    return told.withheld if told is not None else frozenset()


def _by_rule(readers: Readers, record: Any, kept: Withheld | None, flows: Mapping[UUID, Flow]) -> frozenset[UUID]:
    if isinstance(record, Claim):
        return readers.of_claim(record.marking)
    if isinstance(record, Withheld):
        givers = readers.givers(record.giver, record.through)
        return readers.heard(flows[record.flow_id], givers, givers=givers) if record.flow_id in flows else givers
    facts = facts_of(record, kept)
    names = (facts["giver"], facts["through"], facts["body"])
    by_rule = readers.of_flow(record, names)
    return readers.heard(record, by_rule, givers=readers.givers(*names[:2]))


@action("money.unname", roles=frozenset({Role.SERVICE}), recalled=True)
def unname_flows(actor: Actor, flows: Sequence[UUID]) -> None:
    """Show flows by their amount alone, since their agreement does not name its giver any more. A service of the desk does it."""
    granted = grants_on("money.Flow", list(flows))
    for key in flows:
        kept = Kept.found(key)
        kept.facts["shown_as"] = ShownAs.AMOUNT_ONLY
        kept.write(Readers(actor, [kept.flow]), granted.get(key))


@action("money.follow-readers", roles=frozenset({Role.SERVICE}), recalled=True)
def follow_readers(actor: Actor, label: str, changed: Sequence[Record]) -> None:
    """Write to whom money is shown now. A service of the desk does it, for whoever changed what it follows."""
    TABLES[label].objects.bulk_change(list(changed), ["releasable_to"])
