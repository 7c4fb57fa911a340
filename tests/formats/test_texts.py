"""Chats, forms, plain texts and pages: one block a message, a field, a paragraph, told by the line or the field."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from sild.formats import Unreadable, read_document
from sild.formats.charsets import decode

from .made import blocks, mail, texts, workbook
from .pdf_maker import Text, pdf

IOS = """[11.12.2025, 21:40:13] МДЛ9 айті: привіт
[11.12.2025, 21:41:00] Волонтер: так
що сталось
[12.12.2025, 07:00:05] МДЛ9 айті: треба NAS
"""
ANDROID = """11.12.2025, 21:40 - МДЛ9 айті: привіт
11.12.2025, 21:41 - Волонтер: так
що сталось
12.12.2025, 07:00 - МДЛ9 айті: треба NAS
"""
AMERICAN = """12/11/25, 9:40\u202fPM - МДЛ9 айті: привіт
12/11/25, 9:41 PM - Волонтер: так
що сталось
12/12/25, 7:00 AM - МДЛ9 айті: треба NAS
"""
SIGNAL = "[2025-12-11 21:40] МДЛ9 айті: привіт\n[2025-12-11 21:41] Волонтер: так\nщо сталось\n[2025-12-12 07:00] МДЛ9 айті: треба NAS\n"
BARE = "2025-12-11 21:40 МДЛ9 айті: привіт\n2025-12-11 21:41:10 Волонтер: так\nщо сталось\n2025-12-12 07:00 МДЛ9 айті: треба NAS\n"
TELEGRAM = (
    "МДЛ9 айті, [11.12.2025 21:40]\nпривіт\n\nВолонтер, [11.12.2025 21:41]\nтак\nщо сталось\n\nМДЛ9 айті, [12.12.2025 07:00]\nтреба NAS\n"
)


@pytest.mark.parametrize("export", [IOS, ANDROID, AMERICAN, SIGNAL, BARE, TELEGRAM, "\ufeff" + IOS.replace("[", "\u200e[")])
def test_a_chat_gives_a_block_a_message_with_author_and_time(export: str) -> None:
    document = read_document("chat.txt", export.encode())
    assert (document.format, document.channel) == ("chat", "chat")
    found = blocks(document)
    assert [(block.author, block.text) for block in found] == [
        ("МДЛ9 айті", "привіт"),
        ("Волонтер", "так\nщо сталось"),
        ("МДЛ9 айті", "треба NAS"),
    ]
    moments = [block.said_at.replace(second=0) for block in found if block.said_at]
    assert moments == [datetime(2025, 12, 11, 21, 40), datetime(2025, 12, 11, 21, 41), datetime(2025, 12, 12, 7, 0)]  # noqa: DTZ001 (local time)


def test_a_message_is_told_by_the_line_it_starts_on() -> None:
    assert [block.locator for block in blocks(read_document("c.txt", IOS.encode()))] == ["line 1", "line 2", "line 4"]


@pytest.mark.parametrize("mark", ["~ ", "+380 67 123 45 67 ", "+.. "])
def test_the_mark_of_an_unsaved_contact_is_no_part_of_the_name(mark: str) -> None:
    export = f"[11.12.2025, 21:40:13] {mark}Водоканал: привіт\n[11.12.2025, 21:41:00] +380 67 123 45 67: так\n"
    assert [block.author for block in blocks(read_document("c.txt", export.encode()))] == ["Водоканал", "+380 67 123 45 67"]


def test_a_notice_of_the_chat_program_has_no_author() -> None:
    export = "11.12.2025, 21:40 - Group created\n11.12.2025, 21:41 - A: two: three\n11.12.2025, 21:42 - B: x\n"
    found = blocks(read_document("c.txt", export.encode()))
    assert [(block.author, block.text) for block in found] == [(None, "Group created"), ("A", "two: three"), ("B", "x")]


def test_one_day_above_twelve_settles_the_order_of_all_dates() -> None:
    export = "1/2/26, 09:00 - A: x\n1/13/26, 09:00 - A: y\n"
    assert [block.said_at for block in blocks(read_document("c.txt", export.encode()))] == [
        datetime(2026, 1, 2, 9),  # noqa: DTZ001 (an export states local time)
        datetime(2026, 1, 13, 9),  # noqa: DTZ001 (an export states local time)
    ]


def test_an_impossible_time_is_none_and_the_words_stay() -> None:
    export = "[31.02.2026, 09:00] A: x\n[01.02.2026, 99:00] A: y\n"
    assert [(block.said_at, block.text) for block in blocks(read_document("c.txt", export.encode()))] == [(None, "x"), (None, "y")]


def test_the_json_export_of_telegram_is_a_chat() -> None:
    export = {
        "name": "Group",
        "messages": [
            {"id": 1, "type": "service", "date": "2025-12-11T21:00:00", "action": "create_group"},
            {
                "id": 2,
                "type": "message",
                "date": "2025-12-11T21:40:13",
                "from": "ДСНС",
                "text": ["треба ", {"type": "bold", "text": "30"}, " раций"],
            },
        ],
    }
    found = blocks(read_document("result.json", json.dumps(export, ensure_ascii=False).encode()))
    assert [(block.kind, block.author, block.text) for block in found] == [("chat", "ДСНС", "треба 30 раций")]


def test_a_form_gives_a_block_a_field_that_holds_something() -> None:
    form = b'{"form": "v2", "count": 1.50, "description": "We need\\n12 firewalls.", "none": null, "empty": "", "list": [], "ok": true, '
    form += b'"items": [{"q": 5}]}'
    document = read_document("form.json", form)
    assert document.channel == "form"
    assert [(block.locator, block.name, block.text) for block in blocks(document)] == [
        ("field:form", "form", "v2"),
        ("field:count", "count", "1.50"),
        ("field:description", "description", "We need\n12 firewalls."),
        ("field:ok", "ok", "true"),
        ("field:items[1].q", "items[1].q", "5"),
    ]


@pytest.mark.parametrize("data", [b'{"a": 1', b"[" * 100_000, b'{"a": NaNa}', b'{"a":' * 60 + b"1" + b"}" * 60, b"{}"])
def test_a_form_that_is_no_json_or_holds_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"form\.json"):
        read_document("form.json", data)


def test_a_plain_text_is_told_by_the_line_each_paragraph_starts_on() -> None:
    data = b"Team,\n\nadding:\n1. 5k seats\n2. 2,000 keys\n"
    assert [(block.locator, block.text) for block in blocks(read_document("t.txt", data))] == [
        ("line 1", "Team,"),
        ("line 3", "adding:"),
        ("line 4", "1. 5k seats"),
        ("line 5", "2. 2,000 keys"),
    ]


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-u", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_plain_text_is_read_in_the_set_its_bytes_have(charset: str) -> None:
    text = "Просимо надати сорок терміналів для громад області, бо зв'язку немає."
    assert texts("t.txt", text.encode(charset)) == [text]


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("cp866", "Просим предоставить сорок терминалов для больниц области."),
        ("windows-1250", "Prosimy o przekazanie stu pięćdziesięciu komputerów dla świetlic."),
        ("iso8859-2", "Prosimy o przekazanie stu pięćdziesięciu komputerów dla świetlic."),
        ("windows-1257", "Vajame õppejõude ja sülearvuteid, šifreerimist ja žüriid."),
        ("windows-1252", "Wir bräuchten größere Geräte für die Prüfung."),
        ("windows-1252", "L'Ambassade a l'honneur de vous exprimer même ces besoins, où ça coûte très cher."),
    ],
)
def test_sets_are_told_apart_by_the_letters_of_a_language(charset: str, text: str) -> None:
    assert texts("t.txt", text.encode(charset)) == [text]


@pytest.mark.parametrize("declared", ["windows-1250", "windows-1251", "koi8-u", "iso-8859-1"])
@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("windows-1250", "Prosimy o osiem zasilaczy dla szpitala w Łodzi oraz kabli do nich."),
        ("iso8859-2", "Czy możecie wysłać jeszcze trzy agregaty dla szpitala i do szkoły?"),
        ("iso8859-13", "Potrzebujemy trzech agregatów dla szpitala oraz dwóch na węzeł."),
        ("iso8859-4", "Vajame kaheksat võrguseadet ja meil on ka šifreeritud raadioid tarvis."),
        ("windows-1252", "Vi behöver åtta generatorer till sjukhuset och en till skolan."),
        ("windows-1252", "Wir benötigen acht Geräte für die Schulen und das Krankenhaus."),
        ("windows-1252", "Nous demandons huit générateurs pour les hôpitaux de la région."),
    ],
)
def test_the_words_around_them_tell_how_few_letters_are_meant(charset: str, text: str, declared: str) -> None:
    assert decode(text.encode(charset), declared).text == text


@pytest.mark.parametrize("text", ["Київ потребує 8 UPS for the hospital and to us", "Tak", "déjà", "the of and to"])
def test_a_true_declaration_is_never_overruled_by_words(text: str) -> None:
    for charset in ("windows-1251", "koi8-u", "windows-1252", "iso8859-2"):
        if text.encode(charset, "replace").decode(charset) == text:
            assert decode(text.encode(charset), charset).text == text


@pytest.mark.parametrize(("name", "kind"), [("letter.docx", "pdf"), ("data.csv", "xlsx"), ("letter.bin", "mail"), ("letter.pdf", "txt")])
def test_a_wrongly_named_file_is_read_as_what_it_is_with_a_warning(name: str, kind: str) -> None:
    data = {"pdf": pdf([Text(70, 700, "Words.")]), "xlsx": workbook([["x"]]), "mail": bytes(mail()), "txt": b"Just words."}[kind]
    document = read_document(name, data)
    assert document.format == kind
    assert bool(document.warnings) == (name != "letter.bin")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \r\n\t\0\0", "it is empty"),
        (b"\x89PNG\r\n\x1a\n123", "PNG picture"),
        (bytes(range(256)) * 20, "no kind that the desk knows"),
        (b"PK\x03\x04rubbish", "damaged zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), r"Word 97-2003 document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le"), "damaged Outlook message"),
        (b"%!PS-Adobe words", "PostScript document"),
        (b"<?xml version='1.0'?><a/>", "XML data"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_reason_and_next_step(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refused:
        read_document("file.bin", data)
    assert refused.value.reason.startswith("file.bin: it is ") or "its bytes" in refused.value.reason
    assert refused.value.reason.count(". ") == 1
    assert refused.value.reason.endswith(".")


def test_control_signs_never_reach_a_document() -> None:
    document = read_document("a\nb\x00.txt", b"one\x0ctwo \x01 three")
    assert document.name == "ab.txt"
    assert texts("t.txt", b"one\x0ctwo \x01 three") == ["one two \ufffd three"]
