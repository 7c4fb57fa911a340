"""What Outlook writes: .msg files, winmail.dat, text packed as RTF; and RTF letters of any program."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sild.formats import Unreadable, read_document
from sild.formats.attachments import attachment_bytes
from sild.formats.compressed_rtf import unpacked_rtf

from .made import attach, blocks, mail, texts, workbook, zipped
from .outlook_maker import Properties, msg, msg_tree, packed, tnef

SENT = datetime(2026, 2, 10, 9, 30, tzinfo=UTC)
LETTER: Properties = {
    0x1A: "IPM.Note",
    0x37: "Потреби лікарні",
    0x0C1A: "Jan Kowalski",
    0x5D01: "jan@m.example",
    0x39: SENT,
    0x1035: "<a@m.example>",
}
DESK: Properties = {0x3001: "Desk", 0x3003: "/O=X/CN=DESK", 0x39FE: "desk@aid.example", 0x0C15: 1}
PACKED_PAGE = (
    rb"{\rtf1\ansi\ansicpg1251\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
    rb"{\*\htmltag19 <html>}{\*\htmltag50 <body>}\htmlrtf \lang1033 \htmlrtf0 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
    rb"\f1 \'cf\'ee\'f2\'f0\'b3\'e1\'ed\'ee 8 UPS {\*\htmltag84 &gt;}\htmlrtf only for RTF}\htmlrtf0 {\*\htmltag72 </p>}"
    rb"{\*\mhtmltag64 <p x>}{\*\htmltag64 <table>}{\*\htmltag64 <tr><td>}UPS{\*\htmltag64 </td><td>}8{\*\htmltag64 </td></tr></table>}}"
)


def test_an_outlook_message_says_who_wrote_what_to_whom_and_when() -> None:
    document = read_document("m.msg", msg(LETTER | {0x1000: "Потрібно 8 UPS.\r\n\r\nThanks"}, (DESK,)))
    assert (document.format, document.channel, document.warnings) == ("msg", "mail", ())
    envelope = document.envelope
    assert (envelope.subject, envelope.sender_name, envelope.sender_address) == ("Потреби лікарні", "Jan Kowalski", "jan@m.example")
    assert (envelope.recipients, envelope.sent_at, envelope.message_id) == (("desk@aid.example",), SENT, "<a@m.example>")
    assert [block.text for block in blocks(document)] == ["Потрібно 8 UPS.", "Thanks"]


@pytest.mark.parametrize(("charset", "number"), [("cp1251", 1251), ("koi8-u", 21866), ("cp1250", 1252), ("iso8859-13", 28603)])
def test_texts_of_eight_bits_are_read_in_their_code_page_even_where_it_is_misnamed(charset: str, number: int) -> None:
    words = {"cp1251": "Потрібно вісім генераторів для лікарні", "koi8-u": "Потрібно вісім генераторів для лікарні"}
    body = words.get(charset, "Potrzebujemy ośmiu zasilaczy, także żółtych, dla szpitala w Łodzi")
    data = msg({0x37: "s", 0x1000: body, 0x3FFD: number}, eight_bit=charset)
    assert texts("m.msg", data) == [body]


def test_transport_headers_are_taken_where_they_are_kept() -> None:
    headers = "Received: x\r\nFrom: =?utf-8?q?=C3=95ie?= <o@m.example>\r\nDate: Tue, 10 Feb 2026 11:30:00 +0200\r\n"
    headers += "References: <x@y>\r\nContent-Type: multipart/x\r\n\r\n"
    envelope = read_document("m.msg", msg(LETTER | {0x1000: "Text", 0x007D: headers})).envelope
    assert (envelope.sender_name, envelope.references, envelope.sent_at) == ("Õie", ("<x@y>",), SENT)


def test_a_page_packed_in_rtf_comes_out_as_the_page() -> None:
    document = read_document("m.msg", msg(LETTER | {0x1009: packed(PACKED_PAGE)}))
    assert [block.text for block in blocks(document)] == ["Потрібно 8 UPS >", "UPS | 8"]
    assert blocks(document)[1].kind == "row"


def test_packed_rtf_with_a_wrong_checksum_or_a_reference_to_nothing_costs_the_body_alone() -> None:
    broken = bytearray(packed(PACKED_PAGE))
    broken[30] ^= 1
    document = read_document("m.msg", msg(LETTER | {0x1009: bytes(broken)}))
    assert not blocks(document)
    assert "checksum differs" in document.warnings[0]
    for data in (b"", packed(b"x")[:20], b"\xff" * 40):
        with pytest.raises(Unreadable, match="packed text"):
            unpacked_rtf("m", data)


def test_packed_rtf_goes_back_into_its_ready_dictionary_and_into_itself() -> None:
    # the example that the format's own description works through
    example = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0")
    assert unpacked_rtf("x", example) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    repeated = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert unpacked_rtf("x", repeated) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_attachments_of_an_outlook_message_are_read_and_can_be_taken_out() -> None:
    sheet = workbook([["UPS", 8]])
    inner = msg_tree({0x37: "Внутрішній", 0x1000: "Потрібно 3 генератори.", 0x42: "Олена", 0x5D02: "o@x.example", 0x39: SENT}, head=24)
    files: list[Properties | dict[int, object]] = [
        {0x3707: "список.xlsx", 0x3701: sheet, 0x3705: 1},
        {0x3001: "Внутрішній", 0x3705: 5, 0x3701: inner},
        {0x3707: "cloud.docx", 0x3705: 7},
        {0x3707: "logo.png", 0x3701: b"\x89PNG", 0x3712: "id1", 0x370E: "image/png", 0x3705: 1},
    ]
    data = msg(LETTER | {0x1000: "See below."}, (), tuple(files))  # type: ignore[arg-type]  # an inner tree is no property
    document = read_document("m.msg", data)
    assert [(part.name, part.unread is None) for part in document.parts] == [
        ("body", True), ("attachment:список.xlsx", True), ("attachment:Внутрішній", True), ("attachment:cloud.docx", False),
    ]  # fmt: skip
    envelope = document.parts[2].envelope
    assert envelope is not None
    assert (envelope.sender_name, envelope.sender_address, envelope.sent_at) == ("Олена", "o@x.example", SENT)
    assert texts("m.msg", data, "attachment:Внутрішній") == ["Потрібно 3 генератори."]
    assert attachment_bytes("m.msg", data, "attachment:список.xlsx") == sheet


def test_an_outlook_message_inside_a_mail_is_a_forwarded_message() -> None:
    document = read_document("m.eml", bytes(attach(mail("See."), "old.msg", msg(LETTER | {0x1000: "Потрібно 8 UPS."}))))
    assert document.parts[1].envelope is not None
    assert document.parts[1].envelope.sender_address == "jan@m.example"
    assert [block.text for block in document.parts[1].blocks] == ["Потрібно 8 UPS."]


def test_messages_inside_messages_without_end_are_refused() -> None:
    tree = msg_tree({0x37: "x", 0x1000: "x"}, head=24)
    for _ in range(25):
        tree = msg_tree({0x37: "x"}, (), ({0x3705: 5, 0x3701: tree},), head=24)  # type: ignore[dict-item]  # an inner tree is no property
    with pytest.raises(Unreadable, match="nested more than 20 deep"):
        read_document("m.msg", msg({0x37: "x"}, (), ({0x3705: 5, 0x3701: tree},)))  # type: ignore[dict-item]  # as above


def test_a_damaged_outlook_message_is_refused() -> None:
    data = msg(LETTER | {0x1000: "Text " * 2000})
    for broken in (data[:600], data[:1500], data[:512] + bytes(len(data) - 512)):
        with pytest.raises(Unreadable, match=r"m\.msg"):
            read_document("m.msg", broken)


def test_a_workbook_in_an_outlook_message_does_not_make_it_a_workbook() -> None:
    names = "".join(("Workbook", "EncryptedPackage", "WordDocument")).encode("utf-16-le")
    document = read_document("m.msg", msg(LETTER | {0x1000: "Text"}, (), ({0x3707: "a.bin", 0x3701: names, 0x3705: 1},)))
    assert document.format == "msg"


def test_what_hangs_in_winmail_hangs_on_the_mail_and_its_text_is_not_read_twice() -> None:
    sheet = workbook([["UPS", 8]])
    winmail = tnef({0x37: "Тема", 0x1000: "Body."}, ("список.xlsx", sheet))
    data = bytes(attach(mail("Body."), "winmail.dat", winmail, "application/ms-tnef"))
    document = read_document("m.eml", data)
    assert [(part.name, len(part.blocks)) for part in document.parts] == [("body", 1), ("attachment:список.xlsx", 1)]
    assert attachment_bytes("m.eml", data, "attachment:список.xlsx") == sheet


def test_the_text_in_winmail_counts_where_the_mail_has_none() -> None:
    data = b'From: a@b.example\r\nSubject: s\r\nContent-Type: application/ms-tnef; name="winmail.dat"\r\n\r\n'
    document = read_document("m.eml", data + tnef({0x1009: packed(PACKED_PAGE)}))
    assert [block.text for block in blocks(document)] == ["Потрібно 8 UPS >", "UPS | 8"]


def test_a_winmail_alone_is_a_message_and_a_damaged_one_says_so() -> None:
    data = tnef({0x37: "Тема", 0x1000: "Потрібно 8 UPS.", 0x39: SENT}, ("a.csv", b"UPS;8\nkaabel;3\n"))
    document = read_document("winmail.dat", data)
    assert (document.format, document.envelope.subject, document.envelope.sent_at) == ("tnef", "Тема", SENT)
    assert [part.name for part in document.parts] == ["body", "attachment:a.csv"]
    assert any("end is damaged" in one for one in read_document("winmail.dat", data[:-30]).warnings)
    with pytest.raises(Unreadable, match=r"winmail\.dat"):
        read_document("winmail.dat", data[:6] + b"\xff" * 40)


def test_an_archive_in_a_mail_is_read_as_what_is_in_it() -> None:
    sheet = workbook([["UPS", 8]])
    inner = zipped({"deep.zip": zipped({"x.txt": b"x"}), "in.txt": b"Words inside."})
    data = bytes(
        attach(
            mail("See."),
            "all.zip",
            zipped({"../list.xlsx": sheet, "inner.zip": inner, "bomb.txt": bytes(6_000_000), "old.eml": bytes(mail("Old."))}),
        )
    )
    document = read_document("m.eml", data)
    assert [part.name for part in document.parts] == [
        "body", "attachment:list.xlsx", "attachment:deep.zip", "attachment:in.txt", "attachment:old.eml",
    ]  # fmt: skip
    assert "archive within an archive" in (document.parts[2].unread or "")
    assert any("bomb.txt: it is packed more than" in one for one in document.warnings)
    assert attachment_bytes("m.eml", data, "attachment:list.xlsx") == sheet


def test_a_page_saved_whole_is_read_without_its_pictures_and_styles() -> None:
    data = (
        b"From: <Saved by a browser>\r\nSubject: Page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: http://x.example/\r\n\r\n<p>We need 8 UPS.</p>\r\n"
        b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://x.example/a.png\r\n\r\niVBORw==\r\n"
        b"--b\r\nContent-Type: text/css\r\nContent-Location: http://x.example/a.css\r\n\r\np {}\r\n--b--\r\n"
    )
    document = read_document("page.mht", data)
    assert [part.name for part in document.parts] == ["body"]
    assert [block.text for block in blocks(document)] == ["We need 8 UPS."]
    assert len(document.warnings) == 2


RTF = rb"""{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fnil\fcharset204 Arial;}{\f1\fnil\fcharset0 Times;}{\f2\fcharset2 Symbol;}}
{\*\generator x;}\uc1\pard\f0 \'cf\'ee\'f2\'f0\'b3\'e1\'ed\'ee 8 UPS\par \f1 caf\'e9 \u1087?\u1088?\u55357?\u56832?\par
{\pntext\f2\'b7\tab}\f0 item one\par {\v hidden}{\header head\par}{\pict\bin7 }}}{{{\x}{\footnote note}
\trowd\cellx100\cellx200\pard\intbl UPS\cell 8\par pcs\cell\row\trowd\intbl cable\cell 3\cell\row
\pard{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt link}}{\*\unknown words}\par}"""


def test_an_rtf_letter_gives_paragraphs_items_rows_and_margins() -> None:
    document = read_document("letter.rtf", RTF)
    assert [(block.kind, block.text, block.locator) for block in blocks(document)] == [
        ("paragraph", "Потрібно 8 UPS", "body"),
        ("paragraph", "café пр😀", "body"),
        ("list-item", "item one", "body"),
        ("row", "UPS | 8\npcs", "table 1 row 1"),
        ("row", "cable | 3", "table 1 row 2"),
        ("paragraph", "link", "body"),
        ("paragraph", "head", "header"),
        ("paragraph", "note", "footnote"),
    ]
    assert document.warnings == ("letter.rtf: text that is hidden or struck out was left out", "letter.rtf: its pictures were not read")


def test_fonts_that_all_claim_to_be_western_do_not_overrule_the_file() -> None:
    assert texts("a.rtf", rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset0 Arial;}}\f0\'cf\'f0\par}") == ["Пр"]


def test_rtf_nested_without_end_is_refused_and_a_broken_one_is_read_as_far_as_it_goes() -> None:
    with pytest.raises(Unreadable, match="nested more than"):
        read_document("a.rtf", b"{\\rtf1 " + b"{" * 5_000 + b"words")
    assert texts("a.rtf", b"{\\rtf1 words}}}}\\") == ["words"]
    assert texts("a.rtf", b"{\\rtf1 \\trowd\\intbl a\\cell b") == ["a | b"]
