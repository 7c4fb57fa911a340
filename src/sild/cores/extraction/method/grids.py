"""Tables that do not list one thing a row: things across and bodies down, bodies across and things down, and tables lying on their side.

Each filled cell becomes a line that shows the words of its heading and the cell with its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sild.cores.extraction.answer import LineKind
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.quantities import read_quantity_cell
from sild.cores.extraction.method.amounts import meant_once, unit_word
from sild.cores.extraction.method.columns import is_count, is_total, role_of, roles_of
from sild.cores.extraction.method.drafts import Draft, Stance
from sild.cores.extraction.method.mentions import head_of, mentions
from sild.cores.extraction.method.named_bodies import RECIPIENT
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.whose import Whose
from sild.values.document import Cell

_SEARCH = 6
_SAMPLE = 60
_MOST_RECORDS = 12
_SURE = 0.6
_JOINT = " | "
_LONGEST_ITEM = 250


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with headings both ways. `across`: what the head cells name; `head` is the index of the head row."""

    head: int
    columns: tuple[Cell, ...]
    across: str


def find_grid(rows: Sequence[Passage], whose: Whose) -> Grid | None:
    """The head row that names two things or two bodies over columns of numbers; None where the table is a plain list."""
    for index, row in enumerate(rows[:_SEARCH]):
        below = [r for r in rows[index + 1 : index + 1 + _SAMPLE] if len(r.block.cells) > 1]
        if len(row.block.cells) < 2 or not below:
            continue
        heads = [cell for cell in row.block.cells[1:] if any(c.isalpha() for c in cell.text) and not is_count(cell.text)]
        items = [cell for cell in heads if head_of(mentions(cell.text)) is not None and role_of(cell.text) is None]
        items = [cell for cell in items if _counts_below(below, cell.column)]
        if len(items) >= 2:
            return Grid(index, tuple(items), "items")
        named = sum(head_of(mentions(r.block.cells[0].text)) is not None for r in below)
        if named * 2 < len(below):
            continue
        bodies = [cell for cell in heads if _known(cell.text, whose) is not None and _counts_below(below, cell.column)]
        if len(bodies) >= 2:
            return Grid(index, tuple(bodies), "bodies")
    return None


def _counts_below(below: Sequence[Passage], column: int) -> bool:
    cells = [cell.text for row in below for cell in row.block.cells if cell.column == column and _is_filled(cell.text)]
    return bool(cells) and sum(map(is_count, cells)) * 2 > len(cells)


def _is_filled(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _known(text: str, whose: Whose) -> BodyFound | None:
    body = whose.cell(text)
    return body if body is not None and (body.known or body.score >= _SURE) else None


def grid_drafts(rows: Sequence[Passage], grid: Grid, stance: Stance, whose: Whose) -> list[Draft]:
    """One draft for each filled cell; where nobody knows the rows' names, one for each column from the row of totals."""
    below = [row for row in rows[grid.head + 1 :] if len(row.block.cells) > 1]
    sums = [row for row in below if is_total(row)]
    plain = [row for row in below if not is_total(row)]
    known = sum(_known(_row_name(row, grid, whose), whose) is not None for row in plain)
    if grid.across == "items" and sums and known * 2 < len(plain):
        plain = sums[-1:]
    drafts = []
    for row in plain:
        for head in grid.columns:
            cell = next((c for c in row.block.cells if c.column == head.column), None)
            if cell is None or not is_count(cell.text):
                continue
            across = grid.across == "items"
            top = (rows[grid.head], head) if across else (row, row.block.cells[0])
            draft = pieced(*top, row, cell, stance)
            label = _row_name(row, grid, whose) if across else head.text
            body = whose.cell(label) if not is_total(row) else None
            if draft is not None:
                _give(draft, body if body is not None and (body.known or known or not across) else None)
                drafts.append(draft)
    return drafts


def _row_name(row: Passage, grid: Grid, whose: Whose) -> str:
    """The cell that says whose row it is: a known body, else the first with words."""
    apart = {cell.column for cell in grid.columns}
    cells = [cell.text for cell in row.block.cells if cell.column not in apart and any(c.isalpha() for c in cell.text)]
    return next((text for text in cells if _known(text, whose) is not None), cells[0] if cells else "")


def _give(draft: Draft, body: BodyFound | None) -> None:
    if body is None:
        return
    if draft.stance == "offer" and body.kind != RECIPIENT:
        draft.provider = body
    else:
        draft.beneficiary = body
        draft.reasons["beneficiary"] = "the row's or column's own heading"


def pieced(top: Passage, name: Cell, row: Passage, number: Cell | None, stance: Stance) -> Draft | None:
    """A draft whose thing stands in one row and whose number stands in another; None where neither thing nor number is known."""
    head = head_of(mentions(name.text))
    found = read_quantity_cell(number.text, name.text) if number is not None else None
    if (found is None and head is None) or not any(c.isalpha() for c in name.text):
        return None
    kind: LineKind = "request" if stance == "request" else "offer"
    whole = Stretch(0, len(top.text))
    draft = Draft(
        passage=top, sentence=whole, segment=whole, kind=kind, stance=stance, head=head, quantity=None,
        amount=found.value if found is not None else meant_once(name.text, 0, len(name.text), head), unit=unit_word(found, head),
        category=head.item.category if head is not None else None, confidence=0.8,
        reasons={"category": f"the table names {head.item.name}"} if head is not None else {},
        evidence=[(name.column, 0, min(len(name.text), _LONGEST_ITEM))],
    )  # fmt: skip
    if found is not None and number is not None:
        at = offset_of(row, number)
        draft.more.append((row, at, at + len(number.text)) if len(number.text) <= _SEARCH * 10 else (row, at + found.start, at + found.end))
        draft.reasons["quantity"] = "the number that stands under or beside it in the table"
    return draft


def offset_of(row: Passage, cell: Cell) -> int:
    """Where the cell's words begin in the row's text."""
    at = 0
    for other in row.block.cells:
        if other.column == cell.column:
            break
        at += len(other.text) + len(_JOINT)
    return at if row.text.startswith(cell.text, at) else max(0, row.text.find(cell.text))


def lying_drafts(rows: Sequence[Passage], stance: Stance, whose: Whose) -> list[Draft] | None:
    """The drafts of a table that lies on its side: headings in the first column, one thing in each column; None where it does not."""
    labelled = {found[0]: row for row in rows[:_MOST_RECORDS] if (found := _label(row)) is not None}
    if not {"item", "quantity"} <= labelled.keys() or len(rows) > _MOST_RECORDS:
        return None
    wide = [row for row in rows if len(row.block.cells) > 1]
    upright = any({"item", "quantity"} <= roles_of(row).keys() for row in wide)
    if upright or sum(_label(row) is not None for row in wide) * 2 <= len(wide):
        return None
    return list(_of_columns(labelled, stance, whose))


def _label(row: Passage) -> tuple[str, float] | None:
    cells = row.block.cells
    return role_of(cells[0].text) if len(cells) > 1 and cells[0].column == 0 else None


def _of_columns(labelled: dict[str, Passage], stance: Stance, whose: Whose) -> Iterator[Draft]:
    for name in labelled["item"].block.cells[1:]:
        found = {role: next((c for c in row.block.cells if c.column == name.column), None) for role, row in labelled.items()}
        draft = pieced(labelled["item"], name, labelled["quantity"], found.get("quantity"), stance)
        if draft is None:
            continue
        for role in ("date", "priority", "notes"):
            cell = found.get(role)
            if cell is not None:
                at = offset_of(labelled[role], cell)
                draft.told_too.append((labelled[role], Stretch(at, at + len(cell.text))))
        body = found.get("body") or found.get("provider")
        _give(draft, whose.cell(body.text) if body is not None else None)
        yield draft


def without_item(row: Passage, above: tuple[Passage, Cell] | None, number: Cell | None, stance: Stance) -> Draft | None:
    """The draft of a row whose thing stands in a merged cell above it."""
    if above is None or number is None or read_quantity_cell(number.text) is None:
        return None
    return pieced(*above, row, number, stance)
