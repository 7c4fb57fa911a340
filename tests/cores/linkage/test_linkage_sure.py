"""Which links may be taken without asking, and how likely a score is to be right."""

from __future__ import annotations

from sild.cores.linkage import Relation, link, probability, sure

from .lines import line, problem

TOLD = {"category": "end-user-devices", "beneficiary": "Lake Pilots", "unit": "laptop", "quantity": 137}
FIRST = line("a", 0, item="137 laptops for nurses", evidence="137 laptops for nurses", **TOLD)


def test_what_agrees_in_number_and_purpose_is_sure_and_what_lacks_a_purpose_is_not() -> None:
    again = line("b", 3, item="137 laptops for nurses", evidence="they ask for 137 laptops for nurses", sent_by="Embassy", **TOLD)
    (told,) = link(problem(FIRST, again)).links
    assert told.relation is Relation.SAME_AS and sure(told)
    bare = line("b", 3, item="137 laptops", evidence="they ask for 137 laptops", sent_by="Embassy", **TOLD)
    assert not any(map(sure, link(problem(FIRST, bare)).links))


def test_a_probability_grows_with_the_score_and_stays_between_nought_and_one() -> None:
    scores = [-1e9, -40.0, -3.0, 0.0, 1.7, 4.0, 40.0, 1e9]
    told = [probability(score) for score in scores]
    assert told == sorted(told) and told[0] == 0.0 and told[-1] == 1.0
    assert probability(0.0) < 0.5 < probability(4.0)
