"""What programs say and are told when a giver's draft of an offer leaves its house."""

from __future__ import annotations

from sild.kernel.shapes import Shape, Version


class DraftRead(Shape):
    """The version of the draft that was read."""

    version: Version


class OfferedDraft(Shape):
    """Under which reference the secretariat received it."""

    reference: str
