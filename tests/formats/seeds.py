"""A small whole file for each way in which a reader of the desk is met, by name: what the fuzzers damage, and what their readers must read.

A kind that formats/kinds.py declares and that has no seed here fails tests/formats/test_any_bytes.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import odfdo

from sild.formats.kinds import Kind
from sild.formats.template import write_template

from .made import attach, mail, open_document, word, workbook, zipped
from .outlook_maker import msg, packed, tnef
from .pdf_maker import Text, pdf, ruled
from .rarer_seeds import RARER
from .sheets import LAPTOPS, OFFER, WRONG, filled
from .test_signed import signed


@dataclass(frozen=True, slots=True)
class Seed:
    """A file under its name, and the kind as which it is read; `seen` is a word that its reader finds, where it finds any."""

    kind: Kind
    name: str
    data: bytes
    seen: str = ""


_PDF = [Text(70, 700, "Words."), *ruled([70.0, 100.0, 200.0], [600.0, 580.0, 560.0]), Text(75, 586, "a"), Text(105, 586, "b")]
_RTF = b"{\\rtf1\\ansicpg1251{\\fonttbl{\\f0\\fcharset204 A;}}\\f0 \\'cf\\u1087?\\trowd\\intbl a\\cell b\\cell\\row {\\header h}\\par}"
_TELEGRAM = b'{"messages": [{"id": 1, "type": "message", "date": "2026-01-31T20:31:00", "from": "A", "text": ["a", {"text": "b"}]}]}'
_PAGE = b'<div class="history"><div class="message default" id="message1"><div class="from_name">A</div><div class="text">t</div></div>'
_FORWARD = "Hi.\n\n---------- Forwarded message ---------\nFrom: O <o@x.example>\nDate: 3.2.2026 14:05\n\nOld.\n\nBest regards,\nA\n"
_LETTER = "Шановні колеги!\n\n- 8 ДБЖ\n- 12 ноутбуків\n\n> Old words.\n\nЗ повагою,\nОлена\n"
_BLOCKS = """Conversation: Вода (group)

From: Олена (+380501234567)
Type: incoming
Sent: Mon, 5 Jan 2026 10:00:00 +0200
Reaction: x from Jaan
Edited: 2 versions

| Version: 2
|
| Need 8 UPS
|
| Version: 1

From: You
Type: outgoing
Sent: Mon, 5 Jan 2026 10:04:00 +0200

> From: Олена
> Sent: Mon, 5 Jan 2026 10:00:00 +0200
>
> Need

Ok
"""
_MARKED = """[2026-01-05 10:00:00] A: Need 8 UPS
(- B: x -)
[2026-01-05 10:01:00] B:

> Need 8 UPS

Two ![a](./media/a)
"""
_FRAMES = (
    {"version": "1", "backupTimeMs": "1767700000000"},
    {"account": {"givenName": "Kadri"}},
    {"recipient": {"id": "1", "self": {}}},
    {"recipient": {"id": "2", "contact": {"e164": "380501234567"}}},
    {"chatItem": {"chatId": "7", "authorId": "2", "dateSent": "1767600000000", "standardMessage": {"text": {"body": "Need 8 UPS"}}}},
    {"chatItem": {"chatId": "7", "authorId": "1", "standardMessage": {"quote": {"targetSentTimestamp": "1767600000000"}}}},
)
_STORED = [{"conversationId": "c", "type": "incoming", "source": "+380", "sent_at": 1767600000000, "body": "Need", "quote": {"id": 1}}]
_SAVED_PAGE = (
    b"From: <Saved by a browser>\r\nSubject: Needs\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: https://x.example/\r\n\r\n<p>Words.</p>\r\n"
    b"--x\r\nContent-Type: text/css\r\nContent-Location: https://x.example/a.css\r\n\r\np {}\r\n--x--\r\n"
)

_FILES: tuple[tuple[str, Kind, str, bytes, str], ...] = (
    ("docx", "docx", "a.docx", word(lambda d: d.add_paragraph("Words.")), "Words."),
    ("xlsx", "xlsx", "a.xlsx", workbook([["Item", "Qty"], ["UPS", 8]]), "UPS"),
    ("template", "xlsx", "t.xlsx", filled("en", request=[LAPTOPS, WRONG], offer=[OFFER]), "Laptops for the front desks"),
    ("empty template", "xlsx", "e.xlsx", write_template("uk", book="0" * 32), ""),
    ("odt", "odt", "a.odt", open_document(odfdo.Paragraph("Words.")), "Words."),
    ("pdf", "pdf", "a.pdf", pdf(_PDF), "Words."),
    ("mail", "mail", "a.eml", bytes(attach(mail("Body.", subject="Запит"), "list.csv", b"a;b\n1;2\n")), "Body."),
    ("sheet in a mail", "mail", "o.eml", bytes(attach(mail("Body."), "list.ods", RARER["ods"])), "Laptops"),
    ("page saved as mail", "mail", "a.mht", _SAVED_PAGE, "Words."),
    ("forward", "mail", "f.eml", bytes(mail(_FORWARD, "Fwd: x")), "Old."),
    ("json", "json", "a.json", b'{"description": "We need 12 firewalls.", "items": [1, 2, {"x": null}]}', "12 firewalls"),
    ("chat", "chat", "a.txt", "[11.12.2025, 21:40:13] A: привіт\n[11.12.2025, 21:41:00] B: так\n".encode(), "привіт"),
    ("telegram", "chat", "a.json", _TELEGRAM, "ab"),
    ("telegram copied", "chat", "c.txt", b"A, [31.01.2026 20:31]\nWho?\n\nB, [31.01.2026 20:32]\n[In reply to A]\nWe.\n", "Who?"),
    ("telegram page", "chat", "a.html", _PAGE, "t"),
    ("signal in blocks", "chat", "s.txt", _BLOCKS.encode(), "Need 8 UPS"),
    ("signal in short", "chat", "s.txt", b"2026-01-05 10:00 A: Need\n2026-01-05 10:01 B: [reply to A on 2026-01-05 10:00] Ok\n", "Need"),
    ("signal in markdown", "chat", "chat.md", _MARKED.encode(), "Need 8 UPS"),
    ("signal", "chat", "main.jsonl", "\n".join(map(json.dumps, _FRAMES)).encode(), "Need 8 UPS"),
    ("signal in lines", "chat", "data.json", b'{"date": "2026-01-05T10:00:00", "sender": "A", "body": "Need", "quote": "> x"}\n', "Need"),
    ("signal as stored", "chat", "m.json", json.dumps(_STORED).encode(), "Need"),
    ("html", "html", "a.html", b"<html><body><table><tr><td>a<td>b</table><blockquote>q</blockquote></body></html>", "q"),
    ("csv", "csv", "a.csv", "Потреба;Обсяг\nНоутбуки;85\n".encode("windows-1251"), "Ноутбуки"),
    ("txt", "txt", "a.txt", _LETTER.encode("koi8-u"), "12 ноутбуків"),
    ("msg", "msg", "a.msg", msg({0x37: "s", 0x1000: "Words.", 0x1009: packed(b"{\\rtf1 w}")}, ({0x3001: "D", 0x39FE: "d@x"},),
                                ({0x3707: "a.csv", 0x3701: b"a;b\n1;2\n"},)), "Words."),
    ("tnef", "tnef", "winmail.dat", tnef({0x37: "s", 0x1000: "Words."}, ("a.txt", b"Words.")), "Words."),
    ("rtf", "rtf", "a.rtf", _RTF, "Пп"),
    ("xls", "xls", "a.xls", RARER["xls"], "Laptops"),
    ("xlsb", "xlsb", "a.xlsb", RARER["xlsb"], "Laptops"),
    ("ods", "ods", "a.ods", RARER["ods"], "Laptops"),
    ("png", "picture", "a.png", RARER["png"], ""),
    ("jpeg", "picture", "a.jpg", RARER["jpeg"], ""),
    ("tiff", "picture", "a.tif", RARER["tiff"], ""),
)  # fmt: skip
SEEDS = {label: Seed(kind, name, data, seen) for label, kind, name, data, seen in _FILES}
"""By the name of the reader, or of the way in which it is met."""

BUNDLES = {
    "zip": zipped({"a.eml": bytes(mail("Words.")), "b/c.txt": b"Words.", "d.zip": zipped({"e.txt": b"x"})}),
    "mbox": b"From a@b.example Tue Feb 10 09:30:00 2026\nFrom: a@b.example\nSubject: s\n\nwords\n\n" * 3,
    "signed": signed(b"words " * 60, opened=True),
    "container": zipped({"mimetype": b"application/vnd.etsi.asic-e+zip", "a.txt": b"Words.", "META-INF/s.xml": b"<x/>"}),
    "signal packed": zipped({"A/chat.md": _MARKED.encode(), "A/data.json": b"{}", "A/media/a.jpg": RARER["jpeg"]}),
}
"""Files that hold several messages, or a signed one."""
