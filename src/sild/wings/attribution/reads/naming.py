"""What cases hold on a person, as far as the reader is in their compartments: handed out to whom it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.erasure import HELD_TOO
from sild.wings.attribution.models import (
    ActorCatalogue,
    AgencyInput,
    BodyPosition,
    Case,
    CitedIncident,
    Decision,
    Dossier,
    Evidence,
    EvidenceRating,
    EvidenceSource,
    Hypothesis,
    Round,
    RoundAnswer,
    RoundInvitation,
    RoundSlice,
    SealedIdentity,
    SeenTrait,
    SliceProposal,
    Statement,
    StatementApproval,
    StatementVersion,
    TrackOpinion,
)

TEXTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Case, ("title", "summary", "opened_by_name", "ended_why")),
    (AgencyInput, ("what", "text", "delivered_by_name", "waived_why")),
    (EvidenceSource, ("name",)),
    (SealedIdentity, ("identity",)),
    (Evidence, ("title", "text", "entered_by_name", "withdrawn_why", "file_name")),
    (Hypothesis, ("words", "proposed_by_name", "withdrawn_why")),
    (EvidenceRating, ("why", "rated_by_name")),
    (Dossier, ("title", "content", "made_by_name", "recalled_why")),
    (TrackOpinion, ("reasoning", "said_by_name")),
    (BodyPosition, ("words", "written_by_name")),
    (CitedIncident, ("why", "cited_by_name")),
    (Decision, ("body", "person", "responsible", "grounds", "written_by_name")),
    (Round, ("title", "words", "joint_text", "opened_by_name")),
    (RoundInvitation, ("country", "title", "words", "joint_text")),
    (RoundAnswer, ("words", "came_how", "said_by_name")),
    (RoundSlice, ("title", "text", "source_name")),
    (SliceProposal, ("why", "proposed_by_name", "second_name")),
    (SeenTrait, ("note", "entered_by_name")),
    (Statement, ("title", "speaker", "drafted_by_name", "said_where", "said_by_name", "said_why", "dropped_why")),
    (StatementVersion, ("sentences", "why", "written_by_name")),
    (StatementApproval, ("although", "approved_by_name", "withdrawn_why")),
    (ActorCatalogue, ("imported_by_name",)),
)
"""Columns of people's words, by table."""


@read
def attribution_naming(actor: Actor, words: Sequence[str]) -> list[dict[str, Any]]:
    """The organisation's cases, and what belongs to them, in which one of the words stands, as plain data."""
    wanted = [word for word in words if word.strip()]
    found: list[dict[str, Any]] = []
    for model, texts in TEXTS:
        said = Q()
        for word in wanted:
            for column in texts:
                said |= Q(**{f"{column}__icontains": word})
        if said:
            rows = model.objects.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
            found += [{name: getattr(one, name) for name in texts} for one in rows]
    return found


HELD_TOO["attribution"] = attribution_naming
