"""Need by supply: what the plan that a reader sees gives to what is asked, by category or need by need, with what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from sild.formats.drawing.matrix import Matrix, MatrixRow, MatrixWords, folded, matrix_picture
from sild.formats.drawing.shapes import Cell, Drawn
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.said import said, wording
from sild.wings.planning.reads.sheet import PlanRow, plan_sheet

NOTHING = Decimal(0)


@read
def picture_of_supply(actor: Actor, *, by_need: bool = False, category: str = "") -> Drawn:
    """The matrix of the newest plan: rows are categories, or needs where `by_need`, each in one unit; columns are givers.

    What is planned by givers that the reader may not know stands in a column of its own, so that a row adds up to what is planned.
    """
    sheet = plan_sheet(actor)
    planned = [row for row in (sheet.rows if sheet is not None else ()) if category in ("", row.category)]
    rows = [_of_need(row) for row in planned] if by_need else _by_category(planned)
    # needs that are met in part come first, then those that are open, each as the plan orders them
    rows.sort(key=_partly_first if by_need else _largest_first)
    title = _("Needs and who meets them") if by_need else _("Categories of need and who meets them")
    words = _words(title, _summary(rows, planned))
    matrix = folded(rows, words)
    return Drawn(
        picture=matrix_picture(matrix, words),
        title=title,
        summary=words.usual.summary,
        head=(_("What"), _("Unit"), _("Needs"), _("Of them unknown"), words.asked, *matrix.columns, words.covered, words.gap),
        rows=(*(_cells(row, matrix.columns) for row in matrix.rows), *_mixed(matrix)),
        links=(*(row.link for row in matrix.rows), *("" for _one in matrix.mixed)),
    )


def _words(title: str, summary: str) -> MatrixWords:
    return MatrixWords(
        usual=wording(title, summary),
        asked=_("Asked"),
        covered=_("Planned"),
        gap=_("Gap"),
        unknown=_("not known"),
        given=_("planned from this giver, as a share of what is asked"),
        other_units=_("{count} others in further units, which do not add up"),
    )


def _summary(rows: Sequence[MatrixRow], planned: Sequence[PlanRow]) -> str:
    if not rows:
        return _("There is no plan for you yet. A plan is made when messages were read, and shared by the secretariat.")
    told = _(
        "Needs: {needs}. Rows that are met whole: {whole}; with a gap: {gap}, {none} of them with nothing at all; of {unknown} nobody "
        "knows how much is asked. A row counts in one unit alone; units do not add."
    )
    return told.format(
        needs=len(planned),
        whole=sum(row.gap == 0 for row in rows),
        gap=sum(row.gap is not None and row.gap > 0 for row in rows),
        none=sum(row.gap is not None and row.gap > 0 and row.covered == 0 for row in rows),
        unknown=sum(row.gap is None for row in rows),
    )


def _partly_first(row: MatrixRow) -> tuple[bool, bool]:
    return (row.gap == 0, row.covered == 0)


def _largest_first(row: MatrixRow) -> tuple[int, str, str]:
    return (-row.count, row.name, row.unit)


def _given(rows: Iterable[PlanRow]) -> dict[str, Decimal]:
    """What each giver is planned to give; what no giver is named for goes by words that no giver bears."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    unnamed = _("givers not named to you")
    for row in rows:
        for one in row.given:
            found[one.provider or unnamed] += one.quantity
        rest = row.planned - sum((one.quantity for one in row.given), NOTHING)
        if rest > 0:
            found[unnamed] += rest
    return dict(found)


def _of_need(row: PlanRow) -> MatrixRow:
    name = row.title or _("without a title")
    return MatrixRow(
        name=f"{row.beneficiary}: {name}" if row.beneficiary and row.beneficiary not in name else name,
        unit=said().unit(row.unit, row.asked),
        asked=row.asked,
        given=_given([row]),
        link=reverse("register.need", args=[row.need]),
    )


def _by_category(planned: Sequence[PlanRow]) -> list[MatrixRow]:
    held: dict[tuple[str, str], list[PlanRow]] = defaultdict(list)
    for row in planned:
        held[row.category, row.unit].append(row)
    found = []
    for (category, unit), rows in held.items():
        known = [row.asked for row in rows if row.asked is not None]
        asked = sum(known, NOTHING) if known else None
        found.append(
            MatrixRow(
                name=said().category(category) or _("no category yet"),
                unit=said().unit(unit, asked),
                asked=asked,
                given=_given(rows),
                count=len(rows),
                unsure=len(rows) - len(known),
                short=sum((max(row.asked - row.planned, NOTHING) for row in rows if row.asked is not None), NOTHING) if known else None,
                link=f"{reverse('planning.supply')}?by=need&category={category}" if category else "",
            )
        )
    return found


def _cells(row: MatrixRow, columns: Sequence[str]) -> tuple[Cell, ...]:
    given = (row.given.get(column) or "" for column in columns)
    return (row.name, row.unit, row.count, row.unsure or int(row.asked is None), row.asked, *given, row.covered, row.gap)


def _mixed(matrix: Matrix) -> Iterable[tuple[Cell, ...]]:
    for name, count in matrix.mixed:
        yield (name, _("several"), count, "", "", *("" for _column in matrix.columns), "", "")
