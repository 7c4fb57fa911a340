"""Responses as their readers see them: the list, one whole, the options that can be picked, with where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.wings.attribution.public import Case
from sild.wings.response.models import EssentialWord, PickedOption, Response
from sild.wings.response.rules import (
    NEXT,
    DeliveryLevel,
    Option,
    OptionState,
    Precondition,
    PreconditionStand,
    ResponseState,
    option_of,
    options,
)
from sild.wings.signals.public import incident_rows

RESPONSE, PICKED = "response.Response", "response.PickedOption"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRow:
    """A response in a list: how many options stand where, and what it is about as far as the reader sees that."""

    id: UUID
    version: int
    created_at: datetime
    title: str
    state: ResponseState
    case: UUID | None
    case_title: str
    incident: UUID | None
    incident_title: str
    opened_at: datetime
    opened_by: str
    proposed: int
    decided: int
    done: int
    dropped: int
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreconditionRow:
    """What an option asks for first, and what was said of it; `said` empty and `by` empty: nobody spoke."""

    asked: Precondition
    stand: PreconditionStand
    said: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step of an option: where it stood from then on, which body and person decided, on which day, why, and who wrote it down."""

    state: OptionState
    body: str
    person: str
    on: date | None
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedRow:
    """A picked option. `fact` None: the list no longer has it, its id alone is known. `following`: where it may go."""

    id: UUID
    version: int
    option: str
    fact: Option | None
    why: str
    level: DeliveryLevel
    state: OptionState
    preconditions: tuple[PreconditionRow, ...]
    steps: tuple[StepRow, ...]
    following: tuple[OptionState, ...]
    picked_by: str
    picked_at: datetime

    @property
    def open_preconditions(self) -> tuple[PreconditionRow, ...]:
        """What it asks for and is not said to be met."""
        return tuple(one for one in self.preconditions if one.stand != PreconditionStand.MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseView:
    """A response whole. `own`: the reader's organisation keeps it."""

    row: ResponseRow
    own: bool
    summary: str
    ended_why: str
    room: UUID | None
    picked: tuple[PickedRow, ...]
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedOption:
    """An option of the toolbox beside a response; `picked`: it stands there already."""

    fact: Option
    picked: PickedRow | None


@read
def list_responses(
    actor: Actor,
    *,
    state: str = "",
    case: UUID | None = None,
    incident: UUID | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> tuple[list[ResponseRow], tuple[datetime, UUID] | None]:
    """The responses that the reader may see, the newest first, and the key from which the next slice goes on (None at the end)."""
    found = Response.objects.filter(state=state) if state else Response.objects.all()
    if case is not None:
        found = found.filter(case_id=case)
    if incident is not None:
        found = found.filter(incident_id=incident)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    kept = list(found.order_by("-created_at", "-id")[: limit + 1])
    rows = rows_of(actor, kept[:limit])
    return rows, (rows[-1].created_at, rows[-1].id) if len(kept) > limit else None


@read
def response_record(actor: Actor, response_id: UUID) -> ResponseView:
    """A response whole. Raises NotThere."""
    one: Response = Response.found(response_id)
    [row] = rows_of(actor, [one])
    picked = list(PickedOption.objects.filter(response_id=one.id).order_by("picked_at", "id"))
    words = EssentialWord.objects.filter(response_id=one.id).values_list("id", flat=True)
    return ResponseView(
        row=row,
        own=one.owner_id == actor.organisation,
        summary=one.summary,
        ended_why=one.ended_why,
        room=one.compartment_id,
        picked=tuple(picked_row(each) for each in picked),
        history=history_of(actor, [one.id, *(each.id for each in picked), *words]),
    )


@read
def offered_options(actor: Actor, response_id: UUID) -> list[OfferedOption]:
    """The toolbox beside a response, in the order of its own column of escalation. Raises NotThere."""
    one: Response = Response.found(response_id)
    picked = {each.option: picked_row(each) for each in PickedOption.objects.filter(response_id=one.id)}
    return [OfferedOption(fact=fact, picked=picked.get(fact.id)) for fact in options()]


@read
def response_of_option(actor: Actor, option_id: UUID) -> UUID:
    """The response of a picked option. Raises NotThere."""
    one: PickedOption = PickedOption.found(option_id)
    return one.response_id


def rows_of(actor: Actor, kept: list[Response]) -> list[ResponseRow]:
    """Responses as they stand in a list."""
    cases: dict[UUID | None, str] = dict(
        Case.objects.filter(id__in=[one.case_id for one in kept if one.case_id]).values_list("id", "title")
    )
    incidents = incident_rows(actor, [one.incident_id for one in kept if one.incident_id])
    stands: dict[UUID, list[str]] = {one.id: [] for one in kept}
    for key, state in PickedOption.objects.filter(response_id__in=list(stands)).values_list("response_id", "state"):
        stands[key].append(state)
    return [
        ResponseRow(
            id=one.id,
            version=one.version,
            created_at=one.created_at,
            title=one.title,
            state=ResponseState(one.state),
            case=one.case_id if one.case_id in cases else None,
            case_title=cases.get(one.case_id, ""),
            incident=one.incident_id if one.incident_id in incidents else None,
            incident_title=incidents[one.incident_id].title if one.incident_id in incidents else "",
            opened_at=one.opened_at,
            opened_by=one.opened_by_name,
            **{state.value: stands[one.id].count(state) for state in OptionState},
            marking=one.marking,
        )
        for one in kept
    ]


def picked_row(one: PickedOption) -> PickedRow:
    """A picked option as it is shown."""
    fact, state = option_of(one.option), OptionState(one.state)
    return PickedRow(
        id=one.id,
        version=one.version,
        option=one.option,
        fact=fact,
        why=one.why,
        level=DeliveryLevel(one.level),
        state=state,
        preconditions=tuple(_precondition(each, one.preconditions.get(each.id)) for each in (fact.prerequisites if fact else ())),
        steps=tuple(_step(each) for each in one.steps),
        following=NEXT[state],
        picked_by=one.picked_by_name,
        picked_at=one.picked_at,
    )


def _precondition(asked: Precondition, told: Mapping[str, Any] | None) -> PreconditionRow:
    if told is None:
        return PreconditionRow(asked=asked, stand=PreconditionStand.UNKNOWN, said="", by="", at=None)
    stand, at = PreconditionStand(told["stand"]), datetime.fromisoformat(told["at"])
    return PreconditionRow(asked=asked, stand=stand, said=told["said"], by=told["by"], at=at)


def _step(told: Mapping[str, Any]) -> StepRow:
    return StepRow(
        state=OptionState(told["state"]),
        body=told["body"],
        person=told["person"],
        on=date.fromisoformat(told["on"]) if told["on"] else None,
        why=told["why"],
        by=told["by"],
        at=datetime.fromisoformat(told["at"]),
    )
