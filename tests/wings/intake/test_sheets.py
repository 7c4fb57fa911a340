"""Excel is a door: rows of a filled-in template become lines, faults are told by cell, and whatever comes again is not taken twice."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Sequence
from decimal import Decimal
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from sild.formats import read_document
from sild.kernel.home import Home
from sild.wings.intake.actions.arriving import read_arrived
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.reads.sheets import SheetView, returned_sheet, sheet_of
from sild.wings.intake.rules import Door
from sild.wings.parties.public import import_parties
from sild.wings.register.public import Line, lines
from tests.api.programs import account_on, program_of
from tests.cast import Cast
from tests.formats.sheets import LAPTOPS, OFFER, SERVERS, WRONG, filled, mended, with_cells
from tests.readers import InProcess
from tests.web.signed import signed_in
from tests.wings.intake.test_run import COUNCIL


@pytest.fixture
def door(cast: Cast, home: Home) -> Taking:
    import_parties(cast.run, [COUNCIL])
    return Taking(cast.run, home, InProcess(), Door.SHEET)


def answer(door: Taking, data: bytes, name: str = "needs.xlsx") -> SheetView:
    [arrived] = door.data(data, name).arrived
    return sheet_of(door.actor, arrived.message)


def said(found: Sequence[Line]) -> list[tuple[str, str, Decimal | None, str, str]]:
    return sorted((line.kind, line.item, line.quantity, line.beneficiary, line.provider) for line in found)


def test_good_rows_become_drafts_with_their_cells_and_bad_ones_wait_to_be_mended(door: Taking) -> None:
    view = answer(door, filled("uk", request=[LAPTOPS, WRONG], offer=[OFFER]))
    assert [row.outcome for row in view.rows] == ["taken", "mend", "taken"]
    assert said(lines(door.actor)) == [
        ("offer", "Rack servers, two years old", Decimal(8), "", "Estonia"),
        ("request", "Laptops for the front desks", Decimal(40), "Lviv City Council", ""),
    ]
    [laptops] = [line for line in lines(door.actor) if line.kind == "request"]
    assert (laptops.category, laptops.unit, laptops.urgency, str(laptops.needed_by)) == ("end-user-devices", "laptop", "high", "2026-04-01")
    assert laptops.fields["quantity"]["span"]["text"] == "40"
    assert laptops.locator == "row 3"
    assert view.rows[0].line == laptops.id
    assert {fault.column: fault.code for fault in view.rows[1].row.faults} == {
        "quantity": "number",
        "category": "nearly",
        "beneficiary": "missing",
    }


def test_the_file_that_was_given_back_is_taken_again_without_anything_twice(door: Taking) -> None:
    first = answer(door, filled("en", request=[LAPTOPS, WRONG, SERVERS]))
    back = returned_sheet(first, "en")
    again = answer(door, back, "needs (1).xlsx")
    assert [row.outcome for row in again.rows] == ["known", "mend", "known"]
    assert len(lines(door.actor)) == 2
    better = answer(
        door,
        mended(back, {2: {"category": "Network equipment", "quantity": "12", "beneficiary": "Lviv City Council"}, 3: {"quantity": "30"}}),
        "needs (2).xlsx",
    )
    assert [row.outcome for row in better.rows] == ["known", "taken", "changed"]
    [changed] = better.rows[2].differs
    assert (changed.column, changed.then, changed.now) == ("quantity", Decimal(4), Decimal(30))
    before = better.rows[2].before
    assert before is not None
    assert (before.message, before.side, before.row) == (first.message, "request", 5)
    assert {line.quantity for line in lines(door.actor)} == {Decimal(40), Decimal(4), Decimal(12)}
    back = read_document("back.xlsx", returned_sheet(better, "en"))
    assert any("Quantity: 4 → 30" in block.text for _, _, block in back.blocks())


def test_the_first_file_mended_by_hand_brings_its_new_rows_alone(door: Taking) -> None:
    book = uuid.uuid4().hex
    answer(door, filled("en", request=[LAPTOPS, WRONG], book=book))
    again = answer(door, filled("en", request=[SERVERS, LAPTOPS], book=book), "second.xlsx")
    assert [row.outcome for row in again.rows] == ["taken", "known"]
    assert [code for code, _ in again.notes] == []
    less = answer(door, filled("en", request=[SERVERS], book=book), "third.xlsx")
    assert less.notes == (("gone", {"words": "1"}),)
    assert len(lines(door.actor)) == 2


def browser_reads(cast: Cast, home: Home, client: Client, form: dict[str, object]) -> tuple[str, str]:
    """Send a form of the page of sheets, let the worker read, and open the answer: its address and its words."""
    sent = client.post("/inbox/sheets/", form)
    assert sent.status_code == 302, sent.content.decode()
    address = str(sent.headers["Location"])
    assert "waits to be read" in client.get(address).content.decode()
    read_arrived(cast.run, home, InProcess())
    return address, words_of(client.get(address))


def words_of(answer: HttpResponse) -> str:
    assert answer.status_code == 200, answer.status_code
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())))


def test_an_officer_sends_a_sheet_gives_it_back_and_takes_a_change_over(cast: Cast, home: Home) -> None:
    import_parties(cast.run, [COUNCIL])
    client = signed_in(cast.officer)
    template = client.get("/inbox/sheets/template/?language=et&bodies=1")
    assert template.headers["Content-Disposition"] == 'attachment; filename="sild-sheet-1-et.xlsx"'
    assert "Lviv City Council" in {block.cells[-1].text for _, _, block in read_document("t.xlsx", template.content).blocks()}
    data = filled("en", request=[LAPTOPS, WRONG])
    first, told = browser_reads(cast, home, client, {"then": "send", "file": SimpleUploadedFile("needs.xlsx", data)})
    assert "Quantity (C4): “about 12” is no number alone." in told
    assert "Did you mean “Network equipment”?" in told
    back = client.get(f"{first}answer/?language=uk").content
    assert "Ще не прийнято." in "".join(block.text for _, _, block in read_document("back.xlsx", back).blocks())
    again, told = browser_reads(
        cast, home, client, {"then": "send", "file": SimpleUploadedFile("needs.xlsx", mended(back, {1: {"quantity": "55"}}))}
    )
    assert "Quantity: 40 → 55" in told
    [line] = lines(cast.run)
    taken = client.post(f"{again}1/take/", {"version": line.version}, follow=True)
    assert "The change was taken over into the line." in words_of(taken)
    assert "Taken before; the change was taken too." in words_of(taken)
    assert [one.quantity for one in lines(cast.run)] == [Decimal(55)]
    assert client.post(f"{again}1/take/", {"version": line.version}).status_code == 409
    undone = re.search(r'action="(/undo/[^"]*)"', taken.content.decode())
    assert undone is not None
    client.post(undone[1])
    assert [one.quantity for one in lines(cast.run)] == [Decimal(40)]
    assert "Quantity: 40 → 55" in words_of(client.get(again))
    assert signed_in(cast.donor).get(first).status_code == 404
    assert signed_in(cast.donor).get("/inbox/sheets/").status_code == 403


def test_pasted_rows_and_programs_are_answered_by_cell_too(cast: Cast, home: Home) -> None:
    import_parties(cast.run, [COUNCIL])
    client = signed_in(cast.officer)
    pasted = "Laptops\t\t40\tlaptop\tLviv City Council\nDrones\tnonsense\t0"
    _, told = browser_reads(cast, home, client, {"then": "paste", "side": "request", "rows": pasted})
    assert "The number must be greater than 0." in told
    assert client.post("/inbox/sheets/", {"then": "paste", "side": "request", "rows": ""}).status_code == 422
    assert len(lines(cast.run)) == 1
    program = program_of("drill", "officer", account_on(cast.run, cast.officer, "officer@desk.example"))
    file = {"file": SimpleUploadedFile("needs.xlsx", filled("pl", request=[SERVERS, WRONG]))}
    sent = program._client.post("/api/v1/sheets", file, headers=program.headers)
    assert sent.status_code == 202, sent.content
    where = sent.json()["state_at"]
    assert program.ask("GET", where).json()["state"] == "arrived"
    read_arrived(cast.run, home, InProcess())
    answer = program.ask("GET", f"{where}?language=pl").json()
    assert answer["counts"] == {"taken": 1, "mend": 1}
    assert [(fault["cell"], fault["code"]) for fault in answer["rows"][1]["faults"]] == [
        ("B4", "nearly"),
        ("C4", "number"),
        ("", "missing"),
    ]
    assert "Sprzęt sieciowy" in answer["rows"][1]["faults"][0]["says"]
    assert program.ask("GET", f"{where}/file").content.startswith(b"PK")


def test_a_template_that_comes_by_mail_is_read_by_its_columns_and_other_sheets_as_they_are(door: Taking) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "it@lviv.example", "desk@desk.example", "A list"
    message["Date"], message["Message-ID"] = "Tue, 20 Jan 2026 10:00:00 +0200", "<list@lviv.example>"
    message.set_content("Lviv City Council asks for 6 diesel generators, and for what is in the list.")
    message.add_attachment(filled("uk", request=[LAPTOPS, WRONG]), maintype="application", subtype="octet-stream", filename="list.xlsx")
    mail = answer(door, message.as_bytes(), "ask.eml")
    assert [row.outcome for row in mail.rows] == ["taken", "mend"]
    assert {(line.part, line.quantity) for line in lines(door.actor)} == {("body", Decimal(6)), ("attachment:list.xlsx", Decimal(40))}
    own = answer(door, b"item,quantity,for\nLaptops,25,Lviv City Council\nRack servers,4,Lviv City Council\n", "own.csv")
    assert (own.is_sheet, own.rows) == (False, ())
    assert len(lines(door.actor)) == 4
    newer = with_cells(filled("en", request=[LAPTOPS]), 4, {(1, 1): "9"})
    refused = answer(door, newer, "newer.xlsx")
    assert (refused.state, refused.is_sheet) == ("quarantined", False)
    assert "version 9" in refused.why
