"""An independent look at a weighing, which never calls the method: every sum, every leader and every case left out is counted anew."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator

from sild.cores.attribution.weighing.answer import Outcome, Weighing
from sild.cores.attribution.weighing.problem import Aspect, ClaimStance, Item, Matrix

CLOSE = 1e-9
STEPS = {"A": 5, "B": 4, "C": 3, "D": 2, "E": 1, "G": 0}


def check(matrix: Matrix, answer: Weighing) -> list[str]:
    """What is wrong with an answer, in words; empty where nothing is."""
    return [*_claims(matrix, answer), *_items(matrix, answer), *_dropped(matrix, answer), *_outcome(matrix, answer)]


def _fifths(item: Item) -> int | None:
    if item.source_grade == "F" or item.item_grade == 6:
        return None
    return min(STEPS[item.source_grade], 6 - int(item.item_grade))


def _against(matrix: Matrix, claim: str, but: Collection[str] = (), unjudged: int = 0) -> float:
    """Fifths that speak against a claim, summed over voices. `unjudged`: what an item that cannot be judged weighs, in fifths."""
    total = 0
    for voice in {one.voice for one in matrix.items}:
        mine = [one for one in matrix.items if one.voice == voice and one.id not in but]
        total += max(
            (_strength(matrix, one, claim) * (unjudged if (fifths := _fifths(one)) is None else fifths) for one in mine), default=0
        )
    return total / 5


def _strength(matrix: Matrix, item: Item, claim: str) -> int:
    return max(0, -int(matrix.ratings.get((item.id, claim), 0)))


def _leaders(matrix: Matrix, but: Collection[str] = (), unjudged: int = 0) -> tuple[str, ...]:
    against = {one.id: _against(matrix, one.id, but, unjudged) for one in matrix.claims}
    return tuple(sorted(claim for claim in against if against[claim] - min(against.values()) <= CLOSE))


def _claims(matrix: Matrix, answer: Weighing) -> Iterator[str]:
    if sorted(one.claim for one in answer.claims) != sorted(one.id for one in matrix.claims):
        yield "the answer does not hold each hypothesis once"
        return
    for one in answer.claims:
        true, most = _against(matrix, one.claim), _against(matrix, one.claim, unjudged=5)
        if abs(one.against - true) > CLOSE or abs(one.against_at_most - most) > CLOSE:
            yield f"hypothesis {one.claim}: {one.against} to {one.against_at_most} is told against it, the matrix has {true} to {most}"
        if abs(sum(much for _, much in one.by_voice) - one.against) > CLOSE:
            yield f"hypothesis {one.claim}: what its voices say does not add up to {one.against}"
    told = [one.against for one in answer.claims]
    if any(later < earlier - CLOSE for earlier, later in itertools.pairwise(told)):
        yield "the hypotheses are not in order of what speaks against them"


def _items(matrix: Matrix, answer: Weighing) -> Iterator[str]:
    items = {one.id: one for one in matrix.items}
    if [one.item for one in answer.items] != sorted(items):
        yield "the answer does not hold each item once"
        return
    for one in answer.items:
        fifths = _fifths(items[one.item])
        ratings = [int(matrix.ratings.get((one.item, claim.id), 0)) for claim in matrix.claims]
        if (one.weight is None) != (fifths is None) or abs((one.weight or 0) - (fifths or 0) / 5) > CLOSE:
            yield f"item {one.item}: the weight {one.weight} is told, its grades give {fifths} fifths"
        if one.diagnosticity != max(ratings) - min(ratings):
            yield f"item {one.item}: the diagnosticity {one.diagnosticity} is told, its ratings give {max(ratings) - min(ratings)}"
    missing = {(item, claim.id) for item in items for claim in matrix.claims} - set(matrix.ratings)
    if set(answer.unrated) != missing or len(answer.unrated) != len(missing):
        yield "what is told to be unrated is not what is"
    for breadth in answer.breadth:
        mine = [one for one in answer.items if items[one.item].aspect is breadth.aspect and one.weight]
        if (breadth.items, breadth.telling) != (len(mine), sum(one.diagnosticity > 0 for one in mine)):
            yield f"aspect {breadth.aspect}: {breadth.items} items, {breadth.telling} telling, are told"
    if [one.aspect for one in answer.breadth] != list(Aspect):
        yield "the answer does not speak of each aspect"


def _dropped(matrix: Matrix, answer: Weighing) -> Iterator[str]:
    items = {one.id: (one.id,) for one in matrix.items}
    voices = {one.voice: tuple(other.id for other in matrix.items if other.voice == one.voice) for one in matrix.items}
    for told, left_out in ((answer.without_item, items), (answer.without_voice, voices)):
        if [one.left_out for one in told] != sorted(left_out):
            yield f"what is left out in turn is {[one.left_out for one in told]}, it must be {sorted(left_out)}"
            continue
        for one in told:
            if one.leaders != _leaders(matrix, left_out[one.left_out]):
                yield f"without {one.left_out}: {one.leaders} are told to lead, {_leaders(matrix, left_out[one.left_out])} do"
    changing = {one.left_out for one in (*answer.without_item, *answer.without_voice) if one.leaders != answer.leaders}
    if set(answer.rests_on) != changing:
        yield f"it is told to rest on {answer.rests_on}, what changes the leaders is {sorted(changing)}"


def _outcome(matrix: Matrix, answer: Weighing) -> Iterator[str]:
    leaders = _leaders(matrix)
    if answer.leaders != leaders:
        yield f"{answer.leaders} are told to lead, {leaders} do"
    if answer.open_to_judgement != (_leaders(matrix, unjudged=5) != leaders):
        yield "whether it is open to judgement is told wrongly"
    telling = [
        one for one in matrix.items if _fifths(one) and len({int(matrix.ratings.get((one.id, each.id), 0)) for each in matrix.claims}) > 1
    ]
    stances = {one.stance for one in matrix.claims if one.id in leaders}
    if not telling or stances == {ClaimStance.INSUFFICIENT}:
        right = Outcome.INSUFFICIENT
    else:
        right = Outcome.NOT_SEPARATED if len(leaders) > 1 or stances == {ClaimStance.FALSE_FLAG} else Outcome.ONE_STANDS_OUT
    if answer.outcome is not right:
        yield f"the outcome is {answer.outcome}, by the matrix it is {right}"
