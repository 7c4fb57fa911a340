"""A picture with its summary and its table twin, for the pages of any wing: {% drawing found %} with {% load drawing %}."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sild.formats.drawing.shapes import Cell, Drawn
from sild.formats.drawing.svg import svg_of
from sild.web.templatetags.desk import amount, day

register = template.Library()


@register.inclusion_tag("web/parts/drawing.html")
def drawing(drawn: Drawn, *, table: bool = True, summary: bool = True) -> dict[str, Any]:
    """The parts of a drawn picture; without its table or its summary where the page says the same already."""
    numbers = [
        all(row[column] == "" or isinstance(row[column], int | Decimal | None) for row in drawn.rows)
        and any(isinstance(row[column], int | Decimal) for row in drawn.rows)
        for column in range(len(drawn.head))
    ]
    links = drawn.links or ("",) * len(drawn.rows)
    return {
        "drawn": drawn,
        "svg": svg_in_page(drawn),
        "summary": summary,
        "head": list(zip(drawn.head, numbers, strict=True)),
        "rows": [(link, _cells(row, drawn.head, numbers)) for row, link in zip(drawn.rows, links, strict=True)] if table else [],
        "total": _cells(drawn.total, drawn.head, numbers) if drawn.total else [],
    }


def svg_in_page(drawn: Drawn) -> SafeString | str:
    """The picture as markup, "" where there is none. Every text in it was escaped as it was written out."""
    if drawn.picture is None:
        return ""
    return mark_safe(svg_of(drawn.picture, standalone=False))  # noqa: S308 - svg_of escapes every text, tests feed it hostile names


def _cells(row: tuple[Cell, ...], head: tuple[str, ...], numbers: list[bool]) -> list[tuple[str, str, bool]]:
    return [(name, cell_in_words(cell), number) for cell, name, number in zip(row, head, numbers, strict=True)]


def cell_in_words(cell: Cell) -> str:
    """A cell as people read it; what nobody knows says so."""
    if cell is None:
        return _("not known")
    if isinstance(cell, int | Decimal):
        return amount(cell)
    return day(cell) if isinstance(cell, date) else cell
