"""Cases follow their lines: what the line says of the thing, and who may see the case, at the end of every act that changed the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sild.kernel.access import grants_on, released_to
from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.grants import follows_a_rule
from sild.kernel.journal import Image, Written
from sild.wings.clearance.models import LicenceCase
from sild.wings.clearance.reads.readers import case_readers
from sild.wings.register.public import Line

CASE = "clearance.LicenceCase"
CLOSENESS = ("marking", "compartment_id", "embargo_until")
WHOLE = frozenset({"kernel.Mechanism", "kernel.Organisation"})
"""Records that say who sits in which office: every case of their owner is looked at again."""

follows_a_rule(CASE)


@settles
def _follow(written: Sequence[Written]) -> None:
    """Bring the cases of changed lines, and the readers of changed cases, up to date, each on behalf of its owner."""
    lines: dict[UUID, set[UUID]] = defaultdict(set)
    cases: dict[UUID, set[UUID]] = defaultdict(set)
    whole: set[UUID] = set()
    for label, key, before, after in written:
        state = after or before or {}
        if label == "register.Line" and before is not None and after is not None and _differ(before, after, LicenceCase.TOLD_BY_LINE):
            lines[state["owner_id"]].add(_key(key))
        elif label == CASE and after is not None and before is not None and _differ(before, after, CLOSENESS):
            cases[state["owner_id"]].add(_key(key))
        elif label == "kernel.Grant" and state["subject_model"] == CASE:
            cases[state["owner_id"]].add(_key(state["subject_id"]))
        elif label in WHOLE:
            whole.add(state["owner_id"])
    for owner in sorted({*lines, *cases, *whole}):
        with on_behalf_of(owner) as rules:
            changed = list(_changed(rules, lines[owner], cases[owner], owner in whole))
            if changed:
                follow_lines(rules, changed)


def _differ(before: Image, after: Image, names: Collection[str]) -> bool:
    return any(before.get(name) != after.get(name) for name in names)


def _key(key: UUID | str) -> UUID:
    return key if isinstance(key, UUID) else UUID(key)


def _changed(actor: Actor, lines: Collection[UUID], cases: Collection[UUID], whole: bool) -> Iterator[LicenceCase]:
    """The owner's cases that say something else than their lines, or are shown to others than the rule says, as they should be."""
    own = LicenceCase.objects.filter(owner_id=actor.organisation).order_by("id")
    found = {case.id: case for case in own} if whole else {case.id: case for case in own.filter(line_id__in=list(lines))}
    found |= {case.id: case for case in own.filter(id__in=list(cases))} if cases else {}
    if not found:
        return
    told = {line.id: line for line in Line.objects.filter(id__in=[case.line_id for case in found.values()])}
    granted = grants_on(CASE, list(found))
    for case in found.values():
        line = told.get(case.line_id)
        before = case.image()
        if line is not None:
            for name in LicenceCase.TOLD_BY_LINE:
                setattr(case, name, getattr(line, name))
        wanted = released_to(
            case_readers(actor, case.provider),
            granted.get(case.id),
            owner=case.owner_id,
            marking=case.marking,
            compartment_id=case.compartment_id,
        )
        if set(wanted) != set(case.releasable_to):
            case.releasable_to = wanted
        if case.image() != before:
            yield case


@action("clearance.follow-lines", roles=frozenset({Role.SERVICE}), recalled=True)
def follow_lines(actor: Actor, changed: Sequence[LicenceCase]) -> None:
    """Write what cases say and to whom they are shown now. A service of the desk does it, for whoever changed the line."""
    LicenceCase.objects.bulk_change(list(changed), [*LicenceCase.TOLD_BY_LINE, "releasable_to"])
