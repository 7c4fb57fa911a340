"""Influence studies: what a question would count, the problem that it poses, and a study with its answer as a page tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sild.cores import influence as core
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.signals.models import Incident, InfluenceStudy, PublicStatement
from sild.wings.signals.reads.lists import IncidentFilter, IncidentRow, narrowed, row_of
from sild.wings.signals.reads.statements import StatementFilter, StatementRow, narrowed_statements, statement_row
from sild.wings.signals.rules import MOST_INCIDENTS, MOST_STATEMENTS, Precision, StudyState

STUDY = "signals.InfluenceStudy"
NO_STATE = "-"
"""Who speaks where no State is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyQuestion:
    """Which statements and incidents (exact values, "": all), when somebody looked, and how many days after a statement count.

    `unwatched`: so many days without any incident in a row, or more, count as not watched; 0: every day was watched.
    """

    statement_kind: str = ""
    speaker: str = ""
    about: str = ""
    incident_kind: str = ""
    country: str = ""
    sector: str = ""
    first: date
    last: date
    window: int = 3
    unwatched: int = 0

    def told(self) -> dict[str, Any]:
        """As plain data; days as 2026-02-10."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}


def question_told(asked: Mapping[str, Any]) -> StudyQuestion:
    """A question from its plain data."""
    days = {name: date.fromisoformat(asked[name]) for name in ("first", "last")}
    return StudyQuestion(**{**asked, **days})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a question counts, of what lies in the open, and how many it leaves out because their day is not known exactly."""

    statements: tuple[UUID, ...]
    incidents: tuple[UUID, ...]
    left_out: Mapping[str, int]


@read
def counted_by(actor: Actor, asked: StudyQuestion) -> Counted:
    """What the reader may see of it outside of compartments; withdrawn statements and second readings never count."""
    of_statements = StatementFilter(kind=asked.statement_kind, country=asked.speaker, about=asked.about)
    said = narrowed_statements(of_statements).filter(withdrawn=False, compartment_id=None)
    said = said.filter(on__gte=asked.first, on__lte=asked.last)
    of_incidents = IncidentFilter(kind=asked.incident_kind, country=asked.country, sector=asked.sector)
    happened = narrowed(of_incidents).filter(reading_of=None, compartment_id=None)
    happened = happened.filter(begins__gte=asked.first, begins__lte=asked.last)
    exact, begun = said.filter(precision=Precision.DAY), happened.filter(begins_precision=Precision.DAY)
    return Counted(
        statements=tuple(exact.order_by("on", "id").values_list("id", flat=True)[: MOST_STATEMENTS + 1]),
        incidents=tuple(begun.order_by("begins", "id").values_list("id", flat=True)[: MOST_INCIDENTS + 1]),
        left_out={
            "statements": said.exclude(precision=Precision.DAY).count(),
            "incidents": happened.exclude(begins_precision=Precision.DAY).count(),
        },
    )


@read
def problem_of(actor: Actor, study_id: UUID) -> core.InfluenceProblem:
    """What a study asks of the core. Raises NotThere, BadProblem; rows that the reader may not see are not there."""
    one: InfluenceStudy = InfluenceStudy.found(study_id)
    asked = question_told(one.asked)
    statements = tuple(
        core.Statement(id=str(said.id), day=said.on, who=said.country or NO_STATE, kind=str(said.kind))
        for said in PublicStatement.objects.filter(id__in=one.statements).order_by("on", "id")
        if said.on is not None
    )
    incidents = tuple(
        core.Incident(day=begun.begins) for begun in Incident.objects.filter(id__in=one.incidents).order_by("begins", "id") if begun.begins
    )
    calendar = core.Calendar(first=asked.first, last=asked.last)
    if asked.unwatched:
        gaps = core.silences(incidents, calendar, asked.unwatched)
        calendar = core.Calendar(first=asked.first, last=asked.last, gaps=gaps)
    window = core.Window(first=0, last=asked.window)
    return core.InfluenceProblem(
        statements=statements,
        incidents=incidents,
        calendar=calendar,
        questions=(core.Question(id="asked", window=window),),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRow:
    """A study in a list; `verdict` is empty until there is an answer that the check accepts."""

    id: UUID
    version: int
    state: StudyState
    verdict: str
    question: StudyQuestion
    statements: int
    incidents: int
    asked_by: str
    asked_on: date
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedStatement:
    """A statement that was asked about with what the core counted after it; `why_not` where it counts for nothing."""

    row: StatementRow
    counted: Mapping[str, Any] | None
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyView:
    """A study whole: the finding as the core told it, with the rows behind each sum; `power` by ratio in per cent."""

    row: StudyRow
    own: bool
    left_out: Mapping[str, int]
    finding: Mapping[str, Any] | None
    observed_days: int
    power: tuple[Mapping[str, Any], ...]
    statements: tuple[CountedStatement, ...]
    incidents: tuple[IncidentRow, ...]
    faults: tuple[str, ...]
    refusal: str


@read
def list_studies(actor: Actor, *, most: int = 200) -> list[StudyRow]:
    """The studies that the reader may see, the newest first."""
    return [_row(one) for one in InfluenceStudy.objects.order_by("-created_at", "-id")[:most]]


@read
def study_record(actor: Actor, study_id: UUID) -> StudyView:
    """One study. Raises NotThere. Whoever sees it sees all that it counts: it is as closed as the most closed of them."""
    one: InfluenceStudy = InfluenceStudy.found(study_id)
    finding = _finding(one)
    rows = {told["statement"]: told for told in (finding or {}).get("rows", ())}
    aside = {told["statement"]: told["why"] for told in (finding or {}).get("set_aside", ())}
    said = PublicStatement.objects.filter(id__in=one.statements).order_by("on", "id")
    return StudyView(
        row=_row(one),
        own=one.owner_id == actor.organisation,
        left_out=one.left_out,
        finding=finding,
        observed_days=int(one.answer.get("observed_days", 0)),
        power=tuple(
            {"ratio": told["ratio"], "extra": told["extra_per_statement"], "percent": round(100 * told["power"])}
            for told in (finding or {}).get("power", ())
        ),
        statements=tuple(
            CountedStatement(row=statement_row(it), counted=rows.get(str(it.id)), why_not=aside.get(str(it.id), "")) for it in said
        ),
        incidents=tuple(row_of(it) for it in Incident.objects.filter(id__in=one.incidents).order_by("begins", "id")),
        faults=tuple(one.faults),
        refusal=one.refusal,
    )


def _finding(one: InfluenceStudy) -> Mapping[str, Any] | None:
    if one.state != StudyState.DONE:
        return None
    found: Mapping[str, Any] = one.answer["findings"][0]
    return found


def _row(one: InfluenceStudy) -> StudyRow:
    finding = _finding(one)
    return StudyRow(
        id=one.id,
        version=one.version,
        state=StudyState(one.state),
        verdict=str(finding["verdict"]) if finding else "",
        question=question_told(one.asked),
        statements=len(one.statements),
        incidents=len(one.incidents),
        asked_by=one.asked_by_name,
        asked_on=one.asked_on,
        marking=one.marking,
    )
