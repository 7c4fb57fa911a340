"""What checking a new line takes over the lines of the register, as a picture (SVG): milliseconds, with the bar; the lines are logarithmic.

    python bench/increment_plot.py TARGET.svg LINES:P50:P95:PROCESSOR ...

draws figures that were measured before; `increment_bench.py --svg TARGET.svg` draws its own.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT = 760, 400, 64, 20, 340, 560
MOST, BAR, STEP = 140, 100.0, 20  # milliseconds: at the top, at most, between two lines of the grid
CURVES = (("p95 by the clock", "#0b5394"), ("median by the clock", "#38761d"), ("median of the processor", "#b45f06"))

Row = tuple[int, float, float, float]
"""Lines of the register; the clock's median and 95th percentile; the processor's median, all processes together. In milliseconds."""


def plot(rows: Sequence[Row], target: Path) -> None:
    """Draw the three curves of a run; a figure beyond the top of the picture is drawn at the top, with its number beside it."""
    found = sorted(rows)
    powers = range(math.floor(math.log10(found[0][0])), max(math.ceil(math.log10(found[-1][0])), 1 + int(math.log10(found[0][0]))) + 1)

    def across(lines: int) -> float:
        return LEFT + (math.log10(lines) - powers[0]) / (powers[-1] - powers[0]) * (RIGHT - LEFT)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" role="img">',
        "<title>Milliseconds that checking one new line takes, over the lines of the register; the lines are logarithmic</title>",
    ]
    for power in powers:
        x = across(10**power)
        out.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{BOTTOM}" stroke="#ddd"/>')
        out.append(f'<text x="{x:.1f}" y="{BOTTOM + 18}" text-anchor="middle">{10**power:,} lines</text>')
    for told in range(0, MOST + 1, STEP):
        out.append(f'<line x1="{LEFT}" y1="{_up(told):.1f}" x2="{RIGHT}" y2="{_up(told):.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 6}" y="{_up(told) + 4:.1f}" text-anchor="end">{told} ms</text>')
    out.append(f'<line x1="{LEFT}" y1="{_up(BAR):.1f}" x2="{RIGHT}" y2="{_up(BAR):.1f}" stroke="#990000" stroke-dasharray="6 4"/>')
    out.append(f'<text x="{RIGHT + 6}" y="{_up(BAR) + 4:.1f}" fill="#990000">bar of p95</text>')
    last = {name: values[-1] for (name, _colour), values in zip(CURVES, _columns(found), strict=True)}
    beside = _apart(last)
    for (name, colour), values in zip(CURVES, _columns(found), strict=True):
        points = " ".join(f"{across(row[0]):.1f},{_up(value):.1f}" for row, value in zip(found, values, strict=True))
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [
            f'<circle cx="{across(row[0]):.1f}" cy="{_up(value):.1f}" r="3" fill="{colour}"/>'
            for row, value in zip(found, values, strict=True)
        ]
        out.append(f'<text x="{RIGHT + 6}" y="{beside[name]:.1f}" fill="{colour}">{name}, {last[name]:.0f}</text>')
    target.write_text("\n".join([*out, "</svg>\n"]), encoding="utf-8")


def _columns(rows: Sequence[Row]) -> list[list[float]]:
    """The values of each curve, in the order of CURVES."""
    return [[row[column] for row in rows] for column in (2, 1, 3)]


def _up(told: float) -> float:
    return BOTTOM - min(told, MOST) / MOST * (BOTTOM - TOP)


def _apart(last: dict[str, float]) -> dict[str, float]:
    """Where each curve's name stands: beside its end, and no two over each other."""
    found: dict[str, float] = {}
    least = TOP
    taken = _up(BAR) + 4
    for name in sorted(last, key=lambda one: -last[one]):
        place = max(_up(last[name]) + 4, float(least))
        place = taken + 15 if abs(place - taken) < 15 else place
        found[name], least = place, int(place) + 16
    return found


def main(told: Sequence[str]) -> int:
    rows = [(int(lines), float(median), float(most), float(used)) for lines, median, most, used in (one.split(":") for one in told[1:])]
    plot(rows, Path(told[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
