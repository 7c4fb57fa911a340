"""The pictures of a report, drawn from the report's own rows: what stands nowhere in it is not drawn either.

Each has its table in the same paper, which says all that it shows: needs, agreements, consignments, licence cases, what lapses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext as _

from sild.formats.drawing.calendar import CalendarWords, Due, calendar_picture
from sild.formats.drawing.gantt import GanttWords, Group, gantt_picture
from sild.formats.drawing.lanes import LaneRow, LaneWords, Point, Stretch, lanes_picture
from sild.formats.drawing.matrix import MatrixRow, MatrixWords, folded, matrix_picture
from sild.formats.drawing.sankey import Flow, SankeyWords, folded_flows, sankey_picture
from sild.formats.drawing.shapes import Picture, Tone, Wording
from sild.formats.drawing.svg import svg_of
from sild.formats.report_paper import ReportPicture
from sild.kernel.said import said, wording
from sild.wings.disclosure.reads.words import word
from sild.wings.disclosure.rules.figures import WAITING_CASES

TONES: Mapping[str, Tone] = {"proposed": "unknown", "accepted": "unknown", "committed": "good"}
"""The agreements that are drawn: those that stand, by how far they are."""


Rows = Sequence[Mapping[str, Any]]
Keys = tuple[tuple[Tone, bool, str], ...]
ARRIVED = frozenset({"arrived", "handed-over", "accepted", "disputed"})
OVER = frozenset({"returned", "lost", "called-off"})
"""Consignments that are not drawn: nothing of them is on a way."""


def drawn(facts: Mapping[str, list[dict[str, Any]]], as_of: date) -> list[ReportPicture]:
    """What can be drawn of the facts as they were on a day; a picture of which there is nothing to draw is left out."""
    waiting = [row for row in facts["licences"] if row["state"] in WAITING_CASES]
    found = (
        _supply(facts["needs"], facts["agreements"]),
        _agreed(facts["agreements"]),
        _deliveries(facts["consignments"], as_of),
        _licences(waiting, as_of),
        _renewals(facts["lapses"], as_of),
    )
    return [one for one in found if one is not None]


def _shown(picture: Picture | None, words: Wording) -> ReportPicture | None:
    if picture is None:
        return None
    return ReportPicture(svg=svg_of(picture, standalone=True), told=f"{words.title}. {words.summary}")


def _supply(needs: Rows, agreements: Rows) -> ReportPicture | None:
    """Needs by givers: what is asked, and what stands of the agreements for it. Whose amount is not told is not drawn."""
    given: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in agreements:
        if row["state"] in TONES and row["standing"] is not None:
            given[row["need"]][row["giver"] or _("not named")] += Decimal(row["standing"])
    rows = [_asked(row, given.get(row["id"], {})) for row in needs if row["state"] == "endorsed" or row["id"] in given]
    rows.sort(key=lambda row: (row.gap == 0, row.covered == 0))
    gaps = [row.gap for row in rows]
    summary = _(
        "Needs that are endorsed or agreed on: {all}; covered: {whole}; with a gap: {gap}; of {unknown} nobody knows how much."
    ).format(
        all=len(rows),
        whole=sum(gap == 0 for gap in gaps),
        gap=sum(gap is not None and gap > 0 for gap in gaps),
        unknown=sum(gap is None for gap in gaps),
    )
    words = MatrixWords(
        usual=wording(_("Needs and what stands for them, by giver"), summary),
        asked=_("Asked"),
        covered=_("Stands"),
        gap=_("Gap"),
        unknown=_("not known"),
        given=_("from this giver, as a share of what is asked"),
        other_units=_("{count} others in further units, which do not add up"),
    )
    return _shown(matrix_picture(folded(rows, words), words), words.usual) if rows else None


def _asked(row: Mapping[str, Any], given: Mapping[str, Decimal]) -> MatrixRow:
    asked = None if row["quantity"] is None else Decimal(row["quantity"])
    name = row["title"] or _("without a title")
    return MatrixRow(
        name=f"{row['body']}: {name}" if row["body"] and row["body"] not in name else name,
        unit=said().unit(row["unit"] or "", asked),
        asked=asked,
        given=dict(given),
    )


def _agreed(agreements: Rows) -> ReportPicture | None:
    """Who gives what to whom and how far it is, each agreement that stands counted once; nothing where none stands."""
    standing = [row for row in agreements if row["state"] in TONES]
    flows = [Flow(path=_path(row), amount=Decimal(1)) for row in standing]
    counts = {state: sum(row["state"] == state for row in standing) for state in TONES}
    summary = _("Agreements that stand: {all}; proposed {proposed}, accepted {accepted}, committed {committed}.").format(
        all=len(standing), **counts
    )
    words = SankeyWords(
        usual=wording(_("What was agreed, from giver to how far it is"), summary),
        columns=(_("Who gives"), _("Category"), _("For whom"), _("How far")),
        last=tuple((word("agreements", state), tone) for state, tone in TONES.items()),
    )
    return _shown(sankey_picture(folded_flows(flows, words), words), words.usual)


def _path(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        row["giver"] or _("not named"),
        said().category(row["category"] or "") or _("no category yet"),
        row["body"] or _("not known"),
        word("agreements", row["state"]),
    )


def _deliveries(consignments: Rows, as_of: date) -> ReportPicture | None:
    """The consignments of each body: since when each stands where it is, and until when it was to be there."""
    moving = [row for row in consignments if row["state"] not in OVER and row["since"]]
    bodies: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in moving:
        bodies[row["body"] or _("not known")].append(row)
    keys: Keys = (
        ("part", True, _("prepared, has not set out")),
        ("a", True, _("on its way")),
        ("good", False, _("there")),
        ("muted", True, _("still ahead, as planned")),
        ("gap", True, _("late")),
    )
    summary = _("Consignments: {all}; there: {there}; late: {late}.").format(
        all=len(moving), there=sum(row["state"] in ARRIVED for row in moving), late=sum(bool(row["overdue"]) for row in moving)
    )
    words = GanttWords(
        usual=wording(_("Consignments over time, by body"), summary),
        today=_("day of the report"),
        other_groups=_("{count} more bodies with {rows} consignments"),
        load="",
        can="",
        keys=keys,
    )
    groups = [Group(name=name, lanes=tuple(_moving(row, as_of) for row in rows)) for name, rows in sorted(bodies.items())]
    return _shown(gantt_picture(groups, as_of, words), words.usual)


def _moving(row: Mapping[str, Any], as_of: date) -> LaneRow:
    since, due = date.fromisoformat(row["since"]), day_of(row["due"])
    state = word("consignments", row["state"])
    stretches = [Stretch(start=since, end=max(as_of, since), tone=_going(row["state"]), pattern=row["state"] not in ARRIVED, title=state)]
    points: tuple[Point, ...] = ()
    if due is not None and row["state"] not in ARRIVED:
        late = bool(row["overdue"])
        told = (_("late since {day}") if late else _("due {day}")).format(day=said().day(due))
        points = (Point(on=due, text=told, tone="gap" if late else "ink"),)
        if due > as_of or late:
            tone: Tone = "gap" if late else "muted"
            stretches.append(Stretch(start=min(due, as_of), end=max(due, as_of), tone=tone, pattern=True, title=told))
    title = row["title"] or _("without a title")
    return LaneRow(name=f"{title} · {state}", stretches=tuple(stretches), points=points)


def _going(state: str) -> Tone:
    return "good" if state in ARRIVED else "part" if state == "prepared" else "a"


def _licences(cases: Rows, as_of: date) -> ReportPicture | None:
    """The licence cases that wait: since when each stands where it is, and when it is due."""
    keys: Keys = (("unknown", True, _("waits in this state")), ("gap", True, _("overdue")))
    late = sum(bool(row["overdue"]) for row in cases)
    summary = _("Licence cases that wait: {all}; overdue: {late}.").format(all=len(cases), late=late)
    words = LaneWords(usual=wording(_("Licence cases that wait, over time"), summary), today=_("day of the report"), keys=keys)
    return _shown(lanes_picture([_waiting(row, as_of) for row in cases], as_of, words), words.usual)


def _waiting(row: Mapping[str, Any], as_of: date) -> LaneRow:
    since, due = day_of(row["since"]) or as_of, day_of(row["due_on"])
    state, tone = word("licences", row["state"]), "gap" if row["overdue"] else "unknown"
    stretch = Stretch(start=since, end=max(as_of, since), tone=cast("Tone", tone), pattern=True, title=state)
    told = (_("overdue since {day}") if row["overdue"] else _("due {day}")).format(day=said().day(due)) if due is not None else ""
    points = (Point(on=due, text=told, tone="gap" if row["overdue"] else "ink"),) if due is not None else ()
    name = " · ".join(filter(None, (row["jurisdiction"], row["title"] or _("without a title"), state)))
    return LaneRow(name=name, stretches=(stretch,), points=points)


def _renewals(lapses: Rows, as_of: date) -> ReportPicture | None:
    """What lapses on which day."""
    told = [(row, day) for row in lapses if (day := day_of(row["on"])) is not None]
    past = sum(day < as_of for _row, day in told)
    summary = _("Things that lapse: {all}; lapsed already: {past}.").format(all=len(told), past=past)
    words = CalendarWords(
        usual=wording(_("What lapses soon, day by day"), summary),
        today=_("day of the report"),
        past=_("Ran out in earlier months: {count}"),
        later=_("Later: {count}"),
        sum=_("things: {count}"),
        keys=(("gap", True, _("lapsed already")), ("unknown", True, _("lapses on this day"))),
    )
    dues = [Due(on=day, name=row["title"] or _("without a title"), tone="gap" if day < as_of else "unknown") for row, day in told]
    return _shown(calendar_picture(dues, as_of, words), words.usual)


def day_of(text: str | None) -> date | None:
    """The day of a kept text."""
    return None if not text else date.fromisoformat(text)
