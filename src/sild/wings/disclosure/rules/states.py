"""Reports: for whom they are, how far they are, what they are printed with at least. Data and small functions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from sild.values.marking import Marking

LANGUAGES = ("en", "uk")
"""In which languages a report can be made."""
LONGEST_SUMMARY = 700
"""Signs of the text that is pasted into a chat."""
MOST_CLOSED = Marking.AMBER_STRICT
"""What is RED goes to named people, one by one, and into no report."""


class AudienceKind(StrEnum):
    """Whom a report is for: the organisation that makes it, one organisation, or the offices and donors of the mechanism together."""

    OWN = "own"
    ORGANISATION = "organisation"
    MECHANISM = "mechanism"


class ReportState(StrEnum):
    """A draft is seen by its makers alone; what was issued stays as it was, or is recalled."""

    DRAFT = "draft"
    ISSUED = "issued"
    RECALLED = "recalled"


LEAST: Mapping[AudienceKind, Marking] = {
    AudienceKind.OWN: Marking.AMBER_STRICT,
    AudienceKind.ORGANISATION: Marking.AMBER,
    AudienceKind.MECHANISM: Marking.GREEN,
}
"""How closed a report is at least: what one organisation may see together says more than each piece of it."""


def marking_of(kind: AudienceKind, records: Iterable[int], ceiling: int) -> Marking:
    """The marking of a report: as high as its highest record, at least what its audience asks, where that audience can see so high."""
    return Marking(max([min(LEAST[kind], ceiling), *records]))


def canonical(content: Mapping[str, Any]) -> str:
    """The one text of a content: sorted, without spaces, so that the same content has the same digest."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a content, in hexadecimal digits."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
