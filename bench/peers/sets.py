"""The sets that programs are compared on, told the same way to each: columns, truth, comparisons, rules.

The real sets are read from the data folder beside the checkout; a set that is absent there is None. The registers are generated.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

import registers
from sild.cores.linkage.columns import Comparison, Plan
from sild.cores.linkage.columns.blocking import Rule

Words = Sequence[str | None]
Values = dict[str, Words | NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Told:
    """A set: `columns` of words (None unknown) or numbers (NaN unknown), the need of each row, and what to compare.

    `train` are the rules over whose pairs a program may train, by place in the plan; `sure` are keys that hardly two needs share, for
    a program that asks how many pairs are of one need.
    """

    name: str
    columns: Values
    truth: NDArray[np.int64]
    plan: Plan
    sure: tuple[Rule, ...]
    train: tuple[int, ...] = (0, 1)

    def __len__(self) -> int:
        return len(self.truth)

    def true_pairs(self) -> int:
        """Pairs of one need; between two sources only those across."""
        whole = _paired(self.truth)
        if self.plan.across is None:
            return whole
        sources = np.unique(np.array(self.columns[self.plan.across]), return_inverse=True)[1]
        return whole - _paired(self.truth * 2 + sources)


def _paired(keys: NDArray[np.int64]) -> int:
    sizes = np.unique(keys, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def _coded(values: Sequence[str]) -> NDArray[np.int64]:
    return np.unique(np.array(values, dtype=object).astype(str), return_inverse=True)[1].astype(np.int64)


def _csv(path: Path) -> dict[str, list[str | None]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [{name.strip(): (value or "").strip() or None for name, value in row.items()} for row in csv.DictReader(lines)]
    return {name: [row[name] for row in rows] for name in rows[0]}


FEBRL = Plan(
    comparisons=(
        Comparison("given_name", "given_name", "jaro-winkler", (0.92, 0.8), frequency=True),
        Comparison("surname", "surname", "jaro-winkler", (0.92, 0.8), frequency=True),
        Comparison("date_of_birth", "date_of_birth", "levenshtein", (1, 2)),
        Comparison("soc_sec_id", "soc_sec_id", "levenshtein", (1, 2)),
        Comparison("postcode", "postcode", "levenshtein", (1,)),
        Comparison("street_number", "street_number", "levenshtein", (1,)),
        Comparison("address_1", "address_1", "jaro-winkler", (0.9,)),
        Comparison("suburb", "suburb", "jaro-winkler", (0.9,)),
    ),
    rules=(("given_name", "surname"), ("date_of_birth",), ("soc_sec_id",), ("surname", "postcode"), ("given_name", "postcode")),
)


def _febrl(data: Path, *names: str) -> Told:
    parts = [_csv(data / "er_febrl" / f"dataset{name}.csv") for name in names]
    columns: Values = {column: [value for part in parts for value in part[column]] for column in parts[0]}
    truth = _coded([str(name).split("-")[1] for name in columns["rec_id"]])
    plan = FEBRL
    if len(parts) > 1:
        columns["source"] = [name for name, part in zip(names, parts, strict=True) for _ in part["rec_id"]]
        plan = Plan(FEBRL.comparisons, FEBRL.rules, across="source")
    return Told(f"febrl {' + '.join(names)}", columns, truth, plan, (("given_name", "surname", "date_of_birth"), ("soc_sec_id",)))


def _fake_1000(data: Path) -> Told:
    columns: Values = dict(_csv(data / "er_splink" / "data" / "fake_1000.csv"))
    plan = Plan(
        comparisons=(
            Comparison("first_name", "first_name", "jaro-winkler", (0.92, 0.8), frequency=True),
            Comparison("surname", "surname", "jaro-winkler", (0.92, 0.8), frequency=True),
            Comparison("dob", "dob", "levenshtein", (1, 2)),
            Comparison("city", "city", frequency=True),
            Comparison("email", "email", "levenshtein", (2,)),
        ),
        rules=(("first_name",), ("surname",), ("dob",), ("email",)),
    )
    return Told(
        "splink fake 1000",
        columns,
        _coded([str(one) for one in columns["cluster"]]),
        plan,
        (("first_name", "surname", "dob"), ("email",)),
        train=(2, 0),
    )


def _parquet(path: Path) -> dict[str, list[str | None]]:
    import pandas  # noqa: PLC0415 - only the peers' environment has it, and only these sets need it

    frame = pandas.read_parquet(path)
    return {name: [None if value is None or value != value else str(value) for value in frame[name]] for name in frame}


def _historical(data: Path) -> Told:
    columns: Values = dict(_parquet(data / "er_splink" / "data" / "historical_figures_with_errors_50k.parquet"))
    plan = Plan(
        comparisons=(
            Comparison("first_name", "first_name", "jaro-winkler", (0.92, 0.8), frequency=True),
            Comparison("surname", "surname", "jaro-winkler", (0.92, 0.8), frequency=True),
            Comparison("dob", "dob", "levenshtein", (1, 2)),
            Comparison("postcode_fake", "postcode_fake", "levenshtein", (1, 2)),
            Comparison("birth_place", "birth_place", frequency=True),
            Comparison("occupation", "occupation", frequency=True),
        ),
        rules=(("first_name", "surname"), ("dob",), ("postcode_fake",)),
    )
    return Told(
        "splink historical 50k",
        columns,
        _coded([str(one) for one in columns["cluster"]]),
        plan,
        (("first_name", "surname", "dob"), ("dob", "postcode_fake")),
        train=(0, 1),
    )


def _transactions(data: Path) -> Told:
    sides = [_parquet(data / "er_splink" / "data" / f"transactions_{side}.parquet") for side in ("origin", "destination")]
    both: dict[str, list[str | None]] = {name: [value for side in sides for value in side[name]] for name in sides[0]}
    amount = np.array([float(value or "nan") for value in both["amount"]])
    day = np.array([value and value[:10] for value in both["transaction_date"]], dtype="datetime64[D]").astype(np.float64)
    columns: Values = {
        "memo": both["memo"],
        "amount": amount,
        "day": day,
        "source": [side for side, part in zip(("origin", "destination"), sides, strict=True) for _ in part["memo"]],
        "fortnight": np.floor(day / 14),
        "later_fortnight": np.floor((day + 7) / 14),
        "about": np.rint(np.log(np.maximum(amount, 0.01)) / 0.04),
        "start": [value and value[:3] for value in both["memo"]],
    }
    plan = Plan(
        comparisons=(
            Comparison("memo", "memo", "levenshtein", (2, 6, 10)),
            Comparison("amount", "amount", "ratio", (0.01, 0.03, 0.1)),
            Comparison("day", "day", "apart", (1, 4, 10)),
        ),
        rules=(("fortnight", "about"), ("later_fortnight", "about"), ("fortnight", "start"), ("memo",)),
        across="source",
    )
    return Told(
        "splink transactions", columns, _coded([str(one) for one in both["ground_truth"]]), plan, (("memo", "about"),), train=(0, 3)
    )


REGISTER = Plan(
    comparisons=(
        Comparison("body", "body", "jaro-winkler", (0.94, 0.85), frequency=True),
        Comparison("item", "item", "jaro-winkler", (0.92, 0.8), frequency=True),
        Comparison("category", "category", frequency=True),
        Comparison("quantity", "quantity", "ratio", (0.15, 0.5), frequency=True),
        Comparison("day", "day", "apart", (30, 120)),
        Comparison("reference", "reference", "levenshtein", (1,)),
        Comparison("place", "place", frequency=True),
        Comparison("purpose", "purpose", frequency=True),
        Comparison("needed_by", "needed_by", "apart", (7,)),
    ),
    rules=(("body", "category"), ("body", "quantity"), ("reference",), ("thread", "category"), ("category", "quantity", "place")),
)


SURE: tuple[Rule, ...] = (("body", "category", "quantity", "purpose"), ("reference",))


def register(lines: int, seed: int) -> Told:
    """A generated register; words are folded to Latin letters, as linking folds them, so that all programs compare the same letters."""
    made = registers.generate(lines, seed)
    columns: Values = {}
    for name in ("body", "item", "category", "reference", "place", "purpose"):
        told = made.words[name]
        words = [*(anyascii(word).lower() for word in told.words), None]
        columns[name] = [words[code] for code in told.codes.tolist()]
    for name in ("quantity", "day", "needed_by", "thread"):
        values = made.numbers[name].astype(np.float64)
        columns[name] = np.where(values < 0, np.nan, values)
    return Told(f"register of {lines:,}", columns, made.numbers["need"].astype(np.int64), REGISTER, SURE, train=(0, 2))


REAL: dict[str, tuple[str, Callable[[Path], Told]]] = {
    "febrl1": ("er_febrl", lambda data: _febrl(data, "1")),
    "febrl2": ("er_febrl", lambda data: _febrl(data, "2")),
    "febrl3": ("er_febrl", lambda data: _febrl(data, "3")),
    "febrl4": ("er_febrl", lambda data: _febrl(data, "4a", "4b")),
    "fake1000": ("er_splink", _fake_1000),
    "historical": ("er_splink", _historical),
    "transactions": ("er_splink", _transactions),
}


def load(name: str, data: Path, seed: int) -> Told | None:
    """A set by its name: one of `REAL`, or the number of lines of a register. None where its folder is absent."""
    if name.isdigit():
        told = register(int(name), seed)
    else:
        folder, read = REAL[name]
        if not (data / folder).is_dir():
            return None
        told = read(data)
    used = {one.column for one in told.plan.comparisons} | {name for rule in told.plan.rules for name in rule} | {told.plan.across}
    return replace(told, columns={column: values for column, values in told.columns.items() if column in used})
