"""Messages that hold no line by their nature: automatic replies, newsletters, invitations, press, phishing, invoices."""

from __future__ import annotations

import re
from functools import cache

from sild.cores.extraction.method.lexicons import load
from sild.cores.extraction.method.mentions import grammar
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.words import bare
from sild.values.document import Document

_AUTOMATIC_HEADERS = {
    "auto-submitted": re.compile(r"auto-(?:replied|generated)", re.IGNORECASE),
    "x-autoreply": re.compile(r"."),
    "x-autorespond": re.compile(r"."),
    "list-unsubscribe": re.compile(r"."),
}
_HEAD_CHARACTERS = 3000
_DENIAL = 12  # characters that hold the word before a sign
_SHORT = 900  # characters of a message in which one sign is enough
# why the envelope says that a machine wrote it -> what the message is, and whether that is enough by itself
_MACHINES = {
    "away": ("out-of-office", True), "auto-reply": ("out-of-office", True), "bounce": ("out-of-office", True),
    "receipt": ("out-of-office", True),
    "bulk": ("newsletter", False),
}  # fmt: skip


@cache
def _signs() -> list[tuple[str, str, tuple[str, ...]]]:
    """Reason, strength and folded phrases of every entry."""
    table = load("noise")
    return [
        (reason, strength, tuple(bare(str(phrase)) for phrase in phrases))
        for reason, strengths in table.items()
        for strength, phrases in strengths.items()
    ]


def _stands(phrase: str, text: str) -> bool:
    """Whether the phrase begins a word of the text, and not one that is denied: "no invoice", "ohne Rechnung"."""
    at = text.find(phrase)
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] in "_-" or _is_denied(text, at)):  # an "e-invoice system" is no invoice
        at = text.find(phrase, at + 1)
    return at >= 0


def _is_denied(text: str, at: int) -> bool:
    before = text[max(0, at - _DENIAL) : at].split()
    return bool(before) and before[-1] in grammar("denials")


def noise_of(document: Document, found: list[Passage]) -> tuple[str, bool] | None:
    """(reason, sure) where the message looks like one that holds no line; None where it does not."""
    for name, value in document.envelope.headers:
        pattern = _AUTOMATIC_HEADERS.get(name.lower())
        if pattern is not None and pattern.search(value):
            return ("newsletter" if name.lower().startswith("list") else "out-of-office"), True
    machine = _MACHINES.get(document.envelope.automatic or "")
    if machine is not None and machine[1]:
        return machine
    if document.channel == "sheet":
        return None
    subject = bare(document.envelope.subject)
    text = subject + "\n" + bare("\n".join(p.text for p in found if p.voice == "own" and p.part.name == "body"))[:_HEAD_CHARACTERS]
    likely = machine
    for reason, strength, phrases in _signs():
        hits = [phrase for phrase in phrases if _stands(phrase, text)]
        if not hits:
            continue
        if strength == "sure":
            return reason, True
        if likely is None and (len(hits) > 1 or len(text) < _SHORT or any(_stands(phrase, subject) for phrase in hits)):
            likely = (reason, False)
    return likely
