# ruff: noqa: E501 (what one program writes stands on one line, to be compared with the others)
"""What stands around the matter of a mail: older mails with their own sender and date, signatures, small print, machines' answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sild.formats import read_document
from sild.formats.automatic import AUTOMATIC
from sild.formats.older_mails import sent_on
from sild.formats.word_lists import LANGUAGES, entries
from sild.formats.written_dates import written_moment
from sild.values.document import Document, Part, Stretch

from .made import mail

EAST = timezone(timedelta(hours=2))
SENT = datetime(2026, 2, 3, 14, 5, tzinfo=EAST)
HELLO, MATTER = "Please see below.", "We need eight generators for the regional hospital."
# the head lines of an older mail as programs write them: mark, from, sent, to, subject
HEADS = {
    "gmail-en": ("---------- Forwarded message ---------", "From: {name} <{address}>", "Date: Tue, Feb 3, 2026 at 2:05 PM", "Subject: {subject}", "To: <desk@aid.example>"),
    "gmail-uk": ("---------- Переслане повідомлення ----------", "Від: {name} <{address}>", "Дата: вт, 3 лют. 2026 р. о 14:05", "Тема: {subject}", "Кому: <desk@aid.example>"),
    "apple-en": ("Begin forwarded message:", "From: {name} <{address}>", "Subject: {subject}", "Date: 3 February 2026 at 14:05:00", "To: desk@aid.example"),
    "apple-uk": ("Початок переадресованого повідомлення:", "Від: {name} <{address}>", "Тема: {subject}", "Дата: 3 лютого 2026 р. о 14:05", "Кому: desk@aid.example"),
    "apple-ru": ("Начало переадресованного сообщения:", "От: {name} <{address}>", "Тема: {subject}", "Дата: 3 февраля 2026 г. в 14:05", "Кому: desk@aid.example"),
    "gmail-et": ("---------- Edastatud kiri ----------", "Saatja: {name} <{address}>", "Kuupäev: T, 3. veebruar 2026 kell 14:05", "Teema: {subject}", "Saaja: <desk@aid.example>"),
    "gmail-pl": ("---------- Przekazana wiadomość ---------", "Od: {name} <{address}>", "Data: wt., 3 lut 2026 o 14:05", "Temat: {subject}", "Do: <desk@aid.example>"),
    "bird-de": ("-------- Weitergeleitete Nachricht --------", "Betreff: {subject}", "Datum: Tue, 3 Feb 2026 14:05:00 +0200", "Von: {name} <{address}>", "An: desk@aid.example"),
    "bird-fr": ("-------- Message transféré --------", "Sujet : {subject}", "Date : Tue, 3 Feb 2026 14:05:00 +0200", "De : {name} <{address}>", "Pour : desk@aid.example"),
    "gmail-sv": ("---------- Vidarebefordrat meddelande ---------", "Från: {name} <{address}>", "Datum: tis 3 feb. 2026 kl 14:05", "Ämne: {subject}", "Till: <desk@aid.example>"),
    "outlook-en": ("-----Original Message-----", "From: {name} <{address}>", "Sent: Tuesday, February 3, 2026 2:05 PM", "To: Desk <desk@aid.example>", "Subject: {subject}"),
    "outlook-de": ("", "Von: {name} <{address}>", "Gesendet: Dienstag, 3. Februar 2026 14:05", "An: Desk <desk@aid.example>", "Betreff: {subject}"),
    "outlook-pl": ("", "Od: {name} <{address}>", "Wysłano: wtorek, 3 lutego 2026 14:05", "Do: Desk <desk@aid.example>", "Temat: {subject}"),
    "outlook-fr": ("", "De : {name} <{address}>", "Envoyé : mardi 3 février 2026 14:05", "À : Desk <desk@aid.example>", "Objet : {subject}"),
    "outlook-sv": ("", "Från: {name} <{address}>", "Skickat: den 3 februari 2026 14:05", "Till: Desk <desk@aid.example>", "Ämne: {subject}"),
    "outlook-et": ("", "Saatja: {name} <{address}>", "Saadetud: teisipäev, 3. veebruar 2026 14:05", "Adressaat: Desk <desk@aid.example>", "Teema: {subject}"),
    "outlook-uk": ("", "Від: {name} <{address}>", "Надіслано: вівторок, 3 лютого 2026 р. 14:05", "Кому: Desk <desk@aid.example>", "Тема: {subject}"),
}  # fmt: skip
INTROS = [
    "On Tue, Feb 3, 2026 at 2:05 PM Olena Bondar <o@city.example> wrote:", "вт, 3 лют. 2026 р. о 14:05 Olena Bondar <o@city.example> пише:",
    "3 лютого 2026 р. о 14:05 Olena Bondar <o@city.example> написав(ла):", "Am Di., 3. Feb. 2026 um 14:05 Uhr schrieb Olena Bondar <o@city.example>:",
    "Le mar. 3 févr. 2026 à 14:05, Olena Bondar <o@city.example> a écrit :", "Den tis 3 feb. 2026 kl 14:05 skrev Olena Bondar <o@city.example>:",
    "wt., 3 lut 2026 o 14:05 Olena Bondar <o@city.example> napisał(a):", "Olena Bondar <o@city.example> kirjutas kuupäeval T, 3. veebruar 2026 kell 14:05:",
    "W dniu 3.02.2026 o 14:05, Olena Bondar <o@city.example> pisze:", "Dnia 3 lutego 2026 14:05 Olena Bondar <o@city.example> napisał(a):",
]  # fmt: skip


def read(body: str, subject: str = "Fwd: generators", **headers: str) -> Document:
    """What is read of a mail with that text."""
    return read_document("m.eml", bytes(mail(body, subject, **headers)))


def only(document: Document) -> tuple[Part, Stretch]:
    """The body, and the one older mail in it."""
    (stretch,) = document.parts[0].stretches
    return document.parts[0], stretch


def head(kind: str, quote: str = "") -> str:
    """Head lines with the sender's data, each after `quote`."""
    mark, *lines = HEADS[kind]
    filled = [line.format(name="Olena Bondar", address="o@city.example", subject="Needs of the city") for line in lines]
    return "\n".join([mark, *[f"{quote}{line}" for line in filled]]).lstrip("\n")


@pytest.mark.parametrize("kind", HEADS)
@pytest.mark.parametrize("quote", ["", "> "])
def test_a_mail_that_is_sent_on_keeps_its_sender_date_and_subject(kind: str, quote: str) -> None:
    part, stretch = only(read(f"{HELLO}\n\n{head(kind, quote)}\n{quote}\n{quote}{MATTER}\n"))
    assert stretch.kind == "forwarded"
    envelope = stretch.envelope
    assert (envelope.sender_name, envelope.sender_address, envelope.subject) == ("Olena Bondar", "o@city.example", "Needs of the city")
    assert envelope.sent_at == SENT
    inside = [block.text for block in part.blocks[stretch.start : stretch.end] if block.role is None]
    assert inside == [MATTER]
    assert part.blocks[0].text == HELLO
    assert {block.role for block in part.blocks[stretch.start : stretch.end - 1]} == {"forward-head"}


@pytest.mark.parametrize("intro", INTROS)
def test_what_is_answered_is_told_from_what_is_new(intro: str) -> None:
    part, stretch = only(read(f"Thank you.\n\n{intro}\n\n> {MATTER}\n> And more.\n\nMy answer below.\n", "Re: generators"))
    assert stretch.kind == "quoted"
    assert (stretch.envelope.sender_name, stretch.envelope.sender_address, stretch.envelope.sent_at) == (
        "Olena Bondar",
        "o@city.example",
        SENT,
    )
    assert [block.text for block in part.blocks if part.blocks.index(block) not in range(stretch.start, stretch.end)] == [
        "Thank you.",
        "My answer below.",
    ]


def test_a_line_that_a_program_wrapped_is_still_the_head_of_a_quote() -> None:
    intro = "On Tue, Feb 3, 2026 at 2:05 PM Olena Bondar, Head of Department for Energy\n<o@city.example> wrote:"
    _, stretch = only(read(f"Thank you.\n\n{intro}\n\n> {MATTER}\n", "Re: x"))
    assert (stretch.kind, stretch.envelope.sender_address) == ("quoted", "o@city.example")


def test_mails_within_mails_lie_inside_one_another() -> None:
    older = f"{head('outlook-de')}\n\nMiddle words.\n\n{head('gmail-en')}\n\n{MATTER}\n"
    stretches = read(f"{HELLO}\n\n{older}", "WG: x").parts[0].stretches
    assert [(one.kind, one.start, one.end) for one in stretches] == [("forwarded", 1, 12), ("forwarded", 6, 12)]


def test_the_same_head_in_an_answer_is_a_quote() -> None:
    _, stretch = only(read(f"Thank you.\n\n{head('outlook-en')}\n\n{MATTER}\n", "RE: generators"))
    assert stretch.kind == "quoted"


def test_a_page_keeps_the_head_lines_of_the_mail_that_it_sends_on() -> None:
    lines = head("outlook-uk").split("\n")
    page = f"<p>{HELLO}</p><div>{'<br>'.join(f'<b>{one.partition(chr(58))[0]}:</b>{one.partition(chr(58))[2]}' for one in lines)}</div><p>{MATTER}</p>"
    message = mail("", "FW: x")
    message.set_content(page.replace("<o@city.example>", "&lt;o@city.example&gt;").replace("<desk@aid.example>", ""), subtype="html")
    _, stretch = only(read_document("m.eml", bytes(message)))
    assert (stretch.envelope.sender_address, stretch.envelope.sent_at) == ("o@city.example", SENT)


@pytest.mark.parametrize(
    "body",
    ["The ministry wrote:\n\nWe need 8 UPS.", "From: the warehouse in Lviv\nTo: the hospital\n\n8 UPS are to go.", "Original message boards are wanted: 8 pieces.",
     "Needed by 3.02.2026 14:05:\n\n- 8 UPS", "Data: 3\n\nTemat: x\n\nwords", "Forwarded message handling training for 12 people is needed."],
)  # fmt: skip
def test_words_that_only_look_like_a_head_are_the_senders_own(body: str) -> None:
    assert read(body, "Needs").parts[0].stretches == ()


@pytest.mark.parametrize(
    ("subject", "is_on"),
    [("FW: x", True), ("Re: Fwd: x", True), ("ПЕРЕСЛ: x", True), ("WG: AW: x", True), ("Re: x", False), ("x: Fwd", False)],
)
def test_a_subject_says_whether_the_mail_was_sent_on(subject: str, is_on: bool) -> None:
    assert sent_on(subject) is is_on


def test_a_date_that_may_be_two_days_is_none() -> None:
    assert written_moment("3/4/2026 10:00", UTC) is None
    assert written_moment("31.02.2026", UTC) is None


CLOSINGS = ["Best regards", "З повагою", "Lugupidamisega", "Z poważaniem", "Mit freundlichen Grüßen", "Cordialement", "Med vänlig hälsning"]


@pytest.mark.parametrize("closing", CLOSINGS)
def test_a_signature_is_marked_and_stays(closing: str) -> None:
    blocks = (
        read(f"{MATTER}\n\n{closing},\nOlena Bondar\nHead of department\n+380 44 123 45 67\n\nP.S. Four of them by March.\n", "x")
        .parts[0]
        .blocks
    )
    assert [(block.text, block.role) for block in blocks][1:] == [
        (f"{closing},", "signature"), ("Olena Bondar", "signature"), ("Head of department", "signature"), ("+380 44 123 45 67", "signature"),
        ("P.S. Four of them by March.", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Best of these would be two pumps",
        "Best regards to the 40 men",
        "Regards the pumps: we need two more of them",
        "An answer by Monday helps",
    ],
)
def test_words_of_the_matter_are_no_closing(line: str) -> None:
    assert [block.role for block in read(f"{line}\n\nWe need 8 UPS.", "x").parts[0].blocks] == [None, None]


DISCLAIMERS = [
    "This e-mail and any attachments are confidential and intended solely for the addressee.", "Якщо ви отримали цей лист помилково, повідомте відправника.",
    "Kui te ei ole kirja adressaat, teatage sellest palun saatjale.", "Jeśli nie jesteś adresatem tej wiadomości, prosimy o jej usunięcie.",
    "Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte den Absender.", "Si vous avez reçu ce message par erreur, merci de le détruire.",
    "Om du inte är avsedd mottagare ber vi dig radera detta meddelande.",
]  # fmt: skip


@pytest.mark.parametrize("line", DISCLAIMERS)
def test_small_print_is_marked_and_stays(line: str) -> None:
    blocks = read(f"{MATTER}\n\n{line}", "x").parts[0].blocks
    assert [(block.text, block.role) for block in blocks] == [(MATTER, None), (line, "disclaimer")]


@pytest.mark.parametrize(
    ("subject", "headers", "reason"),
    [
        ("Automatic reply: needs", {}, "away"), ("Автоматична відповідь: x", {}, "away"), ("Automaatvastus: x", {}, "away"), ("Autoodpowiedź: x", {}, "away"),
        ("Automatische Antwort: x", {}, "away"), ("Réponse automatique : x", {}, "away"), ("Autosvar: x", {}, "away"), ("[EXT] Out of office", {}, "away"),
        ("x", {"Auto_Submitted": "auto-replied (vacation)"}, "auto-reply"), ("Out of office", {"Auto_Submitted": "auto-replied"}, "away"),
        ("x", {"Auto_Submitted": "no"}, None), ("x", {"Auto_Submitted": "auto-generated"}, "generated"), ("x", {"X_Autoreply": "yes"}, "auto-reply"),
        ("x", {"Precedence": "auto_reply"}, "auto-reply"), ("x", {"Precedence": "bulk"}, "bulk"), ("x", {"Precedence": "list"}, None),
        ("x", {"Return_Path": "<>"}, "auto-reply"), ("Undeliverable: x", {"Return_Path": "<>"}, "bounce"), ("x", {"X_Failed_Recipients": "a@b"}, "bounce"),
        ("Re: absence of water", {}, None), ("x", {}, None),
    ],
)  # fmt: skip
def test_a_machines_mail_says_why_it_is_one(subject: str, headers: dict[str, str], reason: str | None) -> None:
    assert read("Words.", subject, **headers).envelope.automatic == reason
    assert reason is None or reason in AUTOMATIC


@pytest.mark.parametrize(("report", "reason"), [("delivery-status", "bounce"), ("disposition-notification", "receipt")])
def test_a_report_is_told_by_its_structure(report: str, reason: str) -> None:
    data = (
        f"From: MAILER-DAEMON@x.example\nSubject: s\nContent-Type: multipart/report; report-type={report}; boundary=b\n\n"
        "--b\n\nIt could not be delivered.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n--b\n"
        "Content-Type: message/rfc822\n\nFrom: desk@aid.example\nSubject: old\n\nOld words.\n--b--\n"
    )
    document = read_document("b.eml", data.encode())
    assert document.envelope.automatic == reason
    assert document.parts[1].envelope is not None
    assert document.parts[1].envelope.automatic is None


def test_what_the_servers_found_about_the_sender_is_kept_in_its_words() -> None:
    data = (
        b"Authentication-Results: mx.a.example; spf=pass\n smtp.mailfrom=b.example\nauthentication-results: mx.b.example; dkim=fail\n"
        + bytes(mail("Words."))
    )
    assert read_document("m.eml", data).envelope.authentication == (
        "mx.a.example; spf=pass smtp.mailfrom=b.example",
        "mx.b.example; dkim=fail",
    )


@pytest.mark.parametrize("name", ["mail", "chat", "months"])
def test_every_word_list_speaks_every_language_in_full(name: str) -> None:
    keys = {entry["language"]: set(entry) - {"named", "clipped"} for entry in entries(name)}
    assert set(keys) >= set(LANGUAGES)
    assert all(keys[language] == keys["en"] for language in keys)
    assert all(entry["words"] for entry in entries("frequent"))
    if name == "months":
        assert all(len(words) == 12 for entry in entries(name) for words in entry.values() if isinstance(words, list))
