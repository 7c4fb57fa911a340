"""Link the register as a whole, or the part that a ruling moves: propose, keep links with their reasons, place. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from sild.cores.linkage.check import check
from sild.cores.linkage.method.part import placed
from sild.cores.linkage.problem import BadProblem
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn_until_commit
from sild.wings.linkage.actions.keeping import Keeping
from sild.wings.linkage.models import Judgement
from sild.wings.linkage.reads.naming import NO_WISH, Found, Wish, found_in_part, found_whole, ground_around
from sild.wings.linkage.reads.problem import line_id, standing_lines
from sild.wings.register.public import Line, place_lines

LINKERS = frozenset({Role.SERVICE, Role.OFFICER})
TURN = "linking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a linking found: clusters, links and look-alikes, counted, and what the check had to say (nothing, when all is well).

    `look_alikes_left_out` counts the look-alikes beyond those that are kept for people to see, the less alike ones.
    After a ruling they count the part of the register that it may move. `without_vector` lines were compared by their words alone.
    """

    needs: int
    offers: int
    links: int
    look_alikes: int
    look_alikes_left_out: int
    without_vector: int
    findings: tuple[str, ...]


@action("linkage.link-register", roles=LINKERS)
def link_register(actor: Actor) -> Linked:
    """Propose which lines speak of one need or offer, keep the links with their reasons, and place the lines.

    Judgements of people always win. Earlier needs keep their ids. Raises Refused when the register contradicts itself, with the record.
    """
    stamp = _stamp()
    found = _whole(actor)
    # two linkings at once would each make the same links: the second waits, and reads what the first wrote. A person's ruling does not
    # wait for the reckoning of the whole register, only for its writing
    turn_until_commit(actor.mechanism, TURN)
    if _stamp() != stamp:
        found = _whole(actor)
    return _kept(actor, found, Keeping(actor).whole(found.linkage), check(found.problem, found.linkage))


@action("linkage.link-part", roles=LINKERS)
def link_part(actor: Actor, seeds: Collection[UUID], wish: Wish = NO_WISH) -> Linked:
    """Link and place the part of the register that hangs together with these lines. Raises Refused."""
    turn_until_commit(actor.mechanism, TURN)
    ground = ground_around(actor, seeds)
    try:
        found = found_in_part(actor, ground, ground.rulings, wish)
    except BadProblem as fault:
        raise Refused(f"The lines cannot be linked: {fault}.") from fault
    findings = check(*placed(found.problem, found.linkage))
    return _kept(actor, found, Keeping(actor).in_part(ground.part, found.linkage), findings, in_part=True)


def _stamp() -> tuple[Any, ...]:
    """What changes when a line or a ruling is written."""
    counted = {"many": Count("id"), "told": Sum("version")}
    return (*Line.objects.aggregate(**counted).values(), *Judgement.objects.aggregate(**counted).values())


def _whole(actor: Actor) -> Found:
    try:
        return found_whole(actor, standing_lines(actor), list(Judgement.objects.filter(withdrawn=False)))
    except BadProblem as fault:
        raise Refused(f"The lines cannot be linked: {fault}.") from fault


def _kept(actor: Actor, found: Found, links: int, findings: Sequence[object], *, in_part: bool = False) -> Linked:
    linked = [line for cluster in found.linkage.clusters for line in cluster.lines]
    needs, offers = place_lines(actor, found.groupings, among=[line_id(line) for line in linked] if in_part else None)
    return Linked(
        needs=needs,
        offers=offers,
        links=links,
        look_alikes=len(found.linkage.look_alikes),
        look_alikes_left_out=found.linkage.look_alikes_left_out,
        without_vector=sum(line not in (found.problem.vectors or {}) for line in linked),
        findings=tuple(str(finding) for finding in findings),
    )
