"""Capacity, lapses and dependence: who says what, who sees it, and what pages and programs tell."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from sild.kernel.action import last_act
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotForRole, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.outlook.actions import NewTerm, StatedMonth, end_term, keep_term, redact_terms, renew_term, state_capacity
from sild.wings.outlook.public import absorption_of, terms_naming
from sild.wings.outlook.reads import absorption_page, concentration_page, speaks_for, sustainment_page
from sild.wings.outlook.rules import Leaning, TermKind
from sild.wings.planning.public import LimitEntry, make_plan, record_limit
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.outlook.conftest import COURT, MINISTRY, TODAY, Ahead

FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


def page(member: Actor, name: str, /, *arguments: object, **query: str) -> tuple[int, str]:
    """The status and the text of a page as a member gets it."""
    answer = signed_in(member).get(reverse(name, args=arguments), query)
    return answer.status_code, answer.content.decode()


def sent(member: Actor, name: str, /, *arguments: object, **form: object) -> tuple[int, str]:
    """What a form answers: status and where it leads or what it says."""
    answer = signed_in(member).post(reverse(name, args=arguments), form)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def term(**told: Any) -> NewTerm:
    """Licences of the ministry that end in May."""
    about = {"kind": TermKind.LICENCE, "title": "mail licences", "body": MINISTRY, "ends_on": date(2026, 5, 31), "source": "the contract"}
    return NewTerm(**{**about, **told})


def test_the_ministry_says_what_it_can_take_in_and_the_next_plan_keeps_to_it(ahead: Ahead) -> None:
    asker, officer = ahead.cast.asker, ahead.cast.officer
    assert {month.capacity for month in absorption_of(officer, MINISTRY)} == {None}
    assert sum(month.planned for month in absorption_of(officer, MINISTRY)) == 20
    told = [StatedMonth(month=FEBRUARY, amount=Decimal(0)), StatedMonth(month=MARCH, amount=Decimal(12))]
    assert state_capacity(asker, MINISTRY, told, source="our IT department") == 2
    assert state_capacity(asker, MINISTRY, told, source="our IT department, again") == 0, "nothing is new"
    for pieces in (5, 12):
        anew = [StatedMonth(month=MARCH, amount=Decimal(pieces))]
        assert state_capacity(asker, MINISTRY, anew, source="our IT department") == 1, "what is said again after another word is news"
    february, march, *_later = absorption_of(officer, MINISTRY)
    assert (february.capacity, march.capacity, march.source) == (0, 12, "our IT department")
    assert any(one.over for one in absorption_page(officer)), "the plan of before knew nothing of it"
    make_plan(ahead.cast.run, TODAY, seconds=1.0)
    [ministry] = [one for one in absorption_page(officer) if one.body == MINISTRY]
    assert not ministry.over and ministry.months[0].planned == 0


def test_who_speaks_for_whom(ahead: Ahead) -> None:
    cast, told = ahead.cast, [StatedMonth(month=MARCH, amount=Decimal(3))]
    assert speaks_for(cast.asker) == {MINISTRY} and {MINISTRY, COURT} <= speaks_for(cast.authority) and not speaks_for(cast.donor)
    assert state_capacity(cast.authority, COURT, told, source="the court, by telephone") == 1, "the authority speaks for its bodies"
    assert state_capacity(cast.authority, COURT, [StatedMonth(month=date(1, 1, 1), amount=Decimal(3))], source="a slip") == 1
    with pytest.raises(Refused, match="do not speak"):
        state_capacity(cast.asker, COURT, told, source="guessed")
    with pytest.raises(NotForRole):
        state_capacity(cast.donor, COURT, told, source="guessed")
    for months, source in (
        ([StatedMonth(month=MARCH, amount=Decimal("1.5"))], "x"),
        ([StatedMonth(month=MARCH, amount=Decimal(-1))], "x"),
        ([*told, *told], "x"),
        (told, " "),
    ):
        with pytest.raises(Refused):
            state_capacity(cast.asker, MINISTRY, months, source=source)


def test_what_lapses_is_told_renewed_and_ended(ahead: Ahead) -> None:
    asker, officer = ahead.cast.asker, ahead.cast.officer
    one = keep_term(asker, term(quantity=Decimal(300), unit="licence", vendor="Kestrel Endpoint Inc.", category="software-licences"))
    [row] = sustainment_page(officer).rows
    assert (row.running.title, row.dark, row.running.on) == ("mail licences", 300, date(2026, 5, 31))
    assert [(told.month, told.bodies) for told in sustainment_page(officer).touched] == [(date(2026, 5, 1), (MINISTRY,))]
    assert sustainment_page(officer, body=COURT).rows == ()
    with pytest.raises(Refused, match="Another organisation"):
        renew_term(officer, one, date(2027, 5, 31), reason="the vendor says so")
    with pytest.raises(Refused, match="later day"):
        renew_term(asker, one, date(2026, 5, 31), reason="no news")
    with pytest.raises(Stale):
        renew_term(asker, one, date(2027, 5, 31), version=9, reason="the vendor says so")
    renew_term(asker, one, date(2027, 5, 31), version=1, reason="the vendor says so")
    assert sustainment_page(officer).rows[0].running.on == date(2027, 5, 31)
    end_term(asker, one, reason="we use another one")
    assert sustainment_page(officer).rows == ()
    act = last_act()
    assert act is not None
    undo(asker, act, reason="too early")
    assert len(sustainment_page(officer).rows) == 1
    assert sustainment_page(ahead.cast.other_donor).rows == (), "nobody else is told"


@pytest.mark.parametrize("told", [{"body": COURT}, {"title": " "}, {"source": ""}, {"quantity": Decimal(0)}, {"category": "magic"}])
def test_a_term_that_says_too_little_is_refused(ahead: Ahead, told: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        keep_term(ahead.cast.asker, term(**told))


def test_on_whom_several_bodies_lean(ahead: Ahead) -> None:
    found = {(one.name, one.link): one for one in concentration_page(ahead.cast.officer)}
    estonia = found["Estonia", Leaning.GIVER]
    assert estonia.bodies == (COURT, MINISTRY) and estonia.of_bodies == 2
    [share] = estonia.shares
    assert share.quantity == sum(row.quantity or 0 for row in estonia.rows) and share.whole >= share.quantity
    assert "Latvia" in {one.provider for one in estonia.alternatives}
    assert found["Kestrel Endpoint Inc.", Leaning.VENDOR].bodies == (COURT, MINISTRY), "its name stands in what Estonia gives"
    assert concentration_page(ahead.cast.officer, category="training") == []
    assert concentration_page(ahead.cast.seller) == []


def test_words_are_found_for_whom_they_name_and_blotted_out(ahead: Ahead) -> None:
    keep_term(ahead.cast.asker, term(source="a letter of Olena"))
    assert [told["title"] for told in terms_naming(ahead.cast.asker, ["Olena"])] == ["mail licences"]
    assert terms_naming(ahead.cast.officer, ["Olena"]) == [] == terms_naming(ahead.cast.asker, [])
    keep_term(ahead.cast.officer, term(source="a letter of Olena"))
    redact_terms(ahead.cast.officer, re.compile("Olena"), reason="asked for")
    assert terms_naming(ahead.cast.officer, ["Olena"]) == []


def test_the_pages_say_it_and_take_it(ahead: Ahead) -> None:
    asker, officer = ahead.cast.asker, ahead.cast.officer
    form = {"body": MINISTRY, "month-2026-02": "0", "month-2026-03": "12", "month-2026-04": "", "source": "our IT department"}
    assert sent(asker, "outlook.capacity", **form)[0] == 302
    assert sent(asker, "outlook.capacity", **{**form, "month-2026-03": "many"})[0] == 409
    assert sent(asker, "outlook.capacity", **{**form, "month-soon": "1"})[0] == 409
    text = page(asker, "outlook.absorption")[1]
    assert "our IT department" in text and 'value="12"' in text and "<svg" in text
    assert 'name="month-' not in page(ahead.cast.donor, "outlook.absorption")[1]
    assert MINISTRY in page(officer, "outlook.absorption", body=MINISTRY)[1]
    assert "Nothing that you may see lapses" in page(asker, "outlook.sustainment")[1]
    new = {"kind": "licence", "title": "mail licences", "body": MINISTRY, "quantity": "300", "unit": "licence", "source": "the contract"}
    assert sent(asker, "outlook.keep-term", **new)[0] == 409, "without a day"
    assert sent(asker, "outlook.keep-term", **{**new, "kind": "magic", "ends_on": "2026-05-31"})[0] == 409
    ends = (TODAY + timedelta(days=60)).isoformat()
    assert sent(asker, "outlook.keep-term", **new, ends_on=ends)[0] == 302
    text = page(officer, "outlook.sustainment")[1]
    assert "mail licences" in text and "1 thing lapses within ninety days" in text and "<svg" in text
    [one] = sustainment_page(asker).terms
    assert sent(asker, "outlook.renew-term", one, ends_on="", version=1, reason="x")[0] == 409
    assert sent(asker, "outlook.renew-term", one, ends_on="2027-01-31", version=1, reason="renewed")[0] == 302
    assert sent(asker, "outlook.end-term", one, version=2, reason="not needed")[0] == 302
    text = page(officer, "outlook.concentration")[1]
    assert "2 of 2 bodies lean on it" in text and "routers of another maker" in text
    assert "No two bodies lean" in page(ahead.cast.seller, "outlook.concentration")[1]


def test_programs_are_told_and_write_terms(ahead: Ahead) -> None:
    program = program_of("drill", "asker", account_on(ahead.cast.asker))

    def ask(method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = program.ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else {}

    new = {"kind": "warranty", "title": "servers", "body": MINISTRY, "ends_on": "2026-06-30", "quantity": "4", "source": "the invoice"}
    status, made = ask("POST", "/terms", new)
    assert status < 300, made
    status, told = ask("GET", "/lapses")
    assert status == 200 and [(row["running"]["title"], row["dark"]) for row in told["items"]] == [("servers", "4.000")]
    assert ask("POST", f"/terms/{made['id']}/renewal", {"ends_on": "2026-12-31", "version": 1, "reason": "longer"})[0] == 204
    assert ask("POST", f"/terms/{made['id']}/ending", {"version": 2, "reason": "gone"})[0] == 204
    assert ask("GET", f"/absorption?body={MINISTRY.replace(' ', '%20')}")[1]["items"][0]["body"] == MINISTRY
    assert ask("GET", "/concentrations")[0] == 200


def test_a_body_says_its_hours_and_racks_on_the_page_and_programs_read_them(ahead: Ahead) -> None:
    asker, officer = ahead.cast.asker, ahead.cast.officer
    record_limit(officer, LimitEntry(kind="use-people", subject="Estonia", amount=Decimal(3), source="a note", as_of=TODAY), reason="told")
    status, where = sent(
        asker,
        "outlook.capacity",
        body=MINISTRY,
        source="our IT department",
        **{"people-2026-02": "12.5", "racks-2026-01": "40", "month-2026-03": ""},
    )
    assert status == 302, where
    [ministry] = [one for one in absorption_page(officer) if one.body == MINISTRY]
    of = {one.name: one.months for one in ministry.resources}
    assert (of["people"][0].capacity, of["people"][0].planned, of["people"][0].over) == (Decimal("12.5"), 60, True)
    assert (of["racks"][3].capacity, of["racks"][3].carried, of["racks"][3].silent) == (40, True, 20)
    assert [one.name for one in ministry.told] == ["people", "racks"] and ministry.over == 1
    _status, text = page(asker, "outlook.absorption")
    assert "hours of people" in text and 'name="people-2026-02"' in text and 'value="12.50"' in text
    _status, shown = page(ahead.cast.donor, "outlook.absorption")
    assert "12.5" not in shown, "what a body has is for the offices and itself"
    with pytest.raises(Refused, match="two decimals"):
        state_capacity(asker, MINISTRY, [StatedMonth(month=MARCH, amount=Decimal("1.234"), resource="people")], source="x")
    with pytest.raises(Refused, match="no resource"):
        state_capacity(asker, MINISTRY, [StatedMonth(month=MARCH, amount=Decimal(1), resource="gold")], source="x")
    answer = program_of("drill", "asker", account_on(asker)).ask("GET", "/absorption")
    got = next(one for one in json.loads(answer.content)["items"] if one["body"] == MINISTRY)["resources"]
    assert {one["name"] for one in got} == {"people", "training", "racks", "power"}
    make_plan(ahead.cast.run, TODAY, seconds=1.0)
    [again] = [one for one in absorption_page(officer) if one.body == MINISTRY]
    assert not again.over, "the next plan keeps to the hours"
