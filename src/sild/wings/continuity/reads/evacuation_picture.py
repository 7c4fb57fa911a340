"""The moves of an evacuation plan over its hours as a picture, wave by wave, with its table twin."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sild.formats.drawing.hours import Bar, HourRow, HourWords, hours_picture
from sild.formats.drawing.shapes import Cell, Drawn
from sild.kernel.said import said
from sild.wings.continuity.reads.evacuation import FateRow, PlanRecord


def picture_of_evacuation(record: PlanRecord) -> Drawn:
    """A row for each system that moves: work and copy until its data are safe, then until it is live; those of the critical path marked."""
    moving = sorted((one for one in record.fates if one.goes), key=lambda one: (one.start or 0, one.live or 0, one.system))
    title = _("Moves over the hours")
    live = max((one.live or 0 for one in moving), default=0)
    summary = (
        ngettext(
            "{many} system moves; the last is live at hour {hour}.", "{many} systems move; the last is live at hour {hour}.", len(moving)
        ).format(many=len(moving), hour=live)
        if moving
        else _("Nothing moves in this plan: read below why each system stays.")
    )
    rows = [HourRow(name=one.system, bars=_bars(one), marked=one.critical) for one in moving]
    words = HourWords(
        title=title,
        summary=summary,
        hour=_("hour"),
        keys=(("a", False, _("work and copy")), ("part", True, _("safe, not live yet")), ("gap", False, _("on the critical path"))),
        others=_("{count} more in the table"),
    )
    return Drawn(
        picture=hours_picture(rows, record.row.hours, words),
        title=title,
        summary=summary,
        head=(
            _("System"),
            _("Wave"),
            _("Host"),
            _("Way"),
            _("Begins at hour"),
            _("Safe at hour"),
            _("Live at hour"),
            _("Slack, hours"),
            _("Why not earlier"),
        ),
        rows=tuple(_cells(one) for one in moving),
    )


def _bars(one: FateRow) -> tuple[Bar, ...]:
    begun, safe, live = one.start or 0, one.safe or 0, one.live or 0
    title = f"{one.system}: {begun}–{safe}–{live}"
    return (Bar(begun, safe, "gap" if one.critical else "a", title), Bar(safe, live, "part", title, pattern=True))


def _cells(one: FateRow) -> tuple[Cell, ...]:
    way = said().label(one.way, "way")
    name = f"{one.system} *" if one.critical else one.system
    return (name, one.wave, one.host, way, one.start, one.safe, one.live, one.slack, one.reasons)
