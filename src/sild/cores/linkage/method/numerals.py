"""Numbers that a text writes in words, in the seven languages of the lexicon: "three is not enough", "чотири", "zweiundvierzig"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sild.cores.linkage.method.folding import words
from sild.cores.linkage.method.lexicon import read_data

LONGEST = 60  # letters of a word; no number is longer, and the ways to cut a word grow fast
SCORES = (4, 20)  # quatre-vingt: the one number of the seven languages whose parts multiply below a hundred


@dataclass(frozen=True, slots=True)
class _Tongue:
    values: Mapping[str, int]
    joins: frozenset[str]
    glued: re.Pattern[str] | None
    endings: tuple[str, ...] = ()


@cache
def _tongues() -> Mapping[str, _Tongue]:
    found = {}
    for language, table in read_data("numerals.yaml").items():
        values = {folded: int(value) for value, forms in table["values"].items() for form in forms for folded in words(form)}
        joins = frozenset(folded for word in table.get("joins", ()) for folded in words(word))
        longest_first = sorted([*values, *joins], key=lambda form: (-len(form), form))
        glued = re.compile("|".join(map(re.escape, longest_first))) if table.get("glued") else None
        found[language] = _Tongue(values, joins, glued, tuple(table.get("endings", ())))
    return found


@cache
def _of_any() -> _Tongue:
    """The forms that mean one number in every language that has them, for a text whose language is not known."""
    shy = {folded for table in read_data("numerals.yaml").values() for word in table.get("shy", ()) for folded in words(word)}
    told: dict[str, set[int]] = {}
    for tongue in _tongues().values():
        for form, value in tongue.values.items():
            told.setdefault(form, set()).add(value)
    return _Tongue({form: min(values) for form, values in told.items() if len(values) == 1 and form not in shy}, frozenset(), None)


def spelled(text: Sequence[str], language: str | None) -> frozenset[float]:
    """The numbers above one that the folded words write out. Costs time linear in the text."""
    tongue = _tongues().get(language or "") or _of_any()
    found: set[float] = set()
    run: list[int] = []
    for word in text:
        parts = _parts(word, language or "") if tongue.glued else None
        if word in tongue.values:
            parts = (tongue.values[word],)
        elif parts is None and (bare := next((word.removesuffix(end) for end in tongue.endings if word.endswith(end)), "")):
            parts = (tongue.values[bare],) if bare in tongue.values else _parts(bare, language or "")
        if parts:
            if run and not _goes_on(run, parts[0]):
                found.add(_sum(run))
                run = []
            run.extend(parts)
        elif not (run and word in tongue.joins):
            if run:
                found.add(_sum(run))
            run = []
    if run:
        found.add(_sum(run))
    return frozenset(number for number in found if number > 1)


@lru_cache(maxsize=16384)
def _parts(word: str, language: str) -> tuple[int, ...] | None:
    """The parts of a number written in one word; None where the word is none. German tells the ones before the tens."""
    tongue = _tongues()[language]
    if tongue.glued is None or not 4 <= len(word) <= LONGEST:
        return None
    at, parts = 0, list[int]()
    while at < len(word):
        met = tongue.glued.match(word, at)
        if met is None:
            return None
        at = met.end()
        if met.group() in tongue.values:
            value = tongue.values[met.group()]
            if parts and parts[-1] < 10 <= value < 100:
                parts[-1] += value
            else:
                parts.append(value)
    return tuple(parts) or None


def _goes_on(run: Sequence[int], value: int) -> bool:
    """Whether a part belongs to the number before it: smaller than its last part, or a hundred or thousand of it."""
    teens = 10 <= value < 20 and (run[-1] == 60 or tuple(run[-2:]) == SCORES)  # soixante-dix, quatre-vingt-onze
    return teens or value < _place(run[-1]) or value in (100, 1000) or (run[-1], value) == SCORES


def _place(value: int) -> int:
    """The largest number that may follow: ones after tens, anything below a hundred after a hundred."""
    return 1000 if value == 1000 else 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 0


def _sum(run: Sequence[int]) -> float:
    whole = part = 0
    for value in run:
        if value == 1000:
            whole, part = whole + max(part, 1) * 1000, 0
        elif value == 100:
            part = part - part % 100 + max(part % 100, 1) * 100
        elif value == SCORES[1] and part % 100 == SCORES[0]:
            part = part - SCORES[0] + 80
        else:
            part += value
    return float(whole + part)
