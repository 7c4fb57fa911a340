"""Tables to drafts: the heading row found by its words in any language and order, bodies carried down, totals and notes left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from sild.cores.extraction.answer import LineKind
from sild.cores.extraction.fields.found import BodyFound, QuantityFound
from sild.cores.extraction.fields.quantities import read_quantity_cell
from sild.cores.extraction.method.amounts import meant_once, quantity_for, unit_word
from sild.cores.extraction.method.drafts import Draft, Mention, Stance
from sild.cores.extraction.method.lexicons import book
from sild.cores.extraction.method.mentions import head_of, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.stance import MessageStance, cues_in
from sild.cores.extraction.method.whose import GIVERS, RECIPIENT, Whose
from sild.cores.extraction.method.words import words_of

_HEADING_WORDS = 7
_HEADING_SEARCH = 12
_NAMED = 0.5
_SMALL_ROLES = frozenset(("item", "quantity", "unit", "body", "provider"))


@dataclass(slots=True)
class Columns:
    """Which column holds what; `head` is the index of the heading row among the table's rows, -1 where the table has none."""

    roles: dict[str, int] = field(default_factory=dict)
    head: int = -1

    def text(self, passage: Passage, role: str) -> str:
        """The cell of that role, "" where the row has none."""
        column = self.roles.get(role)
        return next((cell.text for cell in passage.block.cells if cell.column == column), "") if column is not None else ""


def table_drafts(found: Iterable[Passage], whole: MessageStance, whose: Whose) -> list[Draft]:
    """The drafts of all tables of the document."""
    rows = [p for p in found if p.block.kind == "row"]
    drafts: list[Draft] = []
    for _, table in groupby(rows, key=lambda p: (p.part.name, p.block.table)):
        drafts += _of_table(list(table), whole, whose)
    return drafts


def _of_table(rows: list[Passage], whole: MessageStance, whose: Whose) -> list[Draft]:
    columns = find_columns(rows)
    if "item" not in columns.roles:
        return []
    _find_body_column(rows, columns, whose)
    stance = _table_stance(rows, columns, whole, whose)
    if stance is None:
        return []
    drafts: list[Draft] = []
    carried: dict[str, BodyFound] = {}
    region: BodyFound | None = None
    for index, row in enumerate(rows):
        if index <= columns.head or not row.block.cells:
            continue
        if _is_heading_again(row, columns) or _is_total(row) or _is_note(row, columns):
            continue
        if (len(row.block.cells) == 1 and "body" in columns.roles) or _is_section(row, columns):
            region = whose.named_in(row.text) or region
            carried.pop("body", None)
            continue
        draft = _of_row(row, columns, stance)
        _name_bodies(draft, row, columns, carried, region, whose)
        if draft is not None:
            drafts.append(draft)
    return drafts


def find_columns(rows: list[Passage]) -> Columns:
    """The heading row, found by its words among the first rows, else columns guessed from what stands in them."""
    best = Columns()
    for index, row in enumerate(rows[:_HEADING_SEARCH]):
        roles = _roles(row)
        if len(_SMALL_ROLES & roles.keys()) + 0.5 * len(roles) > len(_SMALL_ROLES & best.roles.keys()) + 0.5 * len(best.roles):
            best = Columns(roles, index)
    if len(best.roles) >= 2 and _SMALL_ROLES & best.roles.keys():
        if "item" not in best.roles:
            guessed = _guess(rows[best.head + 1 :], taken=set(best.roles.values()))
            if "item" in guessed:
                best.roles["item"] = guessed["item"]
        return best
    return Columns(_guess(rows, taken=set()), -1)


def _roles(row: Passage) -> dict[str, int]:
    roles: dict[str, tuple[float, int]] = {}
    for cell in row.block.cells:
        words = words_of(cell.text)
        if not words.words or len(words.words) > _HEADING_WORDS or any(c.isdigit() for c in cell.text):
            continue
        hits = book("tables").find(words)
        if not hits:
            continue
        weighed: dict[str, float] = {}
        for hit in hits:
            weighed[hit.key] = weighed.get(hit.key, 0.0) + (hit.after - hit.first) - 0.1 * hit.first
        covered = sum(hit.after - hit.first for hit in hits)
        role = max(weighed, key=lambda name: weighed[name])
        score = covered / len(words.words)
        if score >= 0.34 and (role not in roles or score > roles[role][0]):
            roles[role] = (score, cell.column)
    return {role: column for role, (_, column) in roles.items()}


def _guess(rows: list[Passage], taken: set[int]) -> dict[str, int]:
    """Columns by their content: things named, numbers counted."""
    named: dict[int, int] = {}
    counted: dict[int, int] = {}
    for row in rows[:60]:
        for cell in row.block.cells:
            if cell.column in taken:
                continue
            if any(m.item.category for m in mentions(cell.text)):
                named[cell.column] = named.get(cell.column, 0) + 1
            elif cell.text[:1].isdigit() and len(cell.text) < 20:
                counted[cell.column] = counted.get(cell.column, 0) + 1
    roles: dict[str, int] = {}
    if named:
        roles["item"] = max(named, key=lambda column: (named[column], -column))
        right = {column: n for column, n in counted.items() if column != 0 or len(counted) == 1}
        if right:
            roles["quantity"] = max(right, key=lambda column: (right[column], -column))
    return roles


def _find_body_column(rows: list[Passage], columns: Columns, whose: Whose) -> None:
    """A column whose cells name bodies is theirs, whatever its heading says."""
    if {"body", "provider"} & columns.roles.keys():
        return
    taken = {column for role, column in columns.roles.items() if role in ("item", "quantity", "unit", "value", "number")}
    named: dict[int, list[str | None]] = {}
    below = rows[columns.head + 1 :]
    for row in below[:80]:
        for cell in row.block.cells:
            if cell.column not in taken and len(cell.text) <= 120:
                known = [body for body in whose.in_text(cell.text) if body.known]
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


def _table_stance(rows: list[Passage], columns: Columns, whole: MessageStance, whose: Whose) -> Stance | None:
    if "provider" in columns.roles and "body" not in columns.roles:
        return "offer"
    kinds = [body.kind for row in rows[columns.head + 1 :] if (body := whose.cell(columns.text(row, "body"))) is not None]
    if kinds and not whole.needy:
        givers = sum(kind in GIVERS for kind in kinds)
        if givers * 2 > len(kinds):
            return "offer"
    if {"available", "conditions"} & columns.roles.keys() and not whole.needy and "body" not in columns.roles:
        return "offer"
    above = " ".join(row.text for row in rows[: columns.head + 1])
    cues = cues_in(above, 0, len(above))
    if ("ask" in cues) != ("offer" in cues):
        return "request" if "ask" in cues else "offer"
    if "body" in columns.roles and not whole.giver:
        return "request"
    return whole.leans or "request"


def _row_hits(text: str, *keys: str) -> Iterator[str]:
    return (hit.key for hit in book("rows", *keys).find(words_of(text)))


def _is_total(row: Passage) -> bool:
    for cell in row.block.cells[:3]:
        words = words_of(cell.text)
        hits = book("rows", "total").find(words)
        if hits and hits[0].first == 0:
            return True
        if hits and len(words.words) <= 3:
            return True
    return False


def _is_note(row: Passage, columns: Columns) -> bool:
    """A row of one long cell, or one that says it is a note."""
    cells = row.block.cells
    first = words_of(cells[0].text)
    hits = book("rows", "note").find(words_of(cells[0].text))
    if len(cells) == 1 and hits and hits[0].first == 0:
        return True
    return len(cells) == 1 and len(first.words) > 12 and cells[0].column != columns.roles.get("item")


def _is_section(row: Passage, columns: Columns) -> bool:
    """A row that only names the group of rows below it."""
    if columns.text(row, "quantity") or len(row.block.cells) > 1:
        return False
    named = [m for m in mentions(row.text) if m.item.category is not None]
    return not named or len(words_of(row.text).words) <= 2 or not any(c.isdigit() for c in row.text)


def _is_heading_again(row: Passage, columns: Columns) -> bool:
    return len(columns.roles) >= 2 and len(_roles(row)) >= max(2, len(columns.roles) - 1) and not any(c.isdigit() for c in row.text)


def _is_closed(row: Passage, columns: Columns) -> bool:
    for role in ("status", "notes"):
        text = columns.text(row, role)
        words = words_of(text)
        keys = [hit.key for hit in book("rows", "closed", "open").find(words)]
        if keys and "open" not in keys and (role == "status" or (len(words.words) <= 4 and keys[0] == "closed")):
            return True
    return False


def _of_row(row: Passage, columns: Columns, stance: Stance) -> Draft | None:
    item = columns.text(row, "item")
    if not item.strip() or _is_closed(row, columns):
        return None
    named = mentions(item)
    head = head_of(named) or _head_elsewhere(row, columns)
    found, column = _quantity(row, columns, item, head)
    if head is None and (found is None or columns.head < 0 or not any(c.isalpha() for c in item)):
        return None
    category = head.item.category if head is not None else None
    amount = found.value if found is not None else None
    if amount is None and not columns.text(row, "value"):
        amount = meant_once(item, 0, len(item), head)
    cells = dict(columns.roles)
    kind: LineKind = "request" if stance == "request" else "offer"
    draft = Draft(
        passage=row, sentence=Stretch(0, len(row.text)), segment=Stretch(0, len(row.text)), kind=kind, stance=stance, head=head,
        quantity=found, amount=amount, unit=unit_word(found, head), category=category,
        confidence=0.9 if columns.head >= 0 else 0.6, cells=cells,
        reasons={"category": f"the row names {head.item.name}"} if head is not None else {},
    )  # fmt: skip
    if "withdraw" in cues_in(row.text, 0, len(row.text)):
        draft.kind = "withdrawal"
    draft.evidence = _evidence(row, columns, found, column)
    draft.cells["_quantity"] = column if column is not None else -1
    return draft


def _head_elsewhere(row: Passage, columns: Columns) -> Mention | None:
    """The thing, where the item cell names none that is known: from the notes or a category column."""
    for role in ("category", "notes"):
        found = head_of(mentions(columns.text(row, role)))
        if found is not None:
            return found
    return None


def _quantity(row: Passage, columns: Columns, item: str, head: Mention | None) -> tuple[QuantityFound | None, int | None]:
    cell = columns.text(row, "quantity")
    if cell:
        hint = columns.text(row, "unit") or _unit_in_notes(columns.text(row, "notes")) or item
        found = read_quantity_cell(cell, hint)
        if found is not None:
            return found, columns.roles["quantity"]
    unit = columns.text(row, "unit")
    if unit and any(c.isdigit() for c in unit):
        found = read_quantity_cell(unit, item)
        if found is not None:
            return found, columns.roles["unit"]
    category = head.item.category if head is not None else None
    return quantity_for(item, 0, len(item), head, category), columns.roles["item"]


def _unit_in_notes(text: str) -> str:
    first = text.split(",")[0].split(";")[0]
    return first if 0 < len(words_of(first).words) <= 2 else ""


def _evidence(row: Passage, columns: Columns, found: QuantityFound | None, column: int | None) -> list[tuple[int | None, int, int]]:
    item_column = columns.roles["item"]
    item = columns.text(row, "item")
    proof: list[tuple[int | None, int, int]] = [(item_column, 0, min(len(item), 250))]
    if found is not None and column is not None and column != item_column:
        cell = next(c.text for c in row.block.cells if c.column == column)
        proof.append((column, 0, len(cell)) if len(cell) <= 60 else (column, found.start, found.end))
    return proof


def _name_bodies(
    draft: Draft | None, row: Passage, columns: Columns, carried: dict[str, BodyFound], region: BodyFound | None, whose: Whose
) -> None:
    """The row's body and provider; a merged cell speaks for the rows below it."""
    for column in ("body", "provider"):
        text = columns.text(row, column)
        body = whose.cell(text) if text.strip() else carried.get(column)
        if body is None:
            continue
        carried[column] = body
        # an "organisation" column names givers in a list of offers, and the other way round
        offered = draft is not None and draft.stance == "offer"
        role = "provider" if offered and column == "body" and body.kind in GIVERS else column
        role = "body" if role == "provider" and body.kind == RECIPIENT else role
        if draft is not None and role == "body":
            draft.beneficiary = body
            draft.reasons["beneficiary"] = "the row's own column" if text.strip() else "carried down from a row above"
            if offered and not body.known and body.score < _NAMED:
                draft.beneficiary = None
        elif draft is not None:
            draft.provider = body
    if draft is None or draft.beneficiary is not None:
        return
    item = whose.named_in(columns.text(row, "item"))
    if draft.stance == "offer":
        item = item if item is not None and item.kind == RECIPIENT else None
        region = None
    elif item is None:
        apart = {columns.roles.get("contact"), columns.roles.get("notes")}
        cells = [cell.text for cell in row.block.cells if cell.column not in apart]
        item = next((body for text in cells if (body := whose.named_in(text)) is not None and body.kind == RECIPIENT), None)
    found = item or region
    if found is not None:
        draft.beneficiary = found
        draft.reasons["beneficiary"] = "named in the row" if item is not None else "the heading above the rows"
