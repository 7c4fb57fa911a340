"""Licence cases as lanes over time: whose clock ran when, what is paused, what is due, and until when a licence holds."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from babel import Locale
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sild.formats.drawing.lanes import LaneRow, LaneWords, Point, Stretch, lanes_picture
from sild.formats.drawing.shapes import Drawn, Tone
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.said import said, wording
from sild.wings.clearance.models import LicenceCase
from sild.wings.clearance.reads.cases import CaseFilter, CaseRow, case_board
from sild.wings.clearance.rules import CaseState, Clocks, Mover, Stay
from sild.wings.parties.public import desk_day

TONES: dict[Mover, tuple[Tone, bool]] = {
    Mover.AUTHORITY: ("a", False),
    Mover.GIVER: ("part", True),
    Mover.LIAISON: ("unknown", True),
    Mover.NOBODY: ("muted", True),
}
"""How a stay is drawn by whose move it was: with the authority solid, everybody else's patterned."""
ENDED: dict[CaseState, tuple[Tone, bool]] = {CaseState.GRANTED: ("good", True), CaseState.DENIED: ("blocked", True)}


@read
def picture_of_licences(actor: Actor, wanted: CaseFilter | None = None) -> Drawn:
    """The clocks of the cases of a filter, those that are late first, as far as the reader may see them; up to as many as the board has."""
    board, today = case_board(actor, wanted or CaseFilter()), desk_day(actor)
    rows = sorted((row for lane in board.lanes for row in lane.rows), key=_urgent_first)
    cases = {case.id: case for case in LicenceCase.objects.filter(id__in=[row.id for row in rows])}
    clocks = {row.id: cases[row.id].clocks(today) for row in rows if row.id in cases}
    rows = [row for row in rows if row.id in clocks]
    title = _("Licence clocks over time")
    summary = (
        _summary(rows, clocks, cut=board.cut)
        if rows
        else _("There is no licence case to draw: an officer opens one on the page of an offer.")
    )
    keys: tuple[tuple[Tone, bool, str], ...] = (
        ("a", False, _("with the authority: its clock runs")),
        ("part", True, _("the giver's move: the clock is paused")),
        ("unknown", True, _("the liaison's move")),
        ("good", True, _("granted, until it expires")),
        ("blocked", True, _("denied")),
        ("muted", True, _("nobody has to move")),
    )
    words = LaneWords(usual=wording(title, summary), today=_("today"), keys=keys)
    return Drawn(
        picture=lanes_picture([_lane(row, clocks[row.id], today) for row in rows], today, words),
        title=title,
        summary=summary,
        head=(
            _("What"),
            _("Jurisdiction"),
            _("State"),
            _("Whose move"),
            _("Since"),
            _("Days with the authority"),
            _("Days paused"),
            _("Due"),
            _("Expires"),
        ),
        rows=tuple(_cells(row, clocks[row.id]) for row in rows),
        links=tuple(reverse("clearance.case", args=[row.id]) for row in rows),
    )


def _urgent_first(row: CaseRow) -> tuple[bool, date, str, str]:
    return (not row.late, row.due_on or row.expires_on or date.max, row.item, str(row.id))


def _summary(rows: list[CaseRow], clocks: dict[UUID, Clocks], *, cut: bool) -> str:
    told = _(
        "Cases: {all}. With the authority, its clock running: {running}. Paused for information: {paused}. Overdue or expired: {late}. "
        "Licences that expire soon: {soon}."
    ).format(
        all=len(rows),
        running=sum(clocks[row.id].running for row in rows),
        paused=sum(clocks[row.id].is_paused for row in rows),
        late=sum(row.late for row in rows),
        soon=sum(row.lapses_soon for row in rows),
    )
    return f"{told} {_('There are more: these are due first. Narrow the list.')}" if cut else told


def _territory(code: str) -> str:
    return str(Locale.parse((get_language() or "en").replace("-", "_")).territories.get(code, code))


def _lane(row: CaseRow, clocks: Clocks, today: date) -> LaneRow:
    return LaneRow(
        name=f"{row.jurisdiction} · {row.item or _('without a title')}",
        stretches=tuple(_stretch(stay, row, today) for stay in clocks.stays),
        points=tuple(_points(row, today)),
    )


def _stretch(stay: Stay, row: CaseRow, today: date) -> Stretch:
    tone, pattern = ENDED.get(stay.state, TONES[stay.mover])
    end = stay.until or (row.expires_on if stay.state == CaseState.GRANTED and row.expires_on else today)
    words = said().label(stay.state, "licence")
    told = _("{state}, {since} – {until}, {days} days").format(
        state=words,
        since=said().day(stay.since),
        until=said().day(stay.until) if stay.until else _("today"),
        days=stay.days,
    )
    # how long it took is asked of those whose move it was
    text = _("{days} d").format(days=stay.days) if stay.days and stay.mover != Mover.NOBODY else ""
    return Stretch(start=stay.since, end=max(end, stay.since), tone=tone, pattern=pattern, title=told, text=text)


def _points(row: CaseRow, today: date) -> list[Point]:
    found = []
    if row.due_on is not None:
        words = _("overdue since {day}") if row.overdue else _("due {day}")
        found.append(Point(on=row.due_on, text=words.format(day=said().day(row.due_on)), tone="gap" if row.overdue else "ink"))
    if row.expires_on is not None and row.state == CaseState.GRANTED:
        words = _("expired {day}") if row.lapsed else _("expires {day}")
        found.append(Point(on=row.expires_on, text=words.format(day=said().day(row.expires_on)), tone="gap" if row.lapsed else "ink"))
    return found


def _cells(row: CaseRow, clocks: Clocks) -> tuple[str | int | date | None, ...]:
    say = said()
    return (
        row.item,
        _territory(row.jurisdiction),
        say.label(row.state, "licence"),
        say.label(row.mover, "mover"),
        row.since,
        clocks.authority,
        clocks.paused,
        row.due_on or "",
        row.expires_on or "",
    )
