"""Forums beside a response: what each needs, ticked against what its case and incidents have; and the complaints that were written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.wings.attribution.public import EvidenceAudience, OpinionAnswer, Track, decisions_of, evidence_for, rounds_of_case, tracks_of
from sild.wings.diplomacy.public import contacts
from sild.wings.response.models import Complaint, Response
from sild.wings.response.reads.essentials import essentials_of, incidents_of
from sild.wings.response.reads.responses import response_record
from sild.wings.response.rules import Forum, ForumNeed, NeedStand, forum_of, forums
from sild.wings.signals.public import Degree, IncidentView, Precision

COMPLAINT = "response.Complaint"
CONTACTS_UNDER = {"un-poc-directory": "un-", "osce-iwg": "osce-", "coe-tcy": "budapest"}
"""Under which measures or treaty the contact points of a forum are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedTick:
    """What a forum needs, whether it is there, and how many were counted (None: nothing was)."""

    need: ForumNeed
    stand: NeedStand
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """A complaint. `fact` None: the list no longer has the forum."""

    id: UUID
    version: int
    forum: str
    fact: Forum | None
    asked: str
    norms: str
    written_by: str
    written_at: datetime
    withdrawn: bool
    withdrawn_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumRow:
    """A forum beside a response, with its ticks and what was written to it."""

    fact: Forum
    ticks: tuple[NeedTick, ...]
    complaints: tuple[ComplaintRow, ...]

    @property
    def missing(self) -> int:
        """How many of its needs are not there."""
        return sum(one.stand != NeedStand.THERE for one in self.ticks)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumsView:
    """All forums beside a response."""

    response_id: UUID
    rows: tuple[ForumRow, ...]
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Has:
    """What a response's case and incidents have, counted once for all forums. Numbers are None where there is no case to look at."""

    facts: NeedStand
    incidents: int
    severity: NeedStand
    weighed: int
    evidence: Mapping[str, int] | None
    legal: tuple[int, int] | None
    decided: bool | None
    partners: int | None
    needs: int
    contacts: Mapping[str, int]


@read
def forums_of(actor: Actor, response_id: UUID) -> ForumsView:
    """Every forum with what it needs, ticked. Raises NotThere."""
    response: Response = Response.found(response_id)
    kept = list(Complaint.objects.filter(response_id=response.id).order_by("-written_at", "id"))
    has = _has(actor, response.id)
    written = [_row(one) for one in kept]
    rows = tuple(
        ForumRow(
            fact=one,
            ticks=tuple(_tick(need, one, has, asked=[each for each in written if each.forum == one.id]) for need in one.needs),
            complaints=tuple(each for each in written if each.forum == one.id),
        )
        for one in forums()
    )
    return ForumsView(response_id=response.id, rows=rows, history=history_of(actor, [one.id for one in kept]))


@read
def complaint_record(actor: Actor, complaint_id: UUID) -> tuple[ComplaintRow, UUID, tuple[NeedTick, ...]]:
    """A complaint, its response, and what its forum needs as it stands now. Raises NotThere."""
    one: Complaint = Complaint.found(complaint_id)
    row = _row(one)
    has = _has(actor, one.response_id)
    return row, one.response_id, tuple(_tick(need, row.fact, has, asked=[row]) for need in (row.fact.needs if row.fact else ()))


def _has(actor: Actor, response_id: UUID) -> _Has:
    row = response_record(actor, response_id).row
    found = incidents_of(actor, row.case, row.incident)
    weighed = sum(one.degree not in (None, Degree.UNKNOWN) for view in found for one in view.factors)
    whole = sum(len(view.factors) for view in found)
    under = {forum: sum(one.subject.startswith(begins) for one in contacts(actor)) for forum, begins in CONTACTS_UNDER.items()}
    case = row.case
    return _Has(
        facts=_facts(found),
        incidents=len(found),
        severity=NeedStand.MISSING if not weighed else NeedStand.THERE if weighed == whole else NeedStand.IN_PART,
        weighed=weighed,
        evidence=None if case is None else {one: evidence_for(actor, case, one).counting for one in EvidenceAudience},
        legal=None if case is None else _legal(actor, case),
        decided=None if case is None else decisions_of(actor, case).current is not None,
        partners=None if case is None else len(rounds_of_case(actor, case).rounds),
        needs=essentials_of(actor, response_id).needs,
        contacts=under,
    )


def _facts(found: list[IncidentView]) -> NeedStand:
    if not found:
        return NeedStand.MISSING
    exact = [one for one in found if one.row.begins is not None and one.row.begins_precision != Precision.UNKNOWN and one.summary]
    return NeedStand.THERE if len(exact) == len(found) else NeedStand.IN_PART


def _legal(actor: Actor, case: UUID) -> tuple[int, int]:
    """How many questions of the legal track were answered, of how many; an answer that it is unknown is none."""
    asked = [one for one in tracks_of(actor, case).questions if one.asked.track == Track.LEGAL]
    return sum(one.opinion is not None and one.opinion.answer != OpinionAnswer.UNCLEAR for one in asked), len(asked)


def _tick(need: ForumNeed, forum: Forum | None, has: _Has, *, asked: list[ComplaintRow]) -> NeedTick:
    standing = [one for one in asked if not one.withdrawn]
    evidence = None if has.evidence is None or forum is None else has.evidence[forum.audience]
    legal = has.legal
    legal_stand = NeedStand.UNKNOWN if legal is None else _counted(legal[0])
    if legal is not None and 0 < legal[0] < legal[1]:
        legal_stand = NeedStand.IN_PART
    decided = NeedStand.UNKNOWN if has.decided is None else NeedStand.THERE if has.decided else NeedStand.MISSING
    norms = sum(bool(one.norms) for one in standing)
    reached = has.contacts.get(forum.id, 0) if forum is not None else 0
    told: dict[ForumNeed, tuple[NeedStand, int | None]] = {
        ForumNeed.FACTS: (has.facts, has.incidents),
        ForumNeed.SEVERITY: (has.severity, has.weighed),
        ForumNeed.EVIDENCE: (_counted(evidence), evidence),
        ForumNeed.LEGAL: (legal_stand, legal[0] if legal is not None else None),
        ForumNeed.NORMS: (_counted(norms), norms),
        ForumNeed.DECISION: (decided, None),
        ForumNeed.PARTNERS: (_counted(has.partners), has.partners),
        ForumNeed.CONTACTS: (_counted(reached), reached),
        ForumNeed.NEED: (_counted(has.needs), has.needs),
        ForumNeed.ASKED: (_counted(len(standing)), None),
    }
    stand, count = told[need]
    return NeedTick(need=need, stand=stand, count=count)


def _counted(count: int | None) -> NeedStand:
    if count is None:
        return NeedStand.UNKNOWN
    return NeedStand.THERE if count else NeedStand.MISSING


def _row(one: Complaint) -> ComplaintRow:
    return ComplaintRow(
        id=one.id,
        version=one.version,
        forum=one.forum,
        fact=forum_of(one.forum),
        asked=one.asked,
        norms=one.norms,
        written_by=one.written_by_name,
        written_at=one.written_at,
        withdrawn=one.withdrawn,
        withdrawn_why=one.withdrawn_why,
    )
