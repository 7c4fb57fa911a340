"""Which column of a table holds what: by the words of its heading in any language and order, and by what stands in its cells.

One heading that nobody knows does not void the others: a column without a known heading is judged by its cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.quantities import read_quantity_cell
from sild.cores.extraction.fields.units import find_units
from sild.cores.extraction.fields.urgency import find_urgency
from sild.cores.extraction.method.givers import GIVERS
from sild.cores.extraction.method.lexicons import book
from sild.cores.extraction.method.mentions import mentions
from sild.cores.extraction.method.named_bodies import RECIPIENT
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.method.words import words_of

SMALL_ROLES = frozenset(("item", "quantity", "unit", "body", "provider"))
_HEADING_WORDS = 7
_HEADING_SEARCH = 12
_SAMPLE = 60
_MOST = 0.6
_COVERED = 0.34
_LONGEST_NUMBER = 40
_LONGEST_NAME = 120
_RANKS = 5  # priorities run from 1 to this
_ANY_DAY = date(2000, 1, 1)  # only whether a cell holds a day is asked, not which
_PLAIN = re.compile(r"^\W*(\d{1,4})\W*$")
_CODE = re.compile(r"^[^\W\d_]{1,5}[-–/ .]{1,2}\d{1,5}$")
_LETTER = re.compile(r"^[A-DА-ГІ]\W?$", re.IGNORECASE)


@dataclass(slots=True)
class Columns:
    """Which column holds what; `head` is the index of the heading row among the table's rows, -1 where the table has none.

    `headings`: the words at the head of each column; `told`: whether a heading, not only the cells, says which column holds the things.
    """

    roles: dict[str, int] = field(default_factory=dict)
    head: int = -1
    headings: dict[int, str] = field(default_factory=dict)
    told: bool = False

    def text(self, passage: Passage, role: str) -> str:
        """The cell of that role, "" where the row has none."""
        column = self.roles.get(role)
        return next((cell.text for cell in passage.block.cells if cell.column == column), "") if column is not None else ""

    def heading(self, role: str) -> str:
        """The words at the head of that role's column, "" where it has none."""
        column = self.roles.get(role)
        return self.headings.get(column, "") if column is not None else ""


@dataclass(slots=True)
class _Profile:
    """What stands in a column: how many cells of each sort, and its plain numbers in order."""

    filled: int = 0
    sorts: dict[str, int] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    letters: int = 0

    def share(self, sort: str) -> float:
        """How much of the column's filled cells are of that sort."""
        return self.sorts.get(sort, 0) / self.filled if self.filled else 0.0

    @property
    def running(self) -> bool:
        """Whether the cells count their rows."""
        return len(self.numbers) > 1 and self.numbers == list(range(self.numbers[0], self.numbers[0] + len(self.numbers)))


def find_columns(rows: Sequence[Passage]) -> Columns:
    """The heading row, found by its words among the first rows, and the roles that only the cells tell."""
    best = Columns()
    for index, row in enumerate(rows[:_HEADING_SEARCH]):
        roles = {} if any(_is_number(cell.text) for cell in row.block.cells) else roles_of(row)
        if _worth(roles) > _worth(best.roles):
            best = Columns(roles, index, {cell.column: cell.text for cell in row.block.cells})
    profiles = _profiles(rows[best.head + 1 :])
    told = len(best.roles) >= 2 or (len(best.roles) == 1 and _is_heading(rows[best.head], profiles))
    if not (told and SMALL_ROLES & best.roles.keys()):
        best = Columns()
        profiles = _profiles(rows)
    best.told = "item" in best.roles
    _doubt(best, profiles)
    _fill(best, profiles)
    return best


def _is_number(text: str) -> bool:
    """Whether a cell is a bare number, as no heading is; a year may be one."""
    plain = _PLAIN.match(text)
    return plain is not None and not (len(plain.group(1)) == len("2000") and plain.group(1).startswith("20"))


def _worth(roles: dict[str, int]) -> float:
    return len(SMALL_ROLES & roles.keys()) + 0.5 * len(roles)


def _is_heading(row: Passage, profiles: dict[int, _Profile]) -> bool:
    """Whether a row with one known heading stands over a table: short words without numbers, numbers below."""
    cells = row.block.cells
    short = all(len(words_of(cell.text).words) <= _HEADING_WORDS and not any(c.isdigit() for c in cell.text) for cell in cells)
    return len(cells) > 1 and short and any(profile.share("quantity") >= _MOST for profile in profiles.values())


@lru_cache(maxsize=2048)
def role_of(text: str) -> tuple[str, float] | None:
    """What a heading announces, with how much of its words say so; None where they say nothing known."""
    words = words_of(text)
    if not words.words or len(words.words) > _HEADING_WORDS or any(c.isdigit() for c in text):
        return None
    hits = book("tables").find_in(words)
    if not hits:
        return None
    weighed: dict[str, float] = {}
    for hit in hits:
        weighed[hit.key] = weighed.get(hit.key, 0.0) + (hit.after - hit.first) - 0.1 * hit.first
    score = sum(hit.after - hit.first for hit in hits) / len(words.words)
    return (max(weighed, key=lambda name: weighed[name]), score) if score >= _COVERED else None


def roles_of(row: Passage) -> dict[str, int]:
    """The roles that the cells of a row announce as headings; of two for one role the plainer one.

    Of two columns of bodies the one of those in need is the body's, the other ("applicant", "region") is its `applicant`.
    """
    roles: dict[str, tuple[float, int]] = {}
    bodies: list[tuple[bool, int]] = []
    for cell in row.block.cells:
        found = role_of(cell.text)
        if found is None:
            continue
        if found[0] == "body":
            bodies.append((bool(book("rows", "in_need").find_in(words_of(cell.text))), cell.column))
        if found[0] not in roles or found[1] > roles[found[0]][0]:
            roles[found[0]] = (found[1], cell.column)
    told = {role: column for role, (_, column) in roles.items()}
    if len(bodies) == len({"body", "applicant"}) and {needy for needy, _ in bodies} == {True, False}:
        told["body"], told["applicant"] = (column for _, column in sorted(bodies, reverse=True))
    return told


def _profiles(rows: Sequence[Passage]) -> dict[int, _Profile]:
    profiles: dict[int, _Profile] = {}
    for row in rows[:_SAMPLE]:
        if is_total(row) or len(row.block.cells) < 2:
            continue
        for cell in row.block.cells:
            profile = profiles.setdefault(cell.column, _Profile())
            profile.filled += 1
            profile.letters += sum(c.isalpha() for c in cell.text[:_LONGEST_NAME])
            plain = _PLAIN.match(cell.text)
            if plain is not None:
                profile.numbers.append(int(plain.group(1)))
            for sort in _sorts(cell.text):
                profile.sorts[sort] = profile.sorts.get(sort, 0) + 1
    return profiles


@lru_cache(maxsize=4096)
def _sorts(text: str) -> tuple[str, ...]:
    """What a cell may hold: several sorts where its words allow them."""
    if len(text) > _LONGEST_NUMBER:
        return ("item",) if _names_item(text) else ()
    found: list[str] = []
    if find_money(text):
        found.append("value")
    elif any(day.precision != "relative" for day in find_dates(text, _ANY_DAY)) and _PLAIN.match(text) is None:
        found.append("date")
    elif is_count(text):
        found.append("quantity")
    if _CODE.match(text):
        found.append("number")
    if not any(c.isdigit() for c in text):
        if len(words_of(text).words) <= 2 and not _names_item(text) and {hit.key.unit_class for hit in find_units(text)} - {"place"}:
            found.append("unit")
        if _LETTER.match(text) or (len(words_of(text).words) <= 3 and find_urgency(text) is not None):
            found.append("priority")
    if _names_item(text):
        found.append("item")
    return tuple(found)


def _names_item(text: str) -> bool:
    return any(m.item.category for m in mentions(text))


@lru_cache(maxsize=4096)
def is_count(text: str) -> bool:
    """Whether a cell holds a number, in digits or words, and little else."""
    if not text.strip() or len(text) > _LONGEST_NUMBER or len(words_of(text).words) > 5:
        return False
    if _PLAIN.match(text) is not None:
        return True
    if any(c.isdigit() for c in text):
        return _CODE.match(text) is None and read_quantity_cell(text) is not None
    return len(words_of(text).words) <= 3 and read_quantity_cell(text) is not None


def _doubt(columns: Columns, profiles: dict[int, _Profile]) -> None:
    """Headings that their own cells belie: a "No." that does not count the rows, a quantity without one number."""
    number, quantity = columns.roles.get("number"), columns.roles.get("quantity")
    if quantity is not None and quantity in profiles and profiles[quantity].filled > 1 and not profiles[quantity].share("quantity"):
        others = [p for column, p in profiles.items() if column not in columns.roles.values()]
        if any(p.share("quantity") >= _MOST and not p.running for p in others):
            del columns.roles["quantity"]
            quantity = None
    if number is not None and "item" not in columns.roles and number in profiles and profiles[number].share("item") >= _MOST:
        columns.roles["item"] = columns.roles.pop("number")  # a "position" may be a row's number, or what stands in it
        number = None
    if quantity is None and number is not None and number in profiles:
        profile = profiles[number]
        others = [p for column, p in profiles.items() if column not in columns.roles.values() and p.share("quantity") >= _MOST]
        if profile.share("quantity") >= _MOST and not profile.running and not others:
            columns.roles["quantity"] = columns.roles.pop("number")


def _fill(columns: Columns, profiles: dict[int, _Profile]) -> None:
    """Give the columns without a known heading the role that their cells tell."""
    left = {column: profile for column, profile in sorted(profiles.items()) if column not in columns.roles.values() and profile.filled}
    for column in [c for c in left if book("rows", "closed", "had").find_in(words_of(columns.headings.get(c, "")))]:
        del left[column]
    first = min(profiles, default=0)
    if "number" not in columns.roles and first in left and (left[first].running or left[first].share("number") >= _MOST) and len(left) > 1:
        columns.roles["number"] = first
        del left[first]
    if "item" not in columns.roles:
        _take_item(columns, left)
    if "item" not in columns.roles:
        return
    _take_description(columns, profiles, left)
    _take(columns, left, "quantity")
    for role in ("date", "unit", "value", "priority"):
        _take(columns, left, role)
    ranks = [c for c, p in left.items() if p.numbers and len(p.numbers) == p.filled > 2 and max(p.numbers) <= _RANKS]
    if "priority" not in columns.roles and "quantity" in columns.roles and ranks:
        columns.roles["priority"] = ranks[0]


def _take_item(columns: Columns, left: dict[int, _Profile]) -> None:
    """The column that names most things; under known headings else the wordiest."""
    named = {c: p.sorts.get("item", 0) for c, p in left.items()}
    best = max(left, key=lambda c: (named[c], -c), default=None)
    if best is None or (not named[best] and columns.head < 0):
        return
    if not named[best]:
        best = max(left, key=lambda c: (left[c].letters, -c))
        if left[best].letters < 4 * left[best].filled or left[best].share("quantity") >= _MOST:
            return
    columns.roles["item"] = best
    del left[best]


def _take_description(columns: Columns, profiles: dict[int, _Profile], left: dict[int, _Profile]) -> None:
    """Where "Item" names only classes and "Description" the things, the description holds the things."""
    item = columns.roles["item"]
    described = [c for c, p in left.items() if (found := role_of(columns.headings.get(c, ""))) is not None and found[0] == "item"]
    named = profiles[item].sorts.get("item", 0) if item in profiles else 0
    best = max(described, key=lambda c: left[c].sorts.get("item", 0), default=None)
    if best is not None and left[best].sorts.get("item", 0) > named:
        columns.roles["item"] = best
        columns.roles.setdefault("category", item)
        del left[best]


def _take(columns: Columns, left: dict[int, _Profile], role: str) -> None:
    if role in columns.roles:
        return
    ranked = {c: p.share(role) for c, p in left.items() if p.share(role) >= (_MOST if columns.head >= 0 or role != "quantity" else 0.01)}
    if role == "quantity" and len(ranked) > 1:
        counting = {c: s for c, s in ranked.items() if not left[c].running and not _is_rank(left[c])}
        wanted = {c: s for c, s in ranked.items() if book("rows", "told").find_in(words_of(columns.headings.get(c, "")))}
        ranked = wanted or counting or ranked
    if not ranked:
        return
    best = max(ranked, key=lambda c: (round(ranked[c], 2), left[c].filled, -c))
    columns.roles[role] = best
    del left[best]


def _is_rank(profile: _Profile) -> bool:
    """Whether a column holds only 1, 2, 3, as priorities do."""
    return bool(profile.numbers) and len(profile.numbers) == profile.filled and max(profile.numbers) <= 3


def is_total(row: Passage) -> bool:
    """Whether the row sums up others."""
    for cell in row.block.cells[:3]:
        words = words_of(cell.text)
        hits = book("rows", "total").find_in(words)
        if hits and (hits[0].first == 0 or len(words.words) <= 3):
            return True
    return False


def unit_in_heading(heading: str) -> str:
    """The unit that the heading of the quantity column names ("Volume (TB)", "Кількість, осіб"), "" where it names none."""
    units = [hit for hit in find_units(heading) if hit.key.unit_class != "generic"]
    return heading[units[-1].start : units[-1].end] if units else ""


def find_body_column(rows: Sequence[Passage], columns: Columns, whose: Whose) -> None:
    """A column whose cells name bodies is theirs, whatever its heading says; givers and recipients are told apart by who they are."""
    below = rows[columns.head + 1 :]
    _swap_parties(below, columns, whose)
    if {"body", "provider"} & columns.roles.keys():
        return
    taken = {column for role, column in columns.roles.items() if role in ("item", "quantity", "unit", "value", "number")}
    named: dict[int, list[str | None]] = {}
    for row in below[:80]:
        for cell in row.block.cells:
            if cell.column not in taken and len(cell.text) <= _LONGEST_NAME:
                known = [body for body in whose.in_text(cell.text) if body.known or body.kind in GIVERS]
                if known:
                    named.setdefault(cell.column, []).append(known[0].kind)
    if not named:
        return
    column = max(named, key=lambda c: (len(named[c]), -c))
    filled = sum(any(cell.column == column for cell in row.block.cells) for row in below)
    if len(named[column]) * 2 >= filled:
        givers = sum(kind in GIVERS for kind in named[column])
        for role in [role for role, at in columns.roles.items() if at == column]:
            del columns.roles[role]
        columns.roles["provider" if givers * 2 > len(named[column]) else "body"] = column


def _swap_parties(below: Sequence[Passage], columns: Columns, whose: Whose) -> None:
    """A "partner" or "party" column that names only recipients is theirs; an "agency" column that names only givers is the givers'."""
    held = {"body", "provider"} & columns.roles.keys()
    if len(held) != 1:
        return
    role = held.pop()
    bodies = [whose.cell(text) for row in below[:_SAMPLE] if (text := columns.text(row, role))]
    kinds = {body.kind for body in bodies if body is not None and body.known}
    if role == "provider" and kinds == {RECIPIENT}:
        columns.roles["body"] = columns.roles.pop("provider")
    elif role == "body" and kinds and kinds <= GIVERS and kinds != {"international"}:
        columns.roles["provider"] = columns.roles.pop("body")
