"""What a gate ruled on stays what was ruled: other quantities, things and bodies come back to it, and letters rule on nothing."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sild.kernel.action import last_act
from sild.kernel.refusals import Refused
from sild.kernel.undo import undo
from sild.wings.intake.public import what_waits
from sild.wings.parties.public import change_mechanism
from sild.wings.register.public import (
    Grouping,
    LineReading,
    NeedState,
    endorsements_ending,
    keep_lines,
    mend_line,
    need_record,
    needs,
    offers,
    place_lines,
    reject_line,
    rule_gate,
    set_state,
)
from sild.wings.register.rules import content_of, differences, endorsement, standing
from tests.cast import MECHANISM, Cast
from tests.wings.readings import reading

BODY = "Ministry of Health of Ukraine"
NEED = uuid.uuid4()


def asked(number: int, item: str, quantity: int | None, **fields: Any) -> LineReading:
    """A line of the ministry about laptops or the like."""
    told: dict[str, Any] = {"unit": "piece", "beneficiary": BODY} | fields
    return reading(number, told.pop("kind", "request"), "end-user-devices", item, quantity, **told)


LAPTOPS = asked(1, "laptops", 100)


def tell(cast: Cast, *lines: LineReading) -> None:
    keep_lines(cast.run, list(lines))
    place_lines(cast.run, [Grouping(id=NEED, side="need", lines=tuple(line.id for line in lines))])


def technical(cast: Cast) -> None:
    rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible")


def endorse(cast: Cast) -> None:
    technical(cast)
    rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")


def state(cast: Cast) -> str:
    return need_record(cast.officer, NEED).state


# --- withdrawals ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "quantity", "taken_back"),
    [
        ([("request", 100), ("withdrawal", 40)], 60, False),
        ([("request", 100), ("withdrawal", 40), ("withdrawal", 40)], 60, False),
        ([("request", 100), ("withdrawal", 40), ("withdrawal", 60)], 60, True),
        ([("request", 100), ("withdrawal", 40), ("update", 90), ("withdrawal", 40)], 50, False),
        ([("request", 100), ("withdrawal", None)], 100, True),
        ([("request", 100), ("withdrawal", None), ("request", 100)], 100, False),
        ([("request", 100), ("withdrawal", None), ("withdrawal", 10)], 100, True),
        ([("request", None), ("withdrawal", 10)], None, True),
        ([("request", 14), ("request", 15)], 14, False),
        ([], None, False),
    ],
)
def test_a_part_taken_back_lowers_what_stands_and_all_of_it_is_marked(
    told: list[tuple[str, int | None]], quantity: int | None, taken_back: bool
) -> None:
    stands = standing([(kind, None if amount is None else Decimal(amount)) for kind, amount in told])
    assert (stands.quantity, stands.taken_back) == (None if quantity is None else Decimal(quantity), taken_back)


KINDS = st.sampled_from(["request", "update", "withdrawal", "question"])


@settings(suppress_health_check=[HealthCheck.too_slow])  # beside a large fixture the first draw may take a second
@given(st.lists(st.tuples(KINDS, st.none() | st.integers(0, 200).map(Decimal)), max_size=8))
def test_no_withdrawal_leaves_less_than_nothing_or_raises_what_stood(told: list[tuple[str, Decimal | None]]) -> None:
    stands = standing(told)
    assert stands.quantity is None or stands.quantity >= 0
    taken = standing([*told, ("withdrawal", Decimal(5))])
    assert (taken.quantity or Decimal(0)) <= (stands.quantity or Decimal(0))
    assert standing([*told, ("withdrawal", None)]).taken_back


def test_a_letter_that_takes_an_endorsed_need_back_marks_it_until_a_person_withdraws_it(cast: Cast) -> None:
    tell(cast, LAPTOPS)
    endorse(cast)
    tell(cast, LAPTOPS, asked(2, "laptops", None, kind="withdrawal"))
    [need] = needs(cast.officer)
    assert (need.state, need.taken_back, need.quantity) == (NeedState.ENDORSED, True, Decimal(100))
    with pytest.raises(Refused, match="takes the need laptops back"):
        rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important all the same")
    set_state(cast.officer, NEED, NeedState.WITHDRAWN, reason="the ministry wrote that it has them")
    assert state(cast) == NeedState.WITHDRAWN


def test_a_withdrawal_that_does_not_count_is_rejected_and_the_need_stands(cast: Cast) -> None:
    letter = asked(2, "laptops", None, kind="withdrawal")
    tell(cast, LAPTOPS)
    endorse(cast)
    tell(cast, LAPTOPS, letter)
    reject_line(cast.officer, letter.id, reason="another ministry wrote it")
    [need] = needs(cast.officer)
    assert (need.state, need.taken_back) == (NeedState.ENDORSED, False)


def test_a_need_that_is_being_clarified_is_marked_too(cast: Cast) -> None:
    tell(cast, LAPTOPS)
    set_state(cast.officer, NEED, NeedState.CLARIFYING, reason="which office?")
    tell(cast, LAPTOPS, asked(2, "laptops", 100, kind="withdrawal"))
    [need] = needs(cast.officer)
    assert (need.state, need.taken_back) == (NeedState.CLARIFYING, True)


def test_what_a_person_withdrew_is_not_brought_back_by_the_next_run(cast: Cast) -> None:
    tell(cast, LAPTOPS)
    set_state(cast.officer, NEED, NeedState.WITHDRAWN, reason="they said so by telephone")
    tell(cast, LAPTOPS)
    assert state(cast) == NeedState.WITHDRAWN


def test_a_part_taken_back_of_an_endorsed_need_lowers_it_and_brings_it_back_to_its_gate(cast: Cast) -> None:
    tell(cast, LAPTOPS)
    endorse(cast)
    tell(cast, LAPTOPS, asked(2, "laptops", 40, kind="withdrawal"))
    [need] = needs(cast.officer)
    assert (need.state, need.taken_back, need.quantity) == (NeedState.TECHNICAL_REVIEW, False, Decimal(60))


def test_a_part_taken_back_lowers_an_offer(cast: Cast) -> None:
    offer = uuid.uuid4()
    given_ = [reading(3, "offer", "end-user-devices", "laptops", 100, provider="Kestrel Endpoint Inc.")]
    given_.append(reading(4, "withdrawal", "end-user-devices", "laptops", 30, provider="Kestrel Endpoint Inc."))
    keep_lines(cast.run, given_)
    place_lines(cast.run, [Grouping(id=offer, side="offer", lines=tuple(line.id for line in given_))])
    assert [(one.quantity, one.withdrawn) for one in offers(cast.officer)] == [(Decimal(70), False)]


# --- what was ruled on ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "back"),
    [
        ({"quantity": 900}, True),
        ({"unit": "set"}, True),
        ({"unit": ""}, False),
        ({"item": "tablets with satellite terminals"}, True),
        ({"item": "portable computers (laptops)", "language": "pl"}, False),
        ({"item": "ноутбуки", "language": "uk"}, False),
        ({"beneficiary": "Ministry of Digital Transformation of Ukraine"}, True),
        ({"urgency": "critical"}, False),
    ],
)
@pytest.mark.parametrize("how_far", [technical, endorse])
def test_what_passed_a_gate_comes_back_when_something_else_is_asked(cast: Cast, how_far: Any, change: dict[str, Any], back: bool) -> None:
    tell(cast, LAPTOPS)
    how_far(cast)
    passed = state(cast)
    record = need_record(cast.officer, NEED)
    fields = {name: value for name, value in change.items() if name != "language"}
    if "language" in change:
        tell(cast, LAPTOPS, asked(2, str(change["item"]), 100, language=change["language"]))
    else:
        mend_line(cast.officer, LAPTOPS.id, record.lines[0].version, fields, reason="as they write")
    assert state(cast) == (NeedState.TECHNICAL_REVIEW if back else passed)


def test_an_update_to_another_thing_comes_back_although_most_lines_ask_for_the_old_one(cast: Cast) -> None:
    again = asked(2, "laptops", 100)
    tell(cast, LAPTOPS, again)
    endorse(cast)
    tell(cast, LAPTOPS, again, asked(3, "satellite terminals", 100, kind="update"))
    assert state(cast) == NeedState.TECHNICAL_REVIEW


def test_a_technical_ruling_on_another_quantity_does_not_count_for_the_endorsement(cast: Cast) -> None:
    tell(cast, LAPTOPS)
    technical(cast)
    tell(cast, LAPTOPS, asked(2, "laptops", 900, kind="update"))
    with pytest.raises(Refused, match="asks for something else than the technical review passed"):
        rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible for 900 too")
    rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    assert state(cast) == NeedState.ENDORSED


def test_each_ruling_keeps_on_what_it_ruled(cast: Cast) -> None:
    tell(cast, LAPTOPS)
    technical(cast)
    tell(cast, LAPTOPS, asked(2, "laptops", 900, kind="update"))
    [ruling] = need_record(cast.officer, NEED).rulings
    assert (ruling.quantity, ruling.unit, ruling.other) == (Decimal(100), "piece", ("quantity",))
    rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible for 900 too")
    assert [(one.quantity, one.other) for one in need_record(cast.officer, NEED).rulings] == [
        (Decimal(100), ("quantity",)),
        (Decimal(900), ()),
    ]


def test_a_ruling_is_kept_without_the_words_of_the_lines(cast: Cast) -> None:
    need = SimpleNamespace(quantity=Decimal(3), unit="", category="", beneficiary="")
    line = SimpleNamespace(item="laptops for Lieutenant Hryhorenko", language="en")
    told = content_of(need, [line])
    assert "Hryhorenko" not in str(told)
    assert differences(told, content_of(need, [line])) == ()
    other = SimpleNamespace(item="generators", language="en")
    assert differences(told, content_of(need, [other])) == ("things",)


# --- ends ----------------------------------------------------------------------------------------------------------------------


def test_an_officer_closes_an_endorsed_need_and_undo_opens_it_again(cast: Cast) -> None:
    tell(cast, LAPTOPS)
    with pytest.raises(Refused, match="does not come to “closed”"):
        set_state(cast.officer, NEED, NeedState.CLOSED, reason="nothing was given yet")
    endorse(cast)
    with pytest.raises(Refused, match="Say why"):
        set_state(cast.officer, NEED, NeedState.CLOSED, reason=" ")
    set_state(cast.officer, NEED, NeedState.CLOSED, reason="all hundred were accepted")
    closing = last_act()
    assert closing is not None
    tell(cast, LAPTOPS)
    assert state(cast) == NeedState.CLOSED
    undo(cast.officer, closing, reason="ten came back")
    assert state(cast) == NeedState.ENDORSED


@pytest.mark.parametrize("ended", [NeedState.OVERTAKEN, NeedState.WITHDRAWN])
def test_what_was_overtaken_takes_no_ruling_until_an_officer_sends_it_back(cast: Cast, ended: NeedState) -> None:
    tell(cast, LAPTOPS)
    endorse(cast)
    set_state(cast.officer, NEED, ended, reason="the programme that they were for has ended")
    with pytest.raises(Refused, match="does not come to"):
        rule_gate(cast.technical, NEED, NeedState.TECHNICAL_REVIEW, True, reason="feasible again")
    set_state(cast.officer, NEED, NeedState.TECHNICAL_REVIEW, reason="the programme goes on")
    assert state(cast) == NeedState.TECHNICAL_REVIEW


# --- how long an endorsement counts --------------------------------------------------------------------------------------------

MAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("need_state", "taken_back", "endorsed_on", "days", "told", "until"),
    [
        ("endorsed", False, MAY, 30, "endorsed", date(2026, 5, 31)),
        ("endorsed", False, MAY, 29, "endorsed", date(2026, 5, 30)),
        ("endorsed", False, MAY, 28, "endorsement-lapsed", date(2026, 5, 29)),
        ("endorsed", False, MAY, None, "endorsed-without-end", None),
        ("endorsed", False, None, 30, "endorsement-undated", None),
        ("endorsed", True, MAY, 30, "taken-back", None),
        ("withdrawn", True, None, 30, "closed", None),
        ("overtaken", False, MAY, 30, "closed", None),
        ("closed", False, MAY, None, "closed", None),
        ("interagency-review", False, None, 30, "not-yet-endorsed", None),
    ],
)
def test_an_endorsement_counts_for_the_days_that_the_mechanism_says(
    need_state: str, taken_back: bool, endorsed_on: date | None, days: int | None, told: str, until: date | None
) -> None:
    found = endorsement(need_state, taken_back, endorsed_on, days, date(2026, 5, 30))
    assert (found.standing, found.until, found.counts) == (told, until, told in ("endorsed", "endorsed-without-end"))


def let_count(cast: Cast, days: int, today: date) -> None:
    """Say in the mechanism how many days an endorsement counts, and what day it is, as a changed file does."""
    change_mechanism(cast.run, MECHANISM.model_copy(update={"endorsement_days": days, "today": today}))


def test_an_endorsement_that_lapses_is_told_before_and_said_again_counts_anew(cast: Cast) -> None:
    let_count(cast, 100, MAY)
    tell(cast, LAPTOPS)
    endorse(cast)
    assert endorsements_ending(cast.officer) == []
    first = need_record(cast.officer, NEED).endorsement
    assert (first.standing, first.until) == ("endorsed", MAY + timedelta(days=100))
    let_count(cast, 100, MAY + timedelta(days=75))
    assert [(row.id, row.lapsed) for row in endorsements_ending(cast.officer)] == [(NEED, False)]
    assert "endorsements" in {group.kind for group in what_waits(cast.interagency)}
    rule_gate(cast.interagency, NEED, NeedState.INTERAGENCY_REVIEW, True, reason="important")
    assert endorsements_ending(cast.officer) == []
    assert need_record(cast.officer, NEED).endorsement.until == MAY + timedelta(days=175)
    let_count(cast, 100, MAY + timedelta(days=176))
    assert [row.lapsed for row in endorsements_ending(cast.officer)] == [True]


def test_what_a_letter_takes_back_waits_for_the_officer(cast: Cast) -> None:
    tell(cast, LAPTOPS)
    endorse(cast)
    tell(cast, LAPTOPS, asked(2, "laptops", None, kind="withdrawal"))
    [group] = [one for one in what_waits(cast.officer) if one.kind == "withdrawals"]
    assert [(item.id, item.urgent) for item in group.items] == [(NEED, True)]
    set_state(cast.officer, NEED, NeedState.WITHDRAWN, reason="as they write")
    assert not [one for one in what_waits(cast.officer) if one.kind == "withdrawals"]
