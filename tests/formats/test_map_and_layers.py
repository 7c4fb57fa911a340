"""The map of countries, which knows whose Crimea is, and what leans on what in columns."""

from __future__ import annotations

import hashlib
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from sild.formats.drawing import map as maps
from sild.formats.drawing.layers import MOST_IN_A_COLUMN, Column, Link, Node, layers_picture
from sild.formats.drawing.map import Marked, countries, holds, map_picture
from sild.formats.drawing.shapes import Area, Box, Stroke, Wording, Words
from sild.formats.drawing.svg import svg_of

CHECKOUT = Path(__file__).resolve().parents[2]
WORDING = Wording(title="T", summary="S", others="{count} others", number=str, month=str, day=str)


def test_the_atlas_is_the_one_of_the_lock() -> None:
    lock = tomllib.loads((CHECKOUT / "tools" / "atlas.lock").read_text(encoding="utf-8"))
    assert hashlib.sha256((Path(maps.__file__).parent / "atlas.json").read_bytes()).hexdigest() == lock["file"]


@pytest.mark.parametrize(
    ("place", "east", "north", "code"),
    [
        ("Simferopol", 34.10, 44.95, "UA"),
        ("Sevastopol", 33.60, 44.65, "UA"),
        ("Donetsk", 37.80, 48.00, "UA"),
        ("Kyiv", 30.52, 50.45, "UA"),
        ("Tallinn", 24.75, 59.30, "EE"),
        ("Luxembourg", 6.10, 49.70, "LU"),
        ("Krasnodar", 39.00, 45.05, "RU"),
        ("Pristina", 21.16, 42.66, "XK"),
    ],
)
def test_a_place_lies_in_its_country_and_in_no_other(place: str, east: float, north: float, code: str) -> None:
    assert [one for one in countries() if holds(one, east, north)] == [code], place


def test_small_countries_have_outlines_too_and_a_code_that_is_none_has_no_map() -> None:
    assert {"MT", "MC", "LI", "SG", "LU"} <= {*countries()}
    assert map_picture([Marked(code="hi", label="hi", title="", tone="good")], "T", "S", ()) is None


def test_no_outline_leaps_from_one_side_of_the_world_to_the_other() -> None:
    leaps = {
        code
        for code, rings in countries().items()
        for ring in rings
        for (one, _y), (other, _z) in pairwise(ring)
        if abs(one - other) > 180 and code != "AQ"
    }
    assert leaps == set() and holds("RU", -175.0, 66.5) and holds("FJ", 178.0, -17.8)


def test_a_map_holds_what_is_marked_and_nothing_outside_its_sheet() -> None:
    marked = [Marked(code=code, label=f"{code} 1", title="<b>", tone="good") for code in ("LU", "EE")]
    picture = map_picture(marked, "T", "S", [("good", False, "ready")])
    assert picture is not None
    areas = [mark for mark in picture.marks if isinstance(mark, Area)]
    assert sum(area.tone == "good" for area in areas) == 2 and len(areas) < len(countries()) / 2
    for area in areas:
        for ring in area.rings:
            assert all(-0.1 <= x <= picture.width + 0.1 and -0.1 <= y <= picture.height + 0.1 for x, y in ring)
    text = svg_of(picture, standalone=True)
    assert "&lt;b&gt;" in text and "<b>" not in text and len(text) < 300_000
    assert 'fill-rule="evenodd"' in svg_of(picture, standalone=False)


def test_columns_hold_as_many_as_fit_and_lines_cross_less_than_as_they_came() -> None:
    left = tuple(Node(key=f"a{at}", label=f"a{at}", title="", tone="good") for at in range(MOST_IN_A_COLUMN + 3))
    right = tuple(Node(key=f"b{at}", label="<script>", title="", tone="gap", pattern=True) for at in range(MOST_IN_A_COLUMN))
    links = [Link(f"b{at}", f"a{MOST_IN_A_COLUMN - 1 - at}") for at in range(MOST_IN_A_COLUMN)]
    picture = layers_picture([Column(name="L", nodes=left), Column(name="R", nodes=right)], links, WORDING, [])
    assert picture is not None
    assert "3 others" in {mark.text for mark in picture.marks if isinstance(mark, Words)}
    lines = [mark.points for mark in picture.marks if isinstance(mark, Stroke) and len(mark.points) == 2]
    assert len(lines) == MOST_IN_A_COLUMN
    crossings = sum((a[0][1] - b[0][1]) * (a[1][1] - b[1][1]) < 0 for a in lines for b in lines)
    assert crossings == 0
    assert "<script>" not in re.sub("&lt;script&gt;", "", svg_of(picture, standalone=False))
    assert layers_picture([Column(name="L", nodes=())], [], WORDING, []) is None
    ring = layers_picture([Column(name="L", nodes=left[:2])], [Link("a0", "a1"), Link("a1", "a0")], WORDING, [])
    assert ring is not None and sum(isinstance(mark, Box) for mark in ring.marks) == 4
