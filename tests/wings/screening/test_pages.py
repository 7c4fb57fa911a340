"""Screening in the browser and for programs."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sild.cores.screening import PartKind
from sild.kernel.actor import Actor
from sild.wings.screening.reads import lists
from sild.wings.screening.reads.wording import SENTENCES, reasons_of
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.screening.conftest import ENTRIES, PERSON, TRADER, Desk, lines_of


def page(member: Actor, name: str, /, *arguments: object, **query: str) -> tuple[int, str]:
    """The status and the text of a page as a member gets it."""
    answer = signed_in(member).get(reverse(name, args=arguments), query)
    return answer.status_code, answer.content.decode()


def sent(member: Actor, name: str, /, *arguments: object, **form: object) -> tuple[int, str]:
    """What a form answers: status and where it leads or what it says."""
    answer = signed_in(member).post(reverse(name, args=arguments), form)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_a_list_is_uploaded_and_its_hits_are_ruled_in_the_browser(desk: Desk) -> None:
    officer = desk.cast.officer
    assert "No list is in force" in page(officer, "screening.parties")[1]
    assert "No list was provided yet" in page(officer, "screening.lists")[1]
    assert sent(officer, "screening.lists", name="", as_of="soon")[0] == 422
    file = SimpleUploadedFile("list.json", lines_of(ENTRIES))
    assert sent(officer, "screening.lists", name="The list", as_of="2026-02-01", file=file)[0] == 302
    assert "being read" in page(officer, "screening.lists")[1]
    assert "A new list is being read" in page(officer, "screening.parties")[1]
    desk.screen()
    text = page(officer, "screening.parties")[1]
    assert "The list" in text and TRADER in text and "hits to rule" in text
    assert "Screening hits to rule" in page(officer, "web.waiting")[1]
    [trader] = desk.hits(text=TRADER)
    text = page(officer, "screening.hit", trader.id)[1]
    assert "is in both names" in text and "A programme" in text and "list-1" in text
    form = {"state": "cleared", "reason": "of Rostov", "version": 1}
    status, refused = sent(officer, "screening.rule", trader.id, **{**form, "state": "fine"})
    assert status == 409 and "of Rostov" in refused, "what was written can be copied"
    assert sent(officer, "screening.rule", trader.id, **form)[0] == 302
    assert sent(officer, "screening.rule", trader.id, **form)[0] == 409, "made from an older version"
    assert "of Rostov" in page(officer, "screening.hit", trader.id)[1]
    assert TRADER in page(officer, "screening.parties", standing="cleared")[1]
    assert "Nothing fits" in page(officer, "screening.parties", q="nobody of this name")[1]
    [kept] = lists(officer)
    assert sent(officer, "screening.withdraw", kept.id, version=kept.version, reason="wrong day")[0] == 302
    assert "withdrawn" in page(officer, "screening.lists")[1]


def test_a_file_that_is_too_large_for_a_page_is_refused_with_the_command(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sild.wings.screening.forms.LARGEST_UPLOAD", 3)
    file = SimpleUploadedFile("list.json", b"{}{}")
    status, text = sent(desk.cast.officer, "screening.lists", name="The list", as_of="2026-02-01", file=file)
    assert status == 422 and "sild screen-list" in text


def test_whoever_is_not_screened_is_screened_when_asked(desk: Desk) -> None:
    assert 'name="q" type="search" maxlength="300" value=""' in page(desk.cast.officer, "screening.parties")[1]
    assert sent(desk.cast.officer, "screening.ask")[0] == 302
    assert page(desk.cast.donor, "screening.parties")[0] == 403


def test_programs_read_and_rule(desk: Desk) -> None:
    desk.take(ENTRIES)
    program = program_of("drill", "officer", account_on(desk.cast.officer))

    def ask(method: str, path: str, body: object = None) -> tuple[int, Any]:
        answer = program.ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else {}

    status, told = ask("GET", "/screening?standing=hits-open")
    assert status == 200 and [row["name"] for row in told["items"]] == [PERSON, TRADER]
    [trader] = desk.hits(text=TRADER)
    status, whole = ask("GET", f"/screening-hits/{trader.id}")
    assert status == 200 and whole["following"] == ["cleared", "confirmed"]
    ruling = {"state": "confirmed", "version": 1, "reason": "the same owner"}
    assert ask("POST", f"/screening-hits/{trader.id}/rulings", ruling)[0] == 204
    status, told = ask("GET", "/screening-hits?state=confirmed")
    assert [row["party"] for row in told["items"]] == [TRADER]
    status, told = ask("GET", "/screening-lists")
    [kept] = told["items"]
    assert kept["as_of"] == date(2026, 2, 1).isoformat() and kept["current"] is True
    assert ask("POST", f"/screening-lists/{kept['id']}/withdrawal", {"version": kept["version"], "reason": "wrong"})[0] == 204


def test_every_part_of_the_points_has_its_sentence() -> None:
    assert set(SENTENCES) == {str(kind) for kind in PartKind}
    [told] = reasons_of([{"kind": "country-same", "points": "6.00", "party": "ua", "entry": "ua"}])
    assert told == {"text": "they share a country (UA)", "weight": 6.0}
