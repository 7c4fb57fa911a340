"""Dossiers as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Reason, Shape, Tlp
from sild.wings.attribution.actions import NewDossier
from sild.wings.attribution.rules import EvidenceAudience


class CaseDossier(Shape):
    """A paper about a case for one audience, kept as it was made. `printed` is its own marking; `digest` is of its paper and its bundle."""

    id: UUID
    version: int
    audience: EvidenceAudience
    title: str
    language: str
    printed: Tlp
    items: int
    digest: str
    made_at: datetime
    recalled: bool
    recalled_why: str


class CaseDossiers(Shape):
    """The dossiers of a case, the newest first."""

    rows: list[CaseDossier]


class WholeDossier(Shape):
    """A dossier with its STIX 2.1 bundle; the paper comes as a file, in the browser."""

    dossier: CaseDossier
    bundle: dict[str, Any]


class DossierToMake(Shape):
    """For whom, under which title, in which language."""

    audience: EvidenceAudience
    title: Annotated[Name, Field(min_length=1)]
    language: Literal["en", "uk"] = "en"
    reason: Reason

    def new(self) -> NewDossier:
        """As the act takes it."""
        return NewDossier(audience=self.audience, title=self.title, language=self.language)
