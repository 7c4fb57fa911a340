"""Custody copies: receipts as the command writes them, taken in once; drills that nag; nothing of a place, a key or a share is kept."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sild.custody.copies import FORM as WRITTEN
from sild.custody.copies import Receipt
from sild.kernel.actor import Actor, acting
from sild.kernel.refusals import NotThere, Refused
from sild.wings.continuity.actions import DatasetFacts, HostFacts, SystemFacts, record_dataset, record_host, record_system
from sild.wings.continuity.actions.custody import CustodyTerms, add_receipt, end_custody, mend_custody, take_custody
from sild.wings.continuity.models import CustodyCopy
from sild.wings.continuity.reads.custody import copies_to_prove, custody_board, custody_record
from sild.wings.continuity.rules.custody import FORM, CustodyState, NotReceipt, ReceiptDeed, read_receipt
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on, signed_in

TERMS = CustodyTerms(keeper="The keeper of a friend", needed=2, holders=("Anna's seat", "Bohdan's seat", "Celine's seat"), drill_days=30)
DAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def receipt(deed: str = "copied", **changed: Any) -> bytes:
    """A receipt as the command writes it."""
    told: dict[str, Any] = {"deed": deed, "name": "land register", "repository": "/mnt/keeper/cellar", "copy": "ab" * 32}
    told |= {"manifest": "cd" * 32, "files": 4, "bytes": 102400, "key": "ef" * 16, "seconds": 4.024}
    told |= {"began": DAY.isoformat(), "ended": (DAY + timedelta(seconds=5)).isoformat()}
    return Receipt(**(told | changed)).as_json().encode()


@pytest.fixture
def dataset(cast: Cast) -> UUID:
    """The data set of a register."""
    system = record_system(cast.officer, SystemFacts(code="LAND", name="Land register"))
    return record_dataset(cast.officer, system, DatasetFacts(name="Parcels"))


def test_what_the_command_writes_is_what_the_desk_reads() -> None:
    assert WRITTEN == FORM
    told = read_receipt(receipt())
    assert (told.deed, told.files, told.size, told.sound, str(told.seconds)) == (ReceiptDeed.COPIED, 4, 102400, True, "4.024")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"x" * 30_000,
        receipt(deed="moved"),
        receipt(manifest="zz"),
        receipt(files=-1),
        receipt(began="yesterday"),
        receipt(ended="2020-01-01T00:00:00+00:00"),
        receipt(manifest=""),
        receipt(seconds=float("nan")),
        json.dumps({"form": FORM}).encode(),
    ],
    ids=range(13),
)
def test_what_is_no_receipt_is_refused(data: bytes) -> None:
    with pytest.raises(NotReceipt):
        read_receipt(data)


def test_a_copy_is_taken_in_once_and_no_place_is_kept(cast: Cast, dataset: UUID) -> None:
    host = record_host(cast.officer, HostFacts(name="Embassy", country="LU"))
    one = take_custody(cast.officer, dataset, host, receipt(), TERMS)
    seen = custody_record(cast.officer, one)
    assert (seen.row.dataset, seen.row.host, seen.row.needed, seen.row.sound, seen.manifest) == ("Parcels", "Embassy", 2, None, "cd" * 32)
    with pytest.raises(Refused, match="already"):
        take_custody(cast.officer, dataset, None, receipt(), TERMS)
    for wrong in (CustodyTerms(keeper="", needed=1, holders=("A",)), CustodyTerms(keeper="K", needed=3, holders=("A", "B"))):
        with pytest.raises(Refused):
            take_custody(cast.officer, dataset, None, receipt(copy="12" * 32), wrong)
    for other in (cast.donor, cast.outsider):
        with pytest.raises(NotThere):
            custody_record(other, one)
        with pytest.raises((NotThere, Refused)):
            take_custody(other, dataset, None, receipt(copy="34" * 32), TERMS)
    with acting(cast.officer):
        assert "cellar" not in str(list(CustodyCopy.objects.values()))


def test_a_drill_is_overdue_until_a_sound_restore_comes_and_damage_nags_at_once(
    cast: Cast, dataset: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    reckoned = "sild.wings.continuity.reads.custody.desk_day"
    monkeypatch.setattr(reckoned, lambda _actor: DAY.date())
    one = take_custody(cast.officer, dataset, None, receipt(), TERMS)
    assert copies_to_prove(cast.officer, 5) == []
    later = DAY + timedelta(days=31)
    monkeypatch.setattr(reckoned, lambda _actor: later.date())
    [late] = copies_to_prove(cast.officer, 5)
    assert (late.id, late.detail) == (one, "2026-04-01")
    at = {"began": later.isoformat(), "ended": (later + timedelta(minutes=2)).isoformat()}
    add_receipt(cast.officer, one, receipt("verified", **at))
    assert [item.id for item in copies_to_prove(cast.officer, 5)] == [one], "verified is not restored"
    add_receipt(cast.officer, one, receipt("restored", **at, checked_by="files"))
    assert copies_to_prove(cast.officer, 5) == []
    assert custody_board(cast.officer)[0].restored_on == date(2026, 4, 2)
    at = {"began": (later + timedelta(hours=1)).isoformat(), "ended": (later + timedelta(hours=2)).isoformat()}
    add_receipt(cast.officer, one, receipt("verified", **at, sound=False, found="pack 0a87 does not match", copy="", manifest=""))
    assert [item.id for item in copies_to_prove(cast.officer, 5)] == [one]
    assert custody_record(cast.officer, one).deeds[0].found == "pack 0a87 does not match"
    for strange in (
        receipt("restored", manifest="00" * 32),
        receipt("restored", key="00" * 16),
        receipt("restored", name="tax"),
        receipt(),
    ):
        with pytest.raises(Refused):
            add_receipt(cast.officer, one, strange)


def test_terms_are_mended_and_a_copy_ends_once(cast: Cast, dataset: UUID) -> None:
    one = take_custody(cast.officer, dataset, None, receipt(), TERMS)
    mend_custody(
        cast.officer, one, CustodyTerms(keeper="Another", needed=1, holders=("Anna's seat",), keep_until=date(2026, 2, 1)), version=1
    )
    row = custody_record(cast.officer, one).row
    assert (row.keeper, row.over, row.overdue) == ("Another", True, True)
    end_custody(cast.officer, one, CustodyState.RETURNED, reason="the courier brought the disks, counted by two")
    assert custody_record(cast.officer, one).ended_why.startswith("the courier") and copies_to_prove(cast.officer, 5) == []
    with pytest.raises(Refused, match="no longer"):
        add_receipt(cast.officer, one, receipt("restored"))


def test_pages_and_programs_do_the_same(cast: Cast, dataset: UUID) -> None:
    browser = signed_in(cast.officer)
    assert "No copy in custody is written down yet." in browser.get(reverse("continuity.custody-board")).content.decode()
    form = {"dataset": str(dataset), "host": "", "keeper": "K", "needed": "2", "holders": "Anna's seat\nBohdan's seat", "readers": ""}
    sent = browser.post(reverse("continuity.new-custody"), form | {"receipt": SimpleUploadedFile("copied.json", receipt())})
    assert sent.status_code == 302
    page = browser.get(sent["Location"]).content.decode()
    assert "2 of 2" in page and "cd" * 32 in page
    one = custody_board(cast.officer)[0].id
    url = reverse("continuity.add-receipt", args=[one])
    assert browser.post(url, {"receipt": SimpleUploadedFile("r.json", receipt("restored"))}).status_code == 302
    assert browser.post(url, {"receipt": SimpleUploadedFile("r.json", b"no")}).status_code == 409
    assert "restored from custody" in browser.get(sent["Location"]).content.decode()

    def ask(method: str, path: str, body: object = None, actor: Actor = cast.officer) -> Any:
        answer = program_of("drill", "officer", account_on(actor)).ask(method, path, body)
        return answer.status_code, json.loads(answer.content) if answer.content else {}

    terms = {"keeper": "K", "needed": 1, "holders": ["Anna's seat"]}
    made = ask("POST", "/custody-copies", terms | {"dataset": str(dataset), "receipt": receipt(copy="77" * 32).decode()})
    assert made[0] in (200, 201), made
    key = made[1]["id"]
    assert len(ask("GET", "/custody-copies")[1]["copies"]) == 2
    whole = ask("GET", f"/custody-copies/{key}")[1]
    assert (whole["copy_name"], whole["row"]["needed"]) == ("77" * 32, 1)
    assert ask("POST", f"/custody-copies/{key}/receipts", {"receipt": receipt("verified", copy="77" * 32).decode()})[0] in (200, 201)
    assert ask("POST", f"/custody-copies/{key}/terms", terms | {"version": 1, "keeper": "L"})[0] == 204
    assert ask("POST", f"/custody-copies/{key}/end", {"state": "destroyed", "version": 2, "reason": "by letter"})[0] == 204
