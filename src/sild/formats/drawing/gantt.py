"""Deliveries over what can be taken in: for each body its deliveries as bars, and below them, on the same days, its months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sild.formats.drawing.lanes import NAME, ROW, SCALE, TOP, LaneRow, lane_marks, rest_of, today_line
from sild.formats.drawing.lanes import days_of as days_of_lanes
from sild.formats.drawing.layout import SMALL, Days, label, legend, month_after, span_of, width_of
from sild.formats.drawing.shapes import Box, Mark, Picture, Stroke, Tone, Wording, Words

MOST_BARS, MOST_GROUPS = 12, 8
LOAD, HEADING = 54.0, 26.0
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A month of a body: what it can take in (None: nobody said) and what comes."""

    month: date
    capacity: Decimal | None
    coming: Decimal

    @property
    def over(self) -> bool:
        """Whether more comes than can be taken in."""
        return self.capacity is not None and self.coming > self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The months of something else that a body takes things in with: its people, its racks."""

    name: str
    loads: tuple[Load, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A body with its deliveries, in their order, its months, and further strips of months, each by name."""

    name: str
    lanes: tuple[LaneRow, ...]
    loads: tuple[Load, ...] = ()
    further: tuple[Strip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GanttWords:
    """Words of the picture: `other_groups` holds {count} bodies and {rows} deliveries; `can` names the line of capacity, `load` the
    strip of months; `keys` are the legend: tone, patterned, words."""

    usual: Wording
    today: str
    other_groups: str
    load: str
    can: str
    keys: tuple[tuple[Tone, bool, str], ...]


def gantt_picture(groups: Sequence[Group], today: date, words: GanttWords) -> Picture | None:
    """The groups in their order, MOST_GROUPS of them with MOST_BARS bars each and the rest told as sums; None where there is nothing."""
    if not any(group.lanes or group.loads for group in groups):
        return None
    drawn = groups if len(groups) <= MOST_GROUPS + 1 else groups[:MOST_GROUPS]
    days = [day for group in groups for day in days_of_lanes(group.lanes)]
    days += [month for group in groups for load in group.loads if load.coming for month in (load.month, month_after(load.month, 1))]
    first, last = span_of(days, today, most_months=24)
    scale = Days(first, last, NAME, SCALE)
    marks, y = list[Mark](), TOP
    for group in drawn:
        body, y = _group(group, y, scale, words)
        marks += body
    if len(drawn) < len(groups):
        rest = groups[len(drawn) :]
        text = words.other_groups.format(count=len(rest), rows=sum(len(group.lanes) for group in rest))
        marks.append(label((4, y + 19), text, NAME + SCALE - 8, bold=True))
        y += HEADING
    foot = y + 4
    marks = [*scale.ticks(TOP, foot, words.usual.month), *marks, *today_line(today, scale, (TOP, foot), words.today)]
    keys, high = legend((4, foot + 26), words.keys, NAME + SCALE)
    return Picture(NAME + SCALE + 40, foot + 26 + high + 4, words.usual.title, words.usual.summary, (*marks, *keys))


def _group(group: Group, y: float, scale: Days, words: GanttWords) -> tuple[list[Mark], float]:
    """The marks of a body, and where the next one begins."""
    marks: list[Mark] = [Stroke(((0, y), (NAME + SCALE, y)), "muted"), label((4, y + 18), group.name, NAME + SCALE / 2, bold=True)]
    y += HEADING
    lanes = list(group.lanes)
    if len(lanes) > MOST_BARS + 1:
        lanes = [*lanes[:MOST_BARS], rest_of(lanes[MOST_BARS:], words.usual)]
    for lane in lanes:
        marks += lane_marks(lane, y, scale)
        y += ROW
    for name, loads in ((words.load, group.loads), *((one.name, one.loads) for one in group.further)):
        shown = [load for load in loads if scale.first <= load.month < scale.last]
        if any(load.coming or load.capacity is not None for load in shown):
            marks += _loads(shown, y, scale, name, words)
            y += LOAD + 18
    return marks, y + 6


def _loads(loads: Sequence[Load], y: float, scale: Days, name: str, words: GanttWords) -> list[Mark]:
    """Columns of what comes under the line of what can be taken in, each with its number."""
    told = words.usual.number
    tallest = max(max(load.coming, load.capacity or NOTHING) for load in loads) or Decimal(1)
    foot = y + LOAD + 12
    marks: list[Mark] = [label((16, foot - 20), name, NAME - 28, size=SMALL)]
    for load in loads:
        left, right = scale.at(load.month) + 2, scale.at(month_after(load.month, 1)) - 2
        wide = right - left
        high = float(load.coming / tallest) * (LOAD - 14)
        tone: Tone = "gap" if load.over else "good" if load.capacity is not None else "unknown"
        can = "?" if load.capacity is None else told(load.capacity)
        title = f"{words.usual.month(load.month)}: {told(load.coming)} / {words.can} {can}"
        if high:
            marks.append(Box(left, foot - high, wide, high, tone, title, tone != "good"))
        said = f"{told(load.coming)}/{can}" if load.coming or load.capacity is not None else ""
        level = foot - float((load.capacity or NOTHING) / tallest) * (LOAD - 14)
        if load.capacity is not None:
            marks.append(Stroke(((left - 2, level), (right + 2, level)), "ink"))
        if said and width_of(said, SMALL) <= wide + 4:
            marks.append(
                Words((left + right) / 2, min(foot - high, level if load.capacity is not None else foot) - 3, said, SMALL, "middle")
            )
    return [*marks, Stroke(((NAME, foot), (NAME + SCALE, foot)), "line")]
