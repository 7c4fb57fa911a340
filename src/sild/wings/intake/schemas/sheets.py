"""The answer to a filled-in sheet template as JSON: each row with what became of it, each cell with what is wrong."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from sild.formats.template import TEMPLATE
from sild.formats.template.cells import Value
from sild.formats.template.checking import say_note
from sild.kernel.shapes import Reason, Shape, Version, plain
from sild.values.reference import spelled
from sild.wings.intake.reads.sheets import SheetRow, SheetView

Language = Literal["en", "uk", "et", "pl"]


class WantedTemplate(Shape):
    """In which language, and whether with the bodies that the register knows."""

    language: Language = "en"
    bodies: bool = False


class WantedAnswer(Shape):
    """In which language the sentences are; the file's own where none is named."""

    language: Language | None = None


class TakenChange(Shape):
    """The number of the row in the answer, its line at the version that you read, and why it is changed."""

    row: Annotated[int, Field(ge=1, le=100_000)]
    version: Version
    reason: Reason = "The sheet says so."


class CellFault(Shape):
    """What is wrong with a cell: its column, its name in the sheet (C7, "" where it is empty), a code and the sentence."""

    column: str
    cell: str
    code: str
    says: str


class CellChange(Shape):
    """A cell of a row that was taken before: what it said then and says now."""

    column: str
    then: str | None
    now: str | None


class AnsweredRow(Shape):
    """One row. `outcome`: taken, known (taken before), changed or spoiled (taken before, now otherwise or unreadable), mended, mend."""

    number: int
    place: str
    side: Literal["request", "offer"]
    item: str
    outcome: str
    says: str
    line: UUID | None
    line_version: int | None
    faults: list[CellFault]
    changes: list[CellChange]


class SheetAnswer(Shape):
    """What became of a sheet. `template` is its version, 0 for a table without the hidden mark; without `rows` see `state` and `why`."""

    message: UUID
    reference: str
    state: str
    why: str
    is_template: bool
    template: int
    language: str
    counts: dict[str, int]
    notes: list[str]
    rows: list[AnsweredRow]


def sheet_answer(view: SheetView, language: str | None) -> SheetAnswer:
    """The answer in a language of the template."""
    told = language or view.language
    return SheetAnswer(
        message=view.message,
        reference=spelled(view.reference),
        state=view.state,
        why=view.why,
        is_template=view.is_sheet,
        template=view.template,
        language=told,
        counts=dict(view.counts),
        notes=[say_note(TEMPLATE, code, words, told) for code, words in view.notes],
        rows=[_row(row, told) for row in view.rows],
    )


def _row(one: SheetRow, language: str) -> AnsweredRow:
    row = one.row
    return AnsweredRow(
        number=one.number,
        place=row.locator,
        side="offer" if row.side == "offer" else "request",
        item=row.cells.get("item", "")[:400],
        outcome=one.outcome,
        says=TEMPLATE.say("outcomes", one.outcome, language),
        line=one.line,
        line_version=one.before.version if one.before is not None else None,
        faults=[
            CellFault(column=fault.column, cell=row.cell(fault.column), code=fault.code, says=fault.say(TEMPLATE, row.side, language))
            for fault in row.faults
        ],
        changes=[CellChange(column=change.column, then=_text(change.then), now=_text(change.now)) for change in one.differs],
    )


def _text(value: Value | None) -> str | None:
    """A value as JSON says it: a number without an exponent, a day as ISO 8601."""
    if value is None or isinstance(value, str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else plain(value)
