"""Exports of chat programs in the ways that telephones of many countries write them: who said what, when, in answer to whom."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from sild.formats import read_document, word_lists
from sild.formats.word_lists import LANGUAGES, BadWordList, folded, phrases
from sild.values.document import Block, Document

from .made import blocks


def chat(*lines: str) -> Document:
    """What is read of an export."""
    return read_document("chat.txt", "\n".join(lines).encode())


def said(*lines: str) -> list[Block]:
    """Its messages."""
    return blocks(chat(*lines))


EVENING = datetime(2026, 1, 31, 20, 31)  # noqa: DTZ001 (an export states local time)


@pytest.mark.parametrize(
    "stamp",
    [
        "31.01.2026, 20:31 - ", "31.01.26, 20:31 - ", "[31.01.2026, 20:31:00] ", "[31/01/2026, 20:31:00] ", "31/01/2026, 20:31 - ",
        "31/01/2026 à 20:31 - ", "31/01/2026, 8:31 p.m. - ", "31/1/26, 8:31\u202fpm - ", "1/31/26, 8:31\u202fPM - ", "2026-01-31, 20:31 - ",
        "[2026-01-31 20:31:00] ", "2026-01-31 20:31 - ", "[31.1.2026 klo 20.31.00] ", "31.1.2026 klo 20.31 - ", "[31.01.26 um 20:31:00] ",
        "31.01.2026 о 20:31 - ", "31. 1. 2026, 20:31 - ", "31.01.2026, 08:31 пп - ", "2026-01-31 kl. 20:31 - ", "31.01.2026 20:31 – ",
        "[\u200e31-01-2026, 20:31:00] ", "2026/01/31 20:31 - ",
    ],
)  # fmt: skip
def test_dates_of_many_countries_are_read(stamp: str) -> None:
    found = said(f"{stamp}Olena: Потрібно 8 UPS", "and cables", f"{stamp}Jaan Tamm: ok: noted")
    assert [(one.author, one.text, one.said_at) for one in found] == [
        ("Olena", "Потрібно 8 UPS\nand cables", EVENING),
        ("Jaan Tamm", "ok: noted", EVENING),
    ]


def test_the_order_of_day_and_month_is_settled_over_the_whole_export() -> None:
    document = chat("03/04/2026, 10:00 - A: x", "02/05/2026, 10:00 - A: y", "04/06/2026, 10:00 - A: z")
    assert [block.said_at.month for block in blocks(document) if block.said_at] == [4, 5, 6]
    assert document.warnings == ()
    forward = chat("03/04/2026, 10:00 - A: x", "03/05/2026, 10:00 - A: y", "04/01/2026, 10:00 - A: z")
    assert [block.said_at.month for block in blocks(forward) if block.said_at] == [3, 3, 4]


def test_an_order_that_nothing_settles_is_said() -> None:
    document = chat("03/04/2026, 10:00 - A: x", "03/04/2026, 10:01 - B: y")
    assert "do not tell whether day or month comes first; they were read as day first" in document.warnings[0]
    american = chat("3/4/26, 10:00 PM - A: x", "3/4/26, 10:01 PM - B: y")
    assert "they were read as month first" in american.warnings[0]
    assert blocks(american)[0].said_at == datetime(2026, 3, 4, 22)  # noqa: DTZ001 (an export states local time)
    assert not chat("03.04.2026, 10:00 - A: x", "03.04.2026, 10:01 - B: y").warnings


NOTICES = [
    "Messages and calls are end-to-end encrypted. Only people in this chat can read them.", "Olena created group \"Water: oblast\"",
    "Повідомлення й дзвінки захищені наскрізним шифруванням.", "Олена створила групу «Вода: область»", "Jaan lõi grupi \"Vesi: maakond\"",
    "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.", "Jan utworzył(a) grupę „Woda: region”",
    "Jean a créé le groupe « Eau : région »",
    "Sven skapade gruppen ”Vatten: län”", "Eva hat die Gruppe „Wasser: Kreis“ erstellt",
]  # fmt: skip


@pytest.mark.parametrize("line", NOTICES)
def test_what_the_program_says_itself_is_a_notice_and_nobodys_words(line: str) -> None:
    android = said(f"31.01.2026, 20:31 - {line}", "31.01.2026, 20:32 - A: x")
    ios = said(f"[31.01.2026, 20:31:00] Water group: \u200e{line}", "[31.01.2026, 20:32:00] A: x")
    for found in (android, ios):
        assert [(one.role, one.author) for one in found] == [("notice", None), (None, "A")]


@pytest.mark.parametrize(
    "words",
    ["<Media omitted>", "<Без медіафайлів>", "\u200eimage omitted", "\u200e<attached: 00000012-PHOTO.jpg>",
     "IMG-20260131-WA0001.jpg (file attached)",
     "This message was deleted", "Це повідомлення видалено", "Diese Nachricht wurde gelöscht.",
     "Ce message a été supprimé", "<Medien ausgeschlossen>"],
)  # fmt: skip
def test_what_was_left_out_or_taken_back_is_a_notice_of_its_author(words: str) -> None:
    found = said(
        f"31.01.2026, 20:31 - A: {words}", "31.01.2026, 20:32 - B: The image omitted from the list is the third: we need 3 of them"
    )
    assert [(one.role, one.author) for one in found] == [("notice", "A"), (None, "B")]


def test_a_caption_beside_a_file_stays_words() -> None:
    assert said("31.01.2026, 20:31 - A: list.xlsx (file attached)\nWe need all of it", "31.01.2026, 20:32 - B: x")[0].role is None


def test_an_edited_message_says_so_without_the_mark() -> None:
    found = said(
        "31.01.2026, 20:31 - A: 8 UPS \u200e<This message was edited>", "31.01.2026, 20:32 - B: 3 <це повідомлення було відредаговано>"
    )
    assert [(one.text, one.role) for one in found] == [("8 UPS", "edited"), ("3", "edited")]


def test_quoted_words_point_at_the_message_that_they_answer() -> None:
    found = said(
        "[2026-01-31, 20:31] A: Who needs pumps?",
        "[2026-01-31, 20:32] B: x",
        "[2026-01-31, 20:33] C: ",
        "> Who needs pumps?",
        "We need two",
        "",
    )
    assert [(one.text, one.reply_to) for one in found] == [("Who needs pumps?", None), ("x", None), ("We need two", "line 1")]


def test_messages_copied_out_of_telegram_name_whom_they_answer_and_whose_words_they_hand_on() -> None:
    found = said("A, [31.01.2026 20:31]", "Who needs pumps?", "", "B, [31.01.2026 20:32]", "[In reply to A]", "We: two", "",
                 "B, [31.01.2026 20:33]",
                 "[Переслано від Водоканал міста]", "Потрібно три")  # fmt: skip
    assert [(one.text, one.reply_to, one.origin) for one in found] == [
        ("Who needs pumps?", None, None), ("We: two", "line 1", None), ("Потрібно три", None, "Водоканал міста"),
    ]  # fmt: skip


def test_a_telegram_export_keeps_replies_and_original_authors() -> None:
    one = {"id": 7, "type": "message", "date": "2026-01-31T20:31:00", "from": "A", "text": "Who needs pumps?"}
    two = {"id": 9, "type": "message", "date": "2026-01-31T20:32:00", "from": "B", "reply_to_message_id": 7, "text": "two", "edited": "x"}
    three = {"id": 10, "type": "message", "date": "2026-01-31T20:33:00", "from": "B", "forwarded_from": "Водоканал", "text": "Потрібно три"}
    four = {
        "id": 11,
        "type": "message",
        "date": "2026-01-31T20:34:00",
        "from": "B",
        "file": "files/list.xlsx",
        "file_name": "list.xlsx",
        "text": "",
    }
    messages = {"name": "g", "messages": [one, two, three, four]}
    for export in (messages, {"about": "x", "chats": {"list": [messages]}}):
        found = blocks(read_document("result.json", json.dumps(export).encode()))
        assert [(block.text, block.author, block.reply_to, block.origin, block.role) for block in found] == [
            ("Who needs pumps?", "A", None, None, None),
            ("two", "B", "line 1", None, "edited"),
            ("Потрібно три", "B", None, "Водоканал", None),
            ("(list.xlsx)", "B", None, None, "notice"),
        ]
    assert found[0].said_at == EVENING


PAGE = """<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">31 January 2026</div></div>
<div class="message default clearfix" id="message7">
<div class="pull_left userpic_wrap"><div class="userpic"></div></div>
<div class="body"><div class="pull_right date details" title="31.01.2026 20:31:00 UTC+02:00">20:31</div><div class="from_name">ДСНС </div>
<div class="text">Who needs<br>pumps?</div></div></div>
<div class="message default clearfix joined" id="message8"><div class="body">
<div class="pull_right date details" title="31.01.2026 20:32:00">20:32</div>
<div class="reply_to details">In reply to <a href="#go_to_message7" onclick="return GoToMessage(7)">this message</a></div>
<div class="text">We <strong>do</strong>: 2</div></div></div>
<div class="message default clearfix" id="message9"><div class="body">
<div class="pull_right date details" title="31.01.2026 20:33:00">20:33</div>
<div class="from_name">B</div><div class="forwarded body">
<div class="from_name">Водоканал <span class="date details" title="30.01.2026 09:00:00"> 30.01</span></div>
<div class="text">Потрібно три</div></div></div></div></div></div></body></html>"""


def test_a_telegram_page_is_a_chat() -> None:
    document = read_document("messages.html", PAGE.encode())
    assert document.channel == "chat"
    assert [(one.text, one.author, one.said_at, one.reply_to, one.origin, one.role) for one in blocks(document)] == [
        ("31 January 2026", None, None, None, None, "notice"),
        ("Who needs\npumps?", "ДСНС", EVENING, None, None, None),
        ("We do: 2", "ДСНС", EVENING.replace(minute=32), "line 2", None, None),
        ("Потрібно три", "B", EVENING.replace(minute=33), None, "Водоканал", None),
    ]


@pytest.mark.parametrize("name", ["chat"])
def test_the_word_lists_speak_every_language_and_fold_what_people_mistype(name: str) -> None:
    entries = yaml.safe_load((word_lists.files("sild.formats") / "words" / f"{name}.yaml").read_text(encoding="utf-8"))
    assert {entry["language"] for entry in entries} >= set(LANGUAGES)
    assert folded("É’Ё") == "e'е"
    assert all(phrase == folded(phrase) for phrase in phrases(name, "deleted"))


@pytest.mark.parametrize(
    "words", ["{}", "- {language: en, notice: [x]}", "- {language: en, source: s, notice: [1]}", "- {language: en, source: s, notice: x}"]
)
def test_a_broken_word_list_is_named(words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "broken.yaml").write_text(words)
    monkeypatch.setattr(word_lists, "files", lambda _: tmp_path)
    with pytest.raises(BadWordList, match=r"words/broken\.yaml"):
        phrases("broken", f"notice {words}")
    word_lists.entries.cache_clear()
