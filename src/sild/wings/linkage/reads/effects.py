"""What rulings would do, told before anybody saves them: needs and offers before and after, what rests on them, what cannot be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.linkage.problem import BadProblem, Relation
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.grants import Going, carried_by
from sild.kernel.identity import Organisation
from sild.kernel.resting import Resting, resting_on
from sild.wings.linkage.models import Judgement
from sild.wings.linkage.reads.naming import NO_WISH, Ground, Wish, found_in_part, ground_around
from sild.wings.register.public import PAST_A_GATE, Foretold, Line, foretell

MOST_MOVED = 50
"""Lines that are named of those that would move; the others are counted."""

LABELS = {"need": "register.Need", "offer": "register.Offer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """A line that would go from one need (or offer) to another; `into` None: to a new one.

    `out_of`: the need that passed a gate which it would leave for one that passed none.
    """

    line: UUID
    item: str
    message_name: str
    into: UUID | None
    out_of: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFrom:
    """An organisation from whom a need or an offer would be kept, because lines come to it from one that is withheld from them."""

    subject: UUID
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A need or an offer that would change, and what of the plan rests on it now."""

    told: Foretold
    resting: tuple[Resting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What rulings would do: `moved` lines, the first of them in `moving`; `taken_back` earlier rulings; `refused` why it cannot be.

    `losing` of the moved lines would leave a need that passed a gate for one that passed none.
    """

    touched: tuple[Touched, ...] = ()
    moving: tuple[Moving, ...] = ()
    moved: int = 0
    losing: int = 0
    kept_from: tuple[KeptFrom, ...] = ()
    taken_back: int = 0
    refused: str = ""


@read
def foresee(
    actor: Actor, seeds: Collection[UUID], wanted: Sequence[Judgement], dropped: Collection[UUID], wish: Wish = NO_WISH
) -> Foreseen:
    """What `wanted` rulings (not saved) would do once the `dropped` ones are taken back. All lines of both are among the seeds."""
    return foresee_on(actor, ground_around(actor, seeds), wanted, dropped, wish)


@read
def foresee_on(actor: Actor, ground: Ground, wanted: Sequence[Judgement], dropped: Collection[UUID], wish: Wish = NO_WISH) -> Foreseen:
    """The same, on what was read for several such questions."""
    standing = ground.part.lines
    ruled = [one for one in ground.rulings if one.id not in dropped]
    contradicted = contradiction([*ruled, *wanted])
    if contradicted is not None:
        return Foreseen(refused=in_words(contradicted, standing), taken_back=len(dropped))
    try:
        groupings = found_in_part(actor, ground, [*ruled, *wanted], wish).groupings
    except BadProblem:
        return Foreseen(refused=mixed(), taken_back=len(dropped))
    told = foretell(actor, groupings)
    known = {one.id for one in told if one.before is not None}
    at = {key: grouping.id for grouping in groupings for key in grouping.lines}
    moving = [line for line in standing if line.id in at and (line.need_id or line.offer_id) != at[line.id]]
    passed = _past_a_gate(told)
    left = {line.id: line.need_id for line in moving if passed.get(line.need_id, False) and not passed.get(at[line.id], False)}
    rests = {side: resting_on(actor, label, [one.id for one in told if one.side == side]) for side, label in LABELS.items()}
    return Foreseen(
        touched=tuple(Touched(told=one, resting=rests[one.side].get(one.id, ())) for one in told),
        # what would be lost is named before what only moves
        moving=tuple(
            _moving(line, at.get(line.id), known, left.get(line.id))
            for line in sorted(moving, key=lambda line: line.id not in left)[:MOST_MOVED]
        ),
        moved=len(moving),
        losing=len(left),
        kept_from=_kept_from(moving, at),
        taken_back=len(dropped),
    )


def _moving(line: Line, into: UUID | None, known: Collection[UUID], out_of: UUID | None) -> Moving:
    into = into if into in known else None
    return Moving(line=line.id, item=line.item, message_name=line.message_name, into=into, out_of=out_of)


def _past_a_gate(told: Sequence[Foretold]) -> dict[UUID | None, bool]:
    """Whether each need stands past a gate: one that is left as it does now, one that is gone to as it would."""
    found: dict[UUID | None, bool] = {}
    for one in told:
        stand = one.after if one.before is None else one.before
        found[one.id] = one.side == "need" and stand is not None and stand.state in PAST_A_GATE
    return found


def _kept_from(moving: Sequence[Line], at: Mapping[UUID, UUID]) -> tuple[KeptFrom, ...]:
    """From whom the needs and offers to which lines go would be kept, as they are not now."""
    found = []
    for side, label in LABELS.items():
        going = [Going(line.id, source, at[line.id]) for line in moving if (source := getattr(line, f"{side}_id")) is not None]
        found += [one for one in carried_by(label, going) if one.there is None]
    names = dict(Organisation.objects.filter(id__in={one.said.organisation_id for one in found}).values_list("id", "name"))
    told = (KeptFrom(subject=one.into, organisation=names.get(one.said.organisation_id, "")) for one in found)
    return tuple(sorted(told, key=lambda one: (one.organisation, str(one.subject))))


def contradiction(rulings: Sequence[Judgement]) -> Judgement | None:
    """A ruling that two lines are two, although others say, by a chain, that they are one; None where none is contradicted."""
    root: dict[UUID, UUID] = {}

    def find(key: UUID) -> UUID:
        root.setdefault(key, key)
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for one in rulings:
        if Relation(one.relation).joins:
            root[find(one.line_a_id)] = find(one.line_b_id)
    apart = (one for one in rulings if not Relation(one.relation).joins and find(one.line_a_id) == find(one.line_b_id))
    # one that is there already tells a person more than the one that they are about to save
    return min(apart, key=lambda one: one._state.adding, default=None)


def mixed() -> str:
    """Why lines of two sides cannot be one, in the reader's words: nothing else is left where no ruling contradicts another."""
    return _("A need and an offer never mix, and a question is neither: these lines cannot be one. Take the ruling back that joins them.")


def in_words(ruling: Judgement, lines: Sequence[Line]) -> str:
    """Why rulings contradict each other, in the reader's words."""
    called = {line.id: line.item or line.message_name for line in lines}
    names = {"one": called.get(ruling.line_a_id, "?"), "other": called.get(ruling.line_b_id, "?")}
    if ruling._state.adding:
        return _("Earlier rulings say, by a chain, that “{one}” and “{other}” speak of one. Take one of those back first.").format(**names)
    told = _("{who} ruled that “{one}” and “{other}” speak of two. Take that ruling back first.")
    return told.format(who=ruling.judged_by, **names)
