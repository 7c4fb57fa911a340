"""Seconds over lines as a picture (SVG), both axes logarithmic, from the figures that peers_bench.py wrote with --json."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM = 720, 420, 70, 360
COLOURS = {"sild": "#0b5394", "splink": "#b45f06", "recordlinkage": "#6a329f", "dedupe": "#38761d"}
LINES, SECONDS = (3, 6), (-2, 3)  # powers of ten at the ends of the axes


def _across(lines: float) -> float:
    return LEFT + (math.log10(lines) - LINES[0]) / (LINES[1] - LINES[0]) * (WIDTH - LEFT - 110)


def _up(seconds: float) -> float:
    return BOTTOM - (math.log10(max(seconds, 0.01)) - SECONDS[0]) / (SECONDS[1] - SECONDS[0]) * (BOTTOM - 20)


def plot(figures: Mapping[str, Any], target: Path) -> None:
    """Draw the registers of a run: the processor's seconds of each program, and a dashed line for work that grows as the lines do."""
    curves: dict[str, list[tuple[float, float]]] = {}
    for name, one in figures.items():
        if name.startswith("register"):
            for program, turn in one["programs"].items():
                if "failed" not in turn:
                    curves.setdefault(program, []).append((one["rows"], sum(turn["processor"].values())))
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" role="img">',
        "<title>Seconds of the processor that relinking a register takes, over its lines; both axes are logarithmic</title>",
    ]
    right = _across(10 ** LINES[1])
    for power in range(LINES[0], LINES[1] + 1):
        x = _across(10**power)
        out.append(f'<line x1="{x:.1f}" y1="20" x2="{x:.1f}" y2="{BOTTOM}" stroke="#ddd"/>')
        out.append(f'<text x="{x:.1f}" y="{BOTTOM + 18}" text-anchor="middle">{10**power:,} lines</text>')
    for power in range(SECONDS[0], SECONDS[1] + 1):
        y = _up(10.0**power)
        out.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{right:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>')
    straight = [(10 ** LINES[0], 0.01), (10 ** LINES[1], 10.0)]
    out.append(f'<polyline points="{_points(straight)}" fill="none" stroke="#bbb" stroke-dasharray="6 4"/>')
    for program, points in sorted(curves.items()):
        colour = COLOURS.get(program, "#444")
        lines, seconds = max(points)
        out.append(f'<polyline points="{_points(sorted(points))}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out.append(f'<text x="{_across(lines) + 6:.1f}" y="{_up(seconds) + 4:.1f}" fill="{colour}">{program}</text>')
    target.write_text("\n".join([*out, "</svg>\n"]), encoding="utf-8")


def _points(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{_across(lines):.1f},{_up(seconds):.1f}" for lines, seconds in points)
