"""Tracks of a case: their guided questions, how they are answered, and how bodies stand to the case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from sild.wings.attribution.rules.reference import MEMORY

MOST_POSITIONS, MOST_CITED = 500, 100


class Track(StrEnum):
    """What a case is looked at for: what the traces show, what the law says, what is wise to say, whom a court could try."""

    TECHNICAL = "technical"
    LEGAL = "legal"
    POLITICAL = "political"
    CRIMINAL = "criminal"


class OpinionAnswer(StrEnum):
    """How a guided question is answered. Not asked: it was decided that the question does not arise here, and why."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"
    NOT_ASKED = "not-asked"


class BodyStand(StrEnum):
    """How a body stands to the case."""

    AGREE = "agree"
    RESERVATION = "reservation"
    DISSENT = "dissent"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackQuestion:
    """A guided question. `topic` is that of international law it belongs to; `own`: the desk's own proposal, which no source states."""

    id: str
    track: Track
    text: str
    text_uk: str
    topic: str
    as_of: str
    sources: tuple[str, ...]
    from_memory: bool
    own: bool

    def called(self, language: str) -> str:
        """The question in a language of the desk."""
        return self.text_uk if language == "uk" else self.text


@cache
def track_questions() -> tuple[TrackQuestion, ...]:
    """All guided questions, track by track."""
    told = yaml.safe_load((Path(__file__).resolve().parent / "tracks.yaml").read_text(encoding="utf-8"))
    return tuple(
        TrackQuestion(
            id=row["id"],
            track=Track(row["track"]),
            text=row["text"],
            text_uk=row["text_uk"],
            topic=row.get("topic", ""),
            as_of=row["as_of"],
            sources=tuple(row["sources"]),
            from_memory=row["confidence"] == MEMORY,
            own=row["own"],
        )
        for row in told["questions"]
    )


def track_question(key: str) -> TrackQuestion | None:
    """The question of this name."""
    return next((one for one in track_questions() if one.id == key), None)
