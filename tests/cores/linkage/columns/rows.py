"""Small tables for the tests: few values, so that rows agree, miss and tie often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from sild.cores.linkage.columns import Comparison, Plan, Table, numbers, sets, table, texts

Row = dict[str, Any]

NAMES = ("Uman City Hospital No. 3", "Uman City Hospital No. 5", "Uman Cty Hospital No. 3", "Korosten Water Utility", "Ніжинська школа № 7")
PLAN = Plan(
    comparisons=(
        Comparison("name", "name", "jaro-winkler", (0.97, 0.85), frequency=True),
        Comparison("reference", "reference", "levenshtein", (1, 2)),
        Comparison("thing", "thing", frequency=True),
        Comparison("amount", "amount", "ratio", (0.15, 0.5)),
        Comparison("day", "day", "apart", (3, 30)),
        Comparison("threads", "threads", "overlap", (2, 1)),
    ),
    rules=(("name", "thing"), ("threads",), ("thing", "amount"), ("reference",)),
)


def table_of(rows: Sequence[Row]) -> Table:
    """A table of rows that are told as dictionaries."""
    return table(
        [row["id"] for row in rows],
        {
            "name": texts(row["name"] for row in rows),
            "reference": texts(row["reference"] for row in rows),
            "thing": texts(row["thing"] for row in rows),
            "amount": numbers(row["amount"] for row in rows),
            "day": numbers(row["day"] for row in rows),
            "threads": sets(row["threads"] for row in rows),
            "source": texts(row["source"] for row in rows),
        },
    )


@st.composite
def rows(draw: st.DrawFn, least: int = 1, most: int = 14) -> list[Row]:
    """Rows with ids that are not in order."""
    ids = draw(st.lists(st.integers(0, 999), min_size=least, max_size=most, unique=True))
    return [
        {
            "id": f"row-{number}",
            "name": draw(st.sampled_from([None, *NAMES])),
            "reference": draw(st.sampled_from([None, "12/345", "12/346", "07-1"])),
            "thing": draw(st.sampled_from([None, "switch", "laptop"])),
            "amount": draw(st.sampled_from([None, 0, 1, 14, 15, 60])),
            "day": draw(st.sampled_from([None, 0, 3, 40])),
            "threads": draw(st.sets(st.sampled_from(["t1", "t2", "t3"]))),
            "source": draw(st.sampled_from(["a", "b"])),
        }
        for number in ids
    ]
