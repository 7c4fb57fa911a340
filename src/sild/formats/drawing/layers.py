"""What leans on what, in columns from what stands alone to what leans on all of it: a box for each part, a line to each that it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sild.formats.drawing.layout import SMALL, fitted, label, legend
from sild.formats.drawing.shapes import Box, Mark, Picture, Stroke, Tone, Wording, Words

BOX, GAP, ROW, TALL, TOP = 190.0, 90.0, 34.0, 24.0, 34.0
MOST_IN_A_COLUMN = 40
SWEEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part: its key, what is written in its box, what is shown to who points at it."""

    key: str
    label: str
    title: str
    tone: Tone
    pattern: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A layer with its parts, those that matter most first."""

    name: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """The part `one` leans on the part `needs`."""

    one: str
    needs: str
    tone: Tone = "muted"
    dashed: bool = False


def layers_picture(
    columns: Sequence[Column], links: Sequence[Link], words: Wording, keys: Sequence[tuple[Tone, bool, str]]
) -> Picture | None:
    """The columns from left to right, as many parts of each as fit and the rest told as a number; None where there is none."""
    drawn = [column for column in columns if column.nodes]
    if not drawn:
        return None
    kept = _ordered([list(column.nodes[:MOST_IN_A_COLUMN]) for column in drawn], links)
    place = {node.key: (at * (BOX + GAP), TOP + row * ROW) for at, nodes in enumerate(kept) for row, node in enumerate(nodes)}
    marks: list[Mark] = [mark for link in links if link.one in place and link.needs in place for mark in _line(link, place)]
    for at, (column, nodes) in enumerate(zip(drawn, kept, strict=True)):
        x = at * (BOX + GAP)
        marks.append(label((x, 18), column.name, BOX, bold=True))
        for node in nodes:
            marks += _box(node, place[node.key])
        if len(column.nodes) > len(nodes):
            rest = words.others.format(count=len(column.nodes) - len(nodes))
            marks.append(Words(x, TOP + len(nodes) * ROW + 16, rest, SMALL, tone="muted"))
    width = len(drawn) * (BOX + GAP) - GAP + 30
    foot = TOP + max(len(nodes) + (len(column.nodes) > len(nodes)) for column, nodes in zip(drawn, kept, strict=True)) * ROW + 6
    entries, high = legend((0, foot), keys, width)
    return Picture(width, foot + high + 4, words.title, words.summary, (*marks, *entries))


def _ordered(columns: list[list[Node]], links: Sequence[Link]) -> list[list[Node]]:
    """Each column ordered by the middle of what its parts are tied to, from left to right and back: fewer lines cross."""
    tied: dict[str, set[str]] = {}
    for link in links:
        tied.setdefault(link.one, set()).add(link.needs)
        tied.setdefault(link.needs, set()).add(link.one)
    for sweep in range(SWEEPS):
        order = range(len(columns)) if sweep % 2 == 0 else range(len(columns) - 1, -1, -1)
        for at in order:
            near = [one for one in (at - 1, at + 1) if 0 <= one < len(columns)]
            rows = {node.key: row for one in near for row, node in enumerate(columns[one])}
            now = {node.key: row for row, node in enumerate(columns[at])}

            def middle(node: Node, rows: dict[str, int] = rows, now: dict[str, int] = now) -> float:
                beside = [rows[key] for key in tied.get(node.key, ()) if key in rows]
                return sum(beside) / len(beside) if beside else float(now[node.key])

            columns[at].sort(key=middle)
    return columns


def _box(node: Node, place: tuple[float, float]) -> list[Mark]:
    x, y = place
    # the words stand beside a narrow mark: on a tone they would not be read in every theme
    mark = Box(x, y, 10, TALL, node.tone, node.title, node.pattern)
    frame = Stroke(((x, y), (x + BOX, y), (x + BOX, y + TALL), (x, y + TALL), (x, y)), "line")
    text = fitted(node.label, BOX - 22, SMALL)
    return [Box(x, y, BOX, TALL, "ground", node.title), frame, mark, Words(x + 16, y + 16, text, SMALL, title=node.title)]


def _line(link: Link, place: dict[str, tuple[float, float]]) -> list[Mark]:
    """From what is needed to what leans on it: between columns straight, within one around its right side."""
    (x0, y0), (x1, y1) = place[link.needs], place[link.one]
    y0, y1 = y0 + TALL / 2, y1 + TALL / 2
    if x0 == x1:
        out = x0 + BOX + 12 + min(abs(y1 - y0) / 12, 30)
        return [Stroke(((x0 + BOX, y0), (out, y0), (out, y1), (x1 + BOX, y1)), link.tone, link.dashed)]
    if x0 < x1:
        return [Stroke(((x0 + BOX, y0), (x1, y1)), link.tone, link.dashed)]
    return [Stroke(((x0, y0), (x1 + BOX, y1)), link.tone, link.dashed)]
