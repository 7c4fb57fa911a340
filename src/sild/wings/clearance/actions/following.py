"""Cases follow their lines: what the line says of the thing, and who may see the case, at the end of every act that changed the line.

From whom people withhold a line, its cases are kept too, unless somebody releases a case to them by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sild.kernel.access import grants_on, released_to
from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.followed import followed_by
from sild.kernel.grants import follows_a_rule
from sild.kernel.journal import Written
from sild.wings.clearance.models import LicenceCase
from sild.wings.clearance.reads.readers import case_readers, withheld_lines
from sild.wings.register.public import Line

CASE = "clearance.LicenceCase"

follows_a_rule(CASE)


@settles
def _follow(written: Sequence[Written]) -> None:
    """Bring the cases of changed lines, and the readers of changed cases, up to date, each on behalf of its owner."""
    for one in followed_by(written, CASE, {"register.Line": LicenceCase.TOLD_BY_LINE}):
        with on_behalf_of(one.owner) as rules:
            changed = list(_changed(rules, one.subjects, one.own, one.everything))
            if changed:
                follow_lines(rules, changed)


def _changed(actor: Actor, lines: Collection[UUID], cases: Collection[UUID], whole: bool) -> Iterator[LicenceCase]:
    """The owner's cases that say something else than their lines, or are shown to others than the rule says, as they should be."""
    own = LicenceCase.objects.filter(owner_id=actor.organisation).order_by("id")
    found = {case.id: case for case in own} if whole else {case.id: case for case in own.filter(line_id__in=list(lines))}
    found |= {case.id: case for case in own.filter(id__in=list(cases))} if cases else {}
    if not found:
        return
    told = {line.id: line for line in Line.objects.filter(id__in=[case.line_id for case in found.values()])}
    granted = grants_on(CASE, list(found))
    withheld = withheld_lines([case.line_id for case in found.values()])
    for case in found.values():
        line = told.get(case.line_id)
        before = case.image()
        if line is not None:
            for name in LicenceCase.TOLD_BY_LINE:
                setattr(case, name, getattr(line, name))
        wanted = released_to(
            case_readers(actor, case.provider) - withheld.get(case.line_id, frozenset()),
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
