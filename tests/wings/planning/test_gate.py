"""The deliverability gate: green only when everything is known and passes, and it names what blocks and whose move it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.kernel.refusals import NotThere
from sild.web.gate_labels import GATE_LABELS
from sild.wings.agreements.actions import SAYING
from sild.wings.agreements.public import Proposal, Word, propose_agreement
from sild.wings.clearance.public import open_case
from sild.wings.planning.reads.gate import lights_of, lights_of_need
from sild.wings.planning.rules import (
    Check,
    Condition,
    Facts,
    GateMover,
    GateVerdict,
    LicenceFact,
    ObjectionFact,
    ScreeningFact,
    light_of,
    month_at,
)
from tests.wings.agreements.conftest import LINES, Table, table

__all__ = ["table"]

TODAY = date(2026, 2, 10)
MARCH = date(2026, 3, 1)
READY = Facts(
    today=TODAY,
    channel="civil",
    endorsement="endorsed",
    body="a hospital",
    provider="Estonia",
    withdrawn=False,
    declined=False,
    available_from=date(2026, 2, 20),
    available_until=None,
    month=MARCH,
    quantity=Decimal(10),
    licences=[LicenceFact(word="granted", authority="SGC", expires=date(2027, 1, 1))],
    objections=[],
    screenings=[ScreeningFact(party="a hospital", standing="no-hits"), ScreeningFact(party="Estonia", standing="cleared")],
    end_use="own networks",
    capacity=Decimal(20),
    drawn=Decimal(12),
    next_room=None,
    answer="committed",
)


def condition(facts: Facts, check: Check) -> Condition:
    return next(one for one in light_of(facts).conditions if one.check == check)


def test_what_is_ready_is_green_from_the_latest_of_its_days() -> None:
    light = light_of(READY)
    assert (light.verdict, light.blocker, light.earliest) == (GateVerdict.PASS, None, MARCH)
    assert [one.check for one in light.conditions] == list(Check)


@pytest.mark.parametrize(
    ("change", "check", "verdict", "code", "mover"),
    [
        ({"channel": "undetermined"}, Check.CIVIL, "unknown", "undetermined", GateMover.SECRETARIAT),
        ({"channel": "military"}, Check.CIVIL, "fail", "military", GateMover.SECRETARIAT),
        ({"endorsement": "not-yet-endorsed"}, Check.ENDORSED, "fail", "not-yet-endorsed", GateMover.GATES),
        ({"endorsement": "endorsement-lapsed"}, Check.ENDORSED, "fail", "endorsement-lapsed", GateMover.GATES),
        ({"endorsement": "endorsement-undated"}, Check.ENDORSED, "unknown", "endorsement-undated", GateMover.GATES),
        ({"endorsement": "taken-back"}, Check.ENDORSED, "unknown", "taken-back", GateMover.SECRETARIAT),
        ({"endorsement": "closed"}, Check.ENDORSED, "fail", "closed", GateMover.SECRETARIAT),
        ({"withdrawn": True}, Check.OFFERED, "fail", "withdrawn", GateMover.GIVER),
        ({"available_until": date(2026, 2, 28)}, Check.OFFERED, "fail", "ended", GateMover.GIVER),
        (
            {"end_use": "", "end_use_signed": date(2026, 2, 3), "unsigned": 1},
            Check.END_USE,
            "unknown",
            "signed-in-part",
            GateMover.REQUESTER,
        ),
        (
            {"licences": [LicenceFact(word="unknown", authority="A"), LicenceFact(word="pending", authority="B", expected=MARCH)]},
            Check.LICENSED,
            "fail",
            "pending",
            GateMover.AUTHORITY,
        ),
        ({"objections": [ObjectionFact(raised_by="Latvia", stops=True)]}, Check.OBJECTIONS, "fail", "objection", GateMover.OBJECTOR),
        (
            {"objections": [ObjectionFact(raised_by="the board", stops=True, decided=True)]},
            Check.OBJECTIONS,
            "fail",
            "decided-against",
            GateMover.OBJECTOR,
        ),
        ({"screenings": [ScreeningFact(party="x", standing="confirmed")]}, Check.SCREENED, "fail", "confirmed", GateMover.SECRETARIAT),
        ({"screenings": [ScreeningFact(party="x", standing="hits-open")]}, Check.SCREENED, "unknown", "hits-open", GateMover.SECRETARIAT),
        ({"screenings": []}, Check.SCREENED, "unknown", "not-screened", GateMover.SECRETARIAT),
        ({"offer_seen": False}, Check.OFFERED, "unknown", "offer-not-shown", GateMover.SECRETARIAT),
        ({"available_until": date(2026, 2, 28), "lead": 2, "month": date(2026, 5, 1)}, Check.OFFERED, "fail", "ended", GateMover.GIVER),
        ({"objections_seen": False}, Check.OBJECTIONS, "unknown", "objections-not-shown", GateMover.SECRETARIAT),
        ({"lines_without": 1}, Check.LICENSED, "unknown", "line-without-case", GateMover.LIAISON),
        (
            {"licences": [LicenceFact(word="granted", authority="SGC", expires=date(2026, 3, 10))]},
            Check.LICENSED,
            "unknown",
            "ends-within",
            GateMover.LIAISON,
        ),
        ({"drawn_whole": False}, Check.ABSORPTION, "unknown", "room-as-shown", GateMover.SECRETARIAT),
        ({"drawn": Decimal(21), "drawn_whole": False}, Check.ABSORPTION, "fail", "full", GateMover.REQUESTER),
        ({"licences": []}, Check.LICENSED, "unknown", "no-case", GateMover.LIAISON),
        ({"end_use": ""}, Check.END_USE, "unknown", "not-stated", GateMover.REQUESTER),
        ({"capacity": None}, Check.ABSORPTION, "unknown", "capacity-unknown", GateMover.REQUESTER),
        ({"drawn": Decimal(21)}, Check.ABSORPTION, "fail", "full", GateMover.REQUESTER),
        ({"consent_refused": True}, Check.REQUESTER, "fail", "refused", GateMover.REQUESTER),
        ({"answer": "proposed"}, Check.REQUESTER, "fail", "not-answered", GateMover.REQUESTER),
        ({"answer": "accepted"}, Check.GIVER, "fail", "not-committed", GateMover.GIVER),
        ({"answer": "cannot-help"}, Check.GIVER, "fail", "cannot-help", GateMover.SECRETARIAT),
        ({"answer": ""}, Check.REQUESTER, "unknown", "not-proposed", GateMover.SECRETARIAT),
    ],
)
def test_what_is_missing_is_named_with_whose_move_it_is(
    change: dict[str, object], check: Check, verdict: str, code: str, mover: GateMover
) -> None:
    found = condition(replace(READY, **change), check)  # type: ignore[arg-type]  # each case changes one field to a value of its type
    assert (found.verdict, found.code, found.mover) == (verdict, code, mover)
    light = light_of(replace(READY, **change))  # type: ignore[arg-type]  # as above
    assert light.verdict == verdict or light.verdict == GateVerdict.FAIL
    assert light.blocker is not None


def test_a_signed_statement_says_the_end_use_where_it_is_for_all_that_needs_a_licence() -> None:
    signed = replace(READY, end_use="", end_use_signed=date(2026, 2, 3))
    assert condition(signed, Check.END_USE).code == "signed" and light_of(signed).verdict == GateVerdict.PASS
    assert condition(replace(signed, unsigned=1), Check.END_USE).code == "signed-in-part"
    assert condition(replace(signed, unsigned=1, end_use="own networks"), Check.END_USE).code == "stated"


def test_what_stops_some_lines_of_an_offer_alone_says_how_many_would_pass() -> None:
    pending = [LicenceFact(word="pending", authority="BIS"), LicenceFact(word="granted", authority="SGC")]
    found = condition(replace(READY, licences=pending, lines=3, lines_stopped=1), Check.LICENSED)
    assert (found.code, found.figures) == ("pending", (Decimal(1), Decimal(3)))
    assert condition(replace(READY, licences=pending, lines=3, lines_stopped=3), Check.LICENSED).figures == (), "nothing of it would pass"
    assert condition(replace(READY, lines=3, lines_stopped=1), Check.LICENSED).figures == ()


def test_conditions_pass_when_each_is_met_or_carried_on_and_say_how_many() -> None:
    for told, code, figures in (
        ((), "no-conditions", (0, 0)),
        (("met", "met"), "conditions-met", (2, 2)),
        (("met", "carried"), "conditions-carried", (2, 1)),
        (("met", "carried", ""), "conditions-not-told", (3, 1)),
    ):
        found = condition(replace(READY, conditions=told), Check.CONDITIONS)
        assert (found.code, found.verdict == GateVerdict.PASS) == (code, "" not in told)
        assert not told or found.figures == tuple(map(Decimal, figures))


def test_of_several_licences_the_worst_counts_and_the_slowest_says_when() -> None:
    def licensed(*words: LicenceFact) -> Condition:
        return condition(replace(READY, licences=words), Check.LICENSED)

    granted = LicenceFact(word="granted", authority="SGC")
    waiting = LicenceFact(word="pending", authority="BIS", expected=date(2026, 5, 1))
    longer = LicenceFact(word="pending", authority="BAFA", expected=date(2026, 7, 1))
    nobody_knows = LicenceFact(word="pending", authority="FI", expected=None)
    assert licensed(granted, waiting, longer).on == date(2026, 7, 1)
    assert licensed(granted, waiting, longer).who == "BAFA"
    assert (licensed(waiting, nobody_knows).on, licensed(waiting, nobody_knows).who) == (None, "FI")
    denied = LicenceFact(word="denied", authority="SBDU")
    assert (licensed(waiting, denied).verdict, licensed(waiting, denied).code) == (GateVerdict.FAIL, "denied")
    lapsed = replace(granted, expires=date(2026, 2, 28))
    assert licensed(lapsed).code == "lapsed"
    assert light_of(replace(READY, licences=[waiting])).earliest == date(2026, 5, 1)
    assert light_of(replace(READY, licences=[waiting], lead=2)).earliest == date(2026, 7, 1), "the way begins when it is licensed"
    assert licensed(replace(granted, expires=date(2026, 3, 31))).verdict == GateVerdict.PASS, "its last day is the month's"
    assert licensed(replace(granted, expires=date(2026, 3, 30))).code == "ends-within"
    assert light_of(replace(READY, licences=[nobody_knows])).earliest is None


WORDS = st.sampled_from(["not-needed", "granted", "pending", "denied", "unknown", ""])
DAYS = st.none() | st.dates(min_value=date(2025, 1, 1), max_value=date(2028, 1, 1))
LICENCES = st.lists(st.builds(LicenceFact, word=WORDS, authority=st.text(max_size=3), expected=DAYS, expires=DAYS), max_size=3)
STANDINGS = st.sampled_from(["not-screened", "no-hits", "hits-open", "cleared", "confirmed"])


@given(
    licences=LICENCES,
    objections=st.lists(st.builds(ObjectionFact, raised_by=st.just("x"), stops=st.booleans(), decided=st.booleans()), max_size=2),
    screenings=st.lists(st.builds(ScreeningFact, party=st.just("x"), standing=STANDINGS), max_size=3),
    capacity=st.none() | st.just(Decimal(5)),
    drawn=st.integers(0, 9).map(Decimal),
    lines_without=st.sampled_from([0, 0, 0, 1]),
    offer_seen=st.sampled_from([True, True, False]),
    objections_seen=st.sampled_from([True, True, False]),
    drawn_whole=st.sampled_from([True, True, False]),
    answer=st.sampled_from(["", "proposed", "accepted", "committed", "declined", "cannot-help", "recalled", "released"]),
    month=DAYS,
    end_use=st.sampled_from(["", "own networks"]),
)
def test_a_line_without_its_licence_is_never_deliverable_and_green_means_that_all_pass(**changed: object) -> None:
    facts = replace(READY, **changed)  # type: ignore[arg-type]  # each strategy draws its field's type
    light = light_of(facts)
    when = max(facts.month or facts.today, facts.today)
    over = month_at(when, 1)
    held = [
        one.word == "not-needed" or (one.word == "granted" and (one.expires is None or one.expires + timedelta(days=1) >= over))
        for one in facts.licences
    ]
    held += [False] * facts.lines_without
    if not held or not all(held):
        assert light.verdict != GateVerdict.PASS
    if not (facts.offer_seen and facts.objections_seen and facts.drawn_whole):
        assert light.verdict != GateVerdict.PASS, "what a reader is not shown never passes"
    assert (light.verdict == GateVerdict.PASS) == all(one.verdict == GateVerdict.PASS for one in light.conditions)
    assert (light.blocker is None) == (light.verdict == GateVerdict.PASS)
    for one in light.conditions:
        assert one.code in GATE_LABELS["gate-why"]
        assert (one.mover is None) == (one.verdict == GateVerdict.PASS)


def test_a_match_goes_from_unknown_to_green_as_people_say_what_was_missing(table: Table) -> None:
    cast = table.cast
    one = propose_agreement(cast.officer, table.need, table.estonias, Proposal(quantity=Decimal(4), month=MARCH))
    [row] = lights_of_need(cast.officer, table.need).rows
    found = {told.check: told for told in row.light.conditions}
    assert (row.agreement, row.light.verdict) == (one, GateVerdict.FAIL)
    assert (found[Check.ENDORSED].verdict, found[Check.LICENSED].code, found[Check.REQUESTER].code) == (
        GateVerdict.PASS,
        "no-case",
        "not-answered",
    )
    for word in (Word.ACCEPT, Word.COMMIT):
        SAYING[word](cast.officer, one, reason="their letters")
    open_case(cast.officer, LINES[1].id, "EE", "SGC", reason="offered")
    [row] = lights_of_need(cast.officer, table.need).rows
    assert next(told.code for told in row.light.conditions if told.check == Check.LICENSED) == "not-assessed"
    assert {told.check for told in row.light.conditions if told.verdict != GateVerdict.PASS} <= {
        Check.SCREENED,
        Check.LICENSED,
        Check.END_USE,
        Check.ABSORPTION,
    }
    assert [told.need for told in lights_of(cast.officer)] == [table.need]
    assert lights_of(cast.officer, {table.need}) == [lights_of_need(cast.officer, table.need)], "one function, whoever asks"
    assert lights_of(cast.officer, pairs={(table.need, table.kestrels)}) == []
    assert lights_of(cast.outsider) == []
    [theirs] = lights_of_need(cast.asker, table.need).rows
    assert theirs.offer is None and theirs.title == ""
    with pytest.raises(NotThere):
        lights_of_need(cast.outsider, table.need)
