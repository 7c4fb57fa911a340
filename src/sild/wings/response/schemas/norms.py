"""Norms that incidents touch, as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sild.kernel.shapes import Name, Reason, Shape, Version, Word
from sild.wings.response.rules import NormTouch


class TouchSaid(Shape):
    """What somebody says of an incident and a norm; `own`: your organisation said it."""

    id: UUID
    version: int
    touch: NormTouch
    why: str
    source: str
    said_by: str
    said_at: datetime
    own: bool
    incident: UUID


class NormTouchedBy(Shape):
    """A norm with what was said of it, the newest first."""

    norm: str
    said: list[TouchSaid]


class NormsTouched(Shape):
    """All norms."""

    norms: list[NormTouchedBy]


class NormToTouch(Shape):
    """How an incident touches a norm, and why; `version` is that of the own word that it takes the place of."""

    norm: Word
    touch: NormTouch
    source: Name = ""
    version: Version | None = None
    reason: Reason
