"""What people send about cases. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import chosen_marking
from sild.wings.attribution.actions import NewCase, NewInput
from sild.wings.attribution.rules import AttributionState


def seats_of(texts: Iterable[str]) -> list[UUID]:
    """Seats that a form names. Raises Refused."""
    try:
        return [UUID(text) for text in texts]
    except ValueError as fault:
        raise Refused(_("That is no seat. Choose from the list.")) from fault


def new_case_of(told: Mapping[str, str]) -> NewCase:
    """A case that a form opens. Raises Refused."""
    return NewCase(title=told.get("title", ""), summary=told.get("summary", ""), marking=chosen_marking(told.get("marking", "")))


def new_input_of(told: Mapping[str, str]) -> NewInput:
    """What a form asks a body for. Raises Refused."""
    hours = told.get("hours", "").strip()
    if not (hours.isascii() and hours.isdigit() and len(hours) < 6):
        raise Refused(_("Say in how many hours it is due, in digits."))
    return NewInput(agency=told.get("agency", ""), stage=told.get("stage", ""), what=told.get("what", ""), hours=int(hours))


def end_of(text: str) -> AttributionState:
    """How a form ends a case. Raises Refused."""
    if text not in {*AttributionState}:
        raise Refused(_("Say whether the case was carried through or is not pursued."))
    return AttributionState(text)
