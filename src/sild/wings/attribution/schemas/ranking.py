"""The ranking of a case as programs are told of it, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from sild.cores.attribution import How, Hypothesis, Verdict
from sild.kernel.shapes import Shape, Text, Word
from sild.wings.attribution.actions import NewSeenTrait
from sild.wings.attribution.schemas.catalogue import ActorCatalogue


class SeenTraitRow(Shape):
    """That a source saw a trait. `voice_name`: the source that it goes back to, where that is another."""

    id: UUID
    version: int
    trait: str
    called: str
    source: UUID
    source_name: str
    voice_name: str
    note: str
    entered_by: str
    entered_at: datetime
    known: bool


class RankReason(Shape):
    """What a trait says for an actor, above 0, or against it."""

    trait: str
    called: str
    how: How
    users: int
    told_by: int
    says: float
    voices: list[str]


class RankedActor(Shape):
    """A hypothesis of the ranking; without an actor it is one of the two that always stand."""

    hypothesis: Hypothesis
    actor: str
    name: str
    aliases: list[str]
    share: float
    documented: int
    reasons: list[RankReason]


class RankWithout(Shape):
    """Who leads without a voice or a trait; an empty leader: it is insufficient then."""

    left_out: str
    leader: str
    share: float
    changes: bool


class NextLook(Shape):
    """What to look for next."""

    trait: str
    called: str
    speaks_for: str
    over: str
    ratio: float
    bits: float


class CaseRanking(Shape):
    """Whom what was seen is like; likeness, no attribution. Nothing was ranked where `verdict` is null."""

    says: Literal["a ranking for people: it names nobody"] = "a ranking for people: it names nobody"
    catalogue: ActorCatalogue | None
    seen: list[SeenTraitRow]
    verdict: Verdict | None
    known_traits: int
    voices: int
    nobodys: list[str]
    own_uses: int
    uncited_uses: int
    ranked: list[RankedActor]
    without_voice: list[RankWithout]
    without_trait: list[RankWithout]
    looks: list[NextLook]
    faults: list[str]


class TraitToSee(Shape):
    """A trait that a source of the case saw, by its id in the catalogue that counts."""

    source: UUID
    trait: Annotated[Word, Field(min_length=1)]
    note: Annotated[Text, Field(max_length=2000)] = ""

    def new(self) -> NewSeenTrait:
        """As the act takes it."""
        return NewSeenTrait(source_id=self.source, trait=self.trait, note=self.note)
