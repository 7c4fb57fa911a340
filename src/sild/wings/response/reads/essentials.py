"""The three things on one screen: to signal that it is significant, to ask for help, to condemn.

Of each: what was said of it, what the records of other sections show, and which act comes next. Nothing is inferred to be done: a
person says so. "Not done" is somebody's word; "unknown" is that nobody spoke.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere
from sild.wings.attribution.public import cited_incidents, decisions_of, rounds_of_case
from sild.wings.register.public import Need
from sild.wings.response.models import EssentialWord, Response
from sild.wings.response.reads.responses import PickedRow, response_record
from sild.wings.response.rules import Essential, EssentialStand
from sild.wings.signals.public import FACTORS, Degree, IncidentView, incident_record

MOST_INCIDENTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EssentialSaid:
    """What somebody said of one of the three. `need_title` is empty where the reader does not see that need."""

    id: UUID
    stand: EssentialStand
    words: str
    body: str
    on: date | None
    need: UUID | None
    need_title: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EssentialRow:
    """One of the three: where it stands (unknown where nobody spoke), every word on it, and the picked options that can be it."""

    essential: Essential
    stand: EssentialStand
    said: tuple[EssentialSaid, ...]
    options: tuple[PickedRow, ...]

    @property
    def newest(self) -> EssentialSaid | None:
        """The word that counts."""
        return self.said[0] if self.said else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityRow:
    """How grave an incident is said to be: how many factors at each degree, and of how many nobody spoke or knows."""

    id: UUID
    title: str
    grave: int
    serious: int
    slight: int
    none: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EssentialsView:
    """The three of a response. `decisions` and `rounds` are None where it has no case; else how many there are."""

    response_id: UUID
    rows: tuple[EssentialRow, ...]
    severity: tuple[SeverityRow, ...]
    needs: int
    decided: bool | None
    rounds: int | None


@read
def essentials_of(actor: Actor, response_id: UUID) -> EssentialsView:
    """The three things of a response. Raises NotThere."""
    view = response_record(actor, response_id)
    one: Response = Response.found(response_id)
    words = list(EssentialWord.objects.filter(response_id=one.id).order_by("-written_at", "-id"))
    titles: dict[UUID | None, str] = dict(
        Need.objects.filter(id__in=[each.need_id for each in words if each.need_id]).values_list("id", "title")
    )
    said = {key: tuple(_said(each, titles) for each in words if each.essential == key) for key in Essential}
    case = view.row.case
    return EssentialsView(
        response_id=one.id,
        rows=tuple(
            EssentialRow(
                essential=key,
                stand=said[key][0].stand if said[key] else EssentialStand.UNKNOWN,
                said=said[key],
                options=tuple(each for each in view.picked if each.fact is not None and key in each.fact.serves),
            )
            for key in Essential
        ),
        severity=tuple(_severity(each) for each in incidents_of(actor, view.row.case, view.row.incident)),
        needs=len({each.need for each in said[Essential.ASK] if each.need}),
        decided=None if case is None else decisions_of(actor, case).current is not None,
        rounds=None if case is None else len(rounds_of_case(actor, case).rounds),
    )


def incidents_of(actor: Actor, case: UUID | None, incident: UUID | None) -> list[IncidentView]:
    """The incidents that a response is about, as far as the reader sees them: its own, and those that its case cites."""
    keys = [*([incident] if incident is not None else []), *(cited_incidents(actor, case) if case is not None else [])]
    found = []
    for key in dict.fromkeys(keys[:MOST_INCIDENTS]):
        try:
            found.append(incident_record(actor, key))
        except NotThere:
            continue
    return found


def _said(one: EssentialWord, titles: dict[UUID | None, str]) -> EssentialSaid:
    return EssentialSaid(
        id=one.id,
        stand=EssentialStand(one.stand),
        words=one.words,
        body=one.body,
        on=one.on,
        need=one.need_id if one.need_id in titles else None,
        need_title=titles.get(one.need_id, ""),
        by=one.written_by_name,
        at=one.written_at,
    )


def _severity(one: IncidentView) -> SeverityRow:
    degrees = [factor.degree for factor in one.factors]
    known = {degree: degrees.count(degree) for degree in Degree if degree != Degree.UNKNOWN}
    return SeverityRow(
        id=one.row.id,
        title=one.row.title,
        grave=known[Degree.GRAVE],
        serious=known[Degree.SERIOUS],
        slight=known[Degree.SLIGHT],
        none=known[Degree.NONE],
        unknown=len(FACTORS) - sum(known.values()),
    )
