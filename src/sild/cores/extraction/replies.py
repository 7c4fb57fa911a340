"""What a message answers to a notice of the desk: received, accept, commit with a quantity, decline with a reason.

Only the beginning of the sender's own new words is looked at, and only words that say one of the four and nothing else
(lexicon/replies.yaml). It is a proposal for a person: nothing is decided by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, get_args

from sild.cores.extraction.fields.lexicon_files import strings
from sild.values.document import Block, Document

Word = Literal["received", "accept", "commit", "decline"]
LONGEST_LINE = 400
LONGEST_REASON = 1000
_QUANTITY = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:[ \u00a0\u202f'.,]\d{3})+|\d{1,9})(?:[.,](\d{1,2}))?(?![\w/-]|[.,]\d)")
_AFTER = re.compile(r"^[\s:;,.\u2013\u2014-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTold:
    """What was answered, in whose words (`evidence`, one line); the quantity of a commitment, the reason of a refusal, where they stand."""

    word: Word
    quantity: Decimal | None
    reason: str
    evidence: str


def reply_in(document: Document) -> ReplyTold | None:
    """The answer at the beginning of the sender's own words; None where there is none, or where it is asked and not said."""
    lines = _own_lines(document)
    for number, line in enumerate(lines[:2]):
        if number == 0 and _greeting().match(line):
            continue
        return _told(line, lines[number + 1 :])
    return None


def _told(line: str, following: list[str]) -> ReplyTold | None:
    if len(line) > LONGEST_LINE or line.rstrip().endswith("?"):
        return None
    for word, opening in _openings():
        found = opening.match(line)
        if found is None:
            continue
        rest = _AFTER.sub("", line[found.end() :])
        quantity = _quantity(rest) if word in ("commit", "accept") else None
        reason = " ".join([rest, *following]).strip()[:LONGEST_REASON] if word == "decline" else ""
        return ReplyTold(word=word, quantity=quantity, reason=reason, evidence=line)
    return None


def _own_lines(document: Document) -> list[str]:
    """The first lines of the sender's own words: nothing quoted, no signature, no line of a mail program."""
    blocks: list[Block] = list(document.parts[0].blocks[:12]) if document.parts else []
    own = [
        block.text for block in blocks if not block.quoted and block.role is None and block.kind in ("paragraph", "list-item", "heading")
    ]
    return [line.strip() for text in own for line in text.splitlines() if line.strip()][:10]


def _quantity(text: str) -> Decimal | None:
    """The only number of a line; None where there is none, or more than one: which of them is meant, a person says."""
    found = _QUANTITY.findall(text)
    if len(found) != 1:
        return None
    whole, part = found[0]
    return Decimal(re.sub(r"\D", "", whole) + (f".{part}" if part else ""))


@cache
def _greeting() -> re.Pattern[str]:
    words = [term.strip() for terms in strings("replies")["greeting"].values() for term in str(terms).split(",")]
    return re.compile(rf"^(?:{'|'.join(map(re.escape, words))})\w*\b[^.!?]{{0,80}}[,!.]?$", re.IGNORECASE)


@cache
def _openings() -> tuple[tuple[Word, re.Pattern[str]], ...]:
    """Each word with how it may begin a line; longer openings first."""
    told = strings("replies")
    openings: list[tuple[int, Word, re.Pattern[str]]] = []
    for word in get_args(Word):
        for terms in told[word].values():
            for term in (one.strip() for one in str(terms).split(",")):
                loose = r"\s+".join(re.escape(piece).replace("'", "['\u2019\u02bc]") for piece in term.split())
                openings.append((len(term), word, re.compile(rf"{loose}(?!\w)", re.IGNORECASE)))
    return tuple((word, opening) for _length, word, opening in sorted(openings, key=lambda one: -one[0]))
