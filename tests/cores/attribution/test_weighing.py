"""Hypotheses of people: what speaks against each, what that rests on, and answers that the check refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drawing import drawn

from sild.cores.attribution.weighing import (
    Aspect,
    BadMatrix,
    Claim,
    ClaimStance,
    Item,
    ItemGrade,
    Matrix,
    Outcome,
    Rating,
    SourceGrade,
    Weighing,
    check,
    weigh,
)

CLAIMS = (
    Claim(id="heron", words="Heron did it", stance=ClaimStance.ACTOR),
    Claim(id="otter", words="Otter did it", stance=ClaimStance.ACTOR),
    Claim(id="flag", words="Somebody plays Heron", stance=ClaimStance.FALSE_FLAG),
    Claim(id="open", words="It cannot be told", stance=ClaimStance.INSUFFICIENT),
)
Row = tuple[str, str, str, int, str, tuple[int, int, int, int]]
FORGED: Row = ("i1", "lab", "A", 1, "malware", (1, -2, 0, -1))
HOURS: Row = ("i2", "telco", "B", 2, "telemetry", (1, -1, -2, -1))
SERVER: Row = ("i3", "lab", "A", 2, "control-servers", (1, -1, -1, 0))


def matrix(*rows: Row) -> Matrix:
    items = tuple(
        Item(id=name, voice=voice, aspect=Aspect(aspect), source_grade=SourceGrade(source), item_grade=ItemGrade(credible))
        for name, voice, source, credible, aspect, _ in rows
    )
    ratings = {(row[0], claim.id): Rating(rated) for row in rows for claim, rated in zip(CLAIMS, row[5], strict=True)}
    return Matrix(claims=CLAIMS, items=items, ratings=ratings)


def against(answer: Weighing) -> dict[str, float]:
    return {one.claim: round(one.against, 6) for one in answer.claims}


@pytest.mark.parametrize(
    ("rows", "outcome", "leaders"),
    [
        ((), Outcome.INSUFFICIENT, ("flag", "heron", "open", "otter")),
        ((FORGED, HOURS, SERVER), Outcome.ONE_STANDS_OUT, ("heron",)),
        ((FORGED,), Outcome.NOT_SEPARATED, ("flag", "heron")),
        ((("i1", "x", "F", 1, "malware", (1, -2, -2, -2)),), Outcome.INSUFFICIENT, ("flag", "heron", "open", "otter")),
        ((("i1", "x", "A", 6, "malware", (1, -2, -2, -2)),), Outcome.INSUFFICIENT, ("flag", "heron", "open", "otter")),
        ((("i1", "x", "A", 1, "malware", (-1, -2, 1, -1)),), Outcome.NOT_SEPARATED, ("flag",)),
        ((("i1", "x", "A", 1, "malware", (-1, -2, -1, 1)),), Outcome.INSUFFICIENT, ("open",)),
        ((("i1", "x", "A", 1, "malware", (2, 2, 2, 2)),), Outcome.INSUFFICIENT, ("flag", "heron", "open", "otter")),
    ],
)
def test_the_hypothesis_that_least_speaks_against_leads(rows: tuple[Row, ...], outcome: Outcome, leaders: tuple[str, ...]) -> None:
    answer = weigh(matrix(*rows))
    assert (answer.outcome, answer.leaders) == (outcome, leaders)
    assert check(matrix(*rows), answer) == []


def test_items_of_one_voice_count_once_with_the_strongest() -> None:
    assert against(weigh(matrix(FORGED)))["otter"] == against(weigh(matrix(FORGED, SERVER)))["otter"] == 2.0
    apart = ("i3", "somebody else", *SERVER[2:])
    assert against(weigh(matrix(FORGED, apart)))["otter"] == 2.8


def test_what_speaks_for_a_hypothesis_does_not_make_up_for_what_speaks_against_it() -> None:
    praise: Row = ("i9", "friend", "A", 1, "cui-bono", (0, 2, 0, 0))
    assert against(weigh(matrix(FORGED, HOURS, praise)))["otter"] == against(weigh(matrix(FORGED, HOURS)))["otter"]


def test_an_item_weighs_as_the_worse_of_its_two_grades() -> None:
    weights = {
        one.item: one.weight
        for one in weigh(matrix(("p", "a", "A", 4, "malware", (0, 0, 0, 0)), ("q", "b", "D", 1, "malware", (0, 0, 0, 0)))).items
    }
    assert weights == {"p": 0.4, "q": 0.4}


def test_an_outcome_that_turns_on_what_cannot_be_judged_says_so() -> None:
    rumour: Row = ("i4", "rumour", "F", 6, "intelligence", (-2, 0, 0, 0))
    answer = weigh(matrix(FORGED, HOURS, rumour))
    assert answer.leaders == ("heron",)
    assert answer.open_to_judgement
    assert next(one for one in answer.claims if one.claim == "heron").against_at_most == 2.0
    assert not weigh(matrix(FORGED, HOURS)).open_to_judgement


def test_an_outcome_that_rests_on_one_source_names_it() -> None:
    narrow, broad = weigh(matrix(FORGED, HOURS)), weigh(matrix(FORGED, HOURS, SERVER))
    assert narrow.leaders == broad.leaders == ("heron",)
    assert narrow.rests_on == ("i2", "telco")
    assert broad.rests_on == ()


def test_breadth_counts_items_with_weight_and_those_that_tell_apart() -> None:
    dull: Row = ("i5", "x", "A", 1, "malware", (1, 1, 1, 1))
    rumour: Row = ("i6", "y", "F", 1, "malware", (1, -1, 1, 1))
    breadth = {one.aspect: (one.items, one.telling) for one in weigh(matrix(FORGED, dull, rumour)).breadth}
    assert breadth[Aspect.MALWARE] == (2, 1)
    assert breadth[Aspect.CUI_BONO] == (0, 0)


def test_a_rating_that_nobody_gave_is_told_and_counts_as_neither() -> None:
    whole = matrix(FORGED)
    partly = replace(whole, ratings={pair: rated for pair, rated in whole.ratings.items() if pair != ("i1", "otter")})
    answer = weigh(partly)
    assert answer.unrated == (("i1", "otter"),)
    assert against(answer)["otter"] == 0
    assert check(partly, answer) == []


@pytest.mark.parametrize("stance", [ClaimStance.FALSE_FLAG, ClaimStance.INSUFFICIENT])
def test_a_matrix_without_false_flag_or_insufficient_is_refused(stance: ClaimStance) -> None:
    with pytest.raises(BadMatrix, match=f"exactly one hypothesis {stance}"):
        Matrix(claims=tuple(one for one in CLAIMS if one.stance is not stance), items=(), ratings={})


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda a: replace(a, outcome=Outcome.INSUFFICIENT), "the outcome is"),
        (lambda a: replace(a, leaders=("otter",)), "are told to lead"),
        (lambda a: replace(a, claims=a.claims[::-1]), "not in order"),
        (lambda a: replace(a, claims=a.claims[1:]), "each hypothesis once"),
        (lambda a: replace(a, claims=(replace(a.claims[0], against=0.7), *a.claims[1:])), "told against it"),
        (lambda a: replace(a, items=a.items[1:]), "each item once"),
        (lambda a: replace(a, items=(replace(a.items[0], weight=None), *a.items[1:])), "its grades give"),
        (lambda a: replace(a, items=(replace(a.items[0], diagnosticity=0), *a.items[1:])), "its ratings give"),
        (lambda a: replace(a, unrated=(("i1", "heron"),)), "unrated"),
        (lambda a: replace(a, without_item=()), "left out in turn"),
        (lambda a: replace(a, without_voice=(replace(a.without_voice[0], leaders=("open",)), *a.without_voice[1:])), "without lab"),
        (lambda a: replace(a, rests_on=("nothing",)), "told to rest on"),
        (lambda a: replace(a, open_to_judgement=not a.open_to_judgement), "open to judgement"),
        (lambda a: replace(a, breadth=()), "each aspect"),
    ],
)
def test_the_check_finds_each_kind_of_weighing_that_is_not_so(spoil: Callable[[Weighing], Weighing], said: str) -> None:
    asked = matrix(FORGED, HOURS, SERVER)
    assert any(said in fault for fault in check(asked, spoil(weigh(asked))))


RATED = st.tuples(*(st.integers(-2, 2) for _ in CLAIMS))
ROWS = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sampled_from("ABCDEFG"), st.integers(1, 6), st.sampled_from([one.value for one in Aspect]), RATED),
    max_size=8,
)


@settings(max_examples=drawn(60), deadline=None, derandomize=True)
@given(ROWS, st.data())
def test_every_weighing_passes_the_check_whatever_the_order(
    rows: list[tuple[str, str, int, str, tuple[int, int, int, int]]], data: st.DataObject
) -> None:
    asked = matrix(*((f"i{number}", *row) for number, row in enumerate(rows)))
    answer = weigh(asked)
    assert check(asked, answer) == []
    turned = replace(asked, items=tuple(data.draw(st.permutations(asked.items))), claims=asked.claims[::-1])
    assert weigh(turned) == replace(answer, unrated=weigh(turned).unrated)
