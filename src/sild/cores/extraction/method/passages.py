"""The parts of a document that are the sender's matter: own text and what was forwarded; not what was merely quoted, not disclaimers.

Each passage keeps its block, so that a span found in it is true to the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from sild.cores.extraction.method.lexicons import load
from sild.cores.extraction.method.words import bare
from sild.values.document import Block, Document, Part

Voice = Literal["own", "forwarded", "quoted"]
LONGEST_BLOCK = 30_000  # characters of one paragraph or cell that are read; no letter has longer ones
SUBJECT = "subject"  # the name of the part that stands for the subject line, which no span can point into
_LONGEST_WORD = 300
_ENDLESS = re.compile(rf"[^\W_]{{{_LONGEST_WORD}}}")
_MARK_LINE = re.compile(r"^[\s\-_=*>~.•]*(.*?)[\s\-_=*~.:]*$", re.DOTALL)
_HEAD = re.compile(r"^\*{0,2}([^\W\d_]{1,12})\*{0,2}\s*:\s*(\S.*)$", re.DOTALL)
_SUBJECT_MARK = re.compile(r"^\W*([^\W\d_]{1,14})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block of the matter: `voice` says whose words; `origin` is the sender a forwarded mail names, `topic` its subject line."""

    part: Part
    index: int
    block: Block
    voice: Voice = "own"
    origin: str = ""
    topic: str = ""

    @property
    def text(self) -> str:
        """The block's text."""
        return self.block.text


@cache
def _marks() -> Any:
    return load("passages")


@cache
def _heads(kind: str) -> frozenset[str]:
    return frozenset(bare(str(word)) for word in _marks()[kind])


def is_reply(subject: str) -> bool:
    """Whether the subject line is that of an older mail which this one answers."""
    word = _SUBJECT_MARK.match(bare(subject))
    return word is not None and word.group(1) in _heads("reply_subject") and ":" in subject


def is_forward(subject: str) -> bool:
    """Whether the subject line says that the mail was sent on."""
    rest = subject
    for _ in range(4):
        word = _SUBJECT_MARK.match(bare(rest))
        if word is None or ":" not in rest:
            return False
        if word.group(1).startswith(tuple(_marks()["forward_subject"])):
            return True
        rest = rest.split(":", 1)[1]
    return False


def is_date_line(text: str) -> bool:
    """Whether the line is the head of a mail that says when it was sent."""
    head = _HEAD.match(text)
    return head is not None and bare(head.group(1)) in _heads("date_line")


def passages(document: Document) -> list[Passage]:
    """All passages in the order of the source: the matter first to last, quoted text left out unless it was sent on as content."""
    forward = is_forward(document.envelope.subject)
    found: list[Passage] = []
    for part in document.parts:
        if part.unread is None:
            found += _of_part(part, forward or bool(part.envelope and is_forward(part.envelope.subject)))
    return found


def _of_part(part: Part, forward: bool) -> list[Passage]:
    all_of_it = [replace(passage) for passage in _voices(part, forward)]
    own = [p for p in all_of_it if p.voice != "quoted"]
    quoted = [p for p in all_of_it if p.voice == "quoted"]
    if quoted and (forward or _points_below(own)):
        own = sorted([*own, *(replace(p, voice="forwarded") for p in quoted)], key=lambda p: p.index)
    short = [_clipped(p) for p in own]
    # a heading "intended recipient" is no disclaimer
    return [p for p in short if p.block.kind == "row" or not _is_disclaimer(p.text)]


def _clipped(passage: Passage) -> Passage:
    """A passage whose block is cut to what is read of it; offsets stay true."""
    block = passage.block
    if readable(block.text) == len(block.text):
        return passage
    cells = tuple(replace(cell, text=cell.text[: readable(cell.text)]) for cell in block.cells)
    return replace(passage, block=replace(block, text=block.text[: readable(block.text)], cells=cells))


def readable(text: str) -> int:
    """How many of its characters are read: no more than a letter's longest paragraph, and none behind a word that no language has."""
    endless = _ENDLESS.search(text, 0, LONGEST_BLOCK) if len(text) > _LONGEST_WORD else None
    return endless.start() if endless is not None else min(len(text), LONGEST_BLOCK)


def _voices(part: Part, forward: bool) -> list[Passage]:
    voice: Voice = "forwarded" if part.envelope is not None else "own"
    origin = topic = ""
    if part.envelope is not None:
        origin, topic = part.envelope.sender_name or part.envelope.sender_address, part.envelope.subject
    found: list[Passage] = []
    heads = 0
    for index, block in enumerate(part.blocks):
        if block.kind in ("row", "chat", "field"):
            found.append(Passage(part=part, index=index, block=block, voice=voice, origin=origin, topic=topic))
            continue
        turn = _turn(block.text, forward)
        if turn is not None:
            voice, heads = turn, 0
            continue
        head = _HEAD.match(block.text) if len(block.text) < 200 else None
        word = bare(head.group(1)) if head else ""
        if head and word in _heads("header_line") and (voice != "own" or _begins_mail(part, index)):
            if voice == "own":
                voice = "forwarded" if forward else "quoted"
            heads += 1
            origin = head.group(2) if word in _heads("sender_line") else origin
            topic = head.group(2) if word in _heads("subject_line") else topic
            continue
        here: Voice = "quoted" if block.quoted and voice != "forwarded" else voice
        found.append(Passage(part=part, index=index, block=block, voice=here, origin=origin, topic=topic))
    return found


def _turn(text: str, forward: bool) -> Voice | None:
    """Whether the line marks that a forwarded or a quoted mail begins."""
    if len(text) > 160:
        return None
    line = bare(text)
    core = _MARK_LINE.match(line)
    words = core.group(1) if core else line
    if any(words.startswith(mark) for mark in _marks()["forward_mark"]):
        return "forwarded"
    if any(words.startswith(mark) for mark in _marks()["quote_mark"]):
        return "forwarded" if forward else "quoted"
    if line.rstrip().endswith(tuple(_marks()["quote_intro"])):
        return "forwarded" if forward else "quoted"
    return None


def _begins_mail(part: Part, index: int) -> bool:
    """Whether three heads of a mail stand together here, as mail programs write them above an older mail."""
    count = 0
    for block in part.blocks[index : index + 5]:
        head = _HEAD.match(block.text)
        if head and bare(head.group(1)) in _heads("header_line"):
            count += 1
    return count >= 3


def _points_below(own: list[Passage]) -> bool:
    if sum(len(p.text) for p in own) > 700:
        return False
    text = bare(" ".join(p.text for p in own))
    return any(re.search(rf"(?<!\w){re.escape(cue)}", text) for cue in _marks()["see_below"])


def _is_disclaimer(text: str) -> bool:
    line = bare(text)
    return any(mark in line for mark in _marks()["disclaimer"])
