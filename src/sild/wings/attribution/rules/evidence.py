"""Evidence: what it is about, how it is graded, and to whom it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

MOST_EVIDENCE, MOST_SOURCES, MOST_HANDINGS, MOST_LOOKS = 500, 200, 100, 500
LARGEST_EVIDENCE = 25 * 1024 * 1024
"""Bytes of a file; what the doors of the desk take."""


class EvidenceAudience(StrEnum):
    """To whom an item may be shown, from the narrowest; each is said by itself, for a court may see what the public may not."""

    SERVICES = "services"
    MINISTERS = "ministers"
    CO_ATTRIBUTING = "co-attributing"
    SANCTIONS_FILE = "sanctions-file"
    COURT = "court"
    PUBLIC = "public"


def first_source(source: UUID, stems_from: Mapping[UUID, UUID | None]) -> UUID:
    """The source that a source goes back to. Where they go round in a circle, the smallest of the circle: they are one all the same."""
    seen = [source]
    while (earlier := stems_from.get(seen[-1])) is not None:
        if earlier in seen:
            return min(seen[seen.index(earlier) :])
        seen.append(earlier)
    return seen[-1]
