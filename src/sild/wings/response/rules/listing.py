"""Listing packs: what a listing looks at, as data (listing.yaml), and what is missing from a pack. Nothing here names anybody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

from sild.wings.response.rules.toolbox import FILES, MEMORY
from sild.wings.response.rules.words import PreconditionStand

MOST_LISTINGS, MOST_IDENTIFIERS, MOST_SENTENCES = 100, 60, 120
APPROVERS = 2
"""How many different people approve a pack before it is frozen."""


class ListingState(StrEnum):
    """Where a pack stands."""

    DRAFT = "draft"
    FROZEN = "frozen"
    RECALLED = "recalled"


class SubjectKind(StrEnum):
    """Who is to be listed. A travel ban is for natural persons alone."""

    PERSON = "person"
    ENTITY = "entity"


class IdentifierKind(StrEnum):
    """What tells somebody from others of the same name."""

    NAME = "name"
    ALIAS = "alias"
    BIRTH = "birth"
    NATIONALITY = "nationality"
    DOCUMENT = "document"
    REGISTRATION = "registration"
    ADDRESS = "address"
    FUNCTION = "function"
    OTHER = "other"


class ListingGap(StrEnum):
    """What a pack lacks."""

    NO_SCOPE = "no-scope"
    NO_EFFECT = "no-effect"
    NO_ACT = "no-act"
    NO_FACTOR = "no-factor"
    NO_CRITERION = "no-criterion"
    NO_MEASURE = "no-measure"
    BAN_OF_ENTITY = "ban-of-entity"
    NO_REASON = "no-reason"
    NO_IDENTIFIER = "no-identifier"
    IDENTIFIER_UNSOURCED = "identifier-unsourced"
    NAME_ALONE = "name-alone"
    UNANSWERED = "unanswered"
    EVIDENCE_CHANGED = "evidence-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPoint:
    """A point that a listing looks at: of its scope, an act, a factor, a criterion, a measure, or of the procedure."""

    id: str
    kind: str
    label: str
    label_uk: str
    description: str
    description_uk: str
    article: str
    as_of: str
    sources: tuple[str, ...]
    from_memory: bool


@cache
def listing_points() -> tuple[ListingPoint, ...]:
    """All points, in the order of the file."""
    told = yaml.safe_load((FILES / "listing.yaml").read_text(encoding="utf-8"))
    texts = ("id", "kind", "label", "label_uk", "description", "description_uk", "article", "as_of")
    return tuple(
        ListingPoint(**{name: str(row[name]) for name in texts}, sources=tuple(row["sources"]), from_memory=row["confidence"] == MEMORY)
        for row in told["entries"]
    )


def listing_point(key: str) -> ListingPoint | None:
    """A point that can be ticked, by its id; the procedure is told and not ticked."""
    return next((one for one in listing_points() if one.id == key and one.kind != "procedure"), None)


def gaps_of(
    kind: SubjectKind, ticks: Mapping[str, PreconditionStand], identifiers: Sequence[Mapping[str, Any]], sentences: int
) -> list[ListingGap]:
    """What a pack lacks, in the order in which a reader would ask. It forbids nothing; the paper prints it."""
    met = {key for key, stand in ticks.items() if stand == PreconditionStand.MET}
    of = {kind: {one.id for one in listing_points() if one.kind == kind} for kind in ("act", "factor", "criterion", "measure")}
    kinds = {one["kind"] for one in identifiers}
    checks = (
        (ListingGap.NO_SCOPE, "scope-external" not in met),
        (ListingGap.NO_EFFECT, "scope-effect" not in met),
        (ListingGap.NO_ACT, not met & of["act"]),
        (ListingGap.NO_FACTOR, not met & of["factor"]),
        (ListingGap.NO_CRITERION, not met & of["criterion"]),
        (ListingGap.NO_MEASURE, not met & of["measure"]),
        (ListingGap.BAN_OF_ENTITY, kind == SubjectKind.ENTITY and "measure-travel" in met),
        (ListingGap.NO_REASON, not sentences),
        (ListingGap.NO_IDENTIFIER, not identifiers),
        (ListingGap.NAME_ALONE, bool(identifiers) and kinds <= {IdentifierKind.NAME, IdentifierKind.ALIAS}),
        (ListingGap.IDENTIFIER_UNSOURCED, any(not one["source"] for one in identifiers)),
        (ListingGap.UNANSWERED, any(one.id not in ticks for one in listing_points() if one.kind != "procedure")),
    )
    return [gap for gap, lacking in checks if lacking]


def listing_digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of a pack's content, in hexadecimal digits."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
