"""Which need or offer each cluster becomes: the one that people took furthest stays, what was joined and parts again comes back."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sild.cores.linkage.answer import Cluster, Linkage, Side
from sild.cores.linkage.method import link
from sild.cores.linkage.method.part import Known, relink
from sild.cores.linkage.problem import LinkageProblem
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.linkage.models import Judgement
from sild.wings.linkage.reads.component import Part, part_around, rulings_among
from sild.wings.linkage.reads.problem import core_id, line_id, problem_among, problem_of, ruled_pairs
from sild.wings.register.public import Grouping, Line, how_far, joined_ones, spoken_of_outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person wants of the names: `keep`, the need or offer that stays of several; `apart`, lines that leave theirs behind."""

    keep: UUID | None = None
    apart: frozenset[UUID] = field(default_factory=frozenset)


NO_WISH = Wish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was asked, what the core answered, and where each line of its clusters goes."""

    problem: LinkageProblem
    linkage: Linkage
    groupings: tuple[Grouping, ...]


@read
def found_whole(actor: Actor, standing: Sequence[Line], rulings: Sequence[Judgement]) -> Found:
    """Link all these lines with these rulings. Raises BadProblem where rulings contradict each other."""
    problem = problem_of(actor, standing, rulings)
    linkage = link(problem)
    return Found(problem=problem, linkage=linkage, groupings=_groupings(actor, linkage, standing, NO_WISH))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What placing a part anew stands on, read once for several questions: its problem without rulings, and the rulings that stand."""

    part: Part
    problem: LinkageProblem
    rulings: tuple[Judgement, ...]


@read
def ground_around(actor: Actor, seeds: Iterable[UUID]) -> Ground:
    """The part of the register that rulings about these lines may move, with all that placing it takes."""
    part = part_around(actor, seeds)
    rulings = rulings_among(actor, [line.id for line in part.lines])
    return Ground(part=part, problem=problem_among(actor, part.lines, ()), rulings=tuple(rulings))


@read
def found_in_part(actor: Actor, ground: Ground, rulings: Sequence[Judgement], wish: Wish = NO_WISH) -> Found:
    """Place the free lines of a part anew with these rulings. Raises BadProblem where rulings contradict each other."""
    part = ground.part
    names = {line.id: core_id(line) for line in part.lines}
    problem = replace(ground.problem, judgements=ruled_pairs(names, rulings))
    if wish.apart:
        # what leaves a need takes no name along
        left = {core_id(line) for line in part.lines if line.id in wish.apart}
        problem = replace(problem, former={name: group for name, group in problem.former.items() if name not in left})
    seen = {frozenset(names[key] for key in ends) for ends in part.seen if ends <= names.keys()}
    linkage = relink(problem, [names[key] for key in part.free], Known(tables=part.tables, seen=seen))
    return Found(problem=problem, linkage=linkage, groupings=_groupings(actor, linkage, part.lines, wish))


def _groupings(actor: Actor, linkage: Linkage, standing: Iterable[Line], wish: Wish) -> tuple[Grouping, ...]:
    lines = {line.id: line for line in standing}
    members = {cluster.id: tuple(line_id(name) for name in cluster.lines) for cluster in linkage.clusters}
    groupings: list[Grouping] = []
    sides: tuple[Side, ...] = ("need", "offer")
    for side in sides:
        clusters = [cluster for cluster in linkage.clusters if cluster.side == side]
        formers = {cluster.id: _formers(side, [lines[key] for key in members[cluster.id]], wish) for cluster in clusters}
        named = {cluster.id: key for cluster in clusters if (key := _known(cluster)) is not None}
        _let_the_furthest_stay(actor, side, formers, named, wish)
        _bring_back(actor, side, clusters, formers, named, members)
        _name_anew(actor, side, clusters, named, lines)
        groupings += [Grouping(id=named[cluster.id], side=side, lines=members[cluster.id]) for cluster in clusters]
    return tuple(groupings)


def _formers(side: str, lines: Iterable[Line], wish: Wish) -> Counter[UUID]:
    """The needs (or offers) that the lines of a cluster speak of until now."""
    return Counter(key for line in lines if line.id not in wish.apart and (key := line.need_id if side == "need" else line.offer_id))


def _known(cluster: Cluster) -> UUID | None:
    """The need's own id that the core left to a cluster; None for a new cluster."""
    try:
        return UUID(cluster.id)
    except ValueError:
        return None


def _let_the_furthest_stay(actor: Actor, side: str, formers: Mapping[str, Counter[UUID]], named: dict[str, UUID], wish: Wish) -> None:
    """Where several needs become one, the one that a person named stays, else the one that people took furthest, else the earliest."""
    several = {name: list(told) for name, told in formers.items() if len(told) > 1 and name in named}
    if not several:
        return
    far = how_far(actor, side, {key for keys in several.values() for key in keys})
    taken = set(named.values())
    for name, keys in sorted(several.items()):
        free = [key for key in keys if key == named[name] or key not in taken]
        best = max(free, key=lambda key: (key == wish.keep, far.get(key, 0), key == named[name], str(key)), default=named[name])
        taken = (taken - {named[name]}) | {best}
        named[name] = best


def _bring_back(
    actor: Actor,
    side: str,
    clusters: Sequence[Cluster],
    formers: Mapping[str, Counter[UUID]],
    named: dict[str, UUID],
    members: Mapping[str, tuple[UUID, ...]],
) -> None:
    """A cluster that parts from a need into which another was joined, with that one's lines, is that one again."""
    fresh = [cluster for cluster in clusters if cluster.id not in named]
    into = {key for cluster in fresh for key in formers[cluster.id]} | ({*named.values()} if fresh else set())
    gone = joined_ones(actor, side, into) if into and fresh else []
    for cluster in fresh:
        mine = set(members[cluster.id])
        there = [(len(mine & set(told)), key) for key, _into, told in gone if mine & set(told) and key not in named.values()]
        if there:
            # the oldest of equals: it comes first in `gone`
            named[cluster.id] = max(there, key=lambda one: one[0])[1]


def _name_anew(actor: Actor, side: str, clusters: Sequence[Cluster], named: dict[str, UUID], lines: Mapping[UUID, Line]) -> None:
    """A new cluster has an id made from its own: the same lines give the same id again, but never one that other lines bear."""
    fresh = [cluster.id for cluster in clusters if cluster.id not in named]
    made = {name: uuid.uuid5(actor.mechanism, name) for name in fresh}
    taken = {*named.values(), *spoken_of_outside(actor, side, made.values(), lines)} if fresh else set()
    for name in fresh:
        identity, label = made[name], name
        while identity in taken:
            label += "-b"
            identity = uuid.uuid5(actor.mechanism, label)
        taken.add(identity)
        named[name] = identity
