"""The pages and routes of licence cases, as browsers and programs of the cast get them."""

from __future__ import annotations

import csv
import io
import json
import uuid

from django.urls import reverse

from sild.kernel.actor import Actor
from sild.wings.clearance.actions import Move, chase_case, move_case, open_case
from sild.wings.clearance.reads import case_record, cases_naming
from sild.wings.clearance.rules import CaseState
from sild.wings.register.public import offers
from tests.api.programs import program_of
from tests.web.signed import account_on, signed_in
from tests.wings.clearance.conftest import Office


def page(member: Actor, name: str, *arguments: object, **query: str) -> tuple[int, str]:
    """The status and the text of a page as a member gets it."""
    answer = signed_in(member).get(reverse(name, args=arguments), query)
    return answer.status_code, answer.content.decode()


def sent(member: Actor, name: str, *arguments: object, **form: object) -> tuple[int, str]:
    """What a form answers: status and where it leads or what it says."""
    answer = signed_in(member).post(reverse(name, args=arguments), form)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_an_officer_opens_a_case_on_the_page_of_an_offer_and_the_liaison_moves_it(office: Office) -> None:
    offer = next(one.id for one in offers(office.cast.officer) if office.gateways in one.lines)
    status, text = page(office.cast.officer, "clearance.offer", offer)
    assert status == 200 and "No licence case was opened" in text and "5A002" in text and "Verify before use" in text
    status, where = sent(office.cast.officer, "clearance.open", office.gateways, jurisdiction="EE", authority="SGC", reason="offered")
    case = uuid.UUID(where.split("/")[2])
    assert status == 302 and "Estonia" in page(office.liaison, "clearance.case", case)[1]
    moved = {"state": "candidate-controlled", "reason": "encryption", "on": "2026-02-10", "due_on": "2026-02-20", "version": 1}
    assert sent(office.liaison, "clearance.move", case, **moved)[0] == 302
    assert sent(office.liaison, "clearance.move", case, **moved)[0] == 409, "the form was made from an older version"
    assert sent(office.liaison, "clearance.move", case, **(moved | {"version": 2, "on": "9 Feb"}))[0] == 409
    assert sent(office.cast.officer, "clearance.move", case, **(moved | {"version": 2}))[0] == 403
    details = {"version": 2, "authority": "SGC", "term_days": "30", "term_source": "their page", "entries": ["5a002"]}
    assert sent(office.liaison, "clearance.describe", case, **details)[0] == 302
    assert sent(office.cast.officer, "clearance.chase", case, version=3, reason="called", due_on="2026-02-25")[0] == 302
    seen = case_record(office.liaison, case)
    assert (seen.row.state, seen.term_days, str(seen.row.due_on), len(seen.steps)) == ("candidate-controlled", 30, "2026-02-25", 3)
    for name, form in (("note", {"text": "ours alone"}), ("step", {"text": "call", "on": "2026-02-12", "version": 0})):
        assert sent(office.liaison, f"clearance.{name}", case, **form)[0] == 302
    assert "ours alone" in page(office.liaison, "clearance.case", case)[1]
    assert "ours alone" not in page(office.cast.officer, "clearance.case", case)[1]


def test_the_board_says_what_to_do_where_it_is_empty_and_shows_lanes_where_it_is_not(office: Office) -> None:
    assert "An officer opens one on the page of an offer" in page(office.liaison, "clearance.board")[1]
    case = open_case(office.cast.officer, office.gateways, "US", "BIS", reason="offered")
    chase_case(office.cast.officer, case, None, reason="asked")
    assert "VPN gateways" in page(office.liaison, "clearance.board", mover="licence-liaison")[1]
    assert "Nothing fits these filters" in page(office.liaison, "clearance.board", mover="authority")[1]
    sheet = signed_in(office.liaison).get(reverse("clearance.board"), {"mover": "licence-liaison", "format": "csv"})
    [row] = csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig")))
    assert (row["item"], row["state"], row["mover"]) == ("VPN gateways", "not-assessed", "licence-liaison")
    assert signed_in(office.liaison).get(reverse("clearance.board"), {"format": "xlsx"}).content[:2] == b"PK"
    assert "VPN gateways" in page(office.liaison, "web.waiting")[1]
    assert page(office.cast.seller, "clearance.case", case)[0] == 404
    assert "No application was answered yet" in page(office.liaison, "clearance.routes")[1]
    assert page(office.cast.donor, "clearance.entries")[0] == 200


def test_a_program_of_the_liaison_moves_a_case_and_reads_its_clocks(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", reason="offered")
    move_case(office.liaison, case, Move(state=CaseState.CANDIDATE), reason="encryption")
    program = program_of("drill", "liaison", account_on(office.liaison))
    [listed] = json.loads(program.ask("GET", "/licence-cases?state=candidate-controlled").content)["items"]
    body = {"state": "licence-required", "version": listed["version"], "reason": "their letter", "due_on": "2026-03-01"}
    assert program.ask("POST", f"/licence-cases/{case}/moves", body).status_code == 204
    assert program.ask("POST", f"/licence-cases/{case}/moves", body).status_code == 409
    whole = json.loads(program.ask("GET", f"/licence-cases/{case}").content)
    assert (whole["case"]["mover"], whole["following"]) == ("giver", ["applied", "set-aside"])
    assert [stay["state"] for stay in whole["clocks"]["stays"]] == ["not-assessed", "candidate-controlled", "licence-required"]
    assert json.loads(program.ask("GET", "/control-entries").content)["entries"][0]["sources"]
    assert json.loads(program.ask("GET", "/licence-routes").content)["items"] == []


def test_what_is_held_on_a_person_names_the_cases_that_name_them(office: Office) -> None:
    case = open_case(office.cast.officer, office.gateways, "EE", reason="Maria Tamm said so")
    [told] = cases_naming(office.cast.officer, ["maria tamm"])
    assert told["steps"][0]["reason"] == "Maria Tamm said so" and case_record(office.cast.officer, case).row.item == told["item"]
    assert cases_naming(office.cast.officer, ["nobody of them"]) == cases_naming(office.cast.officer, []) == []
