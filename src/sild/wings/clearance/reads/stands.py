"""How far the licences of lines are, as planning needs it: one word, who answers, how many months it still takes.

An open objection that blocks, and a decision not to give, stop a line as a denied licence does, under the name of who said so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.clearance.models import LicenceCase
from sild.wings.clearance.reads.donations import refused_donations
from sild.wings.clearance.reads.objections import ObjectionRow, open_objections
from sild.wings.clearance.reads.routes import Typicals, typicals
from sild.wings.clearance.rules import CaseState, months_left
from sild.wings.clearance.rules.outgoing import LICENCE_WORDS, LicenceWord, state_on

S = CaseState

WORST_FIRST: Sequence[LicenceWord] = ("denied", "unknown", "pending", "granted", "not-needed")
"""A line needs the licence of every jurisdiction that asks for one: the worst of its cases counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceStand:
    """How far the licences of some lines are, taken together. `lead` in months, None where nothing is known of it.

    Where the lead rests on past cases, `routes` are the days that those took, and `waited` how many this one has waited already.
    `marking` is the highest of the cases that it was told from. `kind` says what it was told from, `expires` until when a licence holds.
    """

    state: LicenceWord
    authority: str
    lead: int | None
    marking: int
    routes: tuple[int, ...] = ()
    waited: int = 0
    kind: Literal["case", "objection", "decision"] = "case"
    expires: date | None = None


@read
def licence_stands(actor: Actor, today: date, *, on: date | None = None) -> dict[UUID, tuple[LicenceStand, ...]]:
    """By line how far each of its cases is, and which objections block it; lines without either are left out.

    A case that was set aside says nothing. `on`: as the cases stood on that day, by what happened in them.
    """
    cases = [(case, _state(case, on)) for case in LicenceCase.objects.order_by("jurisdiction", "id")]
    cases = [(case, state) for case, state in cases if state != S.SET_ASIDE]
    known = typicals() if cases else Typicals(())
    found: dict[UUID, list[LicenceStand]] = defaultdict(list)
    for case, state in cases:
        found[case.line_id].append(_stand(case, state, on or today, known))
    for line, rows in open_objections(actor).items():
        found[line] += [_blocked(row) for row in rows if row.stops]
    for row in refused_donations(actor):
        found[row.line_id].append(
            LicenceStand(state="denied", authority=f"{row.decided_by} (decision)", lead=None, marking=row.marking, kind="decision")
        )
    return {line: tuple(stands) for line, stands in found.items()}


def taken_together(stands: Iterable[LicenceStand]) -> LicenceStand | None:
    """What several cases mean for what needs all of them: the worst word, and of what is pending the longest wait, if each is known."""
    told = sorted(stands, key=lambda stand: WORST_FIRST.index(stand.state))
    if not told:
        return None
    worst = [stand for stand in told if stand.state == told[0].state]
    slowest = max(worst, key=lambda stand: (stand.lead is None, stand.lead or 0))
    # whichever of the licences ends first ends what rests on all of them
    ends = min((stand.expires for stand in told if stand.expires is not None), default=None)
    return replace(slowest, marking=max(stand.marking for stand in told), expires=ends)


def _blocked(row: ObjectionRow) -> LicenceStand:
    return LicenceStand(state="denied", authority=f"{row.raised_by} (objection)", lead=None, marking=row.marking, kind="objection")


def _state(case: LicenceCase, on: date | None) -> CaseState:
    now = CaseState(case.state)
    return now if on is None else state_on(on, case.history(), now)


def _stand(case: LicenceCase, state: CaseState, today: date, known: Typicals) -> LicenceStand:
    word = LICENCE_WORDS[state]
    # the last day that is kept is that of the licence that was granted last: of one that was denied since it says nothing
    if state == S.GRANTED and case.state == S.GRANTED and case.expires_on is not None and case.expires_on < today:
        # a licence that has run out is none: the way begins anew
        word = "pending"
    authority = case.authority or case.jurisdiction
    if word != "pending":
        expires = case.expires_on if state == case.state else None
        return LicenceStand(state=word, authority=authority, lead=None, marking=case.marking, expires=expires)
    # days with the authority count; what was spent before it had an application does not
    waited = case.clocks(today).authority if state in (S.APPLIED, S.INFORMATION_REQUESTED) else 0
    if case.term_days is not None:
        return LicenceStand(state=word, authority=authority, lead=months_left(case.term_days, waited), marking=case.marking)
    typical = known.of(case)
    if typical is None:
        return LicenceStand(state=word, authority=authority, lead=None, marking=case.marking)
    lead = months_left(typical.days, waited)
    return LicenceStand(state=word, authority=authority, lead=lead, marking=case.marking, routes=typical.routes, waited=waited)
