"""Which rulings say that two needs are one, or that some lines of a need are another: what joining and splitting write down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.linkage.problem import Relation
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere, Refused
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.reads.component import rulings_among
from sild.wings.linkage.reads.effects import Foreseen, foresee
from sild.wings.linkage.reads.naming import Wish
from sild.wings.register.public import Group, Line, group

JOINING = (Relation.SAME_AS, Relation.SUPERSEDES, Relation.ESCALATES, Relation.PART_OF, Relation.WITHDRAWS)
PARTING = (Relation.NOT_THE_SAME, Relation.SECOND_BATCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouping:
    """Rulings to be written (not saved yet) and those that they take the place of; `seeds` are all lines that they speak of."""

    wanted: tuple[Judgement, ...]
    dropped: tuple[Judgement, ...]
    seeds: tuple[UUID, ...]
    wish: Wish
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """Two needs (or offers) before they are joined, or one before it is split, and what that would do."""

    groups: tuple[Group, ...]
    foreseen: Foreseen
    version: int


@read
def joining(actor: Actor, side: str, one: UUID, other: UUID, relation: Relation, keep: UUID | None = None) -> Regrouping:
    """The rulings by which two needs (or offers) are one: the lines of each hold together, and the later stands so to the earlier.

    Raises NotThere, Refused.
    """
    if relation not in JOINING:
        raise Refused(_("Choose how the later one stands to the earlier: the same, replaced, more urgent, a part, or withdrawn."))
    first, second = _group(actor, side, one), _group(actor, side, other)
    if first.id == second.id:
        raise NotThere(_("It cannot be joined with itself: name another one."))
    if keep not in (None, first.id, second.id):
        raise Refused(_("Of the two that are joined one stays: choose one of them."))
    lines = [*first.lines, *second.lines]
    ruled = rulings_among(actor, [line.id for line in lines])
    dropped = [one for one in ruled if not Relation(one.relation).joins]
    kept = [one for one in ruled if Relation(one.relation).joins]
    wanted = [*_chain(first.lines, kept), *_chain(second.lines, kept)]
    early, late = sorted((first.lines[0], second.lines[0]), key=_moment)
    if not any({one.line_a_id, one.line_b_id} == {early.id, late.id} for one in kept):
        wanted.append(Judgement(line_a_id=early.id, line_b_id=late.id, relation=relation))
    return Regrouping(
        wanted=tuple(wanted),
        dropped=tuple(dropped),
        seeds=tuple(line.id for line in lines),
        wish=Wish(keep=keep),
        version=first.version + second.version,
    )


@read
def splitting(actor: Actor, side: str, key: UUID, chosen: Collection[UUID], relation: Relation) -> Regrouping:
    """The rulings by which some lines of a need (or an offer) speak of another: each part holds together, and the two are two.

    Raises NotThere, Refused.
    """
    if relation not in PARTING:
        raise Refused(_("Choose whether the lines speak of something else, or of a second batch."))
    whole = _group(actor, side, key)
    there = {line.id for line in whole.lines}
    if not set(chosen) <= there:
        raise NotThere(_("There is no such line in it."))
    if not chosen or set(chosen) == there:
        raise Refused(_("Choose some of its lines, not none and not all: what is split off leaves something behind."))
    off = [line for line in whole.lines if line.id in set(chosen)]
    rest = [line for line in whole.lines if line.id not in set(chosen)]
    ruled = rulings_among(actor, there)
    across = [one for one in ruled if (one.line_a_id in set(chosen)) != (one.line_b_id in set(chosen))]
    dropped = [one for one in across if Relation(one.relation).joins]
    kept = [one for one in ruled if one not in across]
    wanted = [*_chain(off, kept), *_chain(rest, kept)]
    if not any(not Relation(one.relation).joins for one in across):
        early, late = sorted((off[0], rest[0]), key=_moment)
        wanted.append(Judgement(line_a_id=early.id, line_b_id=late.id, relation=relation))
    return Regrouping(
        wanted=tuple(wanted),
        dropped=tuple(dropped),
        seeds=tuple(there),
        wish=Wish(apart=frozenset(chosen)),
        version=whole.version,
    )


@read
def joining_foreseen(actor: Actor, side: str, one: UUID, other: UUID, relation: Relation, keep: UUID | None = None) -> Regrouped:
    """Two needs (or offers) and what joining them would do. Raises NotThere, Refused."""
    asked = joining(actor, side, one, other, relation, keep)
    groups = (group(actor, side, one), group(actor, side, other))
    return Regrouped(groups=groups, foreseen=_foreseen(actor, asked), version=asked.version)


@read
def splitting_foreseen(actor: Actor, side: str, key: UUID, chosen: Collection[UUID], relation: Relation) -> Regrouped:
    """A need (or an offer) and what splitting the chosen lines off would do. Raises NotThere, Refused."""
    asked = splitting(actor, side, key, chosen, relation)
    return Regrouped(groups=(group(actor, side, key),), foreseen=_foreseen(actor, asked), version=asked.version)


def _foreseen(actor: Actor, asked: Regrouping) -> Foreseen:
    return foresee(actor, asked.seeds, asked.wanted, {one.id for one in asked.dropped}, asked.wish)


def _group(actor: Actor, side: str, key: UUID) -> Group:
    """One that can be joined or split. Raises NotThere, Refused."""
    found = group(actor, side, key)
    if found.joined_into is not None:
        raise Refused(_("{title} was joined into another one. Go on there.").format(title=found.title))
    if found.closed:
        raise Refused(_("{title} lies in a compartment: what is inside is linked with nothing outside.").format(title=found.title))
    if not found.lines:
        raise Refused(_("{title} has no line that can be linked: all were rejected.").format(title=found.title))
    return found


def _chain(lines: Sequence[Line], ruled: Iterable[Judgement]) -> list[Judgement]:
    """Rulings that hold lines together, where those that stand do not: the links that are proposed between them, else the same again."""
    root = {line.id: line.id for line in lines}

    def find(key: UUID) -> UUID:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for one in ruled:
        if one.line_a_id in root and one.line_b_id in root:
            root[find(one.line_a_id)] = find(one.line_b_id)
    chain: list[Judgement] = []
    links = Link.objects.filter(line_a_id__in=list(root), line_b_id__in=list(root), joined=True).order_by("-score", "id")
    proposed = [(link.line_a_id, link.line_b_id, link.relation) for link in links]
    proposed += [(lines[0].id, line.id, str(Relation.SAME_AS)) for line in lines[1:]]
    for early, late, relation in proposed:
        if find(early) != find(late):
            root[find(early)] = find(late)
            chain.append(Judgement(line_a_id=early, line_b_id=late, relation=relation))
    return chain


def _moment(line: Line) -> tuple[object, ...]:
    return (line.sent_at or line.created_at, line.message_name, line.position, str(line.id))
