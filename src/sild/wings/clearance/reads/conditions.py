"""Conditions that stay with a line, whoever set them: shown wherever the line is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.clearance.models import ConditionWord, Donation, LicenceCase, Objection
from sild.wings.clearance.rules import CaseState, DonationState, ObjectionState
from sild.wings.clearance.rules.conditions import ConditionSource, ConditionStand


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said of a condition last: met or carried on, how, by whom of which office, on which day."""

    stand: ConditionStand
    words: str
    by: str
    office: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition on a line: its words, what set it (a licence, an objection that ended, a decision), that record, and who it is.

    `number` is its place among those that the record set; `told` what was said of it last, None where nobody said anything yet.
    """

    text: str
    source: ConditionSource
    record: UUID
    by: str
    number: int = 0
    told: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBy:
    """A record that sets conditions on a line, and those that stand now."""

    record: LicenceCase | Objection | Donation
    line_id: UUID
    line_owner_id: UUID
    conditions: tuple[str, ...]


@read
def line_conditions(actor: Actor, lines: Iterable[UUID]) -> dict[UUID, tuple[Condition, ...]]:
    """By line the conditions on it, as far as the reader sees what set them: of licences first. Lines without any are left out."""
    wanted = list(lines)
    found: dict[UUID, list[Condition]] = defaultdict(list)
    if not wanted:
        return {}
    said = _said(wanted)
    for case in LicenceCase.objects.filter(line_id__in=wanted, state=CaseState.GRANTED).order_by("jurisdiction", "id"):
        found[case.line_id] += _rows(case, ConditionSource.LICENCE, case.authority or case.jurisdiction, said)
    closed = Objection.objects.filter(line_id__in=wanted).exclude(state=ObjectionState.OPEN).order_by("created_at", "id")
    for one in closed:
        found[one.line_id] += _rows(one, ConditionSource.OBJECTION, one.raised_by, said)
    for given in Donation.objects.filter(line_id__in=wanted, state=DonationState.UNDER_CONDITIONS).order_by("created_at", "id"):
        found[given.line_id] += _rows(given, ConditionSource.DONATION, given.decided_by, said)
    return {line: tuple(told) for line, told in found.items() if told}


@read
def conditions_set_by(actor: Actor, source: ConditionSource, record_id: UUID) -> SetBy:
    """A record and the conditions that it sets now: of a licence that is granted, an objection that ended, a decision under conditions.

    Raises NotThere.
    """
    record: LicenceCase | Objection | Donation
    if source == ConditionSource.LICENCE:
        record = case = LicenceCase.found(record_id)
        stands, owner = case.state == CaseState.GRANTED, case.owner_id
    elif source == ConditionSource.OBJECTION:
        record = objection = Objection.found(record_id)
        stands, owner = objection.state != ObjectionState.OPEN, objection.line_owner_id
    else:
        record = donation = Donation.found(record_id)
        stands, owner = donation.state == DonationState.UNDER_CONDITIONS, donation.line_owner_id
    return SetBy(record=record, line_id=record.line_id, line_owner_id=owner, conditions=tuple(record.conditions) if stands else ())


def _said(lines: Collection[UUID]) -> dict[tuple[UUID, str], Told]:
    """What was said last of each condition, by the record that set it and its words."""
    rows = ConditionWord.objects.filter(line_id__in=list(lines)).order_by("created_at", "id")
    return {
        (row.record_id, row.text): Told(stand=ConditionStand(row.stand), words=row.words, by=row.said_by, office=row.office, on=row.said_on)
        for row in rows
    }


def _rows(
    record: LicenceCase | Objection | Donation, source: ConditionSource, by: str, said: Mapping[tuple[UUID, str], Told]
) -> list[Condition]:
    return [
        Condition(text=text, source=source, record=record.id, by=by, number=number, told=said.get((record.id, text)))
        for number, text in enumerate(record.conditions)
    ]
