"""Deliveries over what bodies can take in, and what has to be renewed on which day: as pictures with their tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from sild.formats.drawing.calendar import CalendarWords, Due, calendar_picture
from sild.formats.drawing.gantt import GanttWords, Group, Load, Strip, gantt_picture
from sild.formats.drawing.lanes import LaneRow, Point, Stretch
from sild.formats.drawing.shapes import Cell, Drawn, Tone
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.said import said, wording
from sild.wings.delivery.public import Journey, journeys
from sild.wings.outlook.reads.absorption import BodyCapacity, absorption_page
from sild.wings.outlook.reads.sustainment import SustainmentPage, sustainment_page
from sild.wings.outlook.rules import SOON_DAYS, Month, Outlook, ResourceMonths
from sild.wings.parties.public import desk_day

Keys = tuple[tuple[Tone, bool, str], ...]
DELAYED = 30
"""A consignment without a planned day is drawn up to so many days ahead of today, as a guess that says so."""


@read
def picture_of_deliveries(actor: Actor, *, body: str = "") -> Drawn:
    """Consignments of a body, or of all, over the months in which it can take things in; the table holds every consignment."""
    today = desk_day(actor)
    moving = journeys(actor, body=body)
    bodies = {one.body: one for one in absorption_page(actor) if body in ("", one.body)}
    names = sorted({one.body for one in moving} | set(bodies), key=lambda name: _first(name, moving, bodies))
    title = _("Deliveries over time, and what can be taken in")
    summary = _told(moving, bodies)
    groups = [
        Group(
            name=name or _("nobody that could be told"),
            lanes=tuple(_lane(one, today) for one in moving if one.body == name),
            loads=tuple(Load(month=month.month, capacity=month.capacity, coming=month.planned) for month in bodies[name].months)
            if name in bodies
            else (),
            further=tuple(_strip(one) for one in bodies[name].told) if name in bodies else (),
        )
        for name in names
    ]
    words = GanttWords(
        usual=wording(title, summary),
        today=_("today"),
        other_groups=_("{count} further bodies with {rows} deliveries: choose one above"),
        load=_("planned / can take in, by month"),
        can=_("can take in"),
        keys=_delivery_keys(),
    )
    return Drawn(
        picture=gantt_picture(groups, today, words),
        title=title,
        summary=summary,
        head=(
            _("What"),
            _("For whom"),
            _("Who gives"),
            _("How much"),
            _("Unit"),
            _("State"),
            _("Prepared"),
            _("Set out"),
            _("Due"),
            _("There"),
        ),
        rows=tuple(_delivery(one) for one in moving),
        links=tuple(reverse("delivery.one", args=[one.id]) for one in moving),
    )


@read
def table_of_capacity(actor: Actor, *, body: str = "") -> Drawn:
    """The months under the deliveries as a table: what is planned for each body and what it can take in."""
    rows = [
        (one.body, of_what, said().month(month.month), month.planned, month.capacity, month.left)
        for one in absorption_page(actor)
        if body in ("", one.body)
        for of_what, months in _of_what(one)
        for month in months
        if month.planned or month.capacity is not None
    ]
    head = (_("For whom"), _("Of what"), _("Month"), _("Planned"), _("Can take in"), _("Left"))
    return Drawn(picture=None, title=_("What can be taken in, by month"), summary="", head=head, rows=tuple(rows))


def _of_what(one: BodyCapacity) -> list[tuple[str, tuple[Month, ...]]]:
    """Pieces, then every resource of which somebody said what the body has."""
    return [(_("pieces"), one.months), *((said().label(told.name, "resource"), told.months) for told in one.told)]


def _strip(one: ResourceMonths) -> Strip:
    """The months of a resource under those of pieces."""
    loads = tuple(Load(month=month.month, capacity=month.capacity, coming=month.planned) for month in one.months)
    return Strip(name=said().label(one.name, "resource"), loads=loads)


def _first(name: str, moving: Sequence[Journey], bodies: dict[str, BodyCapacity]) -> tuple[bool, bool, int, str]:
    """What is late comes first, then who is to get more than can be taken in, then who gets most."""
    mine = [one for one in moving if one.body == name]
    over = name in bodies and bodies[name].over > 0
    return (not any(one.overdue for one in mine), not over, -len(mine), name)


def _told(moving: Sequence[Journey], bodies: dict[str, BodyCapacity]) -> str:
    if not moving and not bodies:
        return _("Nothing moves and nothing is planned that you may see. A consignment is prepared on the page of a committed agreement.")
    told = _(
        "Consignments: {all}; late: {late}; there: {there}. Bodies for which more is planned in some month than they can take in: {over}. "
        "Bodies of which nobody has said what they can take in: {silent}."
    )
    return told.format(
        all=len(moving),
        late=sum(one.overdue for one in moving),
        there=sum(one.there is not None for one in moving),
        over=sum(one.over > 0 for one in bodies.values()),
        silent=sum(not one.known for one in bodies.values()),
    )


def _delivery_keys() -> Keys:
    return (
        ("part", True, _("prepared, has not set out")),
        ("a", True, _("on its way")),
        ("good", False, _("there, or within what can be taken in")),
        ("muted", True, _("still ahead, as planned")),
        ("gap", True, _("late, or more than can be taken in")),
        ("unknown", True, _("nobody said what can be taken in")),
    )


def _lane(one: Journey, today: date) -> LaneRow:
    title = one.title or _("without a title")
    amount = f"{said().amount(one.quantity)} {said().unit(one.unit, one.quantity)}"
    told = f"{title}, {amount}, {one.giver or _('a giver that is not named to you')}: {said().label(one.state, 'consignment')}"
    stretches: list[Stretch] = []

    def add(start: date, end: date, tone: Tone, pattern: bool = False) -> None:
        if end > start or (end == start and not stretches):
            stretches.append(Stretch(start=start, end=end, tone=tone, pattern=pattern, title=told))

    stops = one.there or today
    add(one.prepared, min(one.left or stops, stops), "part", True)
    if one.left is not None:
        add(one.left, stops, "a", True)
    if one.there is not None:
        add(one.there, max(one.since, one.there + timedelta(days=1)), "good")
    elif one.due is None:
        add(today, today + timedelta(days=DELAYED), "muted", True)
    elif one.overdue:
        add(one.due, today, "gap", True)
    else:
        add(today, one.due, "muted", True)
    return LaneRow(name=f"{title} · {amount}", stretches=tuple(stretches), points=_days(one))


def _days(one: Journey) -> tuple[Point, ...]:
    if one.there is not None:
        state = said().label(one.state, "consignment")
        return (Point(on=one.there, text=f"{state}, {said().day(one.since)}", tone="ink"),)
    if one.due is None:
        return ()
    words = _("late since {day}") if one.overdue else _("due {day}")
    return (Point(on=one.due, text=words.format(day=said().day(one.due)), tone="gap" if one.overdue else "ink"),)


def _delivery(one: Journey) -> tuple[Cell, ...]:
    unit, state = said().unit(one.unit, one.quantity), said().label(one.state, "consignment")
    days = (one.prepared, one.left or "", one.due or "", one.there or "")
    return (one.title, one.body, one.giver or _("a giver that is not named to you"), one.quantity, unit, state, *days)


@read
def picture_of_renewals(actor: Actor, *, body: str = "") -> Drawn:
    """What has to be renewed on which day, of one body or of all: consignments and terms together, each drawn by what comes instead."""
    return drawn_renewals(sustainment_page(actor, body=body))


def drawn_renewals(found: SustainmentPage) -> Drawn:
    """The calendar of a page that was read. Needs an actor."""
    title = _("What has to be renewed, day by day")
    keys: Keys = (
        ("gap", True, _("nothing comes instead in time")),
        ("part", True, _("a part comes instead in time")),
        ("good", False, _("as much comes instead in time")),
        ("unknown", True, _("how much it is nobody said")),
    )
    words = CalendarWords(
        usual=wording(title, _lapsing(found)),
        today=_("today"),
        past=_("Ran out in earlier months: {count}"),
        later=_("Later: {count}"),
        sum=_("things: {count}"),
        keys=keys,
    )
    dues = [Due(on=row.running.on, name=_name(row), tone=_fate(row)) for row in found.rows]
    return Drawn(
        picture=calendar_picture(dues, found.today, words),
        title=title,
        summary=words.usual.summary,
        head=(_("Day"), _("What"), _("For whom"), _("Who gives"), _("How much"), _("Unit"), _("Comes instead in time"), _("Goes dark")),
        rows=tuple(_renewal(row) for row in found.rows),
        links=tuple(_address(row) for row in found.rows),
    )


def _address(row: Outlook) -> str:
    return reverse("delivery.one", args=[row.running.id]) if row.running.told_by == "consignment" else ""


def _name(row: Outlook) -> str:
    title = row.running.title or _("without a title")
    return f"{title} ({row.running.body})" if row.running.body else title


def _fate(row: Outlook) -> Tone:
    if row.dark is None:
        return "unknown"
    return "good" if row.dark <= Decimal(0) else "part" if row.in_time else "gap"


def _renewal(row: Outlook) -> tuple[Cell, ...]:
    one = row.running
    return (one.on, one.title, one.body, one.giver, one.quantity, said().unit(one.unit, one.quantity), row.in_time, row.dark)


def _lapsing(found: SustainmentPage) -> str:
    if not found.rows:
        return _("Nothing that you may see lapses in this time. Days come from consignments, and from what somebody writes down here.")
    told = _(
        "Things that lapse until {until}: {all}. Lapsed already: {past}. Within {days} days: {soon}. Nothing comes instead in time for: "
        "{dark}. Consignments of which nobody has said when they lapse: {unknown}."
    )
    return told.format(
        until=said().day(found.until),
        all=len(found.rows),
        past=found.past,
        days=SOON_DAYS,
        soon=found.soon,
        dark=sum(_fate(row) == "gap" for row in found.rows),
        unknown=found.unknown,
    )
