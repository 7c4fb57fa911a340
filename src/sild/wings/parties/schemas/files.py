"""The shape of what comes in: the parties file (CSV) and the mechanism file (YAML). Errors name the line and the column or key."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

import yaml
from pydantic import ValidationError

from sild.kernel.refusals import Refused
from sild.wings.parties.rules import MechanismFile, PartyKind, PartyRow

REQUIRED = ("canonical_name", "country", "kind", "sector")


def read_parties(data: bytes, name: str) -> list[PartyRow]:
    """Read a parties file. Raises Refused that lists every fault by line and column (at most ten)."""
    try:
        text = _visible(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise Refused(f"{name}, line {line}: is not UTF-8. Save the file as CSV UTF-8 and try again.") from problem
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as problem:
        raise Refused(f"{name}: is not a well-formed CSV file ({problem}). Check its quotes and try again.") from problem
    if not rows:
        raise Refused(f"{name}: is empty. It needs a heading row with {', '.join(REQUIRED)} and names_uk, names_en, ...")
    heading = [cell.strip() for cell in rows[0]]
    missing = [column for column in REQUIRED if column not in heading]
    if missing:
        raise Refused(f"{name}, line 1: the column {missing[0]} is missing. Needed: {', '.join(REQUIRED)} and names_uk, names_en, ...")
    faults: list[str] = []
    parties: list[PartyRow] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            party = _party_row(number, heading, row, faults)
            if party is not None and party.name in seen:
                faults.append(f"line {number}, canonical_name: {party.name!r} stands already in line {seen[party.name]}")
            elif party is not None:
                seen[party.name] = number
                parties.append(party)
    named = {row[heading.index("canonical_name")].strip() for row in rows[1:] if len(row) == len(heading)}
    faults += _parent_faults(parties, named)
    if faults:
        more = f"; and {len(faults) - 10} more" if len(faults) > 10 else ""
        raise Refused(f"{name}: " + "; ".join(faults[:10]) + more + ". Nothing was taken; mend the file and try again.")
    return parties


def _party_row(number: int, heading: list[str], row: list[str], faults: list[str]) -> PartyRow | None:
    if len(row) != len(heading):
        faults.append(f"line {number}: has {len(row)} cells, the heading {len(heading)}")
        return None
    cells = {column: cell.strip() for column, cell in zip(heading, row, strict=True)}
    before = len(faults)
    if not cells["canonical_name"]:
        faults.append(f"line {number}, canonical_name: is empty")
    elif len(cells["canonical_name"]) > 300:
        faults.append(f"line {number}, canonical_name: is longer than 300 characters")
    for column, cell in cells.items():
        if column.startswith("names_") and any(len(alias) > 300 for alias in cell.split(";")):
            faults.append(f"line {number}, {column}: a name is longer than 300 characters (names are separated by semicolons)")
    if len(cells.get("parent", "")) > 300:
        faults.append(f"line {number}, parent: is longer than 300 characters")
    if len(cells["sector"]) > 80:
        faults.append(f"line {number}, sector: is longer than 80 characters")
    if cells["kind"] not in set(PartyKind):
        faults.append(f"line {number}, kind: {cells['kind']!r} is none of {', '.join(PartyKind)}")
    if not (cells["country"].isascii() and cells["country"].isupper() and len(cells["country"]) in (2, 3)):
        faults.append(f"line {number}, country: {cells['country']!r} is no ISO code such as UA (or INT)")
    if len(faults) > before:
        return None
    aliases = tuple(
        (column.removeprefix("names_"), alias.strip())
        for column, cell in cells.items()
        if column.startswith("names_")
        for alias in cell.split(";")
        if alias.strip()
    )
    return PartyRow(
        line=number,
        name=cells["canonical_name"],
        aliases=aliases,
        country=cells["country"],
        kind=cells["kind"],
        sector=cells["sector"],
        parent=cells.get("parent", ""),
    )


def _parent_faults(parties: list[PartyRow], named: set[str]) -> list[str]:
    """Parents that the file does not list (`named`: every canonical name in it, of faulty rows too), and parties above themselves."""
    faults = []
    above = {party.name: party.parent for party in parties}
    sound: set[str] = set()  # names from which the way up is known to end, so that no way is walked twice
    for party in parties:
        if party.parent and party.parent not in named:
            faults.append(f"line {party.line}, parent: {party.parent!r} is no canonical_name of this file")
        walked: set[str] = set()
        upper = party.name
        while upper and upper not in walked and upper not in sound:
            walked.add(upper)
            upper = above.get(upper, "")
        if upper in walked:
            faults.append(f"line {party.line}, parent: {party.parent!r} leads back to {upper!r}; a party cannot stand above itself")
        sound |= walked
    return faults


def _visible(text: str, name: str) -> str:
    """The text, if it holds no signs that steer a machine. Raises Refused with the line."""
    for number, line in enumerate(text.split("\n"), 1):
        if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r" for sign in line):
            raise Refused(f"{name}, line {number}: holds a control character. Save the file anew as plain text and try again.")
    return text


class PlainLoader(yaml.SafeLoader):
    """Plain data as YAML 1.2 has it: only true and false are truth values, so that a key `on` stays a word."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def _texts(content: object) -> Iterator[str]:
    """Every text in plain data, keys too."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)


def read_yaml(data: bytes, name: str) -> object:
    """Parse YAML, plain data only. Raises Refused with the line and column."""
    try:
        content = yaml.load(_visible(data.decode("utf-8-sig"), name), PlainLoader)  # noqa: S506 - a SafeLoader with fewer truth values
        # an escape such as \x00 inside quotes makes a sign that the text itself did not hold
        for text in _texts(content):
            _visible(text, name)
        return content
    except yaml.MarkedYAMLError as problem:
        where = f", line {problem.problem_mark.line + 1}, column {problem.problem_mark.column + 1}" if problem.problem_mark else ""
        raise Refused(f"{name}{where}: is not well-formed YAML ({problem.problem}). Mend it and try again.") from problem
    except RecursionError as problem:
        raise Refused(f"{name}: is nested too deep to be meant. Mend it and try again.") from problem
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as problem:
        raise Refused(f"{name}: is not well-formed YAML ({' '.join(str(problem).split())}). Mend it and try again.") from problem


def fault_of(problem: ValidationError) -> str:
    """The first fault of a file in one phrase: the key and what is wrong with it."""
    first = problem.errors()[0]
    key = ".".join(str(part) for part in first["loc"]) or "the file"
    meaning = "is not a key of this file" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
    more = f" (and {problem.error_count() - 1} more)" if problem.error_count() > 1 else ""
    return f"{key}: {meaning}{more}"


def read_mechanism(data: bytes, name: str) -> MechanismFile:
    """Read a mechanism file. Raises Refused that names the key."""
    content = read_yaml(data, name)
    try:
        return MechanismFile.model_validate(content)
    except ValidationError as problem:
        raise Refused(f"{name}: {fault_of(problem)}. Nothing was taken; mend the file and try again.") from problem
