"""What a need or an offer says, from its lines in order of time: pure functions over whatever has a line's columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sild.wings.register.rules.content import content_of, differences
from sild.wings.register.rules.states import (
    CLOSED,
    LineState,
    NeedState,
    commonest,
    highest_urgency,
    ruled_channel,
    standing,
    title_of,
)

AMENDING = ("update", "withdrawal")
PAST_A_GATE = frozenset({NeedState.INTERAGENCY_REVIEW, NeedState.ENDORSED})
"""The states in which a gate has passed what a need asks for: another content goes back to it."""
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


def asking_of(members: Sequence[Any]) -> list[Any]:
    """The lines of a need that ask for something, or all of them where none does; rejected ones are out."""
    lines = _standing(members)
    return [line for line in lines if line.kind in ("request", "update")] or lines


def describe_need(need: Any, members: Sequence[Any], ruled: Mapping[str, Any] | None) -> None:
    """Set the columns of a need to what its lines say; what a person ruled stays, and what passed a gate as another thing goes back.

    `ruled`: what the gate that passed it ruled on (`content_of`), empty where that was not kept; None where no gate ruled at all.
    """
    before = {name: getattr(need, name) for name in ("quantity", "unit", "category", "beneficiary")}
    lines, asking = _standing(members), asking_of(members)
    told = standing((line.kind, line.quantity) for line in lines)
    need.title = title_of((line.language, line.item) for line in asking)
    need.category = commonest(line.category for line in asking)
    need.beneficiary = commonest(line.beneficiary for line in asking if line.beneficiary_known) or commonest(
        line.beneficiary for line in asking
    )
    need.quantity = told.quantity
    need.unit = commonest(line.unit for line in asking)
    need.needed_by = next((line.needed_by for line in reversed(asking) if line.needed_by), None)
    need.urgency = highest_urgency(line.urgency for line in asking)
    need.channel = ruled_channel(line.channel for line in asking)
    need.first_asked = min((line.sent_at for line in lines if line.sent_at), default=None)
    need.provisional = not any(line.state == LineState.ACCEPTED for line in lines)
    if ruled is not None and need.state in PAST_A_GATE and differences(ruled or before, content_of(need, asking)):
        # what passed was another quantity, thing or body: the need comes back to its first gate, which says whether this is feasible
        need.state = NeedState.TECHNICAL_REVIEW
    _take_back(need, told.taken_back, unruled=ruled is None)


def _take_back(need: Any, taken_back: bool, *, unruled: bool) -> None:
    """Follow what the lines say of a withdrawal.

    Words of lines move a need only between captured and withdrawn. Whatever people moved or ruled stays as they left it, with the mark
    that a letter takes it back, until one of them rules; and what a person withdrew is not brought back by a letter.
    """
    if unruled and taken_back and need.state == NeedState.CAPTURED:
        need.state = NeedState.WITHDRAWN
    elif unruled and need.taken_back and not taken_back and need.state == NeedState.WITHDRAWN:
        need.state = NeedState.CAPTURED
    need.taken_back = taken_back


def waits_for_ruling(taken_back: bool, state: str) -> bool:
    """Whether a letter takes a need back that still stands: a person withdraws it, or rejects the line that says so."""
    return taken_back and state not in CLOSED


def describe_offer(offer: Any, members: Sequence[Any]) -> None:
    """Set the columns of an offer to what its lines say."""
    lines = _standing(members)
    giving = [line for line in lines if line.kind != "withdrawal"] or lines
    told = standing((line.kind, line.quantity) for line in lines)
    offer.title = title_of((line.language, line.item) for line in giving)
    offer.category = commonest(line.category for line in giving)
    offer.provider = commonest(line.provider for line in giving)
    offer.beneficiary = commonest(line.beneficiary for line in giving)
    offer.quantity = told.quantity
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
    offer.withdrawn = told.taken_back
    offer.first_offered = min((line.sent_at for line in lines if line.sent_at), default=None)
    offer.provisional = not any(line.state == LineState.ACCEPTED for line in lines)
