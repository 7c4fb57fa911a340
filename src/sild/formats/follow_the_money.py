"""FollowTheMoney JSON lines, the form in which OpenSanctions and others publish lists: bytes to the entities that can be screened against.

Read is what a comparison of names needs: names, aliases, weak aliases, kind, countries, topics, programmes. Lines of other kinds
(addresses, passports, ownerships) are counted; a line that cannot be read is told with its number and the reason, and stops nothing.
Source of names and kinds: the FollowTheMoney model, https://followthemoney.tech/explorer/.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

KINDS = {
    "Person": "person",
    "Company": "organisation",
    "Organization": "organisation",
    "PublicBody": "organisation",
    "LegalEntity": "any",
    "Vessel": "thing",
    "Airplane": "thing",
    "Vehicle": "thing",
}
"""Kinds of entities that are looked at, by the name of their schema; all others are passed over."""
NAMES = ("name", "alias", "previousName", "abbreviation")
COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry", "flag")
LONGEST_LINE = 4 * 1024 * 1024
MOST_NAMES, LONGEST_NAME, MOST_WORDS = 400, 300, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntity:
    """An entity of a list. `countries` are two small letters; `names` hold the chief name first; `link` is an address or empty."""

    id: str
    schema: str
    kind: str
    names: tuple[str, ...]
    weak: tuple[str, ...]
    countries: tuple[str, ...]
    topics: tuple[str, ...]
    programmes: tuple[str, ...]
    births: tuple[str, ...]
    link: str

    def digest(self) -> str:
        """SHA-256 of what it says: the same while nothing of it changed, whatever the list's date."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that could not be read: its number, from 1, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A line of a kind that is not screened against, or without a name."""

    line: int


def read_entities(lines: Iterable[bytes]) -> Iterator[ListedEntity | Unread | PassedOver]:
    """The lines of a file, one by one; empty ones are left out."""
    for number, line in enumerate(lines, start=1):
        bare = line.strip().removeprefix(b"\xef\xbb\xbf")
        if bare:
            yield _entity(number, bare)


def _entity(number: int, line: bytes) -> ListedEntity | Unread | PassedOver:
    if len(line) > LONGEST_LINE:
        return Unread(number, f"the line is longer than {LONGEST_LINE // (1024 * 1024)} MB")
    try:
        told: Any = json.loads(line)
    except (ValueError, RecursionError) as fault:
        return Unread(number, f"it is no JSON: {str(fault)[:80]}")
    if not isinstance(told, dict):
        return Unread(number, "it is no JSON object")
    schema, identity, properties = told.get("schema"), told.get("id"), told.get("properties")
    if not isinstance(schema, str) or not isinstance(identity, str) or not identity or not isinstance(properties, dict):
        return Unread(number, "it has no id, schema or properties, which every FollowTheMoney entity has")
    if schema not in KINDS:
        return PassedOver(number)
    entity = _of(identity[:LONGEST_NAME], schema, properties, told.get("caption"))
    return entity if entity.names or entity.weak else PassedOver(number)


def _of(identity: str, schema: str, properties: dict[str, Any], caption: object) -> ListedEntity:
    names = [*_texts([caption], LONGEST_NAME), *(name for key in NAMES for name in _texts(properties.get(key), LONGEST_NAME))]
    whole = " ".join(part for key in ("firstName", "middleName", "lastName") for part in _texts(properties.get(key), LONGEST_NAME)[:1])
    if not names and whole:
        names = [whole]
    countries = {code.lower() for key in COUNTRIES for code in _texts(properties.get(key), 20)}
    return ListedEntity(
        id=identity,
        schema=schema,
        kind=KINDS[schema],
        names=tuple(dict.fromkeys(names))[:MOST_NAMES],
        weak=tuple(dict.fromkeys(_texts(properties.get("weakAlias"), LONGEST_NAME)))[:MOST_NAMES],
        # "gb-sct" is of "gb"; what is no code of two letters says nothing to a comparison
        countries=tuple(sorted({code[:2] for code in countries if code[:2].isascii() and code[:2].isalpha() and code[2:3] in ("", "-")})),
        topics=tuple(sorted(set(_texts(properties.get("topics"), 60)))[:MOST_WORDS]),
        programmes=tuple(sorted(set(_texts(properties.get("program"), LONGEST_NAME) + _texts(properties.get("programId"), LONGEST_NAME))))[
            :MOST_WORDS
        ],
        births=tuple(sorted(set(_texts(properties.get("birthDate"), 20))))[:MOST_WORDS],
        link=next((one for one in _texts(properties.get("sourceUrl"), 400) if one.startswith(("https://", "http://"))), ""),
    )


def _texts(told: object, longest: int) -> list[str]:
    """The texts of a property, which is a list in the format; anything else in it says nothing. Without NUL, which no table holds."""
    many = told if isinstance(told, list) else [told]
    return [" ".join(one.replace("\x00", "").split())[:longest] for one in many if isinstance(one, str) and one.strip("\x00 \t\r\n")]
