"""Signal chats as its own export, sigtop and signal-export write them: who said what, when, in answer to whom, and nobody's reactions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from sild.formats import Unreadable, read_document
from sild.formats.unpacking import unpack
from sild.values.document import Block, Document

from .made import blocks, zipped

TEN = datetime(2026, 1, 5, 10, 0)  # noqa: DTZ001 (an export states local time)


def told(found: list[Block]) -> list[tuple[str, str | None, str | None, str | None]]:
    """Words, author, role and whom it answers, of each block."""
    return [(one.text, one.author, one.role, one.reply_to) for one in found]


def in_blocks(*messages: str, head: str = "Conversation: Вода (group)\n\n") -> Document:
    """What is read of an export in blocks."""
    return read_document("messages.txt", (head + "\n".join(messages)).encode())


ASKED = """From: Олена Бондар (+380501234567)
Type: incoming
Sent: Mon, 5 Jan 2026 10:00:00 +0200
Received: Mon, 5 Jan 2026 10:00:02 +0200
Reaction: 👍 from Jaan Tamm
Reaction: ❤ from You

Потрібно 8 ДБЖ

і кабелі
"""
ANSWERED = """From: You
Type: outgoing
Sent: Mon, 5 Jan 2026 10:04:00 +0200
Attachment: list.xlsx (application/vnd.ms-excel, 1234 bytes)

> From: Олена Бондар (+380501234567)
> Sent: Mon, 5 Jan 2026 10:00:00 +0200
>
> Потрібно 8 ДБЖ
>
> і кабелі

We can give 3 of them
"""


def test_messages_in_blocks_keep_who_said_them_when_and_in_answer_to_whom() -> None:
    document = in_blocks(ASKED, ANSWERED)
    assert document.channel == "chat"
    found = blocks(document)
    assert told(found) == [
        ("Потрібно 8 ДБЖ\n\nі кабелі", "Олена Бондар", None, None),
        ("We can give 3 of them", "You", None, "line 3"),
    ]
    assert [one.said_at for one in found] == [TEN, TEN.replace(minute=4)]
    assert document.warnings == ("messages.txt: reactions to its messages were left out",)


def test_a_block_without_the_name_of_its_chat_is_no_mail() -> None:
    document = in_blocks(ASKED, head="")
    assert document.channel == "chat"
    assert told(blocks(document)) == [("Потрібно 8 ДБЖ\n\nі кабелі", "Олена Бондар", None, None)]


def test_line_ends_of_windows_make_no_difference() -> None:
    data = ("Conversation: A\n\n" + ASKED + "\n" + ANSWERED).replace("\n", "\r\n").encode()
    assert [one.author for one in blocks(read_document("m.txt", data))] == ["Олена Бондар", "You"]


@pytest.mark.parametrize(
    "sent",
    ["Mon, 5 Jan 2026 10:00:00 +0200", "Mon, 05 Jan 2026 10:00:00 -0500", "2026-01-05 10:00", "2026-01-05 10:00:00", "05.01.2026 10:00",
     "Mon, 5 Jan 2026 10:00:00 +0000"],
)  # fmt: skip
def test_times_stand_as_the_exporter_wrote_them(sent: str) -> None:
    (one,) = blocks(in_blocks(f"From: A\nType: incoming\nSent: {sent}\n\nneed 2 pumps\n"))
    assert (one.text, one.said_at) == ("need 2 pumps", TEN)


def test_a_time_that_nobody_knows_is_none() -> None:
    (one,) = blocks(in_blocks("From: A\nType: incoming\nSent: unknown\nReceived: unknown\n\nneed 2 pumps\n"))
    assert one.said_at is None


@pytest.mark.parametrize("detail", ["", " (+372 5555 1234)", " (olena.42)", " (0f5a3c1e-93b1-4a0f-8a61-0d3f5c6b7a89)", " (group)"])
def test_numbers_behind_a_name_are_no_part_of_it(detail: str) -> None:
    (one,) = blocks(in_blocks(f"From: ДСНС (Харків){detail}\nType: incoming\nSent: 2026-01-05 10:00\n\nx y\n"))
    assert one.author == "ДСНС (Харків)"


def test_the_newest_of_several_versions_is_read_and_said_to_be_edited() -> None:
    edited = """From: A
Type: incoming
Sent: Mon, 5 Jan 2026 10:00:00 +0200
Edited: 2 versions

| Version: 2
| Sent: Mon, 5 Jan 2026 10:09:00 +0200
|
| We need 12 pumps
|
| and hoses
|
| Version: 1
| Sent: Mon, 5 Jan 2026 10:00:00 +0200
|
| We need 10 pumps
"""
    assert told(blocks(in_blocks(edited))) == [("We need 12 pumps\n\nand hoses", "A", "edited", None)]


def test_files_and_what_the_program_says_are_notices() -> None:
    file = "From: A\nType: incoming\nSent: 2026-01-05 10:00\nAttachment: plan.pdf (application/pdf, 9 bytes)\n"
    renamed = "Type: group-v2-change\nSent: 2026-01-05 10:01\n\nA renamed the group\n"
    assert told(blocks(in_blocks(file, renamed))) == [("(plan.pdf)", "A", "notice", None), ("A renamed the group", None, "notice", None)]


def test_quoted_words_that_stand_nowhere_else_are_kept_as_quoted() -> None:
    found = blocks(in_blocks(ANSWERED))
    assert [(one.text, one.quoted, one.author) for one in found] == [
        ("Потрібно 8 ДБЖ\nі кабелі", 1, None),
        ("We can give 3 of them", 0, "You"),
    ]


def test_head_lines_inside_a_message_begin_no_other_one() -> None:
    letter = "From: A\nType: incoming\nSent: 2026-01-05 10:00\n\nFrom: the council\nWe need:\n\nType: diesel\nSent: never\n"
    assert told(blocks(in_blocks(letter))) == [("From: the council\nWe need:\n\nType: diesel\nSent: never", "A", None, None)]


SHORT = [
    "2026-01-05 10:00 Olena: Who needs pumps?",
    "2026-01-05 10:01 +380501234567: [reply to Olena on 2026-01-05 10:00] We: two",
    "2026-01-05 10:02 You: [edited, 1 attachment] The list",
    "2026-01-05 10:03 Olena: [2 attachments]",
    "2026-01-05 10:04 Olena: [group-v2-change message]",
]


def test_the_short_form_tells_replies_edits_and_files() -> None:
    found = blocks(read_document("m.txt", "\n".join(SHORT).encode()))
    assert told(found) == [
        ("Who needs pumps?", "Olena", None, None),
        ("We: two", "+380501234567", None, "line 1"),
        ("The list", "You", "edited", None),
        ("(2 attachments)", "Olena", "notice", None),
        ("[group-v2-change message]", "Olena", "notice", None),
    ]


MARKDOWN = """[2026-01-05 10:00:00] Олена: Хто може дати насоси?  
(- Jaan Tamm: 👍, Me: ❤ -)
[2026-01-05 10:01:00] Jaan Tamm: 

> Хто може дати насоси?

We have two  
![pump one.jpg](./media/pump%20one.jpg)  
[2026-01-05 10:02:00] Me:   
(( 🙏 ))
[2026-01-05 10:03:00] Олена: (This message was deleted)
[2026-01-05 10:04:00] Олена: Incoming voice call (accepted, 5m 2s)  
[2026-01-05 10:05:00] Jaan Tamm: 

> Said before the export began
> in two lines

Agreed: see [the list](https://x.example/list)  
"""


@pytest.mark.parametrize("stamp", ["[2026-01-05 10:0{}:00]", "[2026-01-05 10:0{}]", "[2026-01-05, 10:0{}]"])
def test_markdown_loses_reactions_stickers_and_links_to_files(stamp: str) -> None:
    text = MARKDOWN
    for minute in range(6):
        text = text.replace(f"[2026-01-05 10:0{minute}:00]", stamp.format(minute))
    document = read_document("chat.md", text.encode())
    assert told(blocks(document)) == [
        ("Хто може дати насоси?", "Олена", None, None),
        ("We have two", "Jaan Tamm", None, "line 1"),
        ("(🙏)", "Me", "notice", None),
        ("(This message was deleted)", "Олена", "notice", None),
        ("Incoming voice call (accepted, 5m 2s)", "Олена", "notice", None),
        ("Said before the export began\nin two lines", None, None, None),
        ("Agreed: see [the list](https://x.example/list)", "Jaan Tamm", None, None),
    ]
    assert blocks(document)[0].said_at == TEN
    assert [(one.quoted, one.locator) for one in blocks(document)[-2:]] == [(1, "line 15"), (0, "line 13")]
    assert document.warnings == ("chat.md: reactions to its messages were left out",)


def test_a_quote_may_name_who_said_it() -> None:
    lines = ["[2026-01-05 10:00] Olena: Who needs pumps?", "[2026-01-05 10:01] Jaan: ", "> Olena: Who needs pumps?", "We: two"]
    assert told(blocks(read_document("c.txt", "\n".join(lines).encode())))[1] == ("We: two", "Jaan", None, "line 1")


def as_lines(*records: dict[str, Any]) -> bytes:
    """One JSON object a line."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode()


def test_lines_of_data_json_are_a_chat() -> None:
    one = {"date": "2026-01-05T10:00:00", "sender": "Олена", "body": "Хто може дати насоси?  ", "quote": "", "reactions": [["Me", "❤"]]}
    two = one | {"sender": "Jaan", "body": "We: two  ", "quote": "\n\n> Хто може дати насоси?\n\n", "reactions": [{"name": "Me"}]}
    three = one | {"body": "  ", "attachments": [{"name": "list.xlsx", "path": "media/list.xlsx"}], "reactions": []}
    four = one | {"body": "Missed voice call  ", "call": True}
    document = read_document("data.json", as_lines(one, two, three, four))
    assert document.channel == "chat"
    assert told(blocks(document)) == [
        ("Хто може дати насоси?", "Олена", None, None),
        ("We: two", "Jaan", None, "line 1"),
        ("(list.xlsx)", "Олена", "notice", None),
        ("Missed voice call", "Олена", "notice", None),
    ]
    assert blocks(document)[0].said_at == TEN


def message(chat: int, author: int, sent: int, **item: Any) -> dict[str, Any]:
    """A frame of Signal's own export, whole numbers written as its JSON writes them."""
    return {"chatItem": {"chatId": str(chat), "authorId": str(author), "dateSent": str(sent), "incoming": {}} | item}


SENT = 1_767_600_000_000
FRAMES = [
    {"version": "1", "backupTimeMs": "1767700000000", "mediaRootBackupKey": "AAAA"},
    {"account": {"givenName": "Kadri", "familyName": "Mets"}},
    {"recipient": {"id": "1", "self": {}}},
    {"recipient": {"id": "2", "contact": {"e164": "380501234567", "profileGivenName": "Олена", "systemGivenName": "Олена Бондар"}}},
    {"recipient": {"id": "3", "contact": {"e164": "37255551234"}}},
    {"chat": {"id": "7", "recipientId": "2"}},
    message(7, 2, SENT, standardMessage={"text": {"body": "Потрібно 8 ДБЖ"}, "reactions": [{"emoji": "👍", "authorId": "1"}]}),
    message(8, 3, SENT + 1, standardMessage={"text": {"body": "Other chat"}, "attachments": [{"pointer": {"fileName": "a.pdf"}}]}),
    message(
        7,
        1,
        SENT + 60_000,
        outgoing={},
        standardMessage={"text": {"body": "We give 3"}, "quote": {"targetSentTimestamp": str(SENT), "authorId": "2"}},
        revisions=[{"chatId": "7"}],
    ),
    message(7, 2, SENT + 2, updateMessage={"simpleUpdate": {"type": "JOINED_SIGNAL"}}),
    message(7, 2, SENT + 3, standardMessage={"attachments": [{"pointer": {"contentType": "image/jpeg"}}]}),
    message(7, 2, SENT + 4, poll={"question": "Which?", "options": [{"option": "pumps"}, {"option": "hoses"}]}),
]


def test_signals_own_export_keeps_its_chats_apart_and_names_people() -> None:
    document = read_document("main.jsonl", as_lines(*FRAMES))
    found = blocks(document)
    assert told(found) == [
        ("Потрібно 8 ДБЖ", "Олена Бондар", None, None),
        ("We give 3", "Kadri Mets", "edited", "line 7"),
        ("(image/jpeg)", "Олена Бондар", "notice", None),
        ("Which?\npumps\nhoses", "Олена Бондар", None, None),
        ("Other chat", "+37255551234", None, None),
    ]
    assert found[0].said_at == datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
    assert document.warnings == ("main.jsonl: reactions to its messages were left out",)


def test_what_the_program_stores_is_read_without_names() -> None:
    one = {"conversationId": "c", "id": "i", "type": "incoming", "source": "+380501234567", "sent_at": SENT, "body": "Need 8 UPS"}
    two = one | {"type": "outgoing", "sent_at": SENT + 9, "body": "ok: 3", "quote": {"id": SENT, "text": "Need 8 UPS"}}
    data = "[\n" + ",\n".join(json.dumps(record) for record in (one, two, one | {"type": "keychange", "body": ""})) + "\n]\n"
    document = read_document("messages.json", data.encode())
    assert document.channel == "chat"
    assert told(blocks(document)) == [("Need 8 UPS", "+380501234567", None, None), ("ok: 3", "You", None, "line 1")]


def test_broken_lines_are_refused_by_their_number() -> None:
    with pytest.raises(Unreadable, match=r"line 2.*export the chat again"):
        read_document("main.jsonl", as_lines(FRAMES[0]) + b'{"chatItem": {}\n}')


def test_an_export_packed_whole_is_one_chat() -> None:
    chat = MARKDOWN.encode()
    files = {"Вода/chat.md": chat, "Вода/data.json": b"{}\n", "Вода/index.html": b"<html></html>", "Вода/media/a.jpg": b"x"}
    bundle = unpack("signal.zip", zipped(files))
    assert bundle is not None
    assert [one.name for one in bundle.members] == ["chat.md"]
    assert len(bundle.left_aside) == 3
    own = unpack("own.zip", zipped({"main.jsonl": as_lines(*FRAMES), "metadata.json": b'{"version": 1}', "files/aa/x.bin": b"words"}))
    assert own is not None
    assert [one.name for one in own.members] == ["main.jsonl", "x.bin"]


@pytest.mark.parametrize(
    "text",
    [
        "From: the council\nType: request\nTo: the desk\n\nWe need 8 UPS.\n",
        "Type: generator\nSent: no\nis what the form says.\n\nWe need 2.\n",
        "We wrote:\n\nFrom: A\nType: incoming\nSent: 2026-01-05 10:00\n\nand nobody answered.\n",
    ],
)
def test_letters_that_only_look_like_it_stay_letters(text: str) -> None:
    assert read_document("letter.txt", text.encode()).channel != "chat"
