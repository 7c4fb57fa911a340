"""Tables to drafts: the heading row found by its words in any language and order, bodies carried down, totals and notes left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from sild.cores.extraction.answer import LineKind
from sild.cores.extraction.fields.body_mentions import find_mentions
from sild.cores.extraction.fields.found import BodyFound, QuantityFound
from sild.cores.extraction.fields.kindred import is_of_family
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.quantities import read_quantity_cell
from sild.cores.extraction.method.amounts import meant_once, quantities, quantity_for, unit_word
from sild.cores.extraction.method.columns import Columns, find_body_column, find_columns, is_total, roles_of, unit_in_heading
from sild.cores.extraction.method.drafts import Draft, Mention, Stance
from sild.cores.extraction.method.givers import GIVERS
from sild.cores.extraction.method.grids import find_grid, grid_drafts, lying_drafts, without_item
from sild.cores.extraction.method.lexicons import book
from sild.cores.extraction.method.mentions import head_of, mentions
from sild.cores.extraction.method.named_bodies import RECIPIENT
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.segments import segments
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.stance import MessageStance, cues_in
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.method.words import words_of
from sild.values.document import Cell

_NAMED = 0.5
_SHORT_REMARK = 4
_TICKS = frozenset("+✓✔☑xхXХ")


def table_drafts(found: Iterable[Passage], whole: MessageStance, whose: Whose) -> list[Draft]:
    """The drafts of all tables of the document."""
    rows = [p for p in found if p.block.kind == "row"]
    drafts: list[Draft] = []
    for _, table in groupby(rows, key=lambda p: (p.part.name, p.block.table)):
        parts = _parts([row for row in table if row.block.cells])
        for part in parts:
            drafts += _of_table(part, whole, whose, titled=len(parts) > 1)
    return drafts


def _parts(rows: list[Passage]) -> list[list[Passage]]:
    """The tables of one sheet: a heading row of another layout opens the next, with the title above it."""
    parts: list[list[Passage]] = [[]]
    layout: dict[str, int] | None = None
    for row in rows:
        roles = roles_of(row)
        heads = (
            bool({"item", "quantity"} & roles.keys())
            and len(roles) >= max(2, len(row.block.cells) - 1)
            and not any(c.isdigit() for c in row.text)
        )
        if heads and layout is not None and roles != layout:
            title: list[Passage] = []
            while parts[-1] and len(parts[-1][-1].block.cells) == 1 and not is_total(parts[-1][-1]):
                title.insert(0, parts[-1].pop())
            parts.append(title)
        layout = roles if heads else layout
        parts[-1].append(row)
    return [part for part in parts if part]


def _of_table(rows: list[Passage], whole: MessageStance, whose: Whose, titled: bool) -> list[Draft]:
    grid = find_grid(rows, whose)
    columns = find_columns(rows)
    find_body_column(rows, columns, whose)
    stance = _table_stance(rows, columns, whole, whose)
    if stance is None:
        return []
    if grid is not None and not {"item", "quantity"} <= roles_of(rows[columns.head]).keys():
        return grid_drafts(rows, grid, stance, whose)
    lying = lying_drafts(rows, stance, whose)
    if lying is not None:
        return lying
    return _of_list(rows, columns, stance, whose, titled) if "item" in columns.roles else []


def _of_list(rows: list[Passage], columns: Columns, stance: Stance, whose: Whose, titled: bool) -> list[Draft]:
    drafts: list[Draft] = []
    carried: dict[str, BodyFound] = {}
    title = " ".join(row.text for row in rows[: max(0, columns.head)])
    region = whose.named_in(title) if titled else None
    thing: tuple[Passage, Cell] | None = None
    whole_stance, said = stance, _kinds_of_rows(rows[columns.head + 1 :], columns)
    for index, row in enumerate(rows):
        if index <= columns.head:
            continue
        stance = said.get(id(row), whole_stance)
        if _is_heading_again(row, columns) or is_total(row) or _is_note(row, columns):
            continue
        if (len(row.block.cells) == 1 and "body" in columns.roles) or _is_section(row, columns):
            region = whose.named_in(row.text) or region
            carried.pop("body", None)
            thing = None
            continue
        item = _cell(row, columns, "item")
        if item is None and columns.text(row, "body") and not _is_closed(row, columns, stance):
            made = [without_item(row, thing, _cell(row, columns, "quantity"), stance)]
        else:
            made = _of_things(_of_row(row, columns, stance), columns)
            if index == 0 and columns.head < 0 and "quantity" in columns.roles:
                made = [draft for draft in made if draft is not None and draft.quantity is not None]  # else headings of no known words
        thing = (row, item) if item is not None else thing
        for draft in made:
            _name_bodies(draft, row, columns, carried, region, whose)
            drafts += [draft] if draft is not None else []
    return drafts


def _kinds_of_rows(rows: list[Passage], columns: Columns) -> dict[int, Stance]:
    """Which rows ask and which offer, where a column says of every row that it is a need or an offer; empty where none does."""
    taken = {columns.roles.get(role) for role in ("item", "quantity", "unit", "body", "provider", "date")}
    for column in sorted({cell.column for row in rows for cell in row.block.cells} - taken):
        told: dict[int, Stance] = {}
        cells = [(row, cell) for row in rows for cell in row.block.cells if cell.column == column]
        for row, cell in cells:
            words = words_of(cell.text)
            hits = book("rows", "asks", "gives").find_in(words)
            if len(hits) == 1 and len(words.words) == hits[0].after - hits[0].first:
                told[id(row)] = "request" if hits[0].key == "asks" else "offer"
        if cells and len(told) == len(cells) and set(told.values()) == {"request", "offer"}:
            return told
    return {}


def _cell(row: Passage, columns: Columns, role: str) -> Cell | None:
    column = columns.roles.get(role)
    return next((cell for cell in row.block.cells if cell.column == column and cell.text.strip()), None)


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
    # a sheet's name stands in its locator
    above = " ".join([rows[0].block.locator, *(row.text for row in rows[: columns.head + 1])])
    cues = cues_in(above, 0, len(above))
    if (
        "body" in columns.roles
        and RECIPIENT in kinds
        and "offer" not in cues
        and (any(_row_hits(above, "told")) or _collected(columns, whose, kinds))
    ):
        return "request"
    if ("ask" in cues) != ("offer" in cues):
        return "request" if "ask" in cues else "offer"
    if "body" in columns.roles and not whole.giver:
        return "request"
    return whole.leans or "request"


def _collected(columns: Columns, whose: Whose, kinds: list[str | None]) -> bool:
    """Whether one who is no state lists several recipients without calling them recipients: what they told, not what they get."""
    listed = kinds.count(RECIPIENT) > 1 and not {"available", "conditions", "provider"} & columns.roles.keys()
    return listed and whose.sender_kind in ("foundation", "international") and not any(_row_hits(columns.heading("body"), "allotted"))


def _row_hits(text: str, *keys: str) -> Iterator[str]:
    return (hit.key for hit in book("rows", *keys).find_in(words_of(text)))


def _is_note(row: Passage, columns: Columns) -> bool:
    """A row of one long cell, or one that says it is a note."""
    cells = row.block.cells
    first = words_of(cells[0].text)
    hits = book("rows", "note").find_in(words_of(cells[0].text))
    if len(cells) == 1 and hits and hits[0].first == 0:
        return True
    return len(cells) == 1 and len(first.words) > 12 and cells[0].column != columns.roles.get("item")


def _is_section(row: Passage, columns: Columns) -> bool:
    """A row that only names the group of rows below it."""
    if columns.text(row, "quantity") or len(row.block.cells) > 1:
        return False
    named = [m for m in mentions(row.text) if m.item.category is not None]
    if (
        len(words_of(row.text).words) > 2
        and columns.text(row, "item")
        and meant_once(row.text, 0, len(row.text), head_of(named)) is not None
    ):
        return False
    return not named or len(words_of(row.text).words) <= 2 or not any(c.isdigit() for c in row.text)


def _is_heading_again(row: Passage, columns: Columns) -> bool:
    return len(columns.roles) >= 2 and len(roles_of(row)) >= max(2, len(columns.roles) - 1) and not any(c.isdigit() for c in row.text)


def _is_closed(row: Passage, columns: Columns, stance: Stance) -> bool:
    """Whether a cell of the row says that nothing is open any more."""
    kept = {columns.roles.get(role) for role in ("item", "body", "provider", "quantity", "contact")}
    for cell in row.block.cells:
        words = words_of(cell.text)
        keys = [hit.key for hit in book("rows", "closed", "open").find_in(words)]
        status = cell.column == columns.roles.get("status")
        if keys and "open" not in keys and status:
            return True
        if cell.column in kept or stance == "offer" or any(c.isdigit() for c in cell.text):
            continue
        if keys and keys[0] == "closed" and "open" not in keys and len(words.words) <= _SHORT_REMARK:
            return True
        if any(_row_hits(columns.headings.get(cell.column, ""), "closed")) and (cell.text.strip() in _TICKS or _is_yes(cell.text)):
            return True
    return False


def _is_yes(text: str) -> bool:
    return len(words_of(text).words) == 1 and any(_row_hits(text, "yes"))


def _of_row(row: Passage, columns: Columns, stance: Stance) -> Draft | None:
    item = columns.text(row, "item")
    if not item.strip() or _is_closed(row, columns, stance):
        return None
    if not columns.told and stance == "request" and any(_row_hits(item, "had")):
        return None
    named = mentions(item)
    head = head_of(named) or _head_elsewhere(row, columns)
    found, column = _quantity(row, columns, item, head)
    if head is None and (found is None or not columns.told or not any(c.isalpha() for c in item)):
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
    told = " ".join(columns.text(row, role) for role in ("status", "notes", "item"))
    if "withdraw" in cues_in(told, 0, len(told)) or any(_row_hits(columns.text(row, "status") or columns.text(row, "notes"), "withdrawn")):
        draft.kind = "withdrawal"
    draft.evidence = _evidence(row, columns, found, column)
    draft.cells["_quantity"] = column if column is not None else -1
    return draft


def _of_things(draft: Draft | None, columns: Columns) -> list[Draft | None]:
    """One draft for each thing of a cell that counts several: "3 generators and 5 UPS"."""
    column = columns.roles["item"]
    if draft is None or columns.text(draft.passage, "quantity"):
        return [draft]
    item = columns.text(draft.passage, "item")
    parts: list[Draft | None] = []
    for piece in segments(item, Stretch(0, len(item))):
        head = head_of(mentions(item, piece.start, piece.end))
        found = quantity_for(item, piece.start, piece.end, head, head.item.category) if head is not None else None
        if head is None or found is None:
            return [draft]
        parts.append(
            replace(
                draft,
                head=head,
                quantity=found,
                amount=found.value,
                unit=unit_word(found, head),
                category=head.item.category,
                evidence=[(column, piece.start, piece.start + len(piece.of(item).rstrip()))],
                cells={**draft.cells, "_quantity": column},
                more=[],
                told_too=[],
                reasons={"category": f"the row names {head.item.name}"},
            )
        )
    return parts if len(parts) > 1 else [draft]


def _head_elsewhere(row: Passage, columns: Columns) -> Mention | None:
    """The thing, where the item cell names none that is known: from the notes or a category column."""
    for role in ("category", "notes"):
        found = head_of(mentions(columns.text(row, role)))
        if found is not None:
            return found
    return None


def _quantity(row: Passage, columns: Columns, item: str, head: Mention | None) -> tuple[QuantityFound | None, int | None]:
    cell = columns.text(row, "quantity")
    if cell and not find_money(cell):
        hint = (
            columns.text(row, "unit") or unit_in_heading(columns.heading("quantity")) or _unit_in_notes(columns.text(row, "notes")) or item
        )
        found = read_quantity_cell(cell, hint)
        if found is not None:
            room = _room(read_quantity_cell(cell, columns.text(row, "unit")) or found, item, head)
            return (room, columns.roles["item"]) if room is not None else (found, columns.roles["quantity"])
    unit = columns.text(row, "unit")
    if unit and any(c.isdigit() for c in unit):
        found = read_quantity_cell(unit, item)
        if found is not None:
            return found, columns.roles["unit"]
    category = head.item.category if head is not None else None
    told = quantity_for(item, 0, len(item), head, category)
    notes = columns.text(row, "notes")
    if told is None and "quantity" not in columns.roles and notes[:1].isdigit():
        found = read_quantity_cell(notes, item)
        return found, columns.roles["notes"] if found is not None else columns.roles["item"]
    return told, columns.roles["item"]


def _room(found: QuantityFound, item: str, head: Mention | None) -> QuantityFound | None:
    """What storage holds, where its pieces are counted and its room stands with the thing: "tape unit, 48 TB | 1"."""
    if head is None or head.item.category != "backup-storage" or found.unit_class not in (None, "generic", "thing"):
        return None
    told = [q for q in quantities(item) if q.unit in ("TB", "PB")]
    return replace(told[0], value=told[0].value * found.value) if len(told) == 1 else None


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


def _is_ditto(text: str) -> bool:
    """Whether a cell says that the one above it holds."""
    marks = not any(c.isalnum() for c in text) and any(c in text for c in "\"'/〃”“„»«")
    return marks or (len(words_of(text).words) <= _SHORT_REMARK and any(_row_hits(text, "ditto")))


def _name_bodies(
    draft: Draft | None, row: Passage, columns: Columns, carried: dict[str, BodyFound], region: BodyFound | None, whose: Whose
) -> None:
    """The row's body and provider; a merged cell speaks for the rows below it."""
    for column in ("body", "provider"):
        text = columns.text(row, column)
        again = not text.strip() or _is_ditto(text)
        body = carried.get(column) if again else whose.giver_cell(text) if column == "provider" else whose.cell(text)
        applicant = _applicant(text, body, row, columns, whose) if column == "body" else None
        body, again = (applicant, False) if applicant is not None else (body, again)
        if body is None or (not body.known and any(_row_hits(body.verbatim, "anybody"))):
            continue
        carried[column] = body
        # an "organisation" column names givers in a list of offers, and the other way round
        offered = draft is not None and draft.stance == "offer"
        role = "provider" if offered and column == "body" and body.kind in GIVERS else column
        role = "body" if role == "provider" and body.kind == RECIPIENT else role
        if draft is not None and role == "body":
            draft.beneficiary = body
            draft.reasons["beneficiary"] = "carried down from a row above" if again else "the row's own column"
            named = any(_row_hits(columns.heading("body"), "allotted")) and len(words_of(body.verbatim).words) > 1
            if offered and not body.known and body.score < _NAMED and not named:
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


def _applicant(text: str, body: BodyFound | None, row: Passage, columns: Columns, whose: Whose) -> BodyFound | None:
    """Who applied in the row, else the sender of that kind, where the cell of those in need is empty or a bare kind ("ОВА"); or None."""
    if text.strip() and (_is_ditto(text) or (body is not None and body.known) or len(words_of(text).words) > 1):
        return None
    applied = whose.cell(columns.text(row, "applicant")) if columns.text(row, "applicant").strip() else None
    if applied is None and text.strip() and whose.sender is not None and _is_kind_of(text, whose.sender):
        return whose.sender if whose.sender.known and whose.sender.kind == RECIPIENT else None
    return applied if applied is not None and applied.known and applied.kind == RECIPIENT else None


def _is_kind_of(text: str, body: BodyFound) -> bool:
    """Whether a cell says no more than of what kind the body is ("ОВА" in the sheet of a regional administration)."""
    said, own = find_mentions(text), find_mentions(body.name)
    bare = bool(said) and not (said[0].places or said[0].words or said[0].sectors or said[0].number)
    return bare and any(is_of_family(said[0], mention) and said[0].qualities <= mention.qualities for mention in own)
