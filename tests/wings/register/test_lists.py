"""Lists of the register: each role of the cast sees what is for it, filters narrow, words find in every language."""

from __future__ import annotations

import uuid

import pytest

from sild.wings.register.public import (
    Grouping,
    LineFilter,
    NeedFilter,
    NeedState,
    OfferFilter,
    keep_lines,
    list_lines,
    list_needs,
    list_offers,
    place_lines,
    rule_gate,
)
from sild.wings.register.reads import gate_queue
from tests.cast import Cast
from tests.keeping import once
from tests.wings.readings import reading

HEALTH, ENERGY = "Ministry of Health of Ukraine", "Ministry of Energy of Ukraine"
EDR = reading(1, "request", "endpoint-protection", "EDR licences", 1200, unit="licence", beneficiary=HEALTH, urgency="critical")
EDR_UK = reading(2, "request", "endpoint-protection", "ліцензії на захист робочих станцій", 1200, beneficiary=HEALTH, language="uk")
COURSE = reading(3, "request", "training", "phishing course", 40, unit="person", beneficiary=ENERGY)
SEATS = reading(4, "offer", "endpoint-protection", "litsentsid tööjaamadele", 500, provider="Kestrel Endpoint Inc.", language="et")
NEED, OTHER, OFFER = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3)


@pytest.fixture
@once
def placed(cast: Cast) -> Cast:
    """Two needs, one of them told in two languages, and an offer in Estonian."""
    keep_lines(cast.run, [EDR, EDR_UK, COURSE, SEATS])
    place_lines(
        cast.run,
        [
            Grouping(id=NEED, side="need", lines=(EDR.id, EDR_UK.id)),
            Grouping(id=OTHER, side="need", lines=(COURSE.id,)),
            Grouping(id=OFFER, side="offer", lines=(SEATS.id,)),
        ],
    )
    return cast


def found(cast: Cast, wanted: NeedFilter) -> set[uuid.UUID]:
    """The needs of a filter, as the secretariat sees them."""
    return {row.id for row in list_needs(cast.officer, wanted).rows}


def test_every_role_sees_what_is_for_it(placed: Cast) -> None:
    seen = {
        name: {row.id for row in list_needs(getattr(placed, name)).rows}
        for name in ("officer", "technical", "interagency", "authority", "donor", "seller", "outsider")
    }
    assert seen["officer"] == seen["technical"] == seen["interagency"] == seen["authority"] == {NEED, OTHER}
    assert seen["donor"] == seen["seller"] == seen["outsider"] == set()


def test_an_endorsed_need_comes_into_the_donors_list_and_leaves_it_again(placed: Cast) -> None:
    rule_gate(placed.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="fits")
    rule_gate(placed.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="matters")
    assert {row.id for row in list_needs(placed.donor).rows} == {NEED}
    assert {row.id for row in list_needs(placed.donor, NeedFilter(category="endpoint-protection")).rows} == {NEED}
    assert list_needs(placed.donor, NeedFilter(text="ліцензії")).rows == (), "its lines are not for donors, by no word of theirs"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (NeedFilter(category="training"), {OTHER}),
        (NeedFilter(beneficiary=HEALTH), {NEED}),
        (NeedFilter(urgency="critical"), {NEED}),
        (NeedFilter(state="captured"), {NEED, OTHER}),
        (NeedFilter(state="endorsed"), set()),
        (NeedFilter(channel="civil", provisional=True), {NEED, OTHER}),
        (NeedFilter(provisional=False), set()),
        (NeedFilter(category="training", beneficiary=HEALTH), set()),
        (NeedFilter(at_my_gate=True), {NEED, OTHER}),
        (NeedFilter(mine=True), set()),
        (NeedFilter(state="nonsense"), set()),
    ],
)
def test_filters_narrow(placed: Cast, wanted: NeedFilter, expected: set[uuid.UUID]) -> None:
    assert found(placed, wanted) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("licence", {NEED}),
        ("EDR", {NEED}),
        ("ліцензій", {NEED}),
        ("робочої станції", {NEED}),
        ("Ministries", {NEED, OTHER}),
        ("energy course", {OTHER}),
        ("energy licence", set()),
        ("…", set()),
    ],
)
def test_a_need_is_found_by_the_words_of_its_lines_in_every_language_and_ending(placed: Cast, text: str, expected: set[uuid.UUID]) -> None:
    assert found(placed, NeedFilter(text=text)) == expected


def test_an_offer_is_found_in_estonian_by_another_ending(placed: Cast) -> None:
    assert [row.id for row in list_offers(placed.officer, OfferFilter(text="litsentsi")).rows] == [OFFER]
    assert list_offers(placed.officer, OfferFilter(provider="Kestrel Endpoint Inc.", answer="open", withdrawn=False)).rows[0].id == OFFER
    assert list_offers(placed.officer, OfferFilter(answer="accepted")).rows == ()


def test_lines_are_filtered_by_what_they_are(placed: Cast) -> None:
    assert {row.id for row in list_lines(placed.officer, LineFilter(kind="offer")).rows} == {SEATS.id}
    assert {row.id for row in list_lines(placed.officer, LineFilter(language="uk", state="draft")).rows} == {EDR_UK.id}


def test_the_queue_is_the_gates_own_and_moves_on(placed: Cast) -> None:
    [queue] = gate_queue(placed.technical)
    assert (queue.gate, queue.sits, {row.id for row in queue.rows}) == ("technical-review", True, {NEED, OTHER})
    assert [one.rows for one in gate_queue(placed.interagency)] == [()]
    rule_gate(placed.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="fits")
    assert [row.id for row in gate_queue(placed.interagency)[0].rows] == [NEED]
    assert [row.id for row in gate_queue(placed.technical)[0].rows] == [OTHER]
    assert [one.sits for one in gate_queue(placed.officer)] == [False, False]
    assert gate_queue(placed.donor) == ()


def test_at_my_gate_means_the_readers_own(placed: Cast) -> None:
    waiting = NeedFilter(at_my_gate=True)
    assert len(list_needs(placed.technical, waiting).rows) == 2
    assert list_needs(placed.interagency, waiting).rows == ()
    assert list_needs(placed.authority, waiting).rows == ()
