"""Conditions that stay with a line, whoever set them: shown wherever the line is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.clearance.models import Donation, LicenceCase, Objection
from sild.wings.clearance.rules import CaseState, DonationState, ObjectionState

Source = Literal["licence", "objection", "donation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition on a line: its words, what set it (a licence, an objection that ended, a decision), that record, and who it is."""

    text: str
    source: Source
    record: UUID
    by: str


@read
def line_conditions(actor: Actor, lines: Iterable[UUID]) -> dict[UUID, tuple[Condition, ...]]:
    """By line the conditions on it, as far as the reader sees what set them: of licences first. Lines without any are left out."""
    wanted = list(lines)
    found: dict[UUID, list[Condition]] = defaultdict(list)
    if not wanted:
        return {}
    for case in LicenceCase.objects.filter(line_id__in=wanted, state=CaseState.GRANTED).order_by("jurisdiction", "id"):
        by = case.authority or case.jurisdiction
        found[case.line_id] += [Condition(text=text, source="licence", record=case.id, by=by) for text in case.conditions]
    closed = Objection.objects.filter(line_id__in=wanted).exclude(state=ObjectionState.OPEN).order_by("created_at", "id")
    for one in closed:
        found[one.line_id] += [Condition(text=text, source="objection", record=one.id, by=one.raised_by) for text in one.conditions]
    for given in Donation.objects.filter(line_id__in=wanted, state=DonationState.UNDER_CONDITIONS).order_by("created_at", "id"):
        found[given.line_id] += [Condition(text=text, source="donation", record=given.id, by=given.decided_by) for text in given.conditions]
    return {line: tuple(told) for line, told in found.items() if told}
