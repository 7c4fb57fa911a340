"""What people send about responses, options and the three things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import chosen_marking, day_of
from sild.values.marking import Marking
from sild.wings.response.actions import NewEssential, NewResponse, OptionStep
from sild.wings.response.rules import DeliveryLevel, Essential, EssentialStand, OptionState, PreconditionStand

E = TypeVar("E", bound=StrEnum)
_IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def identity_of(text: str) -> UUID | None:
    """An identifier, alone or in the address of a page; None for an empty field. Raises Refused."""
    if not text.strip():
        return None
    found = _IDENTITY.search(text.lower())
    if found is None:
        raise Refused(_("{text} is no address of a page here. Copy the address from the browser.").format(text=text.strip()[:60]))
    return UUID(found.group())


def chosen(kind: type[E], text: str) -> E:
    """One of a list. Raises Refused."""
    if text not in {*kind}:
        raise Refused(_("Choose one of the list."))
    return kind(text)


def new_response_of(told: Mapping[str, str]) -> NewResponse:
    """A response that a form opens. Raises Refused."""
    return NewResponse(
        title=told.get("title", ""),
        summary=told.get("summary", ""),
        case_id=identity_of(told.get("case", "")),
        incident_id=identity_of(told.get("incident", "")),
        compartment=identity_of(told.get("compartment", "")),
        marking=chosen_marking(told["marking"]) if told.get("marking") else Marking.AMBER,
    )


def level_of(told: Mapping[str, str]) -> DeliveryLevel:
    """At which level something is delivered. Raises Refused."""
    return chosen(DeliveryLevel, told.get("level", "") or DeliveryLevel.UNKNOWN)


def stand_of(told: Mapping[str, str]) -> PreconditionStand:
    """Whether something is met. Raises Refused."""
    return chosen(PreconditionStand, told.get("stand", ""))


def step_of(told: Mapping[str, str]) -> OptionStep:
    """Where a form moves an option. Raises Refused."""
    return OptionStep(
        state=chosen(OptionState, told.get("state", "")),
        body=told.get("body", ""),
        person=told.get("person", ""),
        on=day_of(told.get("on", "")),
    )


def essential_of(told: Mapping[str, str]) -> NewEssential:
    """What a form says of one of the three. Raises Refused."""
    return NewEssential(
        essential=chosen(Essential, told.get("essential", "")),
        stand=chosen(EssentialStand, told.get("stand", "")),
        words=told.get("words", ""),
        body=told.get("body", ""),
        on=day_of(told.get("on", "")),
        need_id=identity_of(told.get("need", "")),
    )
