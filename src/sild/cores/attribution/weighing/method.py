"""What speaks against each hypothesis, after R. Heuer, Psychology of Intelligence Analysis (1999), chapter 8: disprove, do not confirm.

Each voice counts once per hypothesis, with the item of its that speaks most against it. An item weighs as the worse of its two grades.
"""

from __future__ import annotations

from collections.abc import Iterable

from sild.cores.attribution.weighing.answer import Bearing, Breadth, Dropped, Outcome, Weighed, Weighing
from sild.cores.attribution.weighing.problem import Aspect, ClaimStance, Item, ItemGrade, Matrix, Rating, SourceGrade

OF_SOURCE = {SourceGrade.A: 1.0, SourceGrade.B: 0.8, SourceGrade.C: 0.6, SourceGrade.D: 0.4, SourceGrade.E: 0.2, SourceGrade.G: 0.0}
OF_ITEM = {
    ItemGrade.CONFIRMED: 1.0,
    ItemGrade.PROBABLY_TRUE: 0.8,
    ItemGrade.POSSIBLY_TRUE: 0.6,
    ItemGrade.DOUBTFUL: 0.4,
    ItemGrade.IMPROBABLE: 0.2,
}
EQUAL = 1e-9


def weigh(matrix: Matrix) -> Weighing:
    """How much the evidence speaks against each hypothesis, and on what that rests."""
    claims = sorted((_weighed(matrix, one.id, matrix.items) for one in matrix.claims), key=lambda one: (round(one.against, 9), one.claim))
    leaders = _leaders(matrix, matrix.items)
    items = tuple(_bearing(matrix, one) for one in sorted(matrix.items, key=lambda one: one.id))
    without_item = tuple(
        Dropped(left_out=one.id, leaders=_leaders(matrix, [other for other in matrix.items if other is not one]))
        for one in sorted(matrix.items, key=lambda one: one.id)
    )
    without_voice = tuple(
        Dropped(left_out=voice, leaders=_leaders(matrix, [one for one in matrix.items if one.voice != voice]))
        for voice in sorted({one.voice for one in matrix.items})
    )
    at_most = min((one.against_at_most for one in claims), default=0.0)
    return Weighing(
        outcome=_outcome(matrix, items, leaders),
        leaders=leaders,
        claims=tuple(claims),
        items=items,
        unrated=tuple((item.item, claim.id) for item in items for claim in matrix.claims if (item.item, claim.id) not in matrix.ratings),
        without_item=without_item,
        without_voice=without_voice,
        rests_on=tuple(dict.fromkeys(one.left_out for one in (*without_item, *without_voice) if one.leaders != leaders)),
        breadth=tuple(_breadth(matrix, aspect, items) for aspect in Aspect),
        open_to_judgement=tuple(sorted(one.claim for one in claims if one.against_at_most <= at_most + EQUAL)) != leaders,
    )


def weight(item: Item) -> float | None:
    """The worse of the two grades; None where either cannot be judged."""
    source, credible = OF_SOURCE.get(item.source_grade), OF_ITEM.get(item.item_grade)
    return None if source is None or credible is None else min(source, credible)


def _weighed(matrix: Matrix, claim: str, items: Iterable[Item]) -> Weighed:
    sure: dict[str, float] = {}
    most: dict[str, float] = {}
    for item in items:
        strength = max(0, -int(matrix.ratings.get((item.id, claim), Rating.NEITHER)))
        judged = weight(item)
        sure[item.voice] = max(sure.get(item.voice, 0.0), strength * (judged or 0.0))
        most[item.voice] = max(most.get(item.voice, 0.0), strength * (1.0 if judged is None else judged))
    return Weighed(
        claim=claim,
        against=sum(sure[voice] for voice in sorted(sure)),
        against_at_most=sum(most[voice] for voice in sorted(most)),
        by_voice=tuple((voice, sure[voice]) for voice in sorted(sure) if sure[voice] > 0),
    )


def _leaders(matrix: Matrix, items: Iterable[Item]) -> tuple[str, ...]:
    kept = tuple(items)
    against = {one.id: _weighed(matrix, one.id, kept).against for one in matrix.claims}
    least = min(against.values())
    return tuple(sorted(claim for claim, much in against.items() if much <= least + EQUAL))


def _bearing(matrix: Matrix, item: Item) -> Bearing:
    ratings = [int(matrix.ratings.get((item.id, one.id), Rating.NEITHER)) for one in matrix.claims]
    return Bearing(item=item.id, weight=weight(item), diagnosticity=max(ratings) - min(ratings))


def _outcome(matrix: Matrix, items: Iterable[Bearing], leaders: tuple[str, ...]) -> Outcome:
    stances = {one.id: one.stance for one in matrix.claims}
    if not any(one.weight and one.diagnosticity for one in items) or leaders == (_insufficient(matrix),):
        return Outcome.INSUFFICIENT
    if len(leaders) > 1 or stances[leaders[0]] is ClaimStance.FALSE_FLAG:
        return Outcome.NOT_SEPARATED
    return Outcome.ONE_STANDS_OUT


def _insufficient(matrix: Matrix) -> str:
    return next(one.id for one in matrix.claims if one.stance is ClaimStance.INSUFFICIENT)


def _breadth(matrix: Matrix, aspect: Aspect, bearings: Iterable[Bearing]) -> Breadth:
    weighty = {one.item: one.diagnosticity for one in bearings if one.weight}
    mine = [weighty[one.id] for one in matrix.items if one.aspect is aspect and one.id in weighty]
    return Breadth(aspect=aspect, items=len(mine), telling=sum(one > 0 for one in mine))
