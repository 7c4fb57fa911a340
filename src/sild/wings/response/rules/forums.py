"""Forums to which a State can turn, as data (forums.yaml), and what each needs; that column is this project's own proposal and says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import yaml

from sild.wings.response.rules.toolbox import FILES, MEMORY

MOST_COMPLAINTS = 100


class ForumNeed(StrEnum):
    """What a complaint to a forum rests on."""

    FACTS = "facts"
    SEVERITY = "severity"
    EVIDENCE = "evidence"
    LEGAL = "legal"
    NORMS = "norms"
    DECISION = "decision"
    PARTNERS = "partners"
    CONTACTS = "contacts"
    NEED = "need"
    ASKED = "asked"


class NeedStand(StrEnum):
    """Whether what a forum needs is there; unknown where nothing can be looked at, or only a person can say it."""

    THERE = "there"
    IN_PART = "in-part"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forum:
    """A forum. `purpose`: ask, help or raise. `audience`: which evidence of a case may be shown there, by the case's own word on each item.

    `contact_duty` is empty where it has none. `needs` are a proposal.
    """

    id: str
    label: str
    label_uk: str
    purpose: str
    description: str
    decides: str
    cycle: str
    contact_duty: str
    audience: str
    needs: tuple[ForumNeed, ...]
    as_of: str
    sources: tuple[str, ...]
    from_memory: bool

    def called(self, language: str) -> str:
        """What it is called in a language of the desk."""
        return self.label_uk if language == "uk" else self.label


@cache
def forums() -> tuple[Forum, ...]:
    """All forums, in the order of the file."""
    told = yaml.safe_load((FILES / "forums.yaml").read_text(encoding="utf-8"))
    texts = ("id", "label", "label_uk", "purpose", "description", "decides", "cycle", "contact_duty", "audience", "as_of")
    return tuple(
        Forum(
            **{name: str(row[name]) for name in texts},
            needs=tuple(ForumNeed(one) for one in row["needs"]),
            sources=tuple(row["sources"]),
            from_memory=row["confidence"] == MEMORY,
        )
        for row in told["forums"]
    )


def forum_of(key: str) -> Forum | None:
    """A forum by its id."""
    return next((one for one in forums() if one.id == key), None)
