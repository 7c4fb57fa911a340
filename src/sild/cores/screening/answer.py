"""What screening answers: hits, each with the parts whose points add up to its score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartKind(StrEnum):
    """Why a pair has points, or loses some."""

    SAME_WORD = "same-word"
    OTHER_SCRIPT = "other-script"
    OTHER_SPELLING = "other-spelling"
    OTHER_LANGUAGE = "other-language"
    NEAR_SPELLING = "near-spelling"
    INITIAL = "initial"
    JOINED = "joined"
    ACRONYM = "acronym"
    ONLY_PARTY = "only-in-party"
    ONLY_ENTRY = "only-in-entry"
    ORDER = "order"
    FORM_SAME = "form-same"
    FORM_DIFFERS = "form-differs"
    COUNTRY_SAME = "country-same"
    COUNTRY_DIFFERS = "country-differs"
    KIND_DIFFERS = "kind-differs"
    WEAK_NAME = "weak-name"
    SHORT_NAME = "short-name"


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: `points` may be 0 (a word that only one of the two has) or below. `party` and `entry` are the words that it is about."""

    kind: PartKind
    points: float
    party: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A party that may be an entry: `party_name` and `entry_name` agree best; `score` is the sum of the points of `parts`."""

    party: str
    entry: str
    party_name: str
    entry_name: str
    score: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """The hits of all parties, each party's in falling order of points; `unreadable` parties have no name with a letter or a digit."""

    hits: tuple[Hit, ...]
    unreadable: tuple[str, ...] = ()
