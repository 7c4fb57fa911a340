"""Papers of a licence case as data: what stands on a relay note, an end-use statement and a reminder, in each language.

What is not known is a blank that names itself; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date
from babel.languages import get_official_languages
from babel.numbers import format_currency, format_decimal

from sild.wings.clearance.rules.cases import Mover

Fact = Mapping[str, Any]
"""A known value: {"kind": text | territory | amount | money | list | party | days, "value": ...}, plain data, kept and compared."""


class PaperKind(StrEnum):
    """Which paper."""

    RELAY_NOTE = "relay-note"
    END_USE = "end-use-statement"
    REMINDER = "reminder"
    GIVER_REMINDER = "giver-reminder"


ENGLISH = "en"
LANGUAGES = ("uk", "en", "et", "pl")
"""The languages in which papers are written; each has its file."""

_SPOKEN_BESIDE = {"US": ("en",), "CA": ("en",), "FI": ("fi",)}
"""Official languages by custom or choice where the tables of Unicode name none, or several."""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a paper; `blank` where a person has to fill it."""

    text: str
    blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a paper in all its languages, one `Words` each: a heading, a labelled row or a paragraph."""

    kind: str
    labels: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as it is written: its titles by language, what it says of itself, its blocks, and the fields that nobody knows."""

    kind: PaperKind
    languages: tuple[str, ...]
    titles: tuple[str, ...]
    drafts: tuple[str, ...]
    blocks: tuple[Block, ...]
    unknown: tuple[str, ...]


@cache
def _told(name: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((Path(__file__).resolve().parent / f"{name}.yaml").read_text(encoding="utf-8"))
    return told


def language_of(jurisdiction: str) -> str:
    """The language in which an authority of a jurisdiction is written to, English where the papers do not have it."""
    for language in _SPOKEN_BESIDE.get(jurisdiction) or get_official_languages(jurisdiction):
        if language in LANGUAGES:
            return language
    return ENGLISH


def fields_of(kind: PaperKind) -> tuple[str, ...]:
    """The fields of a paper that records may tell, in their order: those that are always blank are left out."""
    never = set(_told("layout")["never"])
    parts = _told("layout")["papers"][kind]
    return tuple(name for part in parts for name in part.get("fields", ()) if name not in never)


REMINDS: Mapping[PaperKind, Mover] = {PaperKind.REMINDER: Mover.AUTHORITY, PaperKind.GIVER_REMINDER: Mover.GIVER}
"""Whom a reminder is for: it is made while the move is theirs."""


def papers_for(mover: Mover) -> tuple[PaperKind, ...]:
    """The papers that fit a case while the move is somebody's: reminders first, and of those the one for whoever moves."""
    reminders = [kind for kind, whose in REMINDS.items() if whose == mover]
    return (*reminders, *(kind for kind in PaperKind if kind not in REMINDS))


def written(kind: PaperKind, languages: tuple[str, ...], facts: Mapping[str, Fact], *, on: date, version: int) -> Paper:
    """The paper in its languages. A field without a fact is a blank in each of them."""
    blocks: list[Block] = []
    unknown: list[str] = []
    for part in _told("layout")["papers"][kind]:
        blocks.append(Block(kind="heading", words=tuple(Words(_told(one)["sections"][part["section"]]) for one in languages)))
        for name in part.get("texts", ()):
            blocks.append(Block(kind="text", words=tuple(Words(_told(one)["texts"][name]) for one in languages)))
        for name in part.get("fields", ()):
            fact = facts.get(name)
            if fact is None:
                unknown.append(name)
            labels = tuple(_told(one)["fields"][name] for one in languages)
            blocks.append(Block(kind="row", labels=labels, words=tuple(_value(name, fact, one) for one in languages)))
    return Paper(
        kind=kind,
        languages=languages,
        titles=tuple(_told(one)["titles"][kind] for one in languages),
        drafts=tuple(_told(one)["draft"].format(day=format_date(on, "d MMM y", locale=one), version=version) for one in languages),
        blocks=tuple(blocks),
        unknown=tuple(unknown),
    )


def _value(name: str, fact: Fact | None, language: str) -> Words:
    if fact is None:
        return Words(_told(language)["blank"].format(what=_told(language)["fields"][name]), blank=True)
    return Words(said(fact, language))


def said(fact: Fact, language: str) -> str:
    """A known value in the words of a language. What somebody wrote (a thing, a unit, a condition) stays as it was written."""
    value = fact["value"]
    match fact["kind"]:
        case "territory":
            return str(Locale.parse(language).territories.get(value, value))
        case "amount":
            return f"{format_decimal(Decimal(value['quantity']), locale=language)} {value['unit']}".strip()
        case "money":
            return format_currency(Decimal(value["amount"]), value["currency"], format="#,##0.00 ¤¤", locale=language)
        case "list":
            return "\n".join(f"– {one}" for one in value)
        case "days":
            return ", ".join(format_date(date.fromisoformat(one), "d MMM y", locale=language) for one in value) or "–"
        case "party":
            # the name on record first: the name in the reader's language is a help, not the identity
            there = value["names"].get(language, "")
            return f"{value['name']} ({there})" if there and there != value["name"] else str(value["name"])
    return str(value)


def changed_since(kept: Mapping[str, Fact], now: Mapping[str, Fact]) -> tuple[str, ...]:
    """The fields that are told differently now, by name: a paper that was made of the older facts is out of date in them."""
    return tuple(name for name in sorted({*kept, *now}) if kept.get(name) != now.get(name))
