"""Mail is read as its sender wrote it: character sets, names, quoting, forwarded messages, attachments of every kind."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest

from sild.formats import Unreadable, read_document

from .made import attach, blocks, mail, texts, word, workbook
from .pdf_maker import Text, pdf

LETTER = "Шановні колеги! Просимо надати 120 ноутбуків для лікарень Харківської області."


def raw(body: bytes, *headers: str) -> bytes:
    lines = ["From: Office <office@body.example>", "Subject: Request", "Date: Tue, 10 Feb 2026 09:30:00 +0200", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize("charset", ["koi8-u", "windows-1251", "utf-8", "iso-8859-5", "utf-16"])
def test_a_body_is_read_in_its_declared_character_set(charset: str) -> None:
    data = raw(LETTER.encode(charset), f'Content-Type: text/plain; charset="{charset}"', "Content-Transfer-Encoding: 8bit")
    assert texts("m.eml", data) == [LETTER]


@pytest.mark.parametrize("declared", ["koi8-u", "utf-8", "us-ascii", "iso-8859-1", "no-such-set", ""])
@pytest.mark.parametrize("real", ["windows-1251", "koi8-u", "utf-8"])
def test_a_wrongly_declared_character_set_is_seen_through(declared: str, real: str) -> None:
    header = [f"Content-Type: text/plain; charset={declared}"] if declared else []
    document = read_document("m.eml", raw(LETTER.encode(real), *header))
    assert [block.text for block in blocks(document)] == [LETTER]
    if declared not in ("", real):
        assert any("body" in warning for warning in document.warnings)


def test_headers_are_decoded_from_rfc_2047_and_from_raw_bytes() -> None:
    encoded = raw(b"Text.", "X-Note: =?koi8-u?B?8NLP08nNzw==?=").replace(b"Subject: Request", "Subject: Запит".encode())
    envelope = read_document("m.eml", encoded).envelope
    assert envelope.subject == "Запит"
    assert ("X-Note", "Просимо") in envelope.headers


def test_a_comma_in_an_encoded_name_does_not_split_the_address() -> None:
    message = mail()
    message.replace_header("From", '"Ministry, Cyber department" <cyber@ministry.example>')
    envelope = read_document("m.eml", bytes(message)).envelope
    assert (envelope.sender_name, envelope.sender_address) == ("Ministry, Cyber department", "cyber@ministry.example")


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("<script>alert(1)</script> <evil@x.example>", "", "evil@x.example"),
        ("Ministry, Unit 5 <unit@ministry.example>", "Ministry, Unit 5", "unit@ministry.example"),
    ],
)
def test_a_broken_sender_is_the_address_it_holds(header: str, name: str, address: str) -> None:
    envelope = read_document("m.eml", b"From: " + header.encode() + b"\r\nSubject: Request\r\n\r\nWe ask for two laptops.").envelope
    assert (envelope.sender_name, envelope.sender_address) == (name, address)


def test_the_envelope_says_who_when_and_in_answer_to_what() -> None:
    message = mail(
        Cc="a@x.example, B <b@x.example>", Message_ID="<1@x.example>", In_Reply_To="<0@x.example>", References="<z@x.example> <0@x.example>"
    )
    envelope = read_document("m.eml", bytes(message)).envelope
    assert envelope.recipients == ("desk@aid.example", "a@x.example", "b@x.example")
    assert (envelope.message_id, envelope.in_reply_to) == ("<1@x.example>", "<0@x.example>")
    assert envelope.references == ("<z@x.example>", "<0@x.example>")
    assert envelope.sent_at == datetime(2026, 2, 10, 9, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Tue, 10 Feb 2026 09:30:00 -0000", datetime(2026, 2, 10, 9, 30, tzinfo=UTC)),
        ("someday", None),
        ("Tue, 99 Feb 2026 99:00:00 +9999", None),
    ],
)
def test_a_broken_date_is_none_and_one_without_zone_is_utc(date: str, moment: datetime | None) -> None:
    message = mail()
    message.replace_header("Date", date)
    assert read_document("m.eml", bytes(message)).envelope.sent_at == moment


def test_soft_wrapped_lines_are_one_paragraph_and_short_lines_stay_apart() -> None:
    body = (
        "Dear colleagues,\n\n"
        "following the attack of last week the municipality needs help with the new\n"
        "mail gateway and asks for ten days of an engineer who knows the product well\n"
        "enough to train others.\n\nWith kind regards\nHead of department\n"
    )
    assert texts("m.eml", bytes(mail(body))) == [
        "Dear colleagues,",
        "following the attack of last week the municipality needs help with the new mail gateway and asks for ten days of an engineer "
        "who knows the product well enough to train others.",
        "With kind regards",
        "Head of department",
    ]


def test_list_items_are_blocks_of_their_own_even_when_wrapped() -> None:
    body = (
        "We need:\n- twenty rugged laptops with a docking station each, for the field teams of\n"
        "  the region, by March\n- 5 switches\n1) one course\n2. one audit\n"
    )
    found = blocks(read_document("m.eml", bytes(mail(body))))
    assert [block.kind for block in found] == ["paragraph", *["list-item"] * 4]
    assert found[1].text == "- twenty rugged laptops with a docking station each, for the field teams of the region, by March"


def test_the_depth_of_quoting_is_kept_and_its_marks_are_gone() -> None:
    found = blocks(read_document("m.eml", bytes(mail("Yes.\n> Do you confirm\n>> the 40 terminals\n> > and the cables?\n"))))
    assert [(block.quoted, block.text) for block in found] == [
        (0, "Yes."),
        (1, "Do you confirm"),
        (2, "the 40 terminals"),
        (2, "and the cables?"),
    ]


@pytest.mark.parametrize(("delsp", "joined"), [("no", "two parts of one line"), ("yes", "two partsof one line")])
def test_format_flowed_lines_flow_together(delsp: str, joined: str) -> None:
    body = b"two parts \r\nof one line\r\n> quoted \r\n> text\r\n-- \r\nSignature\r\n"
    data = raw(body, f"Content-Type: text/plain; charset=us-ascii; format=flowed; delsp={delsp}")
    found = blocks(read_document("m.eml", data))
    assert found[0].text == joined
    assert (found[1].quoted, found[1].text) == (1, "quoted text" if delsp == "no" else "quotedtext")
    assert found[-1].text == "Signature"


def test_a_body_of_html_alone_becomes_text_and_nothing_of_its_code_does() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "Offer"
    message.set_content(
        "<html><head><title>T</title><style>p{}</style></head><body><script>evil()</script>"
        "<p>We give <b>40</b>&nbsp;seats<br>for a year</p>"
        "<ul><li>one<li>two</ul><blockquote>old text</blockquote><img src='http://tracker.example/x.png'>"
        "<div style='display:none'>unseen words</div></body></html>",
        subtype="html",
    )
    document = read_document("m.eml", bytes(message))
    found = blocks(document)
    assert [(block.kind, block.text, block.quoted) for block in found] == [
        ("paragraph", "We give 40 seats", 0),
        ("paragraph", "for a year", 0),
        ("list-item", "one", 0),
        ("list-item", "two", 0),
        ("paragraph", "old text", 1),
    ]
    assert any("hides" in warning for warning in document.warnings)


def test_a_table_in_html_gives_rows_and_a_layout_table_gives_paragraphs() -> None:
    message = mail()
    message.set_content(
        "<table><tr><td>Only layout</td></tr></table>"
        "<table><tr><th>Item</th><th>Qty</th></tr><tr><td>Laptop<td>5</tr><tr><td></td><td>7</td></table>",
        subtype="html",
    )
    found = blocks(read_document("m.eml", bytes(message)))
    assert [(block.kind, block.text) for block in found] == [
        ("paragraph", "Only layout"),
        ("row", "Item | Qty"),
        ("row", "Laptop | 5"),
        ("row", "7"),
    ]
    assert (found[3].row, [(cell.column, cell.text) for cell in found[3].cells]) == (3, [(1, "7")])
    assert {block.locator for block in found} == {"body"}


def test_of_two_forms_of_one_text_only_one_is_read() -> None:
    message = mail("Forty seats for one year.")
    message.add_alternative("<p>Forty seats for one year.</p>", subtype="html")
    assert texts("m.eml", bytes(message)) == ["Forty seats for one year."]


def test_the_html_is_read_where_the_plain_form_says_next_to_nothing() -> None:
    message = mail("See the HTML version.")
    message.add_alternative("<p>" + "We offer forty seats for one year. " * 10 + "</p>", subtype="html")
    document = read_document("m.eml", bytes(message))
    assert "forty seats" in blocks(document)[0].text
    assert document.warnings


def test_a_short_html_is_read_where_the_plain_form_is_a_stub() -> None:
    message = mail("-")
    message.add_alternative("<p>Die Stadt bittet um 80 Lizenzen für ihre Rechner bis Ende März.</p>", subtype="html")
    assert texts("m.eml", bytes(message)) == ["Die Stadt bittet um 80 Lizenzen für ihre Rechner bis Ende März."]


def test_attachments_are_parts_with_their_own_places() -> None:
    message = attach(mail("See attached."), "заявка на обладнання.xlsx", workbook([["Item", "Qty"], ["UPS", 8]]))
    attach(message, "letter.docx", word(lambda d: d.add_paragraph("Please help.")))
    attach(message, "note.txt", "Тридцять станцій".encode("windows-1251"), "text/plain")
    document = read_document("m.eml", bytes(message))
    assert [part.name for part in document.parts] == [
        "body",
        "attachment:заявка на обладнання.xlsx",
        "attachment:letter.docx",
        "attachment:note.txt",
    ]
    assert [block.locator for block in blocks(document, "attachment:заявка на обладнання.xlsx")] == [
        "attachment:заявка на обладнання.xlsx!1",
        "attachment:заявка на обладнання.xlsx!2",
    ]
    assert blocks(document, "attachment:letter.docx")[0].locator == "attachment:letter.docx"
    assert blocks(document, "attachment:note.txt")[0].text == "Тридцять станцій"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Content-Disposition: attachment; filename*=utf-8''%D0%BB%D0%B8%D1%81%D1%82.txt", "лист.txt"),
        ("Content-Disposition: attachment; filename*0*=koi8-u''%CC%C9; filename*1*=%D3%D4.txt", "лист.txt"),
        ('Content-Disposition: attachment; filename="=?windows-1251?B?6+jx8i50eHQ=?="', "лист.txt"),
        ('Content-Disposition: attachment; filename="../../etc/passwd"', "passwd"),
        ('Content-Disposition: attachment; filename="C:\\\\windows\\\\system.txt"', "system.txt"),
        ('Content-Disposition: attachment; filename=".."', "unnamed"),
        ("Content-Disposition: attachment", "unnamed"),
    ],
)
def test_a_file_name_is_decoded_and_loses_its_folders(header: str, name: str) -> None:
    head = b'From: a@b.example\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\nBody.\r\n--x\r\n'
    data = head + header.encode() + b"\r\nContent-Type: application/octet-stream\r\n\r\nsome words here\r\n--x--\r\n"
    assert read_document("m.eml", data).parts[1].name == f"attachment:{name}"


def test_two_attachments_of_one_name_stay_apart() -> None:
    message = attach(attach(mail(), "list.txt", b"first"), "list.txt", b"second")
    document = read_document("m.eml", bytes(message))
    assert [part.name for part in document.parts] == ["body", "attachment:list.txt", "attachment:list (2).txt"]
    assert [block.text for block in blocks(document, "attachment:list (2).txt")] == ["second"]


def test_a_forwarded_message_is_a_part_with_its_own_envelope_and_attachments() -> None:
    inner = attach(mail("We ask for 12 firewalls.", subject="Firewalls"), "list.csv", b"a;b\n1;2\n", "text/csv")
    inner.replace_header("From", "Utility <it@utility.example>")
    outer = mail("Please register.", subject="Fwd: Firewalls")
    outer.add_attachment(inner)
    document = read_document("m.eml", bytes(outer))
    assert [part.name for part in document.parts] == ["body", "attachment:Firewalls.eml", "attachment:list.csv"]
    forwarded = document.parts[1]
    assert forwarded.envelope is not None
    assert forwarded.envelope.sender_address == "it@utility.example"
    assert [block.text for block in forwarded.blocks] == ["We ask for 12 firewalls."]
    assert document.envelope.sender_address == "officer@ministry.example"


def test_a_mail_attached_as_a_plain_file_is_opened_too() -> None:
    inner = attach(mail("Inner words."), "inner.txt", b"deep words")
    document = read_document("m.eml", bytes(attach(mail("Outer."), "original.eml", bytes(inner))))
    assert [part.name for part in document.parts] == ["body", "attachment:original.eml", "attachment:inner.txt"]
    assert document.parts[1].envelope is not None


def test_a_forwarded_message_that_was_encoded_against_the_standard_is_read() -> None:
    outer = (
        b"From: a@b.example\r\nSubject: Fwd\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nSee.\r\n--x\r\n"
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    encoded = base64.encodebytes(bytes(mail("Hidden in base64.")))
    document = read_document("m.eml", outer + encoded + b"\r\n--x--\r\n")
    assert [block.text for block in document.parts[1].blocks] == ["Hidden in base64."]


def test_an_attachment_that_cannot_be_read_is_kept_with_its_reason_and_the_rest_is_read() -> None:
    message = attach(attach(mail("Body."), "photo.png", b"\x89PNG\r\n\x1a\n" + bytes(50)), "good.txt", b"good words")
    document = read_document("m.eml", bytes(message))
    unread = document.parts[1]
    assert unread.blocks == ()
    assert unread.unread is not None
    assert "PNG" in unread.unread
    assert blocks(document, "attachment:good.txt")[0].text == "good words"


def test_a_mail_with_a_subject_alone_is_a_message() -> None:
    assert read_document("m.eml", raw(b"")).envelope.subject == "Request"


def test_a_letter_that_is_shown_inside_the_text_is_read() -> None:
    message = mail("See below.")
    message.add_attachment(
        pdf([Text(70, 700, "Words of a letter.")]), maintype="application", subtype="pdf", disposition="inline", filename="l.pdf"
    )
    assert texts("m.eml", bytes(message), "attachment:l.pdf") == ["Words of a letter."]


def test_a_mailbox_of_several_messages_is_not_taken_for_one() -> None:
    one = b"From a@b.example Tue Feb 10 09:30:00 2026\n" + bytes(mail("Words."))
    assert read_document("one.mbox", one).format == "mail"
    with pytest.raises(Unreadable, match="mailbox of several messages"):
        read_document("all.mbox", one + b"\n" + one)


@pytest.mark.parametrize("text", ["15. jaanuar 2026 Tallinn", "17. Dezember 2025", "О. Петренко, директор", "T. Smith"])
def test_dates_and_names_are_no_list_items(text: str) -> None:
    assert blocks(read_document("m.eml", bytes(mail(text))))[0].kind == "paragraph"


def test_a_page_without_another_declaration_is_read_in_the_set_that_it_declares_itself() -> None:
    page = '<html><head><meta charset="koi8-u"></head><body>Ґанок</body></html>'.encode("koi8-u")
    assert texts("p.html", page) == ["Ґанок"]


def test_one_overlong_line_does_not_hide_that_the_others_are_wrapped() -> None:
    body = (
        "after the strike of last week the municipality asks for eleven days of\n"
        "a network engineer and for a spare router of the same make as the old\n"
        "one, see\n"
        "https://example.example/a/very/long/address/that/no/program/would/ever/wrap/at/all/because/it/cannot\n"
        "Thank you\n"
    )
    assert texts("m.eml", bytes(mail(body)))[0] == (
        "after the strike of last week the municipality asks for eleven days of a network engineer and for a spare router "
        "of the same make as the old one, see"
    )


def test_two_long_lines_that_each_begin_anew_are_not_one_paragraph() -> None:
    body = (
        "40 satellite terminals for the regional administration in the north\n"
        "60 laptops for the service centres of the region in the south\n"
    )
    assert len(texts("m.eml", bytes(mail(body)))) == 2


def test_preformatted_html_is_unwrapped_like_plain_text() -> None:
    message = mail()
    message.set_content(
        "<pre>after the strike of last week the municipality asks for eleven days of\n"
        "a network engineer and for a spare router of the same make, see the\nlist.\n&gt; old words</pre>",
        subtype="html",
    )
    found = blocks(read_document("m.eml", bytes(message)))
    assert [(block.quoted, block.text[-20:]) for block in found] == [(0, "e make, see the list."[-20:]), (1, "old words")]
