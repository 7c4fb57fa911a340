"""Messages that bear a classification line: sealed unread, asked about in a closed room, wiped or opened by two, and never seen outside."""

from __future__ import annotations

import io
import threading
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections

from sild.cores.extraction.classification import ClassificationLine
from sild.kernel import clock, originals, vault
from sild.kernel.actor import Actor, acting
from sild.kernel.casework import add_note
from sild.kernel.history import Act, Change
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.postgres.supervisor import Server
from sild.values.document import Envelope
from sild.wings.intake.actions.arriving import read_arrived, receive
from sild.wings.intake.actions.requests import Written, submit_request
from sild.wings.intake.actions.sealing import agree_to_opening, confirm_classified, propose_opening, seal_message, wipe_unanswered
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.actions.triage import add_line_to
from sild.wings.intake.models import Message, SealedMessage
from sild.wings.intake.reads import in_sealing_room, sealed_messages, sealed_state
from sild.wings.intake.reads.correspondence import receipts
from sild.wings.intake.rules import Door, MessageState, SealState
from sild.wings.parties.public import change_mechanism
from sild.wings.parties.rules import SealingEntry
from tests.cast import MECHANISM, Cast
from tests.keeping import asked
from tests.readers import InProcess

MARK = ClassificationLine(mark="NATO RESTRICTED", part="body", locator="line 1", place="head", official_use=False)
SENDER = Envelope(sender_name="Desk Nine", sender_address="nine@example.org", message_id="<9@example.org>")


def sealed(cast: Cast, home: Home, data: bytes = b"NATO RESTRICTED\nwe need two") -> UUID:
    original = originals.keep_bytes(home.originals, data)
    run = in_sealing_room(cast.run)
    seal_message(run, original, SENDER, MARK)
    [kept] = [one for one in sealed_messages(run) if one.digest == original.digest]
    return kept.id


def _file(home: Home) -> Path:
    """The one file of the vault."""
    [path] = (home.root / vault.FOLDER).glob("*.sealed")
    return path


def officer(slug: str = "officer") -> Actor:
    """The officer as the desk finds them at each click, with the rooms of now."""
    return actor_named("drill", slug)


def test_its_bytes_leave_the_store_and_lie_in_the_vault_unreadable(cast: Cast, home: Home) -> None:
    sealed(cast, home)
    assert list(home.originals.rglob("*/*")) == []
    assert b"RESTRICTED" not in _file(home).read_bytes()
    [shown] = sealed_messages(officer())
    assert (shown.mark, shown.sender, shown.state) == ("NATO RESTRICTED", "Desk Nine <nine@example.org>", SealState.SEALED)
    assert timedelta(hours=71) < shown.due_at - clock.now() <= timedelta(hours=72)


def test_nobody_but_the_officers_of_the_secretariat_learns_that_it_came(cast: Cast, home: Home) -> None:
    sealed(cast, home)
    for slug in ("auditor", "technical", "authority", "donor", "seller", "observer", "asker"):
        actor = officer(slug)
        assert sealed_messages(actor) == []
        with acting(actor):
            assert not Act.objects.filter(action="intake.seal-message").exists()
            assert not Change.objects.filter(model="intake.SealedMessage").exists()
    # the run itself does not see it without the key to the room
    assert sealed_messages(cast.run) == []
    with acting(cast.officer):
        assert Message.objects.count() == 0


def test_confirming_wipes_it_to_hash_and_envelope(cast: Cast, home: Home) -> None:
    key = sealed(cast, home)
    me = officer()
    confirm_classified(me, key, 1)
    [shown] = sealed_messages(me)
    assert (shown.state, shown.decided_by, shown.sender) == (SealState.CONFIRMED, me.name, "Desk Nine <nine@example.org>")
    assert vault.kept_in(home) == set()
    with acting(me):
        assert bytes(SealedMessage.objects.get(id=key).wrapped_key) == b""
        images = [image for pair in Change.objects.filter(record_id=key).values_list("before", "after") for image in pair if image]
    assert images
    assert all("wrapped_key" not in image for image in images)
    with pytest.raises(Refused, match="decided already"):
        confirm_classified(me, key, shown.version)


def test_it_takes_two_officers_to_say_that_it_is_not_classified(cast: Cast, home: Home) -> None:
    data = b"NATO RESTRICTED\nnot really"
    key = sealed(cast, home, data)
    me, colleague = officer(), officer("deputy")
    with pytest.raises(Refused, match="Nobody said yet"):
        agree_to_opening(colleague, key, 1)
    with pytest.raises(Refused, match="Say how you know"):
        propose_opening(me, key, 1, reason=" ")
    propose_opening(me, key, 1, reason="the sender told us by phone")
    with pytest.raises(Refused, match="said so yourself"):
        agree_to_opening(me, key, 2)
    with pytest.raises(Stale):
        agree_to_opening(colleague, key, 1)
    agree_to_opening(colleague, key, 2)
    [path] = [path for path in home.originals.rglob("*") if path.is_file()]
    assert path.read_bytes() == data
    assert vault.kept_in(home) == set()
    assert sealed_state(in_sealing_room(cast.run), path.name) == SealState.OPENED


def test_somebody_with_two_seats_is_one_of_the_two(cast: Cast, home: Home, server: Server) -> None:
    key = sealed(cast, home)
    server.execute([f"update kernel_member set account_id = '{UUID(int=7)}' where slug in ('officer', 'deputy')"])
    propose_opening(officer(), key, 1, reason="told by phone")
    # the seat that said so was left since: it counts who sat there then
    server.execute(["update kernel_member set account_id = null where slug = 'officer'"])
    with pytest.raises(Refused, match="said so yourself"):
        agree_to_opening(officer("deputy"), key, 2)


def test_unanswered_it_is_wiped_when_its_time_is_over(cast: Cast, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    key = sealed(cast, home)
    run = in_sealing_room(cast.run)
    assert wipe_unanswered(run) == 0
    later = clock.now() + timedelta(hours=73)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert wipe_unanswered(run) == 1
    assert wipe_unanswered(run) == 0
    assert vault.kept_in(home) == set()
    assert [one.state for one in sealed_messages(officer())] == [SealState.UNANSWERED]
    with pytest.raises(Refused, match="the clock"):
        confirm_classified(officer(), key, 2)


def test_the_same_bytes_again_change_nothing(cast: Cast, home: Home) -> None:
    key = sealed(cast, home)
    kept = _file(home).read_bytes()
    assert sealed(cast, home) == key
    assert _file(home).read_bytes() == kept
    assert [path for path in home.originals.rglob("*") if path.is_file()] == []


def test_who_is_not_asked_finds_nothing_to_rule_on(cast: Cast, home: Home) -> None:
    key = sealed(cast, home)
    outside = replace(officer(), compartments=frozenset())
    for verb in (confirm_classified, agree_to_opening):
        with pytest.raises(NotThere):
            verb(outside, key, 1)
    with pytest.raises(NotThere):
        propose_opening(outside, key, 1, reason="no")


def test_a_desk_without_officers_says_so_and_loses_nothing(cast: Cast, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    original = originals.keep_bytes(home.originals, b"SECRET\nx")
    nobody = replace(in_sealing_room(cast.run), organisation=cast.donor.organisation)
    with pytest.raises(Refused, match="no officer to ask"):
        seal_message(nobody, original, SENDER, MARK)
    assert Path(original.path).exists()


def letter(text: str, subject: str = "A list") -> bytes:
    head = f"From: nine@example.org\nSubject: {subject}\nDate: Mon, 9 Feb 2026 10:00:00 +0200\nMessage-ID: <x@example.org>"
    return f"{head}\n\n{text}\n".encode()


CLASSIFIED = letter("EU RESTRICTED\n\nWe ask for 20 laptops for the hospital.")
OPEN = letter("We ask for 20 laptops for the hospital.")


def test_a_letter_that_bears_a_line_is_in_no_inbox_and_no_store(cast: Cast, home: Home) -> None:
    taking = Taking(cast.run, home, InProcess(), Door.FOLDER)
    taken = taking.data(CLASSIFIED, "a.eml")
    assert (taken.sealed, taken.arrived) == (1, ())
    assert taking.data(CLASSIFIED, "again.eml").sealed == 1
    assert taking.data(OPEN, "b.eml").fresh == 1
    with acting(officer()):
        assert [message.name for message in Message.objects.all()] == ["b.eml"]
    assert len(readable(home)) == 1
    assert len(vault.kept_in(home)) == 1


def test_an_opened_letter_is_read_like_any_other(cast: Cast, home: Home) -> None:
    taking = Taking(cast.run, home, InProcess(), Door.FOLDER)
    taking.data(CLASSIFIED, "a.eml")
    [waiting] = sealed_messages(officer())
    propose_opening(officer(), waiting.id, 1, reason="the mark was left in by mistake")
    agree_to_opening(officer("deputy"), waiting.id, 2)
    assert read_arrived(cast.run, home, InProcess()) == 1
    with acting(officer()):
        assert Message.objects.get().state == MessageState.READ
    assert readable(home) == [CLASSIFIED]


def test_what_was_answered_for_before_it_was_read_is_in_no_inbox_and_in_no_history(cast: Cast, home: Home, server: Server) -> None:
    receive(officer(), "plan of the north.eml", CLASSIFIED, home, Door.UPLOAD)
    assert read_arrived(cast.run, home, InProcess()) == 0
    with acting(officer()):
        assert not Message.objects.exists()
    [waiting] = sealed_messages(officer())
    assert readable(home) == []
    confirm_classified(officer(), waiting.id, 1)
    receive(officer(), "plan of the north.eml", CLASSIFIED, home, Door.UPLOAD)
    assert read_arrived(cast.run, home, InProcess()) == 0
    assert readable(home) == []
    for table in ("kernel_change", "intake_sighting", "intake_message"):
        assert not asked(server, f"select 1 from {table} one where to_jsonb(one)::text like '%plan of the north%'")


def test_an_archive_that_was_answered_for_is_in_no_inbox_and_in_no_history(cast: Cast, home: Home, server: Server) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("closed.eml", CLASSIFIED)
    receive(officer(), "plan of the north.zip", packed.getvalue(), home, Door.UPLOAD)
    assert read_arrived(cast.run, home, InProcess()) == 0
    assert read_arrived(cast.run, home, InProcess()) == 0
    for table in ("kernel_change", "intake_sighting", "intake_message", "intake_bundle"):
        assert not asked(server, f"select 1 from {table} one where to_jsonb(one)::text like '%plan of the north%'")


def test_what_was_said_about_it_before_it_was_read_goes_with_it(cast: Cast, home: Home, server: Server) -> None:
    form = Written(organisation="Nine", contact="J. Doe", email="ten@example.org", description="EU RESTRICTED\n\n20 laptops", language="en")
    submit_request(cast.run, form, "s" * 43, home)
    receive(officer(), "open.eml", OPEN, home, Door.UPLOAD)
    with acting(cast.run):
        [waiting] = Message.objects.filter(name__regex=r"^web form [0-9. -]+\.json$")
    add_note(officer(), "intake.Message", waiting.id, "they told us of the depot by phone")
    # nor does it keep what came after it waiting
    assert read_arrived(cast.run, home, InProcess()) == 1
    with acting(officer()):
        assert [message.name for message in Message.objects.all()] == ["open.eml"]
    for table in ("kernel_change", "kernel_note", "intake_receipt"):
        held = f"select 1 from {table} one where to_jsonb(one)::text ~ 'depot|ten@example.org'"
        # the officers in the room see who sent it
        assert not asked(server, f"{held} and to_jsonb(one)->>'compartment_id' is null")


def test_the_sender_is_told_in_their_language_and_nobody_else_sees_that(cast: Cast, home: Home) -> None:
    text = "ТАЄМНО\n\nПросимо надати двадцять ноутбуків для обласної лікарні."
    Taking(cast.run, home, InProcess(), Door.FOLDER).data(letter(text), "a.eml")
    [waiting] = sealed_messages(officer())
    assert receipts(officer()) == []
    confirm_classified(officer(), waiting.id, 1)
    [word] = receipts(officer())
    assert (word.to, word.language, word.state, word.why) == ("nine@example.org", "uk", "held", "exercise")
    assert "стерто" in word.text
    assert "ноутбуків" not in word.text
    for slug in ("auditor", "donor", "technical"):
        assert receipts(officer(slug)) == []


def test_of_an_archive_the_open_letters_are_kept_and_the_archive_is_not(cast: Cast, home: Home) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("open.eml", OPEN)
        archive.writestr("closed.eml", CLASSIFIED)
    taking = Taking(cast.run, home, InProcess(), Door.FOLDER)
    for _again in range(2):
        taken = taking.data(packed.getvalue(), "letters.zip")
        assert (taken.sealed, [one.name for one in taken.arrived]) == (1, ["letters.zip/open.eml"])
        assert readable(home) == [OPEN]


def test_a_caveat_of_offices_only_warns_where_the_mechanism_says_so(cast: Cast, home: Home) -> None:
    lenient = MECHANISM.model_copy(update={"sealing": SealingEntry(official_use="warn")})
    change_mechanism(cast.run, lenient)
    taking = Taking(cast.run, home, InProcess(), Door.FOLDER)
    assert taking.data(letter("Для службового користування\n\nПросимо 20 ноутбуків."), "a.eml").sealed == 0
    assert taking.data(CLASSIFIED, "b.eml").sealed == 1


def readable(home: Home) -> list[bytes]:
    return [path.read_bytes() for path in home.originals.rglob("*") if path.is_file()]


def test_two_doors_that_seal_the_same_bytes_at_once_leave_one_that_opens(cast: Cast, home: Home, server: Server) -> None:
    original = originals.keep_bytes(home.originals, CLASSIFIED)
    run, faults = in_sealing_room(cast.run), []
    start = threading.Barrier(3)

    def door() -> None:
        start.wait()
        try:
            seal_message(run, original, SENDER, MARK)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=door) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # the second may find the readable copy gone already: it is sealed by then
    assert all(isinstance(fault, Refused | FileNotFoundError) for fault in faults), faults
    [waiting] = sealed_messages(officer())
    propose_opening(officer(), waiting.id, 1, reason="a mistake")
    agree_to_opening(officer("deputy"), waiting.id, 2)
    assert readable(home) == [CLASSIFIED]


def test_a_readable_copy_that_a_killed_process_left_goes_within_the_hour(cast: Cast, home: Home) -> None:
    Taking(cast.run, home, InProcess(), Door.FOLDER).data(CLASSIFIED, "a.eml")
    originals.keep_bytes(home.originals, CLASSIFIED)
    [waiting] = sealed_messages(officer())
    vault.mark_opened(home, waiting.digest, waiting.id)
    assert readable(home) == [CLASSIFIED]
    wipe_unanswered(in_sealing_room(cast.run))
    assert readable(home) == []


def test_a_forged_sender_is_told_nothing(cast: Cast, home: Home) -> None:
    forged = b"Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=nine@example.org\n" + CLASSIFIED
    Taking(cast.run, home, InProcess(), Door.FOLDER).data(forged, "a.eml")
    [waiting] = sealed_messages(officer())
    confirm_classified(officer(), waiting.id, 1)
    assert receipts(officer()) == []


def test_no_line_is_added_to_what_was_not_read_and_lines_of_what_was_quarantined_go_with_it(cast: Cast, home: Home, server: Server) -> None:
    said = {"item": "two zorblatts", "category": "end-user-devices"}
    key = receive(officer(), "a.eml", CLASSIFIED, home, Door.UPLOAD).message
    with pytest.raises(Refused, match="not read yet"):
        add_line_to(officer(), key, "", said, reason="seen by eye")
    # quarantined for a fault of the program, it is read anew with the next run
    server.execute([f"update intake_message set state = 'quarantined' where id = '{key}'"])
    add_line_to(officer(), key, "", said, reason="the zorblatts are on its first page")
    assert Taking(cast.run, home, InProcess(), Door.FOLDER).data(CLASSIFIED, "a.eml").sealed == 1
    for table in ("kernel_act", "kernel_change", "register_line", "register_need"):
        assert not asked(server, f"select 1 from {table} one where to_jsonb(one)::text ~ 'zorblatt'")


def test_what_came_again_and_waits_for_its_reader_is_not_lost_to_the_clock(cast: Cast, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    Taking(cast.run, home, InProcess(), Door.FOLDER).data(CLASSIFIED, "a.eml")
    later = clock.now() + timedelta(hours=73)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert wipe_unanswered(in_sealing_room(cast.run)) == 1
    receive(officer(), "a.eml", CLASSIFIED, home, Door.UPLOAD)
    assert wipe_unanswered(in_sealing_room(cast.run)) == 0
    assert read_arrived(cast.run, home, InProcess()) == 0
    assert [one.state for one in sealed_messages(officer())] == [SealState.SEALED]
    with acting(officer()):
        assert not Message.objects.exists()
