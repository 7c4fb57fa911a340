"""The lexicon's files: the package's own and those of every added folder, merged entry by entry.

A folder holds files of the same names and shapes (`cues.yaml`, `fields/dates.yaml` ...) with only what it adds: a language, or an
office's own words. Tables are merged key by key, lists are lengthened, terms between commas are put behind those that stand there.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

_added: list[Path] = []
_read: set[str] = set()


def add_folder(folder: Path) -> None:
    """Words of one more folder, for all that is read from now on. Raises where the lexicon was read already, or where it is no folder."""
    if _read:
        raise RuntimeError(
            f"{folder} comes too late: {', '.join(sorted(_read))} were read already; add folders before the first message is read"
        )
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder of lexicon files")
    known = {f"{name}.yaml" for name in _names()}
    strange = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.yaml") if str(path.relative_to(folder)) not in known)
    if strange:
        raise ValueError(f"{folder} holds {', '.join(strange)}, which no reader reads; the files are {', '.join(sorted(known))}")
    _added.append(folder)


def check_folders() -> None:
    """Read every file of the added folders, so that a wrong one is told now (ValueError). Nothing can be added then."""
    for folder in _added:
        for path in sorted(folder.rglob("*.yaml")):
            try:
                table(str(path.relative_to(folder))[:-5])
            except (yaml.YAMLError, OSError, UnicodeDecodeError) as fault:
                raise ValueError(f"{path} cannot be read: {' '.join(str(fault).split())[:200]}") from fault


def _own() -> Traversable:
    return files("sild.cores.extraction") / "lexicon"


def _names() -> list[str]:
    own = [entry.name[:-5] for entry in _own().iterdir() if entry.name.endswith(".yaml")]
    return own + [f"fields/{entry.name[:-5]}" for entry in (_own() / "fields").iterdir() if entry.name.endswith(".yaml")]


@cache
def table(name: str) -> Any:
    """`NAME.yaml` as plain data, with what the added folders say."""
    return _merged(name, _as_values)


@cache
def strings(name: str) -> Any:
    """As `table`, with every scalar as the string written there: "no" and "on" are words here."""
    return _merged(name, _as_written)


def _as_values(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  a safe loader either way


def _as_written(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  it makes strings, lists and mappings alone


def _merged(name: str, parse: Any) -> Any:
    _read.add(name)
    data = parse((_own() / f"{name}.yaml").read_text(encoding="utf-8"))
    for folder in _added:
        path = folder / f"{name}.yaml"
        if path.is_file():
            data = _both(data, parse(path.read_text(encoding="utf-8")), str(path))
    return data


def _both(one: Any, other: Any, where: str) -> Any:
    """The two put together; raises where they are of different shapes."""
    if isinstance(one, dict) and isinstance(other, dict):
        shapes = {type(value) for value in one.values()}
        strange = [key for key, value in other.items() if key not in one and len(shapes) == 1 and type(value) not in shapes]
        if strange:
            raise ValueError(
                f"{where}, {strange[0]}: a {type(other[strange[0]]).__name__} stands where the lexicon has a {shapes.pop().__name__}"
            )
        more = {key: _both(one[key], value, f"{where}, {key}") if key in one else value for key, value in other.items()}
        return {**one, **more}
    if isinstance(one, list) and isinstance(other, list):
        return (
            _entries(one, other, where) if all(isinstance(entry, dict) and "item" in entry for entry in [*one, *other]) else [*one, *other]
        )
    if isinstance(one, str) and isinstance(other, str):
        return one if one == other else f"{one}, {other}"
    raise ValueError(f"{where}: a {type(other).__name__} stands where the lexicon has a {type(one).__name__}")


def _entries(one: list[Any], other: list[Any], where: str) -> list[Any]:
    """Items by their names: words for a known item are added to it, an unknown one is put behind."""
    more = {entry["item"]: entry for entry in other}
    kept = [{**entry, **_terms(entry, more.pop(entry["item"]), where)} if entry["item"] in more else entry for entry in one]
    return [*kept, *more.values()]


def _terms(entry: dict[str, Any], more: dict[str, Any], where: str) -> dict[str, Any]:
    fixed = {key for key in ("category", "role", "unit", "once") if key in more and more[key] != entry.get(key)}
    if fixed:
        raise ValueError(
            f"{where}: {entry['item']!r} has another {', '.join(sorted(fixed))} in the lexicon; leave it out or name another item"
        )
    return {key: _both(entry[key], value, where) if key in entry else value for key, value in more.items() if isinstance(value, str)}
