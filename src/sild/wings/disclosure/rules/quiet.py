"""What a report tells of a contribution, by how its giver wants it shown: one rule for every audience, the two sides too. Pure.

A paper travels further than those who may read it on the desk. So a report is made from a view in which the rule was kept already: what is
not told stands in no row, no sum, no light and no change, and nobody gets at it by subtracting one figure from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sild.wings.disclosure.rules.merging import Row, View

Shown = Mapping[str, Mapping[str, str]]
"""By section and row how the contribution behind it is shown; a row that is not there is told whole."""

WHO_GIVES: Row = {"giver": "", "provider": "", "jurisdiction": "", "authority": "", "source": ""}
"""A licence's jurisdiction and the source of money name the giver as well as its name does."""
_WHAT: Row = dict.fromkeys(("need", "title", "category", "unit"), "")
_HOW_MUCH: Row = dict.fromkeys(("proposed", "standing", "committed", "quantity", "arrived", "accepted", "disputed", "lost", "month"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is told: `without` what a row is left, and in which sections it stands at all (None: in all)."""

    without: Mapping[str, Any]
    sections: frozenset[str] | None


TOLD: Mapping[str, Telling] = {
    "named": Telling(without={}, sections=None),
    "amount-only": Telling(without=WHO_GIVES, sections=None),
    "anonymous": Telling(without=WHO_GIVES | _WHAT | _HOW_MUCH, sections=frozenset({"agreements", "consignments"})),
    "secret": Telling(without={}, sections=frozenset()),
}
"""The rule, from the openest to the quietest. The sections `pieces` and `lights` are what needs are counted from."""
_ORDER = tuple(TOLD)
COUNTED = ("spoken", "unmatched", "accepted", "disputed", "light")
"""What a report says of a need that is counted from contributions, and whose changes it tells."""


def quietest(ways: Iterable[str]) -> str:
    """The quietest of some ways; named where there is none."""
    return max(ways, key=_ORDER.index, default=_ORDER[0])


def quieted(view: View, shown: Shown) -> View:
    """The view as it may be told."""
    return {
        name: {key: told for key, row in section.items() if (told := _told(name, row, shown.get(name, {}).get(key))) is not None}
        for name, section in view.items()
    }


def quieted_since(facts: Mapping[str, Sequence[Row]], shown: Shown) -> dict[str, list[Row]]:
    """The facts of an earlier report as they may be compared with today's: without what has become quiet since, nor what counted it."""
    now = quieted({name: {row["id"]: row for row in rows} for name, rows in facts.items()}, shown)
    counted = {
        row["need"] for row in facts["agreements"] if row["standing"] is not None and not now["agreements"].get(row["id"], {}).get("need")
    }
    for need in counted & set(now["needs"]):
        now["needs"][need] = {name: value for name, value in now["needs"][need].items() if name not in COUNTED}
    return {name: list(section.values()) for name, section in now.items()}


def _told(section: str, row: Row, way: str | None) -> Row | None:
    if way is None:
        return row
    rule = TOLD[way]
    if rule.sections is not None and section not in rule.sections:
        return None
    return row | {name: value for name, value in rule.without.items() if name in row}
