"""What is to be asked of the sender of a line: a draft in the sender's language, from what the line does not say. A person sends it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from sild.wings.intake.reads.opened import LineView, Opened

FILE = Path(__file__).with_name("questions.yaml")
DESK_LANGUAGE = "en"
LONGEST = 480
"""Letters of a question, which is kept as a next step."""

ASKED = ("no-body", "unknown-body", "no-giver", "no-category", "no-quantity", "no-channel")
"""Doubts that the sender can settle; others are the desk's own."""


@cache
def questions() -> dict[str, dict[str, str]]:
    """The sentences by language and code."""
    kept: dict[str, dict[str, str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return kept


def question_for(opened: Opened, line: LineView) -> str:
    """The opening, and one sentence for each thing that the line does not say; shortened where it would be too long to keep."""
    words = questions().get(line.language) or questions()[DESK_LANGUAGE]
    told: dict[str, str] = {doubt.code: doubt.told for doubt in line.doubts}
    known = {found.name for found in line.fields if found.value not in (None, "", [])}
    codes: list[str] = [code for code in ASKED if code in told]
    if line.kind == "request" and "needed_by" not in known:
        codes.append("no-date")
    if line.kind == "offer" and "available_from" not in known:
        codes.append("no-availability")
    when = opened.sent_at or opened.arrived_at
    day = f"{when:%Y-%m-%d}" if line.language in ("en", "sv") else f"{when:%d.%m.%Y}"
    opening = words["opening"].format(title=_short(opened.subject.strip() or opened.name, 80), day=day, item=_short(line.item, 100))
    sentences = [words[code].format(told=_short(told.get(code, ""), 80)) for code in codes]
    question = opening
    for sentence in sentences:
        if len(question) + 1 + len(sentence) <= LONGEST:
            question = f"{question} {sentence}"
    return question


def _short(text: str, most: int) -> str:
    """One line of text, cut at a word."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0] + "…"
