"""What people send about hypotheses. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.attribution.weighing import ClaimStance, Rating
from sild.kernel.refusals import Refused

PREFIX = "under-"


def stance_of(text: str) -> ClaimStance:
    """What a proposed hypothesis is. Raises Refused."""
    if text not in {*ClaimStance}:
        raise Refused(_("Choose what the hypothesis is."))
    return ClaimStance(text)


def ratings_of(told: Mapping[str, str]) -> dict[UUID, Rating | None]:
    """How a form rates an item under each hypothesis that it names; empty for no word on it. Raises Refused."""
    found: dict[UUID, Rating | None] = {}
    for name, text in told.items():
        if name.startswith(PREFIX):
            try:
                found[UUID(name.removeprefix(PREFIX))] = Rating(int(text)) if text else None
            except ValueError as fault:
                raise Refused(_("Choose how the item goes with each hypothesis from the list.")) from fault
    return found
