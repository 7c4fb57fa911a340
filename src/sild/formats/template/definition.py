"""What the template is, read from words.yaml and categories.yaml: sheets, columns, lists, and every sentence in four languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal

import yaml

Words = Mapping[str, str]
"""The same words by language."""

ColumnKind = Literal["text", "number", "day", "choice", "open"]
Side = Literal["request", "offer"]
_DASHES = str.maketrans("‐‑‒–—−’ʼ`´", "------''''")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text as it is compared: no matter of case, spaces, dashes, apostrophes, and marks that Excel or a person adds behind a word."""
    told = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    return _SPACES.sub(" ", told).strip(" *:.;,")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: what its cells are, the list behind it ("" for none), whether it must be filled, how many signs it takes at most."""

    name: str
    kind: ColumnKind
    list: str
    must: frozenset[Side]
    most: int
    width: int
    heading: Words
    help: Words
    formerly: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One side of the template: its name and its columns in their order."""

    side: Side
    name: Words
    columns: tuple[Column, ...]


@dataclass(frozen=True, kw_only=True)
class Template:
    """A version of the template. `known` are the versions that are read; the file says which one it is of."""

    version: int
    known: tuple[int, ...]
    languages: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    answer: Column
    key: Column
    lists: Mapping[str, Mapping[str, Words]]
    words: Mapping[str, Any]

    def sheet(self, side: str) -> Sheet:
        """The sheet of a side."""
        return next(sheet for sheet in self.sheets if sheet.side == side)

    def language(self, wanted: str) -> str:
        """The language itself where the template speaks it, else English."""
        return wanted if wanted in self.languages else "en"

    def say(self, group: str, code: str, language: str, **told: Any) -> str:
        """A sentence (of `faults`, `outcomes`, `notes`) in a language."""
        said: str = self.words[group][code][self.language(language)]
        return said.format_map(told) if told else said

    def label(self, name: str, code: str, language: str) -> str:
        """What a list calls a code in a language; a code that it does not know stays as it is."""
        words = self.lists.get(name, {}).get(code)
        return words[self.language(language)] if words is not None else code

    def labels(self, name: str, language: str) -> list[str]:
        """The list as people see it."""
        return [self.label(name, code, language) for code in self.lists.get(name, {})]

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """List -> label in any language, or the code itself, as it is compared -> code."""
        return {
            name: {plain(word): code for code, words in entries.items() for word in (code, *words.values())}
            for name, entries in self.lists.items()
        }

    @cached_property
    def headings(self) -> Mapping[str, frozenset[str]]:
        """Column -> its headings in all languages and of earlier versions, as they are compared."""
        columns = {column.name: column for sheet in self.sheets for column in sheet.columns}
        every = (*columns.values(), self.answer, self.key)
        return {column.name: frozenset(map(plain, (*column.heading.values(), *column.formerly))) for column in every}

    @cached_property
    def explanations(self) -> frozenset[str]:
        """What stands under the headings, in all languages, as it is compared."""
        columns = [column for sheet in self.sheets for column in sheet.columns]
        return frozenset(plain(words) for column in (*columns, self.answer, self.key) for words in column.help.values())


def _read() -> Template:
    folder = files("sild.formats.template")
    told = yaml.safe_load((folder / "words.yaml").read_text(encoding="utf-8"))
    categories = yaml.safe_load((folder / "categories.yaml").read_text(encoding="utf-8"))
    columns = {name: _column(name, entry) for name, entry in told["columns"].items()}
    return Template(
        version=told["version"],
        known=tuple(told["known"]),
        languages=tuple(told["languages"]),
        sheets=tuple(
            Sheet(side=entry["side"], name=entry["name"], columns=tuple(columns[name] for name in entry["columns"]))
            for entry in told["sheets"]
        ),
        answer=_column("answer", {"kind": "text", "width": 60, **told["answer"]}),
        key=_column("key", {"kind": "text", "width": 4, **told["key"]}),
        lists={"category": categories, **told["lists"]},
        words=told,
    )


def _column(name: str, entry: Mapping[str, Any]) -> Column:
    least = entry.get("least", {})
    sides: tuple[Side, ...] = ("request", "offer")
    return Column(
        name=name,
        kind=entry["kind"],
        list=entry.get("list", ""),
        must=frozenset(side for side in sides if (least if isinstance(least, int) else least.get(side, 0))),
        most=entry.get("most", 300),
        width=entry["width"],
        heading=entry["heading"],
        help=entry["help"],
        formerly=tuple(entry.get("formerly", ())),
    )


TEMPLATE = _read()
"""The template as it is given out today."""
