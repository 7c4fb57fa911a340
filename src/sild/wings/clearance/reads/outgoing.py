"""What stops lines from going out on a day, as far as the reader sees it: licences, objections, decisions; with whose move it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.clearance.models import LicenceCase
from sild.wings.clearance.reads.donations import refused_donations
from sild.wings.clearance.reads.objections import open_objections
from sild.wings.clearance.rules import MOVER_OF, CaseState, Mover
from sild.wings.clearance.rules.outgoing import GOES_ON, StopWord, stop_on
from sild.wings.register.public import Line, final_ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Why one line does not go out. `jurisdiction` and `who` (the authority, who objects, who decided) are empty where not known;
    `record`: the case, objection or decision that says so; `expired_on`: when the licence ran out."""

    line: UUID
    item: str
    word: StopWord
    jurisdiction: str
    who: str
    mover: Mover
    record: UUID
    expired_on: date | None = None

    @property
    def lets_on(self) -> bool:
        """Whether an officer may go on all the same, with a reason."""
        return self.word in GOES_ON


@read
def stops_of(
    actor: Actor, needs: Collection[UUID], offers: Collection[UUID], day: date, *, lines: Collection[UUID] = ()
) -> tuple[Stop, ...]:
    """What stops what these offers give for these needs from going out on a day, the worst first.

    `lines` are looked at too, wherever they were put: those that somebody agreed on.
    """
    given = set(final_ones(actor, "offer", offers).values()) | set(offers)
    asked = set(final_ones(actor, "need", needs).values()) | set(needs)
    about = Q(offer_id__in=list(given)) | Q(need_id__in=list(asked)) | Q(id__in=list(lines))
    seen = set(Line.objects.filter(about).values_list("id", flat=True))
    if not seen:
        return ()
    found = [*_of_cases(seen, day), *_said_against(actor, seen)]
    return tuple(sorted(found, key=lambda stop: (list(StopWord).index(stop.word), stop.item, stop.jurisdiction, str(stop.record))))


def _of_cases(lines: Collection[UUID], day: date) -> Iterable[Stop]:
    for case in LicenceCase.objects.filter(line_id__in=list(lines)).order_by("jurisdiction", "id"):
        state = CaseState(case.state)
        word = stop_on(day, case.history(), state, case.expires_on)
        if word is None:
            continue
        expired = word == StopWord.EXPIRED
        yield Stop(
            line=case.line_id,
            item=case.item,
            word=word,
            jurisdiction=case.jurisdiction,
            who=case.authority,
            # a licence that ran out or was denied is asked for anew, which is the liaison's to begin
            mover=Mover.LIAISON if expired or MOVER_OF[state] == Mover.NOBODY else MOVER_OF[state],
            record=case.id,
            expired_on=case.expires_on if expired else None,
        )


def _said_against(actor: Actor, lines: Collection[UUID]) -> Iterable[Stop]:
    for line, rows in open_objections(actor, lines).items():
        for row in rows:
            if row.stops:
                yield _spoken(StopWord.OBJECTION, line, row.item, row.raised_by, row.id)
    for decision in refused_donations(actor):
        if decision.line_id in lines:
            yield _spoken(StopWord.DECISION, decision.line_id, decision.item, decision.decided_by, decision.id)


def _spoken(word: StopWord, line: UUID, item: str, who: str, record: UUID) -> Stop:
    return Stop(line=line, item=item, word=word, jurisdiction="", who=who, mover=Mover.NOBODY, record=record)
