"""How strangers write: circumlocutions in seven languages, and letters in which whoever writes is not whoever needs or gives."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.answer import DraftLine
from sild.cores.extraction.check import check
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.fields.nominative import in_the_nominative
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, BlockKind, Document, Envelope, Part

CASES = Path(__file__).parent / "cases"
SENTENCES: list[list[Any]] = yaml.safe_load((CASES / "circumlocutions.yaml").read_text(encoding="utf-8"))
RELAYS: dict[str, Any] = yaml.safe_load((CASES / "relays.yaml").read_text(encoding="utf-8"))
WRITERS = {"needy": "Brody Regional Office", "giver": "Norland", "firm": "Kettel Systems Ltd"}
INDEX = BodyIndex([Body(row["name"], tuple(row["aliases"]), row["country"], row["kind"]) for row in RELAYS["parties"]])
SENT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(("who", "text", "lines"), [pytest.param(*row, id=row[1][:50]) for row in SENTENCES])
def test_what_is_asked_politely_or_far_from_its_verb_is_read(desk: Any, who: str, text: str, lines: list[list[Any]]) -> None:
    read = desk.mail(text, sender=WRITERS[who]).lines
    assert [[line.kind, line.category, None if line.quantity is None else float(line.quantity)] for line in read] == lines


@pytest.mark.parametrize("letter", [pytest.param(row, id=row["name"]) for row in RELAYS["letters"]])
def test_whoever_needs_or_gives_is_told_from_whoever_writes(letter: dict[str, Any]) -> None:
    document = _mail(letter)
    read = extract(ExtractionProblem(document=document, bodies=INDEX))
    assert check(document, read) == []
    left = list(read.lines)
    for meant in letter["lines"]:
        found = next((line for line in left if _says(line, meant)), None)
        assert found is not None, (meant, [(line.kind, line.category, line.quantity, line.beneficiary, line.provider) for line in left])
        left.remove(found)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Бучанської міської ради", "Бучанська міська рада"),
        ("обласному краєзнавчому музею", "обласний краєзнавчий музей"),
        ("Державного агентства резерву", "Державне агентство резерву"),
        ("Sumy City Council", "Sumy City Council"),
        ("", ""),
    ],
)
def test_a_ukrainian_name_is_shown_in_the_nominative(said: str, shown: str) -> None:
    assert in_the_nominative(said) == shown


def _says(line: DraftLine, meant: str) -> bool:
    head, *rest = meant.split(" | ")
    kind, category, quantity = head.split()
    told = dict(part.split("=", 1) for part in rest)
    names = {"for": (line.beneficiary, line.beneficiary_as_written), "from": (line.provider, line.provider_as_written)}
    whose = all(_alike(told[key], name) for key, name in names.items() if key in told)
    amount = "None" if line.quantity is None else f"{line.quantity.normalize():f}"
    return whose and (line.kind, line.category, amount) == (kind, category, quantity)


def _alike(meant: str, names: tuple[str | None, str | None]) -> bool:
    known = {body.name for body in INDEX.bodies}
    if meant in known:
        return names[0] == meant
    words = set(meant.lower().split())
    return any(name is not None and 2 * len(words & set(name.lower().split())) > len(words) for name in names)


def _mail(letter: dict[str, Any]) -> Document:
    blocks = []
    for text in letter["text"]:
        kind: BlockKind = "list-item" if text.startswith("- ") else "paragraph"
        blocks.append(Block(kind=kind, text=text.removeprefix(">"), locator="body", quoted=int(text.startswith(">"))))
    who = re.fullmatch(r"(.*?) ?<(.*)>", letter["from"])
    assert who is not None
    envelope = Envelope(subject=letter["subject"], sender_name=who[1], sender_address=who[2], sent_at=SENT)
    part = Part(name="body", media="text/plain", blocks=tuple(blocks))
    return Document(name="letter", sha256="0" * 64, format="made", channel="mail", envelope=envelope, parts=(part,))
