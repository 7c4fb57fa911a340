"""Cases as their readers see them: the list, and one whole with what bodies owe to it, who is in, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from sild.kernel import clock
from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.casework import HandlingView, NoteView, handling_of, notes_on
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.kernel.refusals import NotThere
from sild.kernel.rooms import seats_in_compartment
from sild.wings.attribution.models import AgencyInput, Case
from sild.wings.attribution.reads.procedure import procedure, said_of
from sild.wings.attribution.rules import MOST_INPUTS, Agency, AttributionState, InputState, Procedure, input_state

CASE = "attribution.Case"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case in a list: `late` and `waiting` count what bodies owe to it."""

    id: UUID
    version: int
    created_at: datetime
    title: str
    stage: str
    stage_name: str
    state: AttributionState
    opened_at: datetime
    opened_by: str
    late: int
    waiting: int
    delivered: int
    next_due: datetime | None
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """What a body owes or delivered. `hours` is how long until it is due (below 0: since), or how long after its term it came."""

    id: UUID
    version: int
    agency: str
    agency_name: str
    stage: str
    stage_name: str
    what: str
    state: InputState
    due_at: datetime
    delivered_at: datetime | None
    delivered_by: str
    hours: int
    text: str
    waived_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case whole. `readers` are the seats in its compartment `room`; `bodies` those of the procedure."""

    row: CaseRow
    summary: str
    ended_why: str
    room: UUID | None
    readers: tuple[str, ...]
    procedure: Procedure
    inputs: tuple[InputRow, ...]
    audience: Audience
    history: tuple[HistoryEntry, ...]
    notes: tuple[NoteView, ...]
    handling: HandlingView

    @property
    def bodies(self) -> tuple[Agency, ...]:
        """The bodies of the procedure."""
        return self.procedure.agencies


@read
def list_cases(
    actor: Actor, *, state: str = "", after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[CaseRow], tuple[datetime, UUID] | None]:
    """The cases that the reader may see, the newest first, and the key from which the next slice goes on (None at the end)."""
    found = Case.objects.filter(state=state) if state else Case.objects.all()
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    cases = list(found.order_by("-created_at", "-id")[: limit + 1])
    rows = rows_of(actor, cases[:limit])
    return rows, (rows[-1].created_at, rows[-1].id) if len(cases) > limit else None


@read
def case_record(actor: Actor, case_id: UUID) -> CaseView:
    """A case whole. Raises NotThere."""
    case: Case = Case.found(case_id)
    [row] = rows_of(actor, [case])
    inputs, told = _inputs(case.id), procedure(actor)
    return CaseView(
        row=row,
        summary=case.summary,
        ended_why=case.ended_why,
        room=case.compartment_id,
        readers=_readers(actor, case),
        procedure=told,
        inputs=tuple(_input(told, one) for one in inputs),
        audience=audience_of(actor, case),
        history=history_of(actor, [case.id, *(one.id for one in inputs)]),
        notes=notes_on(actor, CASE, case.id),
        handling=handling_of(actor, CASE, [case.id]).get(case.id, HandlingView()),
    )


@read
def late_inputs(actor: Actor, *, most: int = 50) -> list[tuple[InputRow, UUID, str]]:
    """What bodies owe to open cases and did not deliver in time, the longest late first: the input, the case and its title."""
    now = clock.now()
    open_cases = dict(Case.objects.filter(state=AttributionState.OPEN).values_list("id", "title"))
    owed = AgencyInput.objects.filter(case_id__in=list(open_cases), delivered_at=None, waived=False, due_at__lt=now)
    told = procedure(actor)
    return [(_input(told, one), one.case_id, open_cases[one.case_id]) for one in owed.order_by("due_at", "id")[:most]]


def rows_of(actor: Actor, cases: list[Case]) -> list[CaseRow]:
    """Cases as they stand in a list."""
    told, now = procedure(actor), clock.now()
    counted: dict[UUID, list[AgencyInput]] = {case.id: [] for case in cases}
    for one in AgencyInput.objects.filter(case_id__in=list(counted)):
        counted[one.case_id].append(one)
    return [_row(case, counted[case.id], told, now) for case in cases]


def _row(case: Case, inputs: list[AgencyInput], told: Procedure, now: datetime) -> CaseRow:
    stage = told.stage(case.stage)
    states = [input_state(one.due_at, now, delivered_at=one.delivered_at, waived=one.waived) for one in inputs]
    owed = [one.due_at for one, state in zip(inputs, states, strict=True) if state in (InputState.WAITING, InputState.LATE)]
    return CaseRow(
        id=case.id,
        version=case.version,
        created_at=case.created_at,
        title=case.title,
        stage=case.stage,
        stage_name=stage.name if stage is not None else case.stage,
        state=AttributionState(case.state),
        opened_at=case.opened_at,
        opened_by=case.opened_by_name,
        late=states.count(InputState.LATE),
        waiting=states.count(InputState.WAITING),
        delivered=states.count(InputState.DELIVERED),
        next_due=min(owed, default=None),
        marking=case.marking,
    )


def _inputs(case_id: UUID) -> list[AgencyInput]:
    return list(AgencyInput.objects.filter(case_id=case_id).order_by("due_at", "agency", "id")[:MOST_INPUTS])


def _input(told: Procedure, one: AgencyInput) -> InputRow:
    now, stage = clock.now(), told.stage(one.stage)
    span = (one.delivered_at - one.due_at) if one.delivered_at is not None else (one.due_at - now)
    return InputRow(
        id=one.id,
        version=one.version,
        agency=one.agency,
        agency_name=one.agency_name,
        stage=one.stage,
        stage_name=stage.name if stage is not None else one.stage,
        what=said_of(told, one.agency, one.stage, one.what),
        state=input_state(one.due_at, now, delivered_at=one.delivered_at, waived=one.waived),
        due_at=one.due_at,
        delivered_at=one.delivered_at,
        delivered_by=one.delivered_by_name,
        hours=round(span.total_seconds() / 3600),
        text=one.text,
        waived_why=one.waived_why,
    )


def _readers(actor: Actor, case: Case) -> tuple[str, ...]:
    """The seats in the case's compartment; none where it lies in the open, or the reader has left."""
    if case.compartment_id is None:
        return ()
    try:
        return tuple(seat.name for seat in seats_in_compartment(actor, case.compartment_id))
    except NotThere:
        return ()


@read
def case_of_input(actor: Actor, input_id: UUID) -> UUID:
    """The case to which something is owed. Raises NotThere."""
    owed: AgencyInput = AgencyInput.found(input_id)
    return owed.case_id
