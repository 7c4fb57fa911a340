"""The sheets of the inventory: their columns are the fields of its forms, in every language of the desk, the reader's written first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast

from django.conf import settings
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from sild.formats import Unreadable
from sild.formats.record_book import BookColumn, BookSheet, FoundBook, NotABook, read_book, write_book
from sild.formats.sandbox import CannotStart, Sandbox
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.continuity.forms.fields import (
    Field,
    dataset_fields,
    permission_fields,
    service_fields,
    system_fields,
    tie_fields,
)
from sild.wings.continuity.reads import SheetLook, inventory_rows
from sild.wings.continuity.reads.importing import DATASETS, LEANS, SERVICES, SYSTEMS

MOST_BYTES = 10 * 1024 * 1024
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheets() -> tuple[BookSheet, ...]:
    """The four sheets, with headings and choices in the reader's language first, then in the others."""
    first = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    languages = [first, *(code for code, _name in settings.LANGUAGES if code != first)]
    told = []
    for language in languages:
        with override(language):
            told.append(_sheets())
    return tuple(_joined([one[at] for one in told]) for at in range(len(told[0])))


def _sheets() -> list[tuple[str, str, list[Field]]]:
    """The sheets in the language that is active: key, name, columns."""
    system = Field(name="system", words=_("Code of the system"), must=True)
    service = Field(name="service", words=_("Service"), hint=_("Empty where all of the system leans on it."))
    needs = Field(name="needs", words=_("Leans on the system"), must=True)
    return [
        (SYSTEMS, _("Systems"), list(system_fields())),
        (DATASETS, _("Datasets"), [system, *dataset_fields(), *permission_fields()]),
        (SERVICES, pgettext("of a system", "Services"), [system, *service_fields()]),
        (LEANS, _("Leans on"), [system, service, needs, *tie_fields()]),
    ]


def _joined(told: Sequence[tuple[str, str, list[Field]]]) -> BookSheet:
    key, _name, fields = told[0]
    columns = tuple(
        BookColumn(
            key=field.name,
            headings=tuple(one[2][at].words for one in told),
            help=field.hint,
            kind=_kind(field),
            choices=tuple(
                (value, tuple(one[2][at].options[place][1] for one in told)) for place, (value, _words) in enumerate(field.options)
            ),
            refers=SYSTEMS if field.name in ("system", "needs") else "",
            must=field.must,
            most=field.most,
        )
        for at, field in enumerate(fields)
    )
    return BookSheet(key=key, names=tuple(one[1] for one in told), columns=columns)


def _kind(field: Field) -> Literal["line", "words", "amount", "day", "choice", "reference"]:
    if field.name in ("system", "needs"):
        return "reference"
    return cast("Literal['line', 'words', 'amount', 'day', 'choice']", field.kind)


def template() -> bytes:
    """An empty workbook to fill in."""
    return write_book(sheets())


def filled_sheet(actor: Actor) -> bytes:
    """The own inventory as the workbook that it can be taken in from: the same again changes nothing."""
    book = sheets()
    rows = inventory_rows(actor, {sheet.key: [column.key for column in sheet.columns] for sheet in book})
    words = {(sheet.key, column.key): {code: told[0] for code, told in column.choices} for sheet in book for column in sheet.columns}
    said = [replace(row, cells={name: words[row.sheet, name].get(text, text) for name, text in row.cells.items()}) for row in rows]
    return write_book(book, rows=said)


def read_sheets(data: bytes, name: str) -> FoundBook:
    """The rows of a file, read behind the sandbox. Raises Refused for what is no such workbook."""
    try:
        with Sandbox() as sandbox:
            document = sandbox.read(name, data)
    except (Unreadable, CannotStart) as fault:
        raise Refused(_("The file cannot be read: {why}").format(why=str(fault))) from fault
    try:
        return read_book(sheets(), document)
    except NotABook as fault:
        if str(fault) == "many":
            raise Refused(_("The file has too many rows. Split it.")) from fault
        raise Refused(_("None of its sheets has the headings of the inventory. Download the sheet here and fill it in.")) from fault


def given_back(found: FoundBook, look: SheetLook) -> bytes:
    """The file with what is to be mended beside each row, and the cells marked."""
    return write_book(sheets(), rows=found.rows, told=look.told, mend=_("What to mend"))
