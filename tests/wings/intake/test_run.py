"""The run: every file is accounted for, nothing is new twice, and whatever stops it, it goes on where it stopped."""

from __future__ import annotations

import hashlib
import os
import random
import re
import unicodedata
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from sild.cores.extraction.answer import Extraction
from sild.cores.extraction.problem import ExtractionProblem
from sild.formats import Unreadable, read_document
from sild.kernel.home import Home
from sild.kernel.ledger.sequencer import book_of, sequence
from sild.kernel.refusals import Refused
from sild.postgres.supervisor import Server
from sild.values.document import Document
from sild.wings.intake.actions import messages as keeping
from sild.wings.intake.actions import run as running
from sild.wings.intake.actions import taking
from sild.wings.intake.public import RunResult, line_records, messages, run_inbox
from sild.wings.intake.rules import visible_name
from sild.wings.parties.public import PartyRow, change_mechanism, import_parties, parties
from sild.wings.parties.rules import ResendEntry
from sild.wings.register.public import lines, needs
from tests.cast import MECHANISM, Cast
from tests.readers import InProcess

TODAY = date(2026, 2, 10)
COUNCIL = PartyRow(
    line=2,
    name="Lviv City Council",
    aliases=(("uk", "Львівська міська рада"),),
    country="UA",
    kind="recipient-body",
    sector="local government",
)
TEXTS = {
    "laptops.eml": "Lviv City Council asks for 40 laptops for its service centres by 1 April 2026.",
    "laptops-uk.eml": "Львівська міська рада просить 40 ноутбуків для центрів надання послуг.",
    "generators.eml": "Lviv City Council needs 6 diesel generators for its server rooms.",
    "thanks.eml": "Thank you for the meeting last week, it was a pleasure. Happy holidays!",
}


def mail(text: str, number: int) -> bytes:
    message = EmailMessage()
    message["From"] = "Digital department <it@lviv.example>"
    message["To"] = "desk@desk.example"
    message["Subject"] = "Letter"
    message["Date"] = f"Mon, {number + 5:02} Jan 2026 10:00:00 +0200"
    message["Message-ID"] = f"<{number}@lviv.example>"
    message.set_content(text)
    return message.as_bytes()


@pytest.fixture
def inbox(tmp_path: Path, cast: Cast) -> Path:
    import_parties(cast.run, [COUNCIL])
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number, (name, text) in enumerate(TEXTS.items()):
        (folder / name).write_bytes(mail(text, number))
    return folder


def run(cast: Cast, home: Home, inbox: Path) -> RunResult:
    return run_inbox(cast.run, inbox, home, InProcess(), today=TODAY)


def register(cast: Cast) -> tuple[object, ...]:
    """What stands in the register, without the names under which files were seen."""
    told = [
        (line.message_digest, line.position, line.kind, line.category, line.quantity, line.beneficiary, line.need_id)
        for line in lines(cast.run)
    ]
    return sorted(told, key=str), [(need.id, need.title, need.quantity, need.lines) for need in needs(cast.run)]


def test_messages_become_lines_needs_and_a_checked_plan(cast: Cast, home: Home, inbox: Path) -> None:
    result = run(cast, home, inbox)
    assert (result.files, result.fresh) == (4, 4)
    assert {(line.category, line.quantity) for line in lines(cast.run)} == {("end-user-devices", 40), ("power-continuity", 6)}
    assert len(needs(cast.run)) == 2
    assert result.plan is not None
    assert result.plan.findings == ()


def test_every_original_is_kept_byte_for_byte(cast: Cast, home: Home, inbox: Path) -> None:
    run(cast, home, inbox)
    for message in messages(cast.run):
        kept = home.originals / message.digest[:2] / message.digest
        assert kept.read_bytes() == (inbox / message.name).read_bytes()


def test_renamed_files_are_known_and_only_the_added_one_is_new(cast: Cast, home: Home, inbox: Path) -> None:
    run(cast, home, inbox)
    before = register(cast)
    for number, path in enumerate(sorted(inbox.iterdir())):
        path.rename(inbox / f"renamed-{number}.eml")
    again = run(cast, home, inbox)
    assert (again.fresh, again.known) == (0, 4)
    assert register(cast) == before
    (inbox / "added.eml").write_bytes(mail("Lviv City Council needs 3 rack servers.", 9))
    added = run(cast, home, inbox)
    assert (added.fresh, added.known) == (1, 4)
    assert len(lines(cast.run)) == len(before[0]) + 1  # type: ignore[arg-type]


def test_a_resend_in_the_same_folder_is_one_message_seen_twice(cast: Cast, home: Home, inbox: Path) -> None:
    (inbox / "again.eml").write_bytes((inbox / "laptops.eml").read_bytes())
    result = run(cast, home, inbox)
    assert (result.fresh, result.resent) == (4, 1)
    told = line_records(cast.run, result.names)
    of_both = [record for record in told if record["message"] in ("laptops.eml", "again.eml")]
    assert len(of_both) == 2
    assert len({record["need"] for record in of_both}) == 1
    assert len({record["id"] for record in of_both}) == 2


def test_bad_files_are_each_accounted_for(cast: Cast, home: Home, inbox: Path) -> None:
    (inbox / "empty.eml").write_bytes(b"")
    (inbox / "letter.docx").write_bytes(mail("Lviv City Council asks for 12 tablets.", 8))
    with (inbox / "huge.pdf").open("wb") as huge:
        huge.truncate(26 * 1024 * 1024)
    (inbox / "noise.bin").write_bytes(bytes(range(256)) * 20)
    (inbox / "folder").mkdir()
    (inbox / "link.eml").symlink_to(inbox / "laptops.eml")
    result = run(cast, home, inbox)
    states = {message.name: message.state for message in messages(cast.run)}
    assert states["empty.eml"] == states["huge.pdf"] == states["noise.bin"] == "quarantined"
    assert states["letter.docx"] == "read"
    assert {name for name, _ in result.left_aside} == {"folder", "link.eml"}
    assert result.files == len(states)
    for message in messages(cast.run):
        assert message.state != "quarantined" or message.why
        assert (home.originals / message.digest[:2] / message.digest).exists()


def test_a_file_that_may_not_be_read_is_left_aside_with_its_reason(
    cast: Cast, home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = taking.originals.digest_of

    def closed(source: Path) -> tuple[str, int]:
        if source.name == "generators.eml":
            raise PermissionError(13, "Permission denied")
        return real(source)

    monkeypatch.setattr(taking.originals, "digest_of", closed)
    result = run(cast, home, inbox)
    assert result.left_aside == [("generators.eml", "cannot be read or kept: Permission denied. Give yourself access to it, and run again")]
    monkeypatch.undo()
    assert run(cast, home, inbox).fresh == 1


def test_a_reader_that_dies_over_a_file_quarantines_it_and_the_run_goes_on(cast: Cast, home: Home, inbox: Path) -> None:
    class Dying(InProcess):
        def read(self, name: str, data: bytes) -> Document:
            if name == "laptops.eml":
                raise Unreadable("laptops.eml: its reader ended. Ask for plain text.")
            return super().read(name, data)

    run_inbox(cast.run, inbox, home, Dying(), today=TODAY)
    told = {message.name: message for message in messages(cast.run)}
    assert (told["laptops.eml"].state, told["generators.eml"].state) == ("quarantined", "read")


def test_a_run_stopped_at_any_point_ends_in_the_same_register(cast: Cast, home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(BaseException):
        """Stands for the kill that no code sees coming."""

    draw = random.Random(4)
    steps = [(keeping, "keep_lines"), (keeping, "_sight"), (taking, "keep_message"), (running, "link_register"), (running, "make_plan")]
    for _ in range(12):
        module, name = draw.choice(steps)
        left = draw.randrange(3)
        real = getattr(module, name)

        def stopping(*args: object, real: object = real, counter: list[int] = [left], **kwargs: object) -> object:  # noqa: B006
            counter[0] -= 1
            if counter[0] < 0:
                raise Stopped
            return real(*args, **kwargs)  # type: ignore[operator]

        with monkeypatch.context() as patch:
            patch.setattr(module, name, stopping)
            try:
                run(cast, home, inbox)
            except Stopped:
                continue
    run(cast, home, inbox)
    interrupted = register(cast)
    assert run(cast, home, inbox).fresh == 0
    assert register(cast) == interrupted
    assert len(interrupted[0]) == 3  # type: ignore[arg-type]
    assert book_of(home).verify()[0] <= sequence(home)
    assert book_of(home).verify()[1] == []


def test_an_unknown_body_is_kept_for_review_with_its_message(cast: Cast, home: Home, inbox: Path) -> None:
    (inbox / "poltava.eml").write_bytes(mail("Poltava City Council asks for 15 network switches.", 7))
    run(cast, home, inbox)
    waiting = [party.name for party in parties(cast.run) if not party.known]
    assert any("Poltava" in name for name in waiting)


def test_a_body_that_no_list_holds_is_written_out_with_the_messages_own_spelling(cast: Cast, home: Home, inbox: Path) -> None:
    (inbox / "town.eml").write_bytes(mail("Коростенська міська рада просить надати 12 планшетів для старост.", 7))
    result = run(cast, home, inbox)
    told = {record["message"]: record["beneficiary"] for record in line_records(cast.run, result.names)}
    assert told["laptops-uk.eml"] == "Lviv City Council"
    assert told["town.eml"].endswith(" (Коростенська міська рада)") and told["town.eml"].isprintable()


def test_a_folder_that_is_not_there_is_refused_in_one_line(cast: Cast, home: Home, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no folder"):
        run(cast, home, tmp_path / "nowhere")


def test_every_field_shows_the_words_that_it_came_from(cast: Cast, home: Home, inbox: Path) -> None:
    run(cast, home, inbox)
    for line in lines(cast.run):
        document = read_document(line.message_name, (inbox / line.message_name).read_bytes())
        texts = " ".join(block.text for _, _, block in document.blocks())
        assert line.evidence
        for span in [*line.evidence, *(found["span"] for found in line.fields.values() if found["span"])]:
            assert span["text"] in texts


def test_two_runs_of_one_mechanism_take_turns(cast: Cast, home: Home, inbox: Path, server: Server) -> None:
    key = int.from_bytes(hashlib.sha256(f"{cast.run.mechanism} run".encode()).digest()[:8], "big", signed=True)
    with connections["sequencer"].cursor() as other:
        other.execute("select pg_advisory_lock(%s)", [key])
        with pytest.raises(Refused, match="Another command is at the run"):
            run(cast, home, inbox)
        other.execute("select pg_advisory_unlock(%s)", [key])
    assert run(cast, home, inbox).fresh == 4


def test_one_impossible_date_or_number_never_stops_the_others(cast: Cast, home: Home, inbox: Path) -> None:
    for number, date_line in enumerate(("Fri, 31 Dec 9999 23:59:59 -1200", "Mon, 01 Jan 0001 00:00:00 +1400")):
        text = mail("Lviv City Council asks for 5 tablets.", 1).replace(b"Tue, 06 Jan 2026 10:00:00 +0200", date_line.encode())
        text = text.replace(b"Mon, 06 Jan 2026 10:00:00 +0200", date_line.encode())
        assert date_line.encode() in text
        (inbox / f"date-{number}.eml").write_bytes(text)
    (inbox / "number.eml").write_bytes(mail(f"Lviv City Council asks for {'9' * 40} laptops by 1 April 9999.", 3))
    for _ in range(2):
        run(cast, home, inbox)
    states = {message.name: message.state for message in messages(cast.run)}
    assert len(states) == 7
    assert states["generators.eml"] == "read"


def test_a_fault_over_one_message_is_kept_with_it_and_the_others_are_read(
    cast: Cast, home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = taking.extract

    def faulty(problem: ExtractionProblem) -> Extraction:
        if problem.document.name == "laptops.eml":
            raise KeyError("nobody thought of this")
        return real(problem)

    monkeypatch.setattr(taking, "extract", faulty)
    run(cast, home, inbox)
    told = {message.name: message for message in messages(cast.run)}
    assert (told["laptops.eml"].state, told["generators.eml"].state) == ("quarantined", "read")
    assert "please report it" in told["laptops.eml"].why


def test_names_that_are_no_text_or_hide_signs_are_kept_and_shown_safely(cast: Cast, home: Home, inbox: Path) -> None:
    hostile = [b"bytes-\xff\xfe.eml", "flip-\u202egpj.eml".encode(), b"escape-\x1b[31m.eml", b"line\nbreak.eml"]
    for number, name in enumerate(hostile):
        (inbox / os.fsdecode(name)).write_bytes(mail(f"Lviv City Council asks for {number + 3} printers.", number))
    result = run(cast, home, inbox)
    assert result.fresh == 8
    told = [record["message"] for record in line_records(cast.run, result.names)]
    assert any("\\xff" in name for name in told)
    assert all(sign.isprintable() for name in told for sign in name)


@given(st.text())
def test_a_visible_name_is_printable_whatever_the_file_is_called(raw: str) -> None:
    try:
        shown = visible_name(raw)
    except UnicodeEncodeError:
        # a lone surrogate that no file system gave us
        assert any(0xD800 <= ord(sign) <= 0xDFFF for sign in raw)
        return
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in shown)


def test_a_message_that_takes_too_long_is_quarantined_and_the_others_are_read(
    cast: Cast, home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = taking.extract

    def endless(problem: ExtractionProblem) -> Extraction:
        while problem.document.name == "laptops.eml":
            re.match(r"(a+)+b", "a" * 24)
        return real(problem)

    monkeypatch.setattr(taking, "SECONDS_A_MESSAGE", 3.0)
    monkeypatch.setattr(taking, "extract", endless)
    run(cast, home, inbox)
    told = {message.name: message for message in messages(cast.run)}
    assert (told["laptops.eml"].state, told["generators.eml"].state) == ("quarantined", "read")
    assert "took longer than 3 s" in told["laptops.eml"].why


def test_what_a_fault_of_ours_quarantined_is_read_by_the_next_run(
    cast: Cast, home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_problem: ExtractionProblem) -> Extraction:
        raise ValueError("a fault of that day")

    with monkeypatch.context() as patch:
        patch.setattr(taking, "extract", broken)
        run(cast, home, inbox)
    assert {message.state for message in messages(cast.run)} == {"quarantined"}
    assert run(cast, home, inbox).fresh == 4
    assert len(lines(cast.run)) == 3
    assert run(cast, home, inbox).fresh == 0


def test_an_original_that_was_lost_is_put_back_from_the_folder(cast: Cast, home: Home, inbox: Path) -> None:
    run(cast, home, inbox)
    [digest] = [message.digest for message in messages(cast.run) if message.name == "laptops.eml"]
    kept = home.originals / digest[:2] / digest
    kept.unlink()
    run(cast, home, inbox)
    assert kept.read_bytes() == (inbox / "laptops.eml").read_bytes()


def test_a_resend_waits_for_a_person_where_the_mechanism_says_so(cast: Cast, home: Home, inbox: Path) -> None:
    (inbox / "again.eml").write_bytes((inbox / "laptops.eml").read_bytes())
    assert run(cast, home, inbox).to_confirm == []
    change_mechanism(cast.officer, MECHANISM.model_copy(update={"resend": ResendEntry(identical="propose")}))
    assert run(cast, home, inbox).to_confirm == [("laptops.eml", "again.eml")]
