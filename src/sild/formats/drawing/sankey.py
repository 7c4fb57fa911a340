"""What flows from whom by what to whom and how far, as bands: what goes in at a name is what comes out of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sild.formats.drawing.layout import SMALL, USUAL, label
from sild.formats.drawing.shapes import SERIES, Box, Mark, Picture, Ribbon, Tone, Wording, Words

MOST_NAMES = 8
WIDTH, LAST, NODE, HEAD, APART, SCALE = 1240.0, 300.0, 14.0, 40.0, 26.0, 380.0
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """An amount that goes through one name of each column, in one measure for all flows; never negative."""

    path: tuple[str, ...]
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SankeyWords:
    """Words of the columns; `last` is the order of the last column's names, with the tone of each."""

    usual: Wording
    columns: tuple[str, ...]
    last: tuple[tuple[str, Tone], ...] = ()


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    amount: Decimal
    y: float
    height: float


def folded_flows(flows: Sequence[Flow], words: SankeyWords) -> tuple[Flow, ...]:
    """Flows of one path summed; in each column the largest MOST_NAMES names whole, the rest as one name that says how many it sums."""
    used = [flow for flow in flows if flow.amount > 0]
    names = [_names_of(used, column, words) for column in range(len(words.columns))]
    summed: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for flow in used:
        summed[tuple(names[column][name] for column, name in enumerate(flow.path))] += flow.amount
    return tuple(Flow(path=path, amount=amount) for path, amount in sorted(summed.items(), key=lambda held: (-held[1], held[0])))


def _names_of(flows: Sequence[Flow], column: int, words: SankeyWords) -> dict[str, str]:
    """Under which name each name of a column is shown."""
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for flow in flows:
        amounts[flow.path[column]] += flow.amount
    ranked = sorted(amounts, key=lambda name: (-amounts[name], name))
    if len(ranked) <= MOST_NAMES + 1 or (words.last and column == len(words.columns) - 1):
        return {name: name for name in ranked}
    rest = words.usual.others.format(count=len(ranked) - MOST_NAMES)
    while rest in ranked[:MOST_NAMES]:
        rest += " "
    return {name: name if number < MOST_NAMES else rest for number, name in enumerate(ranked)}


def sankey_picture(flows: Sequence[Flow], words: SankeyWords) -> Picture | None:
    """Folded flows drawn (see folded_flows); None where there are none."""
    whole = sum((flow.amount for flow in flows), NOTHING)
    if not whole:
        return None
    count = len(words.columns)
    columns = _columns(flows, words, whole)
    step = (WIDTH - LAST - NODE - 10) / (count - 1)
    places = [step * column for column in range(count)]
    tones = {node.name: (SERIES[number] if number < len(SERIES) else "muted") for number, node in enumerate(_largest(columns[0]))}
    marks: list[Mark] = [Words(x, 18, head, USUAL, bold=True) for x, head in zip(places, words.columns, strict=True)]
    for column in range(count - 1):
        sides = (columns[column], columns[column + 1], (places[column] + NODE, places[column + 1]))
        marks += _ribbons(flows, column, sides, (tones, words, whole))
    for column, nodes in enumerate(columns):
        marks += _nodes(nodes, places[column], (words, column == count - 1, column == 0, tones), step)
    height = max(node.y + node.height for nodes in columns for node in nodes.values()) + 30
    return Picture(WIDTH, height, words.usual.title, words.usual.summary, tuple(marks))


def _largest(nodes: dict[str, _Node]) -> list[_Node]:
    return sorted(nodes.values(), key=lambda node: (-node.amount, node.name))


def _columns(flows: Sequence[Flow], words: SankeyWords, whole: Decimal) -> list[dict[str, _Node]]:
    """The nodes of each column from top to bottom: the first by amount, the others near where they come from, the last in its order."""
    found: list[dict[str, _Node]] = []
    order = {name: number for number, (name, _tone) in enumerate(words.last)}
    for column in range(len(words.columns)):
        amounts: dict[str, Decimal] = defaultdict(Decimal)
        pulls: dict[str, float] = defaultdict(float)
        for flow in flows:
            amounts[flow.path[column]] += flow.amount
            if column:
                before = found[column - 1][flow.path[column - 1]]
                pulls[flow.path[column]] += (before.y + before.height / 2) * float(flow.amount / whole)
        pulled = {name: pulls[name] / float(amounts[name] / whole) for name in amounts}
        if words.last and column == len(words.columns) - 1:
            ranked = sorted(amounts, key=lambda name: (order.get(name, len(order)), name))
        else:
            ranked = sorted(amounts, key=lambda name: (pulled[name] if column else 0.0, -amounts[name], name))
        nodes, y = dict[str, _Node](), HEAD
        for name in ranked:
            height = float(amounts[name] / whole) * SCALE
            nodes[name] = _Node(name, amounts[name], y, height)
            y += max(height, 8.0) + APART
        found.append(nodes)
    return found


def _ribbons(
    flows: Sequence[Flow],
    column: int,
    sides: tuple[dict[str, _Node], dict[str, _Node], tuple[float, float]],
    said: tuple[dict[str, Tone], SankeyWords, Decimal],
) -> list[Mark]:
    """The bands between two columns, each in the tone of who gives, in the order in which they meet the nodes."""
    left, right, (x0, x1) = sides
    tones, words, whole = said
    bands: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for flow in flows:
        bands[flow.path[column], flow.path[column + 1], flow.path[0]] += flow.amount
    starts: dict[tuple[str, str, str], float] = {}
    ends: dict[tuple[str, str, str], float] = {}
    used = {name: node.y for name, node in left.items()}
    for band in sorted(bands, key=lambda band: (right[band[1]].y, band[2])):
        starts[band] = used[band[0]]
        used[band[0]] += float(bands[band] / whole) * SCALE
    used = {name: node.y for name, node in right.items()}
    for band in sorted(bands, key=lambda band: (left[band[0]].y, band[2])):
        ends[band] = used[band[1]]
        used[band[1]] += float(bands[band] / whole) * SCALE
    found: list[Mark] = []
    for band, amount in bands.items():
        thick = max(float(amount / whole) * SCALE, 1.0)
        names = band[:2] if column == 0 else (band[2], *band[:2])
        title = f"{' → '.join(names)}: {words.usual.number(amount)}"
        found.append(Ribbon(x0, starts[band], x1, ends[band], thick, tones[band[2]], title))
    return found


def _nodes(nodes: dict[str, _Node], x: float, said: tuple[SankeyWords, bool, bool, dict[str, Tone]], step: float) -> list[Mark]:
    words, last, first, tones = said
    own = dict(words.last)
    found: list[Mark] = []
    for node in nodes.values():
        amount = words.usual.number(node.amount)
        tone: Tone = tones[node.name] if first else own.get(node.name, "muted") if last else "muted"
        patterned = last and tone in ("part", "gap", "blocked", "unknown")
        found.append(Box(x, node.y, NODE, max(node.height, 2.0), tone, f"{node.name}: {amount}", patterned))
        room = LAST if last else step - NODE - 16
        middle = node.y + max(node.height, 8.0) / 2
        found.append(label((x + NODE + 6, middle - 1), node.name, room, bold=False))
        found.append(Words(x + NODE + 6, middle + 13, amount, SMALL, tone="muted"))
    return found
