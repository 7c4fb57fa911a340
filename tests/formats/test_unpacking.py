"""Files that hold several messages: every file inside comes out as it was, or stands aside with its reason."""

from __future__ import annotations

import mailbox as standard
from email.message import EmailMessage
from pathlib import Path

import pytest

from sild.formats import Unreadable, read_document
from sild.formats.limits import Limits
from sild.formats.unpacking import Bundle, unpack

from .made import attach, mail, open_document, texts, word, workbook, zipped

LETTER = bytes(mail("We need 8 UPS units."))
CHAT = b"[11.12.2025, 21:40:13] Olena: We need 2 generators.\n[11.12.2025, 21:41:00] Jaan: Noted.\n"


def opened(name: str, data: bytes, limits: Limits | None = None) -> Bundle:
    """What comes out of a file that is a bundle."""
    bundle = unpack(name, data, limits) if limits else unpack(name, data)
    assert bundle is not None
    return bundle


def asides(bundle: Bundle) -> dict[str, str]:
    """What was left aside, by its path."""
    return dict(bundle.left_aside)


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_mailbox_gives_each_message_as_it_was_sent(tmp_path: Path, line_end: bytes) -> None:
    sent = []
    box = standard.mbox(tmp_path / "box")
    for number in range(5):
        body = f"Letter {number}\n\nFrom Monday on we need water.\nFrom here it goes on.\n\n> From an older one\n"
        message = mail(body, subject=f"Letter {number}")
        sent.append(bytes(message))
        box.add(message)
    box.close()
    data = (tmp_path / "box").read_bytes().replace(b"\n", line_end)
    bundle = opened("box", data)
    assert [member.data for member in bundle.members] == [one.replace(b"\n", line_end) for one in sent]
    assert [member.name for member in bundle.members] == [f"box {number:05}.eml" for number in range(1, 6)]
    assert not bundle.left_aside


def test_both_ways_of_escaping_are_undone() -> None:
    head = b"From a@b.example Tue Feb 10 09:30:00 2026\nFrom: a@b.example\nSubject: s\n\n"
    bundle = opened("b.mbox", head + b">From one\n>>From two\n> From three\n\n" + head + b"x\n\n")
    assert bundle.members[0].data.endswith(b"\n\nFrom one\n>From two\n> From three\n")


@pytest.mark.parametrize(
    "line",
    [b"From - Tue Feb 10 09:30:00 2026", b"From 12@xxx Tue Feb 10 09:30:00 +0000 2026", b"From ", b"From a Tue Feb 10 09:30:00 2026 +0200"],
)
def test_the_lines_of_several_programs_begin_a_message(line: bytes) -> None:
    one = line + b"\r\n" + LETTER.replace(b"\n", b"\r\n") + b"\r\n"
    assert [member.data for member in opened("x", one * 3).members] == [LETTER.replace(b"\n", b"\r\n")] * 3


def test_one_message_is_no_bundle_unless_its_file_is_a_mailbox() -> None:
    one = b"From a@b.example Tue Feb 10 09:30:00 2026\n" + LETTER
    assert unpack("one.eml", one) is None
    assert [member.data for member in opened("one.mbox", one).members] == [LETTER]
    for name, data in (("m.eml", LETTER), ("t.txt", b"From now on we need water.\n\nFrom tomorrow too.\n"), ("e", b""), ("p", b"%PDF-1.4")):
        assert unpack(name, data) is None


def test_a_message_too_large_for_its_reader_is_left_aside_with_its_number() -> None:
    line = b"From a@b.example Tue Feb 10 09:30:00 2026\n"
    bundle = opened("b.mbox", (line + LETTER + b"\n") + (line + LETTER + b"x" * 3_000_000 + b"\n\n"), Limits(file_bytes=2_000_000))
    assert len(bundle.members) == 1
    assert "larger than 1 MB" in asides(bundle)["message 2"]


def test_twenty_thousand_messages_come_out_of_one_mailbox() -> None:
    one = b"From a@b.example Tue Feb 10 09:30:00 2026\nFrom: a@b.example\nSubject: s\n\nwords\n\n"
    assert len(opened("b.mbox", one * 20_000).members) == 20_000
    bundle = opened("b.mbox", one * 30, Limits(bundle_members=20))
    assert (len(bundle.members), len(bundle.left_aside)) == (20, 10)


def test_an_archive_gives_letters_sheets_and_mails_but_not_what_systems_leave_in_it() -> None:
    files = {"a/one.eml": LETTER, "a/letter.docx": word(lambda d: d.add_paragraph("x")), "b/list.xlsx": workbook([["x"]]), "one.eml": CHAT}
    rubbish = {"__MACOSX/._one.eml": b"x", ".DS_Store": b"x", "b/Thumbs.db": b"x", "desktop.ini": b"x", "a/empty.txt": b""}
    bundle = opened("all.zip", zipped(files | rubbish))
    assert [member.name for member in bundle.members] == ["one.eml", "letter.docx", "list.xlsx", "one (2).eml"]
    assert [member.data for member in bundle.members] == list(files.values())
    assert asides(bundle).keys() == rubbish.keys()


def test_paths_that_lead_outside_become_plain_names() -> None:
    names = ["../../etc/passwd", "/etc/shadow", "..\\..\\windows\\win.ini", "C:\\x\\y.txt", "a/../../z.txt", "..", "\x1b[2Jbad\n.txt"]
    bundle = opened("evil.zip", zipped({name: name.encode() for name in names}))
    assert [member.name for member in bundle.members] == ["passwd", "shadow", "win.ini", "y.txt", "z.txt", "file 6", "[2Jbad.txt"]
    assert [member.data for member in bundle.members] == [name.encode() for name in names]


def test_a_member_without_a_name_is_a_file_all_the_same() -> None:
    data = zipped({"Q.eml": LETTER, "x.eml": LETTER}).replace(b"Q.eml", b"/.eml").replace(b"x.eml", b"\0.eml")
    assert [member.name for member in opened("n.zip", data).members] == [".eml", "file 2"]


def test_names_in_an_old_code_page_are_read() -> None:
    data = zipped({"LOOOOO.txt": b"x"}).replace(b"LOOOOO", "Список".encode("cp866"))
    assert opened("names.zip", data).members[0].name == "Список.txt"


def test_archives_are_opened_once_inside_an_archive() -> None:
    box = (b"From a@b.example Tue Feb 10 09:30:00 2026\n" + LETTER + b"\n") * 2
    inner = zipped({"x.eml": LETTER, "box.mbox": box, "third.zip": zipped({"y.eml": LETTER})})
    bundle = opened("outer.zip", zipped({"inner.zip": inner, "box": box}))
    assert [member.name for member in bundle.members] == [
        "x.eml",
        "box 00001.eml",
        "box 00002.eml",
        "box 00001 (2).eml",
        "box 00002 (2).eml",
    ]
    assert "within an archive" in asides(bundle)["inner.zip: third.zip"]


def test_office_files_are_one_message_each_and_damage_is_left_to_their_readers() -> None:
    presentation = zipped({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"})
    for data in (word(lambda d: d.add_paragraph("x")), workbook([["x"]]), open_document(), presentation, b"PK\x03\x04 broken"):
        assert unpack("f.zip", data) is None


def test_a_bomb_costs_itself_and_not_its_neighbours() -> None:
    bundle = opened("bomb.zip", zipped({"bomb.txt": bytes(6_000_000), "one.eml": LETTER}))
    assert [member.data for member in bundle.members] == [LETTER]
    assert "bomb.txt" in asides(bundle)
    nested = zipped(dict.fromkeys(("1.zip", "2.zip", "3.zip"), zipped({"bomb": bytes(5_000_000)})))
    assert all("packed more than" in reason for reason in asides(opened("nested.zip", nested)).values())
    crowd = opened("crowd.zip", zipped({f"{number}.txt": b"words %d" % number for number in range(30)}), Limits(zip_members=10))
    assert (len(crowd.members), len(crowd.left_aside)) == (10, 20)
    heap = opened("heap.zip", zipped({f"{number}.txt": b"words" * 100 for number in range(30)}), Limits(unpacked_bytes=8_000))
    assert (len(heap.members), len(heap.left_aside)) == (16, 14)


def test_members_that_are_locked_or_damaged_are_left_aside_by_name() -> None:
    data = bytearray(zipped({"locked.eml": LETTER, "sound.eml": LETTER, "hurt.eml": LETTER * 9}))
    data[data.rfind(b"PK\x01\x02", 0, data.find(b"locked.eml", data.find(b"PK\x01\x02"))) + 8] |= 1
    data[data.find(b"hurt.eml") + 30] ^= 0xFF
    bundle = opened("some.zip", bytes(data))
    assert [member.name for member in bundle.members] == ["sound.eml"]
    assert "encrypted" in asides(bundle)["locked.eml"]
    assert "damaged" in asides(bundle)["hurt.eml"]


def test_a_packed_chat_gives_the_chat_and_its_letters_and_names_its_pictures() -> None:
    export = zipped({"_chat.txt": CHAT, "00000012-PHOTO.jpg": b"\xff\xd8\xff", "PTT-1.opus": b"OggS", "list.xlsx": workbook([["x"]])})
    bundle = opened("WhatsApp Chat - Region.zip", export)
    assert [member.name for member in bundle.members] == ["_chat.txt", "list.xlsx"]
    assert asides(bundle).keys() == {"00000012-PHOTO.jpg", "PTT-1.opus"}
    assert texts("_chat.txt", bundle.members[0].data) == ["We need 2 generators.", "Noted."]


def test_pictures_outside_a_chat_are_messages_of_their_own() -> None:
    assert [member.name for member in opened("scans.zip", zipped({"scan.jpg": b"\xff\xd8\xff", "one.eml": LETTER})).members] == [
        "scan.jpg",
        "one.eml",
    ]


def test_a_file_larger_than_anything_unpacks_to_is_refused() -> None:
    with pytest.raises(Unreadable, match="larger than 0 MB"):
        unpack("huge.zip", zipped({"a": LETTER}), Limits(unpacked_bytes=10))


def test_what_comes_out_is_read_as_if_it_had_come_alone() -> None:
    message: EmailMessage = attach(mail("Body."), "list.xlsx", workbook([["UPS", 8]]))
    bundle = opened("z.zip", zipped({"m.eml": bytes(message)}))
    assert read_document("m.eml", bundle.members[0].data) == read_document("m.eml", bytes(message))
