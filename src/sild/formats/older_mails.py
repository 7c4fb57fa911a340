"""Older mails inside a mail's text, told by what mail programs of seven languages put above them: who wrote it, when, about what.

A mail that is sent on keeps its original sender and date; what was only answered is told from what is new. No word is taken away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from functools import cache

from sild.formats.word_lists import entries, folded, phrase, phrases
from sild.formats.written_dates import written_moment
from sild.values.document import Block, BlockRole, Envelope, Stretch, StretchKind

_PROSE = ("paragraph", "list-item", "heading")
_LONGEST_HEAD = 400
_DECORATION = " \t-_=*>~.•:—–|#\u00a0"
_LABEL = re.compile(r"(?:^|\s)\*{0,2}([^\W\d_]+(?:[ -][^\W\d_']+){0,2})\s?\*{0,2}\s?:\*{0,2}(?=\s|$)")
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[:.]\d{2}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{2}")
_BEFORE_ADDRESS = re.compile(r"^(.*?)\s*[<\[(\"«„“]*\s*(?:mailto:)?\s*[\w.+'-]{1,64}@", re.DOTALL)
_FIELDS = ("from", "to", "copy", "date", "subject")
_MOST_HEAD_LINES = 12
# no correspondence is handed on more often; a text that is nothing but heads is a trap
_MOST_STRETCHES = 300


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above an older mail: blocks from where it was found up to `after`, and what they say."""

    kind: StretchKind
    after: int
    envelope: Envelope


@dataclass(slots=True)
class _Open:
    """A stretch that has begun and not yet ended; it ends where the text is quoted less deeply than `depth`."""

    kind: StretchKind
    start: int
    envelope: Envelope
    depth: int


def older_mails(blocks: Sequence[Block], outer: Envelope) -> tuple[list[Block], list[Stretch]]:
    """The blocks, those of heads with their role, and the stretches of older mails in the order in which they begin."""
    marked, found = list(blocks), list[Stretch]()
    running: list[_Open] = []
    index = 0
    while index < len(blocks):
        while running and blocks[index].kind != "row" and blocks[index].quoted < running[-1].depth:
            found.append(_ended(running.pop(), index))
        head = _head_at(blocks, index, outer) if len(found) + len(running) < _MOST_STRETCHES else None
        if head is None:
            index += 1
            continue
        role: BlockRole = "forward-head" if head.kind == "forwarded" else "quote-head"
        for number in range(index, head.after):
            marked[number] = replace(marked[number], role=role)
        below = blocks[head.after].quoted if head.after < len(blocks) else 0
        running.append(_Open(head.kind, index, head.envelope, max(below, blocks[index].quoted)))
        index = head.after
    found.extend(_ended(one, len(blocks)) for one in running)
    return marked, sorted(found, key=lambda one: (one.start, -one.end))


def sent_on(subject: str) -> bool:
    """Whether the subject line says that the mail was sent on."""
    before, colon, rest = folded(subject).partition(":")
    while colon and len(before) < 24:
        if before.strip(" [(0123456789)]") in phrases("mail", "forward_subject"):
            return True
        before, colon, rest = rest.partition(":")
    return False


def _ended(one: _Open, end: int) -> Stretch:
    return Stretch(kind=one.kind, start=one.start, end=end, envelope=one.envelope)


def _head_at(blocks: Sequence[Block], index: int, outer: Envelope) -> _Head | None:
    block = blocks[index]
    if block.kind not in _PROSE or len(block.text) > _LONGEST_HEAD:
        return None
    core = folded(block.text.strip(_DECORATION))
    passed_on: StretchKind = "forwarded" if sent_on(outer.subject) else "quoted"
    marks: tuple[tuple[str, StretchKind], ...] = (("forwarded", "forwarded"), ("original", passed_on))
    for key, kind in marks:
        if _says(core, phrase("mail", key)):
            lines, after = _head_lines(blocks, index + 1)
            if lines or block.text.strip()[:1] in "-_=*>~":
                return _Head(kind, after, _envelope(lines, outer))
    lines, after = _head_lines(blocks, index)
    fields = {field for field, _, _ in lines}
    if len(fields) >= 3 and "from" in fields and fields & {"date", "subject"}:
        return _Head(passed_on, after, _envelope(lines, outer))
    if _introduces(block.text):
        return _Head(passed_on, index + 1, _introduced(block.text, outer))
    # a program may have wrapped the line
    rest = blocks[index + 1] if index + 1 < len(blocks) else block
    line = f"{block.text} {rest.text}"
    wrapped = rest.kind in _PROSE and rest.quoted == block.quoted and len(line) <= _LONGEST_HEAD and not _introduces(rest.text)
    if rest is not block and wrapped and _DATED.search(block.text) and _introduces(line):
        return _Head(passed_on, index + 2, _introduced(line, outer))
    return None


def _says(core: str, marks: re.Pattern[str]) -> bool:
    hit = marks.match(core)
    return hit is not None and len(core) <= hit.end() + 60 and not core[hit.end() : hit.end() + 1].isalnum()


def _head_lines(blocks: Sequence[Block], index: int) -> tuple[list[tuple[str, str, str]], int]:
    """The head lines from `index` on as (field, label, value), and the index of the first block behind them."""
    found: list[tuple[str, str, str]] = []
    while index < len(blocks) and blocks[index].kind in _PROSE and len(found) < _MOST_HEAD_LINES:
        text = blocks[index].text
        lines = _labelled(text) if len(text) <= _LONGEST_HEAD else []
        if not lines:
            break
        found.extend(lines)
        index += 1
    return found, index


def _labelled(text: str) -> list[tuple[str, str, str]]:
    """The head lines in one block: one, or several that a wrapping program has joined; none where it does not begin with a label."""
    if ":" not in text:
        return []
    labels = [(hit, field) for hit in _LABEL.finditer(text) if (field := _labels().get(folded(hit.group(1))))]
    if not labels or text[: labels[0][0].start()].strip(" *"):
        return []
    ends = [hit.start() for hit, _ in labels[1:]] + [len(text)]
    return [(field, hit.group(1), text[hit.end() : end].strip(" *")) for (hit, field), end in zip(labels, ends, strict=True)]


@cache
def _labels() -> dict[str, str]:
    return {label: field for field in _FIELDS for label in phrases("mail", field)}


def _envelope(lines: list[tuple[str, str, str]], outer: Envelope) -> Envelope:
    first: dict[str, str] = {}
    for field, _, value in lines:
        first.setdefault(field, value)
    sender = first.get("from", "")
    address = _ADDRESS.search(sender)
    recipients = [hit for field, _, value in lines if field in ("to", "copy") for hit in _ADDRESS.findall(value)]
    return Envelope(
        subject=first.get("subject", ""),
        sender_name=_name(sender),
        sender_address=address.group() if address else "",
        recipients=tuple(dict.fromkeys(recipients)),
        sent_at=written_moment(first.get("date", ""), _zone(outer)),
        headers=tuple((label, value) for _, label, value in lines),
    )


def _zone(outer: Envelope) -> tzinfo:
    return outer.sent_at.tzinfo if outer.sent_at is not None and outer.sent_at.tzinfo is not None else UTC


def _name(sender: str) -> str:
    before = _BEFORE_ADDRESS.match(sender)
    text = before.group(1) if before else sender
    return text.strip(" \"'<>[]()«»„“”*,;")


def _introduces(line: str) -> bool:
    """Whether the line stands above quoted words: it ends in a colon and names a writer and a time, or an address and a verb."""
    if not line.rstrip(" *_>-").endswith(":"):
        return False
    text = folded(line).strip(" *_>-")
    dated, addressed = bool(_DATED.search(text)), bool(_ADDRESS.search(text))
    ends = text.endswith(phrases("mail", "wrote"))
    if ends:
        return dated or addressed
    words = set(re.findall(r"[\w()]+", text))
    inside = any(phrase.rstrip(": ") in words or f" {phrase.rstrip(': ')} " in text for phrase in phrases("mail", "wrote"))
    return dated and (addressed or (inside and len(text) < 160))


@cache
def _cut_off() -> re.Pattern[str]:
    """The last word of a line that names a writer ("... wrote:"), with what some languages put behind it."""
    told = dict.fromkeys(form for entry in entries("mail") for word in entry.get("writes_name", ()) for form in (word, folded(word)))
    return re.compile(rf"\s+\S+(?: (?:{'|'.join(map(re.escape, told))}))?\s*:\s*$")


def _introduced(line: str, outer: Envelope) -> Envelope:
    address = _ADDRESS.search(line)
    before = _BEFORE_ADDRESS.match(line)
    text = before.group(1) if before else _cut_off().sub("", line)
    words: list[str] = []
    for word in reversed(text.split()):
        if folded(word.strip("().,")) in phrases("times", "beside_time") or any(sign.isdigit() for sign in word) or not word[:1].isupper():
            break
        if words and word.endswith(","):
            break
        words.insert(0, word)
    return Envelope(
        sender_name=" ".join(words[-4:]).strip(" \"'<>[]()«»„“”*,;"),
        sender_address=address.group() if address else "",
        sent_at=written_moment(line, _zone(outer)),
    )
