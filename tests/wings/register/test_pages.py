"""The register's pages: lists, one record, gates, and what people do there, as the cast's browsers get them."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse

from sild.kernel.actor import Actor
from sild.wings.parties.public import MechanismFile, change_mechanism
from sild.wings.register.public import (
    Grouping,
    NeedFilter,
    keep_lines,
    line_record,
    list_needs,
    need_record,
    offer_record,
    place_lines,
)
from tests.cast import MECHANISM, Cast
from tests.keeping import once
from tests.web.signed import signed_in
from tests.wings.readings import reading

HEALTH = "Ministry of Health of Ukraine"
ASKED = reading(1, "request", "endpoint-protection", "EDR licences", 1200, unit="licence", beneficiary=HEALTH)
AGAIN = reading(2, "request", "endpoint-protection", "ліцензії EDR", 1200, unit="seat", beneficiary=HEALTH, language="uk")
GIVEN = reading(4, "offer", "endpoint-protection", "EDR seats", 500, unit="seat", provider="Kestrel Endpoint Inc.", beneficiary=HEALTH)
NEED, OFFER = uuid.uuid4(), uuid.uuid4()


@pytest.fixture
@once
def placed(cast: Cast) -> Cast:
    """A need of two lines in two languages and an offer of one."""
    keep_lines(cast.run, [ASKED, AGAIN, GIVEN])
    place_lines(
        cast.run,
        [Grouping(id=NEED, side="need", lines=(ASKED.id, AGAIN.id)), Grouping(id=OFFER, side="offer", lines=(GIVEN.id,))],
    )
    return cast


def page(member: Actor, name: str, *arguments: object, **query: str) -> tuple[int, str]:
    """The status and the text of a page as a member gets it."""
    answer = signed_in(member).get(reverse(name, args=arguments), query)
    return answer.status_code, answer.content.decode()


def sent(member: Actor, name: str, *arguments: object, **form: object) -> tuple[int, str]:
    """What a form answers: status and where it leads or what it says."""
    answer = signed_in(member).post(reverse(name, args=arguments), form)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_the_list_of_needs_shows_the_need_in_words_and_its_filters_in_the_address(placed: Cast) -> None:
    status, text = page(placed.officer, "register.needs", state="captured", q="ліцензій")
    assert status == 200
    assert "EDR licences" in text
    assert "1,200" in text
    assert "captured" in text
    assert "q=" in text


def test_an_empty_list_says_what_to_do_next(placed: Cast) -> None:
    _status, text = page(placed.officer, "register.needs", q="nothing like that")
    assert "Nothing fits these filters" in text
    _status, text = page(placed.donor, "register.needs")
    assert "There is no need that you may see yet" in text


def test_a_list_is_a_file_too_and_no_cell_of_it_is_a_formula(placed: Cast) -> None:
    keep_lines(placed.run, [reading(9, "request", "training", "=HYPERLINK(1)", 3)])
    answer = signed_in(placed.officer).get(reverse("register.lines"), {"format": "csv"})
    text = answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert text.splitlines()[0].startswith("id,created_at,message_id")
    assert ",'=HYPERLINK(1)," in text


def test_the_page_of_a_need_shows_every_line_in_its_own_language_and_the_gates(placed: Cast) -> None:
    status, text = page(placed.officer, "register.need", NEED)
    assert status == 200
    assert "ліцензії EDR" in text
    assert "EDR licences" in text
    assert "feasible and relevant?" in text
    assert "It waits for the gate before it." in text
    assert "Visible to:" in text
    assert "The desk" in text


def test_not_yours_and_not_there_are_one_page(placed: Cast) -> None:
    client = signed_in(placed.seller)
    hidden = client.get(reverse("register.need", args=[NEED]))
    absent = client.get(reverse("register.need", args=[uuid.uuid4()]))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|/needs/[0-9a-f-]+/|%2Fneeds%2F[0-9a-f-]+%2F')
    assert strip.sub(b"", hidden.content) == strip.sub(b"", absent.content)


def test_a_note_stays_with_its_organisation(placed: Cast) -> None:
    status, where = sent(placed.officer, "register.need-note", NEED, text="Ask the ministry for its headcount.")
    assert (status, where) == (302, reverse("register.need", args=[NEED]))
    assert "headcount" in page(placed.officer, "register.need", NEED)[1]
    status, text = page(placed.technical, "register.need", NEED)
    assert status == 200
    assert "headcount" not in text


def test_a_need_is_given_to_a_colleague_and_its_next_step_is_due(placed: Cast) -> None:
    assert sent(placed.officer, "register.need-assign", NEED, assignee=str(placed.officer.person), version="0")[0] == 302
    handling = need_record(placed.officer, NEED).beside.handling
    assert handling.assignee_name == placed.officer.name
    assert (
        sent(placed.officer, "register.need-step", NEED, text="Call the ministry", on="2026-02-01", version=str(handling.version))[0] == 302
    )
    mine = list_needs(placed.officer, NeedFilter(mine=True, due=True))
    assert [row.id for row in mine.rows] == [NEED]
    assert list_needs(placed.technical, NeedFilter(mine=True)).rows == ()
    assert "Call the ministry" in page(placed.officer, "register.needs", mine="yes")[1]


def test_somebody_of_another_organisation_cannot_be_given_it(placed: Cast) -> None:
    status, text = sent(placed.officer, "register.need-assign", NEED, assignee=str(placed.donor.person), version="0")
    assert status == 409
    assert "Only somebody of your own organisation" in text


def test_a_stale_form_shows_both_texts(placed: Cast) -> None:
    version = line_record(placed.officer, ASKED.id)[0].version
    assert sent(placed.officer, "register.line-mend", ASKED.id, version=str(version), quantity="900")[0] == 302
    status, text = sent(placed.officer, "register.line-mend", ASKED.id, version=str(version), quantity="850")
    assert status == 409
    assert "Somebody changed it while you wrote" in text
    assert "850" in text
    assert "900" in text
    assert f'name="version" value="{version + 1}"' in text


def test_a_value_that_does_not_fit_comes_back_with_the_form_as_it_was_typed(placed: Cast) -> None:
    version = line_record(placed.officer, ASKED.id)[0].version
    status, text = sent(placed.officer, "register.line-mend", ASKED.id, version=str(version), quantity="a dozen", item="EDR seats")
    assert status == 422
    assert "is no number" in text
    assert 'value="EDR seats"' in text


def test_the_history_says_who_changed_what_from_what_to_what_and_why(placed: Cast) -> None:
    version = line_record(placed.officer, ASKED.id)[0].version
    sent(placed.officer, "register.line-mend", ASKED.id, version=str(version), quantity="900", reason="the table says 900")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(placed.officer, "register.need", NEED)[1]))
    assert "Secretariat officer mended a line" in text
    assert "Quantity: 1,200 → 900" in text
    assert "the table says 900" in text


def test_the_gates_rule_in_order_from_their_queue(placed: Cast) -> None:
    _status, text = page(placed.technical, "register.gates")
    assert "EDR licences" in text
    assert "It passes" in text
    _status, text = page(placed.officer, "register.gates")
    assert "It passes" not in text
    version = str(need_record(placed.technical, NEED).version)
    early, told = sent(placed.interagency, "register.need-rule", NEED, "interagency-review", passed="yes", reason="vital", version=version)
    assert early == 409
    assert "has not passed the technical review" in told
    status, where = sent(
        placed.technical, "register.need-rule", NEED, "technical-review", passed="yes", reason="fits", version=version, **{"from": "gates"}
    )
    assert (status, where) == (302, reverse("register.gates"))
    version = str(need_record(placed.interagency, NEED).version)
    assert (
        sent(placed.interagency, "register.need-rule", NEED, "interagency-review", passed="yes", reason="vital", version=version)[0] == 302
    )
    assert need_record(placed.officer, NEED).state == "endorsed"
    assert "Nothing waits here." in page(placed.interagency, "register.gates")[1]


def test_a_gate_that_does_not_pass_a_need_says_why(placed: Cast) -> None:
    version = str(need_record(placed.technical, NEED).version)
    status, text = sent(placed.technical, "register.need-rule", NEED, "technical-review", passed="no", reason="", version=version)
    assert status == 409
    assert "Say why it does not pass" in text


def test_the_requester_answers_an_offer_and_the_giver_reads_why(placed: Cast) -> None:
    asked_for = [
        {**one, "party": HEALTH, "office": "recipient"} if one["slug"] == "front" else one
        for one in MECHANISM.model_dump()["organisations"]
    ]
    change_mechanism(placed.run, MechanismFile.model_validate({**MECHANISM.model_dump(), "organisations": asked_for}))
    seen = page(placed.authority, "register.offer", OFFER)[0]
    assert seen == 200
    version = str(offer_record(placed.authority, OFFER).version)
    assert sent(placed.authority, "register.offer-answer", OFFER, answer="declined", version=version)[0] == 409
    assert sent(placed.authority, "register.offer-answer", OFFER, answer="declined", reason="no staff for it", version=version)[0] == 302
    record = offer_record(placed.officer, OFFER)
    assert record.answer == "declined"
    assert [(one.by, one.reason) for one in record.answers] == [("Recipient authority", "no staff for it")]
    assert sent(placed.officer, "register.offer-answer", OFFER, answer="accepted", version=str(record.version))[0] == 403


def test_a_split_on_the_page_makes_two_lines(placed: Cast) -> None:
    version = str(line_record(placed.officer, ASKED.id)[0].version)
    form = {"item": ["EDR licences", "Training", "", ""], "quantity": ["1000", "200", "", ""], "unit": ["licence", "person", "", ""]}
    form["category"] = ["endpoint-protection", "training", "", ""]
    status, _where = sent(placed.officer, "register.line-split", ASKED.id, version=version, **form)
    assert status == 302
    titles = {row.title for row in list_needs(placed.officer).rows}
    assert "Training" in titles


@pytest.mark.parametrize("name", ["register.needs", "register.offers", "register.lines"])
def test_every_person_may_open_the_lists(placed: Cast, name: str) -> None:
    for member in (placed.officer, placed.auditor, placed.technical, placed.authority, placed.donor, placed.seller):
        assert page(member, name)[0] == 200
