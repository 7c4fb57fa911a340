"""The template's rows of a message to draft lines: what an officer sees of them is what people chose in their cells, each with its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sild.cores.extraction.answer import Condition, DraftLine, Extraction, FieldRead, LineChannel, LineKind, Urgency
from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.conditions import find_channel, find_conditions
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.languages import language_of
from sild.cores.extraction.problem import ExtractionProblem
from sild.formats.template import TEMPLATE, CheckedRow, CheckedSheets, Template, TooManyRows, UnknownVersion, check_sheets, find_template
from sild.formats.template.checking import MOST_ROWS
from sild.formats.unreadable import Unreadable
from sild.values.document import Block, Document
from sild.values.marking import Marking
from sild.values.money import Money
from sild.values.span import Span

SURE = 0.98
"""A cell of the template says what it says; what is left is a person's slip."""
MOST_EVIDENCE = 400
KINDS: Mapping[str, LineKind] = {"request": "request", "offer": "offer"}
URGENCIES: Mapping[str, Urgency] = {"critical": "critical", "high": "high", "normal": "normal", "low": "low"}
_AT = ("item", "quantity", "unit", "beneficiary", "provider", "needed_by", "available_from", "available_until", "conditions")
_FIELDS = ("category", "quantity", "unit", "needed_by", "available_from", "available_until", "urgency", "reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRead:
    """The template's parts of a message, checked; `positions` says which of the message's drafts a row became, by part and block."""

    parts: tuple[CheckedSheets, ...]
    positions: Mapping[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class MessageReader:
    """Reads the lines of a document: the template's rows by their columns, all else as messages are read (`extract`)."""

    bodies: BodyIndex
    extract: Callable[[ExtractionProblem], Extraction]
    template: Template = field(default=TEMPLATE)

    def read(self, document: Document) -> tuple[Extraction, SheetRead | None]:
        """The lines, and the template's rows where there are any. Raises Unreadable for a template that is not known or too long."""
        parts = self._parts(document)
        if not parts:
            return self.extract(ExtractionProblem(document=document, bodies=self.bodies)), None
        rest = _without(document, {checked.found.part: checked.found.own for checked in parts})
        read = self.extract(ExtractionProblem(document=rest, bodies=self.bodies)) if _says_something(rest) else Extraction(lines=())
        lines = list(read.lines)
        positions: dict[tuple[str, int], int] = {}
        known = _Known(self.bodies)
        for checked in parts:
            for row in checked.rows:
                if not row.faults:
                    positions[row.part, row.block] = len(lines)
                    lines.append(_Draft(row, known, checked.found.language).line(read.sent_by))
        return replace(read, lines=tuple(lines), noise=None), SheetRead(parts=parts, positions=positions)

    def _parts(self, document: Document) -> tuple[CheckedSheets, ...]:
        found = []
        for part in document.parts:
            try:
                template = find_template(self.template, part)
                if template is not None:
                    found.append(check_sheets(self.template, template))
            except UnknownVersion as fault:
                told = f"{document.name}: it is of version {fault} of the sheet template, and this desk knows {self.template.version}. "
                raise Unreadable(
                    told + "Fetch the newest template at /inbox/sheets/ and copy the rows into it; the original is kept."
                ) from fault
            except TooManyRows as fault:
                told = f"{document.name}: it holds {fault} rows, and at most {MOST_ROWS} are read of one file. "
                raise Unreadable(told + "Split it into several files; the original is kept.") from fault
        return tuple(found)


def _without(document: Document, own: Mapping[str, frozenset[int]]) -> Document:
    """The document with the template's rows blanked, each other block at its place."""
    blank = Block(kind="paragraph", text="", locator="")
    parts = [
        replace(part, blocks=tuple(blank if index in own.get(part.name, ()) else block for index, block in enumerate(part.blocks)))
        for part in document.parts
    ]
    return replace(document, parts=tuple(parts))


def _says_something(document: Document) -> bool:
    return bool(document.envelope.subject) or any(block.text for _, _, block in document.blocks())


class _Known:
    """What the cells of one file say, each text looked at once: many rows speak of the same body, under the same conditions."""

    def __init__(self, bodies: BodyIndex) -> None:
        self._bodies = bodies
        self._found: dict[str, BodyFound | None] = {}
        self._conditions: dict[str, tuple[Condition, ...]] = {}
        self.defence = frozenset(one.name for one in bodies.bodies if one.sector == "defence")

    def body(self, said: str) -> BodyFound | None:
        """The body that a cell names, None where it names none that looks like one."""
        if said not in self._found:
            self._found[said] = self._bodies.resolve(said)
        return self._found[said]

    def conditions(self, said: str) -> tuple[Condition, ...]:
        """The conditions by their codes that a cell states."""
        if said not in self._conditions:
            self._conditions[said] = tuple(Condition(code=one.code, text=one.verbatim) for one in find_conditions(said))
        return self._conditions[said]


@dataclass(frozen=True, slots=True)
class _Draft:
    """One row on its way to a line."""

    row: CheckedRow
    known: _Known
    language: str

    def line(self, sent_by: str | None) -> DraftLine:
        row, values = self.row, self.row.values
        side = KINDS[row.side]
        beneficiary, provider = self._body("beneficiary"), self._body("provider")
        marking = Marking.parse(str(values["tlp"])) if "tlp" in values else None
        conditions = self._conditions()
        return DraftLine(
            kind=side,
            of="offer" if side == "offer" else "request",
            category=self._text("category"),
            item=" ".join(str(values["item"]).split()),
            product=None,
            quantity=self._number("quantity"),
            unit=self._text("unit"),
            beneficiary=self._named("beneficiary", beneficiary),
            beneficiary_known=beneficiary is not None and beneficiary.known,
            relayed_by=sent_by if side == "request" and sent_by != self._named("beneficiary", beneficiary) else None,
            provider=self._named("provider", provider),
            sent_by=sent_by,
            needed_by=self._day("needed_by"),
            available_from=self._day("available_from"),
            available_until=self._day("available_until"),
            value=self._value(),
            conditions=conditions,
            channel=self._channel(beneficiary),
            urgency=URGENCIES.get(str(values.get("urgency", ""))),
            marking=marking,
            reference=self._text("reference"),
            language=language_of(" ".join(str(values[name]) for name in ("item", "conditions") if name in values), self.language),
            additional=False,
            changes=None,
            part=row.part,
            locator=row.locator,
            evidence=self._evidence(),
            confidence=SURE,
            fields=self._fields(beneficiary, provider),
        )

    def _text(self, name: str) -> str | None:
        value = self.row.values.get(name)
        return str(value) if value is not None else None

    def _number(self, name: str) -> Decimal | None:
        value = self.row.values.get(name)
        return value if isinstance(value, Decimal) else None

    def _day(self, name: str) -> date | None:
        value = self.row.values.get(name)
        return value if isinstance(value, date) else None

    def _value(self) -> Money | None:
        amount, currency = self._number("value_amount"), self._text("value_currency")
        return Money(amount, currency) if amount is not None and currency is not None else None

    def _body(self, name: str) -> BodyFound | None:
        said = self._text(name)
        return self.known.body(said) if said else None

    def _named(self, name: str, found: BodyFound | None) -> str | None:
        """The name as the register has it; of a body that is not known the words as they stand."""
        return found.name if found is not None and found.known else self._text(name)

    def _conditions(self) -> tuple[Condition, ...]:
        said = self._text("conditions")
        if not said:
            return ()
        return self.known.conditions(said) or (Condition(code="other", text=said),)

    def _channel(self, beneficiary: BodyFound | None) -> LineChannel:
        """Military only where the row's own words or its recipient say that it is for armed forces, as in every message."""
        said = " ".join(str(self.row.values[name]) for name in ("item", "conditions") if name in self.row.values)
        defence = beneficiary is not None and beneficiary.name in self.known.defence
        return "military" if defence or find_channel(said) == "military" else "civil"

    def _span(self, name: str) -> Span:
        row, text = self.row, self.row.cells[name]
        return Span(part=row.part, locator=row.locator, block=row.block, start=0, end=len(text), text=text, cell=row.places[name])

    def _evidence(self) -> tuple[Span, ...]:
        kept: list[Span] = []
        room = MOST_EVIDENCE
        for name in _AT:
            length = len(self.row.cells.get(name, "")) + bool(kept)
            if name in self.row.cells and length <= room:
                kept.append(self._span(name))
                room -= length
        return tuple(kept)

    def _fields(self, beneficiary: BodyFound | None, provider: BodyFound | None) -> dict[str, FieldRead]:
        told = {
            name: FieldRead(str(self.row.values[name]), self._span(name), SURE, self._why(name))
            for name in _FIELDS
            if name in self.row.values
        }
        for name, body in (("beneficiary", beneficiary), ("provider", provider)):
            named = self._named(name, body)
            if named is not None:
                sure = min(SURE, body.confidence) if body is not None and body.known else SURE
                told[name] = FieldRead(named, self._span(name), round(sure, 3), self._why(name))
        value = self._value()
        if value is not None:
            told["value"] = FieldRead(str(value), self._span("value_amount"), SURE, self._why("value_amount"))
        told["kind"] = FieldRead(self.row.side, None, SURE, "the sheet of the template that it stands on")
        return told

    def _why(self, name: str) -> str:
        heading = next(column.heading["en"] for column in TEMPLATE.sheet(self.row.side).columns if column.name == name)
        return f"it stands in the column “{heading}” of the sheet template"
