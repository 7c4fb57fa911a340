"""Licence cases as people read them: the board's rows, one case with its clocks and what may follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from sild.kernel.access import Audience, audience_of
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import HandlingView, NoteView, handling_of, notes_on
from sild.kernel.refusals import NotThere
from sild.wings.clearance.models import LicenceCase
from sild.wings.clearance.reads.readers import gives_as
from sild.wings.clearance.rules import (
    LANES,
    LAPSES_SOON_DAYS,
    MOVER_OF,
    CaseState,
    Clocks,
    Entry,
    Mover,
    Step,
    control_list,
    moves_from,
)
from sild.wings.parties.public import desk_day
from sild.wings.register.public import Line

CASE = "clearance.LicenceCase"
MOST_ON_BOARD = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases: by state, whose move, jurisdiction, category, giver, words; `late`: only what is overdue or has lapsed."""

    state: str = ""
    mover: str = ""
    jurisdiction: str = ""
    category: str = ""
    provider: str = ""
    text: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case in a list. `days` it has been in its state; `lapsed`: granted, and the licence has run out.

    `due`: the day to ask again has come (`overdue`: has passed), or the licence has run out.
    """

    id: UUID
    version: int
    created_at: datetime
    line_id: UUID
    item: str
    category: str
    quantity: Decimal | None
    unit: str
    provider: str
    beneficiary: str
    jurisdiction: str
    authority: str
    reference: str
    state: str
    mover: str
    since: date
    days: int
    due_on: date | None
    overdue: bool
    expires_on: date | None
    lapsed: bool
    lapses_soon: bool
    marking: int
    handling: HandlingView | None = None
    due: bool = False

    @property
    def late(self) -> bool:
        """Whether somebody should look at it now."""
        return self.overdue or self.lapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The cases of one state, the overdue first, then by the day that they are due."""

    state: CaseState
    mover: Mover
    rows: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The lanes that hold something; `jurisdictions` and `categories` of all cases that the reader sees, for filters."""

    lanes: tuple[Lane, ...]
    count: int
    late: int
    cut: bool
    jurisdictions: tuple[str, ...]
    categories: tuple[str, ...]
    any: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case whole. `offer` and `line` are None where the reader does not see them; `following` are the states that may come next."""

    row: CaseRow
    own: bool
    line: UUID | None
    offer: UUID | None
    line_state: str
    conditions: tuple[str, ...]
    term_days: int | None
    term_source: str
    term_left: int | None
    entries: tuple[Entry, ...]
    entries_version: str
    list_is_newer: bool
    clocks: Clocks
    steps: tuple[Step, ...]
    following: tuple[CaseState, ...]
    audience: Audience
    notes: tuple[NoteView, ...]
    handling: HandlingView


@read
def list_cases(
    actor: Actor, wanted: CaseFilter, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[CaseRow], tuple[datetime, UUID] | None]:
    """The cases that the reader may see, the newest first, and the key from which the next page goes on (None at the end)."""
    found = _narrowed(actor, wanted)
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    cases = list(found.order_by("-created_at", "-id")[: limit + 1])
    rows = _rows(actor, cases[:limit])
    return rows, (rows[-1].created_at, rows[-1].id) if len(cases) > limit else None


@read
def case_board(actor: Actor, wanted: CaseFilter) -> Board:
    """The cases by state. Of very many the board shows those that were due first."""
    found = _narrowed(actor, wanted).order_by("due_on", "state_since", "id")
    cases = list(found[: MOST_ON_BOARD + 1])
    rows = _rows(actor, cases[:MOST_ON_BOARD])
    known = list(LicenceCase.objects.order_by().values_list("jurisdiction", "category").distinct())
    lanes = []
    for state in LANES:
        held = sorted((row for row in rows if row.state == state), key=_urgent_first)
        if held:
            lanes.append(Lane(state=state, mover=MOVER_OF[state], rows=tuple(held)))
    return Board(
        lanes=tuple(lanes),
        count=len(rows),
        late=sum(row.late for row in rows),
        cut=len(cases) > MOST_ON_BOARD,
        jurisdictions=tuple(sorted({jurisdiction for jurisdiction, _category in known})),
        categories=tuple(sorted({category for _jurisdiction, category in known if category})),
        any=bool(known),
    )


@read
def cases_waiting(actor: Actor, *, most: int) -> list[CaseRow]:
    """Cases that wait for the actor: those whose day to ask again has come or whose licence is over, for liaisons and officers; those in
    which it is the liaison's move, for liaisons; those in which it is the giver's, for who gives. What is due comes first.
    """
    wanted, today = Q(pk__in=()), desk_day(actor)
    if actor.roles & {Role.LICENCE_LIAISON, Role.OFFICER}:
        wanted |= Q(due_on__lte=today) | Q(state=CaseState.GRANTED, expires_on__lt=today)
    if Role.LICENCE_LIAISON in actor.roles:
        wanted |= Q(state__in=_moved_by(Mover.LIAISON))
    given = gives_as(actor) if actor.roles & {Role.DONOR, Role.COMPANY} else frozenset()
    if given:
        wanted |= Q(state__in=_moved_by(Mover.GIVER), provider__in=given)
    rows = _rows(actor, LicenceCase.objects.filter(wanted).order_by("due_on", "state_since", "id")[:MOST_ON_BOARD])
    return sorted(rows, key=lambda row: (not row.due, row.due_on or row.expires_on or row.since, str(row.id)))[:most]


def _moved_by(mover: Mover) -> list[CaseState]:
    return [state for state, whose in MOVER_OF.items() if whose == mover]


@read
def cases_of_lines(actor: Actor, lines: Iterable[UUID]) -> list[CaseRow]:
    """The cases of some lines, by jurisdiction."""
    return _rows(actor, LicenceCase.objects.filter(line_id__in=list(lines)).order_by("jurisdiction", "created_at", "id"))


@read
def find_case(actor: Actor, lines: Iterable[UUID], jurisdiction: str) -> CaseRow:
    """The first case of some lines in a jurisdiction. Raises NotThere."""
    case = LicenceCase.objects.filter(line_id__in=list(lines), jurisdiction=jurisdiction).order_by("created_at", "id").first()
    if case is None:
        raise NotThere(_("There is no licence case of this line in {code}.").format(code=jurisdiction))
    return _rows(actor, [case])[0]


@read
def cases_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's cases in which one of the words stands, as plain data to hand out to whom they name."""
    said = Q()
    for word in words:
        for column in ("item", "provider", "authority", "reference", "beneficiary", "term_source", "told", "agreed"):
            said |= Q(**{f"{column}__icontains": word})
    if not said:
        return []
    cases = LicenceCase.objects.annotate(told=Cast("steps", TextField()), agreed=Cast("conditions", TextField()))
    found = cases.filter(said, owner_id=actor.organisation).order_by("created_at", "id")
    return [{"item": case.item, "jurisdiction": case.jurisdiction, "conditions": case.conditions, "steps": case.steps} for case in found]


@read
def case_record(actor: Actor, case_id: UUID) -> CaseView:
    """One case. Raises NotThere."""
    case: LicenceCase = LicenceCase.found(case_id)
    today = desk_day(actor)
    clocks, [row] = case.clocks(today), _rows(actor, [case])
    line = Line.objects.filter(id=case.line_id).first()
    known = control_list()
    looked_at = set(case.entries)
    been = tuple(CaseState(step["state"]) for step in case.steps)
    following = moves_from(CaseState(case.state), been)
    return CaseView(
        row=row,
        own=case.owner_id == actor.organisation,
        line=line.id if line is not None else None,
        offer=line.offer_id if line is not None else None,
        line_state=line.state if line is not None else "",
        conditions=tuple(case.conditions),
        term_days=case.term_days,
        term_source=case.term_source,
        term_left=clocks.left_of(case.term_days),
        entries=tuple(entry for entry in known.entries if entry.id in looked_at),
        entries_version=case.entries_version,
        list_is_newer=bool(case.entries_version) and case.entries_version != known.version,
        clocks=clocks,
        steps=case.history(),
        following=tuple(state for state in LANES if state in following),
        audience=audience_of(actor, case),
        notes=notes_on(actor, CASE, case.id),
        handling=handling_of(actor, CASE, [case.id]).get(case.id, HandlingView()),
    )


def _narrowed(actor: Actor, wanted: CaseFilter) -> QuerySet[LicenceCase]:
    exact = {name: getattr(wanted, name) for name in ("state", "jurisdiction", "category", "provider") if getattr(wanted, name)}
    found = LicenceCase.objects.filter(**exact)
    if wanted.mover:
        found = found.filter(state__in=[state for state, mover in MOVER_OF.items() if mover == wanted.mover])
    if wanted.text.strip():
        said = Q()
        for column in ("item", "provider", "authority", "reference", "beneficiary"):
            said |= Q(**{f"{column}__icontains": wanted.text.strip()})
        found = found.filter(said)
    if wanted.late:
        today = desk_day(actor)
        found = found.filter(Q(due_on__lt=today) | Q(state=CaseState.GRANTED, expires_on__lt=today))
    return found


def _rows(actor: Actor, cases: Iterable[LicenceCase]) -> list[CaseRow]:
    told = list(cases)
    handled = handling_of(actor, CASE, [case.id for case in told]) if told else {}
    today = desk_day(actor)
    return [_row(case, today, handled.get(case.id)) for case in told]


def _row(case: LicenceCase, today: date, handling: HandlingView | None) -> CaseRow:
    alike = ("item", "category", "quantity", "unit", "provider", "beneficiary", "jurisdiction", "authority", "reference", "state")
    expires = case.expires_on if case.state == CaseState.GRANTED else None
    lapsed = expires is not None and expires < today
    return CaseRow(
        id=case.id,
        version=case.version,
        created_at=case.created_at,
        line_id=case.line_id,
        **{name: getattr(case, name) for name in alike},
        mover=str(MOVER_OF[CaseState(case.state)]),
        since=case.state_since,
        days=max((today - case.state_since).days, 0),
        due_on=case.due_on,
        overdue=case.due_on is not None and case.due_on < today,
        expires_on=case.expires_on,
        lapsed=lapsed,
        lapses_soon=expires is not None and today <= expires <= today + timedelta(days=LAPSES_SOON_DAYS),
        marking=case.marking,
        handling=handling,
        due=lapsed or (case.due_on is not None and case.due_on <= today),
    )


def _urgent_first(row: CaseRow) -> tuple[bool, date, date, str]:
    return (not row.late, row.due_on or row.expires_on or date.max, row.since, str(row.id))
