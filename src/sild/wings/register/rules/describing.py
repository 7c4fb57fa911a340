"""What a need or an offer says, from its lines in order of time: pure functions over whatever has a line's columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sild.wings.register.rules.states import (
    LineState,
    NeedState,
    commonest,
    highest_urgency,
    is_withdrawn,
    ruled_channel,
    standing_quantity,
    title_of,
)

AMENDING = ("update", "withdrawal")
EARLIEST = datetime.min.replace(tzinfo=UTC)


def in_time(lines: Iterable[Any]) -> list[Any]:
    """Lines in the order in which they were told; who describes a need or an offer takes them so, and says the same as anybody else.

    A list or a letter without a date is taken for older than what bears one; a change or a withdrawal without a date for the last word,
    as it speaks of something that was said before.
    """
    return sorted(lines, key=_moment)


def _moment(line: Any) -> tuple[Any, ...]:
    when = 1 if line.sent_at else 2 if line.kind in AMENDING else 0
    return when, line.sent_at or EARLIEST, line.message_name, line.position, line.id


def _standing(members: Sequence[Any]) -> list[Any]:
    return [line for line in members if line.state != LineState.REJECTED] or list(members)


def describe_need(need: Any, members: Sequence[Any], ruled: bool) -> None:
    """Set the columns of a need to what its lines say; what a person ruled stays, and an endorsement of another thing goes back."""
    before = (need.quantity, need.category, need.beneficiary)
    lines = _standing(members)
    asking = [line for line in lines if line.kind in ("request", "update")] or lines
    amounts = [(line.kind, line.quantity) for line in lines]
    need.title = title_of((line.language, line.item) for line in asking)
    need.category = commonest(line.category for line in asking)
    need.beneficiary = commonest(line.beneficiary for line in asking if line.beneficiary_known) or commonest(
        line.beneficiary for line in asking
    )
    need.quantity = standing_quantity(amounts)
    need.unit = commonest(line.unit for line in asking)
    need.needed_by = next((line.needed_by for line in reversed(asking) if line.needed_by), None)
    need.urgency = highest_urgency(line.urgency for line in asking)
    need.channel = ruled_channel(line.channel for line in asking)
    need.first_asked = min((line.sent_at for line in lines if line.sent_at), default=None)
    need.provisional = not any(line.state == LineState.ACCEPTED for line in lines)
    if ruled and need.state == NeedState.ENDORSED and before != (need.quantity, need.category, need.beneficiary):
        # what was endorsed was another quantity, thing or body: the need comes back to its first gate
        need.state = NeedState.TECHNICAL_REVIEW
    # what a person ruled stays; only the words of lines move a need between captured and withdrawn
    if not ruled and need.state in (NeedState.CAPTURED, NeedState.WITHDRAWN):
        need.state = NeedState.WITHDRAWN if is_withdrawn(amounts) else NeedState.CAPTURED


def describe_offer(offer: Any, members: Sequence[Any]) -> None:
    """Set the columns of an offer to what its lines say."""
    lines = _standing(members)
    giving = [line for line in lines if line.kind != "withdrawal"] or lines
    amounts = [(line.kind, line.quantity) for line in lines]
    offer.title = title_of((line.language, line.item) for line in giving)
    offer.category = commonest(line.category for line in giving)
    offer.provider = commonest(line.provider for line in giving)
    offer.beneficiary = commonest(line.beneficiary for line in giving)
    offer.quantity = standing_quantity(amounts)
    offer.unit = commonest(line.unit for line in giving)
    priced = next((line for line in reversed(giving) if line.value_amount is not None), None)
    offer.value_amount, offer.value_currency = (priced.value_amount, priced.value_currency) if priced else (None, "")
    offer.available_from = next((line.available_from for line in reversed(giving) if line.available_from), None)
    offer.available_until = next((line.available_until for line in reversed(giving) if line.available_until), None)
    conditions: dict[tuple[str, str], dict[str, str]] = {}
    for line in giving:
        for condition in line.conditions:
            conditions.setdefault((condition.get("code", ""), condition.get("text", "")), condition)
    offer.conditions = list(conditions.values())
    offer.withdrawn = is_withdrawn(amounts)
    offer.first_offered = min((line.sent_at for line in lines if line.sent_at), default=None)
    offer.provisional = not any(line.state == LineState.ACCEPTED for line in lines)
