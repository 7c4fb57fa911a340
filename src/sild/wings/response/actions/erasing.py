"""Erasing: words of a person leave the responses that hold them. States, codes and days stay."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.erasure import erases_too, redact_records
from sild.wings.response import models

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})
HOLDING: tuple[Any, ...] = tuple(getattr(models, name) for name in models.__all__)
NOT_WORDS = ("state", "option", "level", "essential", "stand")


@erases_too
@action("response.redact", roles=ERASERS, recalled=True)
def redact_responses(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's responses; returns the ids of those that held them."""
    touched: list[UUID] = []
    codes = {one.id: _codes(one) for one in models.PickedOption.objects.filter(owner_id=actor.organisation)}
    for model in HOLDING:
        touched += redact_records(model.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
    for one in models.PickedOption.objects.filter(id__in=touched).order_by("id"):
        states, stands = codes[one.id]
        one.steps = [step | {"state": state} for step, state in zip(one.steps, states, strict=True)]
        one.preconditions = {key: told | {"stand": stands[key]} for key, told in one.preconditions.items()}
        one.save()
    return touched


def _codes(one: models.PickedOption) -> tuple[list[str], dict[str, str]]:
    """Words of the program inside what people said: a word that is blotted out may be one of them."""
    return [step["state"] for step in one.steps], {key: told["stand"] for key, told in one.preconditions.items()}
