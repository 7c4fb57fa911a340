"""Which links may be taken without asking, and how likely a score is to be right."""

from __future__ import annotations

import pytest

from sild.cores.linkage import Link, Reason, Relation, link, probability, sure

from .lines import line, problem

TOLD = {"category": "end-user-devices", "beneficiary": "Lake Pilots", "unit": "laptop", "quantity": 137}
FIRST = line("a", 0, item="137 laptops for nurses", evidence="137 laptops for nurses", **TOLD)


def test_what_agrees_in_number_and_purpose_is_sure_and_what_lacks_a_purpose_is_not() -> None:
    again = line("b", 3, item="137 laptops for nurses", evidence="they ask for 137 laptops for nurses", sent_by="Embassy", **TOLD)
    (told,) = link(problem(FIRST, again)).links
    assert told.relation is Relation.SAME_AS and sure(told)
    bare = line("b", 3, item="137 laptops", evidence="they ask for 137 laptops", sent_by="Embassy", **TOLD)
    assert not any(map(sure, link(problem(FIRST, bare)).links))


AGREED = ("category:same", "quantity:equal-telling", "meaning:near")


def judged(*signs: str, score: float = 6.0, relation: Relation = Relation.SAME_AS) -> bool:
    """Whether a link of these signs may be taken."""
    told = [Reason(comparison=name, level=level, value_a="", value_b="", weight=0.0, sentence="") for name, level in map(_split, signs)]
    return sure(Link(line_a="a", line_b="b", relation=relation, score=score, reasons=tuple(told)))


def _split(sign: str) -> tuple[str, str]:
    name, _, level = sign.partition(":")
    return name, level


def test_one_doubt_asks_for_more_and_two_are_too_many() -> None:
    assert judged(*AGREED, score=2.0)
    assert not judged(*AGREED, "item:related", score=3.9) and judged(*AGREED, "item:related", score=4.0)
    assert not judged(*AGREED, "body:one-unknown") and judged(*AGREED, "body:one-unknown", "purpose:share")
    assert not judged(*AGREED, "body:one-unknown", "item:related", "purpose:share", score=20.0)


@pytest.mark.parametrize("sign", ["purpose:clash", "batch:part-and-apart", "aside:names-the-other-as-another", "place:other-named"])
def test_what_contradicts_outweighs_any_score(sign: str) -> None:
    assert not judged(*AGREED, sign, score=50.0)


def test_only_what_says_the_same_is_taken() -> None:
    assert not judged(*AGREED, relation=Relation.ESCALATES)
    assert not judged("category:same", "quantity:differs", "meaning:near", score=20.0)
    assert not judged("category:near", "quantity:equal-round", "rarity:common", "meaning:near", score=20.0)


def test_a_probability_grows_with_the_score_and_stays_between_nought_and_one() -> None:
    scores = [-1e9, -40.0, -3.0, 0.0, 1.7, 4.0, 40.0, 1e9]
    told = [probability(score) for score in scores]
    assert told == sorted(told) and told[0] == 0.0 and told[-1] == 1.0
    assert probability(0.0) < 0.5 < probability(4.0)
