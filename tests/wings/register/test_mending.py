"""Mending and splitting keep what was read, add up, describe the need anew at once, and can be taken back."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest

from sild.kernel.action import last_act
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.parties.public import MechanismFile, change_mechanism
from sild.wings.planning.reads.problem import posed_problem
from sild.wings.register.public import (
    Answer,
    Grouping,
    NeedState,
    Part,
    accept_line,
    answer_offer,
    keep_lines,
    line_record,
    list_lines,
    list_needs,
    mend_line,
    need_record,
    offers,
    place_lines,
    reject_line,
    reopen_line,
    rule_gate,
    set_state,
    split_line,
)
from tests.cast import MECHANISM, Cast
from tests.keeping import once
from tests.wings.readings import reading

SPAN = {"part": "body", "locator": "body", "block": 0, "start": 0, "end": 5, "text": "1,200"}
ASKED = reading(
    1,
    "request",
    "endpoint-protection",
    "EDR licences and a course",
    1200,
    unit="licence",
    beneficiary="Ministry of Health of Ukraine",
    fields={"quantity": {"value": "1200", "span": SPAN, "confidence": 0.9, "reason": "digits"}},
)
NEED = uuid.uuid4()


@pytest.fixture
@once
def placed(cast: Cast) -> Cast:
    """One need of one line."""
    keep_lines(cast.run, [ASKED])
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=(ASKED.id,))])
    return cast


def version(cast: Cast) -> int:
    """The line as it is now."""
    return line_record(cast.officer, ASKED.id)[0].version


def test_a_mended_field_keeps_what_was_read_and_where(placed: Cast) -> None:
    assert mend_line(placed.officer, ASKED.id, version(placed), {"quantity": "1 350"}, reason="the annex says so") == ("quantity",)
    [field] = [one for one in line_record(placed.officer, ASKED.id)[0].fields if one.name == "quantity"]
    assert (field.value, field.read, field.words, field.mended_by) == (Decimal(1350), "1200", "1,200", "Secretariat officer")


def test_a_mended_line_describes_its_need_anew_in_the_same_act(placed: Cast) -> None:
    mend_line(placed.officer, ASKED.id, version(placed), {"quantity": 900, "category": "training", "needed_by": "2026-06-01"})
    need = need_record(placed.officer, NEED)
    assert (need.quantity, need.category, need.needed_by) == (Decimal(900), "training", date(2026, 6, 1))
    assert [row.id for row in list_needs(placed.officer).rows] == [NEED]
    act = last_act()
    assert act is not None
    undo(placed.officer, act, reason="the other letter was right")
    need = need_record(placed.officer, NEED)
    assert (need.quantity, need.category, need.needed_by) == (Decimal(1200), "endpoint-protection", None)


def test_an_endorsed_need_whose_quantity_is_mended_goes_back_to_its_first_gate(placed: Cast) -> None:
    rule_gate(placed.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="fits")
    rule_gate(placed.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="matters")
    mend_line(placed.officer, ASKED.id, version(placed), {"quantity": 9000})
    assert need_record(placed.officer, NEED).state == NeedState.TECHNICAL_REVIEW


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"quantity": "many"}, "no number"),
        ({"quantity": "NaN"}, "no number"),
        ({"quantity": "1e40"}, "no number"),
        ({"quantity": -1}, "less than nothing"),
        ({"needed_by": "15.12.2026"}, "no day"),
        ({"needed_by": "0001-01-01"}, "too far"),
        ({"category": "weapons"}, "not among the choices"),
        ({"urgency": "at once"}, "not among the choices"),
        ({"kind": ""}, "not among the choices"),
        ({"value_currency": "euro"}, "not among the choices"),
        ({"item": "x" * 401}, "longer than 400"),
        ({"state": "accepted"}, "no field state"),
        ({"owner_id": str(uuid.uuid4())}, "no field owner_id"),
        ({"marking": 0}, "no field marking"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(placed: Cast, changes: dict[str, object], told: str) -> None:
    before = line_record(placed.officer, ASKED.id)[0]
    with pytest.raises(Refused, match=told):
        mend_line(placed.officer, ASKED.id, before.version, {"unit": "seat", **changes})
    assert line_record(placed.officer, ASKED.id)[0] == before


def test_mending_with_what_stands_there_already_changes_nothing(placed: Cast) -> None:
    before = line_record(placed.officer, ASKED.id)[0]
    assert mend_line(placed.officer, ASKED.id, before.version, {"quantity": "1200", "needed_by": "", "provider": ""}) == ()
    assert line_record(placed.officer, ASKED.id)[0] == before


def test_a_stale_mending_is_refused_with_both_texts(placed: Cast) -> None:
    read = version(placed)
    mend_line(placed.officer, ASKED.id, read, {"quantity": 900})
    with pytest.raises(Stale) as stale:
        mend_line(placed.officer, ASKED.id, read, {"quantity": 850})
    assert stale.value.mine == {"quantity": Decimal(850)}
    assert stale.value.theirs["quantity"] == Decimal(900)
    for verb in (accept_line, reopen_line):
        with pytest.raises(Stale):
            verb(placed.officer, ASKED.id, version=read)
    with pytest.raises(Stale):
        reject_line(placed.officer, ASKED.id, version=read, reason="old")


def test_a_split_adds_up_and_both_parts_keep_message_and_words(placed: Cast) -> None:
    parts = [Part(item="EDR licences", quantity=1000), Part(item="phishing course", quantity="200", unit="person", category="training")]
    first, second = split_line(placed.officer, ASKED.id, version(placed), parts)
    assert first == ASKED.id
    one, other = line_record(placed.officer, first)[0], line_record(placed.officer, second)[0]
    assert (one.quantity, other.quantity) == (Decimal(1000), Decimal(200))
    assert (one.message_id, one.said) == (other.message_id, other.said)
    assert {field.words for field in other.fields if field.name == "quantity"} == {"1,200"}
    assert {(row.title, row.quantity) for row in list_needs(placed.officer).rows} == {
        ("EDR licences", Decimal(1000)),
        ("phishing course", Decimal(200)),
    }


def test_a_split_that_loses_a_quantity_needs_a_reason(placed: Cast) -> None:
    parts = [Part(item="EDR licences", quantity=1000), Part(item="phishing course", quantity=100)]
    with pytest.raises(Refused, match="add up to 1100, the line says 1200"):
        split_line(placed.officer, ASKED.id, version(placed), parts)
    split_line(placed.officer, ASKED.id, version(placed), parts, reason="the letter counts one hundred people twice")
    assert len(list_lines(placed.officer).rows) == 2


def test_a_split_is_taken_back_whole(placed: Cast) -> None:
    split_line(placed.officer, ASKED.id, version(placed), [Part(item="a", quantity=600), Part(item="b", quantity=600)])
    act = last_act()
    assert act is not None
    undo(placed.officer, act, reason="one thing after all")
    assert [(row.item, row.quantity) for row in list_lines(placed.officer).rows] == [("EDR licences and a course", Decimal(1200))]
    assert [row.id for row in list_needs(placed.officer).rows] == [NEED]


@pytest.mark.parametrize("parts", [[], [Part(item="a")], [Part(item="a"), Part(item=" ")], [Part(item=str(one)) for one in range(21)]])
def test_a_split_has_two_to_twenty_named_parts(placed: Cast, parts: list[Part]) -> None:
    with pytest.raises(Refused):
        split_line(placed.officer, ASKED.id, version(placed), parts, reason="so")


def test_lines_are_mended_by_officers_who_see_them(placed: Cast) -> None:
    with pytest.raises(NotForRole):
        mend_line(placed.technical, ASKED.id, 1, {"quantity": 1})
    with pytest.raises(NotThere):
        mend_line(placed.outsider, ASKED.id, 1, {"quantity": 1})


def test_a_rejected_line_leaves_the_need_at_once_and_comes_back(placed: Cast) -> None:
    more = reading(2, "update", "endpoint-protection", "EDR licences", 2000, beneficiary="Ministry of Health of Ukraine")
    keep_lines(placed.run, [more])
    place_lines(placed.run, [Grouping(id=NEED, side="need", lines=(ASKED.id, more.id))])
    assert need_record(placed.officer, NEED).quantity == Decimal(2000)
    reject_line(placed.officer, more.id, reason="not theirs")
    assert need_record(placed.officer, NEED).quantity == Decimal(1200)
    reopen_line(placed.officer, more.id)
    assert need_record(placed.officer, NEED).quantity == Decimal(2000)


def test_a_need_is_moved_by_hand_only_where_people_move_it(placed: Cast) -> None:
    read = need_record(placed.officer, NEED).version
    set_state(placed.officer, NEED, NeedState.CLARIFYING, version=read, reason="which ministry?")
    assert need_record(placed.officer, NEED).state == NeedState.CLARIFYING
    with pytest.raises(Stale):
        set_state(placed.officer, NEED, NeedState.WITHDRAWN, version=read, reason="old page")
    with pytest.raises(Refused, match="by hand to “endorsed”"):
        set_state(placed.officer, NEED, NeedState.ENDORSED, reason="quick")
    with pytest.raises(Refused, match="Say why"):
        set_state(placed.officer, NEED, NeedState.WITHDRAWN, reason=" ")
    with pytest.raises(Refused, match="for information"):
        set_state(placed.authority, NEED, NeedState.WITHDRAWN, reason="we have them")
    set_state(placed.asker, NEED, NeedState.WITHDRAWN, reason="we have them")
    with pytest.raises(Refused, match="does not come to"):
        set_state(placed.officer, NEED, NeedState.CLARIFYING, reason="after all")


def test_a_ruling_on_an_old_page_is_refused(placed: Cast) -> None:
    read = need_record(placed.technical, NEED).version
    mend_line(placed.officer, ASKED.id, version(placed), {"quantity": 900})
    with pytest.raises(Stale):
        rule_gate(placed.technical, NEED, NeedState.TECHNICAL_REVIEW, True, version=read, reason="fits")


def test_an_answer_needs_a_side_and_declining_a_reason(placed: Cast) -> None:
    with pytest.raises(NotThere):
        answer_offer(placed.authority, uuid.uuid4(), Answer.ACCEPTED)
    with pytest.raises(NotForRole):
        answer_offer(placed.officer, uuid.uuid4(), Answer.ACCEPTED)


def test_an_offer_that_the_requester_declined_is_planned_with_no_more(cast: Cast) -> None:
    given = reading(7, "offer", "training", "course", 10, provider="Kestrel Endpoint Inc.", beneficiary="Ministry of Health of Ukraine")
    keep_lines(cast.run, [given])
    offer = uuid.uuid4()
    place_lines(cast.run, [Grouping(id=offer, side="offer", lines=(given.id,))])
    spec = MECHANISM.model_dump()
    for one in spec["organisations"]:
        if one["slug"] == "front":
            one.update(party="Ministry of Health of Ukraine", office="recipient")
    change_mechanism(cast.run, MechanismFile.model_validate(spec))
    assert [one.answer for one in offers(cast.officer)] == ["open"]
    answer_offer(cast.authority, offer, Answer.DECLINED, reason="no staff")
    assert [one.answer for one in offers(cast.officer)] == ["declined"]
    assert posed_problem(cast.officer, date(2026, 2, 10)).problem.offers == ()
