"""The linkage core's two development sets as problems: the sample inbox's true lines and the hand-written linking set.

What the software under test must not see (need, relation, difficulty) is left out; noise as an extractor makes it can be added.
"""

from __future__ import annotations

import csv
import itertools
import json
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from anyascii import anyascii

from sild.cores.linkage import Body, BodyRelation, Line

CHECKOUT = Path(__file__).resolve().parents[1]
SAMPLE = CHECKOUT / "tests" / "corpus"  # the truth of the sample inbox and its scorer
INBOX = CHECKOUT / "src" / "sild" / "sample" / "inbox"
LINKING = CHECKOUT.parent / "shared" / "corpus" / "link"  # the hand-written set stands beside the checkout, where it stands at all
LINK_SCORE = LINKING.with_name("link_score.py")
ABSENT = f"{LINKING} is absent: the hand-written linking set is not part of this repository"


def folders_after(option: str) -> list[Path]:
    """The folders that the command line names after an option, up to the next option."""
    words = sys.argv[sys.argv.index(option) + 1 :] if option in sys.argv else []
    return [Path(word) for word in itertools.takewhile(lambda word: not word.startswith("--"), words)]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def amount(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def day(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None


def moment(value: str | None) -> datetime | None:
    if not value:
        return None
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def parties(path: Path) -> tuple[tuple[Body, ...], tuple[BodyRelation, ...]]:
    bodies, relations = [], []
    with path.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            names = [
                name.strip() for key, cell in row.items() if key.startswith("names_") for name in (cell or "").split(";") if name.strip()
            ]
            name = row["canonical_name"]
            bodies.append(
                Body(id=name, names=tuple(names), country=row["country"] or None, kind=row["kind"] or None, sector=row["sector"] or None)
            )
            if row.get("parent"):
                relations.append(BodyRelation(lower=name, upper=row["parent"]))
    return tuple(bodies), tuple(relations)


def sample_lines(hide_item: bool = False) -> list[Line]:
    """True lines of the sample inbox: evidence as text, without need."""
    folder = SAMPLE
    sent = {row["file"]: moment(row["sent_at"]) for row in rows(folder / "messages.jsonl")}
    return [
        Line(
            id=row["id"],
            kind=row["kind"],
            message=row["message"],
            sent_at=sent[row["message"]],
            category=row["category"],
            item="" if hide_item else row["item"],
            evidence=" ".join(row["evidence"]),
            quantity=amount(row["quantity"]),
            unit=row["unit"],
            beneficiary=row["beneficiary"],
            provider=row["provider"],
            sent_by=row["sent_by"],
            needed_by=day(row["needed_by"]),
            reference=row["reference"],
            language=row["language"],
            channel=row["channel"],
            conditions=tuple(row["conditions"]),
        )
        for row in rows(folder / "truth.jsonl")
    ]


def linking_lines(hide_item: bool = False, folder: Path = LINKING) -> list[Line]:
    """The hand-written set. It has no message ids: lines of one sender, day and thread (or letter number) stand in one message."""
    return [
        Line(
            id=row["id"],
            kind=row["kind"],
            message=_message(row),
            sent_at=moment(row["sent_at"]),
            category=row["category"],
            item="" if hide_item else row["item"],
            evidence=row["text"],
            quantity=amount(row["quantity"]),
            unit=row["unit"],
            beneficiary=row["beneficiary"],
            sent_by=row["sent_by"],
            needed_by=day(row["needed_by"]),
            reference=row["reference"],
            threads=(row["thread"],) if row["thread"] else (),
            subject=row["subject"] or "",
            language=row["language"],
            place=row["place"],
        )
        for row in rows(folder / "lines.jsonl")
    ]


def _message(row: dict[str, Any]) -> str:
    same = row["thread"] or row["reference"]
    return f"{row['sent_by']} {row['sent_at']} {same}" if same else row["id"]


def noisy(lines: Iterable[Line], seed: int) -> list[Line]:
    """Lines as an extractor hands them on: the item is the evidence's own words, fields go missing or wrong at the rates named here."""
    chance = random.Random(seed)
    lines = list(lines)
    categories = sorted({line.category for line in lines if line.category})
    found = []
    for line in lines:
        changed = replace(line, item="", additional=None)
        if chance.random() < 0.08:
            changed = replace(changed, category=chance.choice(categories))
        if chance.random() < 0.10:
            changed = replace(changed, quantity=None)
        elif chance.random() < 0.03 and changed.quantity is not None:
            changed = replace(changed, quantity=Decimal(chance.randint(1, 60)))
        if chance.random() < 0.15:
            changed = replace(changed, unit=None)
        if line.kind != "offer" and chance.random() < 0.15:
            changed = replace(changed, beneficiary=chance.choice([None, line.sent_by]))
        if line.kind == "offer" and chance.random() < 0.15:
            changed = replace(changed, provider=chance.choice([None, line.sent_by]))
        if chance.random() < 0.10:
            changed = replace(changed, sent_by=None)
        found.append(changed)
    return found


def unlisted(lines: Iterable[Line], bodies: Sequence[Body], seed: int, share: float = 0.2) -> tuple[list[Line], frozenset[str]]:
    """Lines as they are read where a share of the bodies is in no register: each then goes by one of its names, in whatever language.

    Also returns the ids of those bodies, so that they can be left out of the register.
    """
    chance = random.Random(seed)
    missing = {body.id: body.names for body in bodies if chance.random() < share}

    def called(body: str | None) -> str | None:
        if body not in missing:
            return body
        name = chance.choice((body, *missing[body]))
        return anyascii(name) if chance.random() < 0.6 else name

    found = []
    for line in lines:
        own = line.sent_by == line.beneficiary
        sender = called(line.sent_by)
        found.append(replace(line, beneficiary=sender if own else called(line.beneficiary), provider=called(line.provider), sent_by=sender))
    return found, frozenset(missing)
