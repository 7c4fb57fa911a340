"""The lines of a register as columns, and the plan by which a whole register is relinked by its fields alone.

Fields are compared as they were read; texts are not understood here, and lines of two languages meet by their other fields. What needs
the words (purposes, cues, relations) is `sild.cores.linkage.link`. Needs and offers never mix; what people ruled always wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from sild.cores.linkage.columns.estimate import Drawing, estimate
from sild.cores.linkage.columns.joining import RowPair
from sild.cores.linkage.columns.levels import Comparison
from sild.cores.linkage.columns.model import Model, Plan
from sild.cores.linkage.columns.relinking import Relinked, score, settle
from sild.cores.linkage.columns.table import Table, numbers, sets, table, texts
from sild.cores.linkage.method.folding import reference_key, words
from sild.cores.linkage.problem import Body, Judgement, Line

ERROR = 0.05  # share of joined pairs that may be wrong: clusters chain, so that more would run whole bodies together
PLAN = Plan(
    comparisons=(
        Comparison("body", "body", "jaro-winkler", (0.94, 0.85), frequency=True),
        Comparison("item", "item", "jaro-winkler", (0.92, 0.8), frequency=True),
        Comparison("category", "category", frequency=True),
        Comparison("quantity", "quantity", "ratio", (0.15, 0.5), frequency=True),
        Comparison("sent", "sent", "apart", (30, 120)),
        Comparison("reference", "reference", "levenshtein", (1,)),
        Comparison("place", "place", frequency=True),
        Comparison("deadline", "deadline", "apart", (7,)),
        Comparison("threads", "threads", "overlap", (1,)),
    ),
    rules=(
        ("side", "body", "category"),
        ("side", "body", "quantity"),
        ("side", "reference"),
        ("side", "threads", "category"),
        ("side", "category", "quantity", "place"),
    ),
)


@dataclass(frozen=True, slots=True)
class Register:
    """A relinked register: its rows, the model they were scored by, what was found, and for each line the first line of its cluster."""

    rows: Table
    model: Model
    found: Relinked
    first: dict[str, str]


def table_of(lines: Iterable[Line], bodies: Iterable[Body] = ()) -> Table:
    """The fields of lines that are requests, offers or change one; questions are left out. Days are counted from the year 1.

    A body that a line calls by one of its names stands there by its id, where no other body bears that name too.
    """
    told = [line for line in lines if line.kind != "question"]
    named = _named(bodies)
    offers = [line.kind == "offer" or line.provider is not None for line in told]
    return table(
        [line.id for line in told],
        {
            "side": texts("offer" if offer else "need" for offer in offers),
            "body": texts(named(line.provider if offer else line.beneficiary) for line, offer in zip(told, offers, strict=True)),
            "item": texts(_folded(line.item or line.evidence) for line in told),
            "category": texts(line.category for line in told),
            "quantity": numbers(None if line.quantity is None else float(line.quantity) for line in told),
            "sent": numbers(None if line.sent_at is None else float(line.sent_at.toordinal()) for line in told),
            "reference": texts(reference_key(line.reference or "") for line in told),
            "place": texts(_folded(line.place) for line in told),
            "deadline": numbers(None if line.needed_by is None else float(line.needed_by.toordinal()) for line in told),
            "threads": sets(line.threads for line in told),
        },
    )


def _named(bodies: Iterable[Body]) -> Callable[[str | None], str]:
    """What a body is called in the table, by how a line calls it."""
    bearing: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        for name in (body.id, *body.names):
            bearing[_folded(name)].add(_folded(body.id))
    known = {name: next(iter(ids)) for name, ids in bearing.items() if len(ids) == 1}

    @cache
    def called(name: str | None) -> str:
        return known.get(_folded(name), _folded(name))

    return called


def _folded(text: str | None) -> str:
    return " ".join(words(text or ""))


def relink(
    lines: Sequence[Line],
    judgements: Iterable[Judgement] = (),
    bodies: Iterable[Body] = (),
    error: float = ERROR,
    drawing: Drawing | None = None,
) -> Register:
    """Relink a register; of the pairs at and above the bar a share `error` is expected to be wrong. The order of lines changes nothing."""
    rows = table_of(lines, bodies)
    model = estimate(rows, PLAN, drawing)
    place = {name: row for row, name in enumerate(rows.ids)}
    together: list[RowPair] = []
    apart: list[RowPair] = []
    for judgement in judgements:
        if judgement.line_a in place and judgement.line_b in place:
            (together if judgement.relation.joins else apart).append((place[judgement.line_a], place[judgement.line_b]))
    found = settle(rows, score(rows, model), error, together, apart)
    return Register(
        rows, model, found, {name: rows.ids[int(first)] for name, first in zip(rows.ids, np.asarray(found.labels), strict=True)}
    )
