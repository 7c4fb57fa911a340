"""The answer to a filled-in sheet: what became of each row, cell by cell, and which rows were taken before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.formats.template import TEMPLATE, Answered, CheckedRow, CheckedSheets, check_sheets, find_template, write_answer
from sild.formats.template.cells import Value
from sild.formats.template.checking import say_note
from sild.formats.template.matching import Earlier
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.originals import safe_name
from sild.kernel.refusals import Refused
from sild.values.document import Document
from sild.values.reference import spelled
from sild.wings.intake.models import Message, MessageText
from sild.wings.intake.reads.opened import document_of
from sild.wings.intake.rules import MessageState
from sild.wings.parties.public import parties
from sild.wings.register.public import Line

_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell of a row that was taken before: what it said then, and what it says now."""

    column: str
    then: Value | None
    now: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """Where a row was taken before: message, sheet and row, and its line with version and state; None where one may not see it."""

    message: UUID
    name: str
    side: str
    row: int
    line: UUID | None
    version: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row with what became of it (`outcome`: taken, known, changed, spoiled, mended, mend) and the line that it became."""

    number: int
    row: CheckedRow
    outcome: str
    key: str
    line: UUID | None = None
    line_state: str = ""
    before: Before | None = None
    differs: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """The answer to a sheet. `state` is that of its message; without rows it waits to be read, or is no filled-in template."""

    message: UUID
    name: str
    reference: str
    state: str
    why: str
    version: int
    own: bool
    template: int = 0
    language: str = "en"
    book: str = ""
    rows: tuple[SheetRow, ...] = ()
    notes: tuple[tuple[str, Mapping[str, str]], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_sheet(self) -> bool:
        """Whether the message is a filled-in template."""
        return bool(self.book)


def earlier_rows(book: str, but: UUID) -> list[Earlier]:
    """The rows that were taken from earlier copies of a book, for the act that keeps a new one."""
    taken: dict[str, Earlier] = {}
    for text in MessageText.objects.filter(book=book).exclude(message_id=but).order_by("created_at", "id").only("sheet", "message_id"):
        for row in text.sheet.get("rows", ()):
            key = row["key"]
            if row["outcome"] == "taken":
                where = (str(text.message_id), row["part"], str(row["block"]))
                taken[key] = Earlier(key=key, contents=frozenset((row["content"],)), where=where)
            elif row["outcome"] == "mended" and key in taken:
                known = taken[key]
                taken[key] = Earlier(key=key, contents=known.contents | {row["content"]}, where=known.where)
    return list(taken.values())


@read
def sheet_of(actor: Actor, message_id: UUID) -> SheetView:
    """The answer to the sheet that a message is. Raises NotThere."""
    message = Message.found(message_id)
    text = MessageText.objects.filter(message=message).first()
    view = SheetView(
        message=message.id,
        name=message.name,
        reference=message.reference,
        state=message.state,
        why=message.why,
        version=message.version,
        own=message.owner_id == actor.organisation,
    )
    document = document_of(message)
    if text is None or document is None or not text.sheet:
        return view
    checked = checked_again(document)
    lines = {line.position: line for line in Line.objects.filter(message_id=message.id).order_by("-created_at")}
    elsewhere = _Elsewhere()
    rows = []
    for number, (row, kept) in enumerate(_beside(checked, text.sheet), 1):
        line = lines.get(kept["position"]) if kept["outcome"] == "taken" else None
        before, differs = elsewhere.before(row, kept)
        rows.append(
            SheetRow(
                number=number,
                row=row,
                outcome=kept["outcome"],
                key=kept["key"],
                line=line.id if line is not None else before.line if before is not None else None,
                line_state=line.state if line is not None else "",
                before=before,
                differs=differs if kept["outcome"] in ("changed", "mended") else (),
            )
        )
    notes = [note for one in checked for note in one.notes]
    if text.sheet.get("gone"):
        notes.append(("gone", {"words": str(text.sheet["gone"])}))
    outcomes = [row.outcome for row in rows]
    return replace(
        view,
        template=text.sheet["version"],
        language=text.sheet["language"],
        book=text.book,
        rows=tuple(rows),
        notes=tuple(notes),
        counts={outcome: outcomes.count(outcome) for outcome in dict.fromkeys(outcomes)},
    )


@read
def known_bodies(actor: Actor) -> list[str]:
    """The names of the bodies that the register knows, for the template's drop-down: whoever gets the file reads them."""
    return sorted(party.name for party in parties(actor) if party.known)


def checked_again(document: Document) -> list[CheckedSheets]:
    """The template's rows of a kept text, with their faults."""
    found = [find_template(TEMPLATE, part) for part in document.parts]
    return [check_sheets(TEMPLATE, one) for one in found if one is not None]


def _beside(checked: list[CheckedSheets], sheet: Mapping[str, Any]) -> list[tuple[CheckedRow, Mapping[str, Any]]]:
    """Each row with what was kept of it. A row that was not kept, and could be read since, still waits to be taken."""
    kept = {(row["part"], row["block"]): row for row in sheet["rows"]}
    unkept = {"outcome": "mend", "key": "", "position": None, "before": None}
    return [(row, kept.get((row.part, row.block), unkept)) for one in checked for row in one.rows]


class _Elsewhere:
    """Rows of other messages, each message looked at once."""

    def __init__(self) -> None:
        self._known: dict[UUID, _Copy | None] = {}

    def before(self, row: CheckedRow, kept: Mapping[str, Any]) -> tuple[Before | None, tuple[Difference, ...]]:
        """Where the row was taken before, and what it says otherwise now; nothing of a message that one may not see."""
        if not kept.get("before"):
            return None, ()
        message_id, place = UUID(kept["before"][0]), (kept["before"][1], int(kept["before"][2]))
        if message_id not in self._known:
            self._known[message_id] = _copy_of(message_id)
        copy = self._known[message_id]
        earlier = copy.rows.get(place) if copy is not None else None
        if copy is None or earlier is None:
            return None, ()
        line = copy.lines.get(copy.positions.get(place, -1))
        before = Before(
            message=message_id,
            name=copy.name,
            side=earlier.side,
            row=earlier.row,
            line=line.id if line is not None else None,
            version=line.version if line is not None else 0,
            state=line.state if line is not None else "",
        )
        names = [name for name in dict.fromkeys((*earlier.values, *row.values)) if earlier.values.get(name) != row.values.get(name)]
        return before, tuple(Difference(column=name, then=earlier.values.get(name), now=row.values.get(name)) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """An earlier copy of a book: its rows by part and block, the positions of their drafts, the lines by position."""

    name: str
    rows: Mapping[tuple[str, int], CheckedRow]
    positions: Mapping[tuple[str, int], int]
    lines: Mapping[int, Line]


def _copy_of(message_id: UUID) -> _Copy | None:
    message = Message.objects.filter(id=message_id).first()
    text = MessageText.objects.filter(message_id=message_id).first() if message is not None else None
    document = document_of(message) if message is not None else None
    if message is None or text is None or document is None:
        return None
    return _Copy(
        name=message.name,
        rows={(row.part, row.block): row for checked in checked_again(document) for row in checked.rows},
        positions={(row["part"], row["block"]): row["position"] for row in text.sheet.get("rows", ()) if row["position"] is not None},
        lines={line.position: line for line in Line.objects.filter(message_id=message_id).order_by("-created_at")},
    )


def returned_sheet(view: SheetView, language: str) -> bytes:
    """The workbook that is given back: the rows as they stand, with what became of each. Raises Refused where there is none."""
    if not view.is_sheet:
        if view.state == MessageState.ARRIVED:
            raise Refused(_("The sheet was not read yet. Wait a moment and ask again."))
        raise Refused(_("{name} is no filled-in sheet template: there is nothing to give back.").format(name=view.name))
    rows = [
        Answered(
            side=one.row.side,
            cells=one.row.cells,
            values=one.row.values,
            outcome=one.outcome,
            faults={fault.column: fault.say(TEMPLATE, one.row.side, language) for fault in one.row.faults},
            told="\n".join(differences_in_words(one, language)),
            key=one.key,
            more=one.row.more,
        )
        for one in view.rows
    ]
    notes = [say_note(TEMPLATE, code, told, language) for code, told in view.notes]
    return write_answer(language, book=view.book, rows=rows, notes=notes)


def template_name(language: str) -> str:
    """The name of an empty template: it says which version and language it is."""
    return f"sild-sheet-{TEMPLATE.version}-{TEMPLATE.language(language)}.xlsx"


def answer_name(view: SheetView) -> str:
    """The name of the file that came, as one that was answered."""
    stem = view.name.rsplit("/", 1)[-1].rsplit(".", 1)[0][:100] or "sheet"
    return safe_name(f"{stem} - {spelled(view.reference)}.xlsx")


def differences_in_words(row: SheetRow, language: str) -> list[str]:
    """What a row that was taken before says now: the column, then and now, in the template's language."""
    told, columns = TEMPLATE.language(language), {column.name: column for column in TEMPLATE.sheet(row.row.side).columns}
    said = []
    for one in row.differs:
        column = columns[one.column]
        then, now = (_shown(value, column.list, told) for value in (one.then, one.now))
        said.append(f"{column.heading[told]}: {then} → {now}")
    return said


def _shown(value: Value | None, name: str, language: str) -> str:
    if value is None:
        return "—"
    if isinstance(value, str):
        return TEMPLATE.label(name, value, language)[:_SHOWN]
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else f"{value.normalize():f}"
