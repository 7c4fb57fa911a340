"""The deliverability gate: one light for one match, from plain facts. Pages, API and exports share this one function.

A condition passes, fails, or is unknown; nothing is guessed, so what nobody said is unknown, and a light is green only when every
condition passes. The desk rules on nothing here: licences, objections and screening are said by those who may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from sild.wings.planning.rules.months import month_after, month_at


class GateVerdict(StrEnum):
    """What is known of a condition."""

    PASS = "pass"  # noqa: S105 - a word, no secret
    FAIL = "fail"
    UNKNOWN = "unknown"


class Check(StrEnum):
    """The conditions, in the order in which they are looked at: a failing one before it blocks first."""

    CIVIL = "civil"
    ENDORSED = "endorsed"
    OFFERED = "offered"
    OBJECTIONS = "objections"
    CONDITIONS = "conditions"
    SCREENED = "screened"
    LICENSED = "licensed"
    END_USE = "end-use"
    ABSORPTION = "absorption"
    REQUESTER = "requester"
    GIVER = "giver"


class GateMover(StrEnum):
    """Whose move it is; a name stands beside it where one is known."""

    SECRETARIAT = "secretariat"
    GATES = "gates"
    LIAISON = "licence-liaison"
    AUTHORITY = "authority"
    OBJECTOR = "objector"
    REQUESTER = "requester"
    GIVER = "giver"


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceFact:
    """One licence: `word` as planning knows it (not-needed, granted, pending, denied, unknown), the month in which it may come, its last
    day."""

    word: str
    authority: str
    expected: date | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFact:
    """An open objection, or a decision not to give (`decided`): whose it is, and whether it stops the line."""

    raised_by: str
    stops: bool
    decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningFact:
    """Where a party stands: not-screened, no-hits, hits-open, cleared, confirmed."""

    party: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceFact:
    """What a body has of a resource for the month of a match, and what all that arrives takes of it, as people write it.

    `known`: of everything that arrives somebody said what a piece takes. `next_room`: the next month with enough for the match.
    """

    name: str
    capacity: Decimal
    drawn: Decimal
    known: bool
    next_room: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one match. None or empty: nobody said.

    `capacity` is what the body can take in within the month of the match, `drawn` what arrives there of all its needs; `drawn_whole`: no
    more arrives than the reader sees. `lead`: months on the way. `lines_without`: lines of the offer that have no word on a licence of
    their own. `offer_seen`, `objections_seen`: whether the reader is shown the offer, and whatever is said against giving it; what the
    reader is not shown is unknown to them.

    `conditions`: of each that stays with a line what was said of it last: met, carried, or "" where nobody said anything.
    `lines` are those of the offer, `lines_stopped` those of them that their own licence or an objection keeps from going: the others would
    pass by themselves.
    `end_use_signed`: the last day on which an end-use statement for a line of it was signed; `unsigned`: lines that need a licence and of
    which no signed statement came.

    `endorsement` is how the need stands with its gates (register's EndorsementStanding): endorsed, endorsed-without-end,
    endorsement-undated, endorsement-lapsed, taken-back, not-yet-endorsed, closed.

    `answer` is where the agreement of both sides stands ("" where nothing was proposed): proposed, accepted, committed, declined,
    cannot-help, recalled, released.
    """

    today: date
    channel: str
    endorsement: str
    body: str
    provider: str
    withdrawn: bool
    declined: bool
    available_from: date | None
    available_until: date | None
    month: date | None
    quantity: Decimal
    licences: Sequence[LicenceFact]
    objections: Sequence[ObjectionFact]
    screenings: Sequence[ScreeningFact]
    end_use: str
    capacity: Decimal | None
    drawn: Decimal
    next_room: date | None
    answer: str
    consent_refused: bool = False
    lead: int = 0
    lines_without: int = 0
    offer_seen: bool = True
    objections_seen: bool = True
    drawn_whole: bool = True
    conditions: Sequence[str] = ()
    lines: int = 1
    lines_stopped: int = 0
    end_use_signed: date | None = None
    unsigned: int = 0
    resources: Sequence[ResourceFact] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition: what is known of it; where it does not pass whose move it is, about whom, and from which day it may (None: unknown).

    `code` says why in a word that each door puts into sentences; `figures` are the numbers that belong to it.
    """

    check: Check
    verdict: GateVerdict
    code: str
    mover: GateMover | None = None
    who: str = ""
    on: date | None = None
    figures: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """Every condition in order, and what follows: `verdict` of all, the one that blocks first, the earliest day (None: not known)."""

    conditions: tuple[Condition, ...]

    @property
    def verdict(self) -> GateVerdict:
        """Fail where one fails, else unknown where one is unknown, else pass."""
        found = {one.verdict for one in self.conditions}
        return next(word for word in (GateVerdict.FAIL, GateVerdict.UNKNOWN, GateVerdict.PASS) if word in found)

    @property
    def blocker(self) -> Condition | None:
        """What blocks first: of what fails the first, else the first that is unknown; None where all pass."""
        for word in (GateVerdict.FAIL, GateVerdict.UNKNOWN):
            found = next((one for one in self.conditions if one.verdict == word), None)
            if found is not None:
                return found
        return None

    @property
    def earliest(self) -> date | None:
        """The first day on which all may pass; None where for one that does not pass no day is known."""
        if any(one.verdict != GateVerdict.PASS and one.on is None for one in self.conditions):
            return None
        return max((one.on for one in self.conditions if one.on is not None), default=None)


def light_of(facts: Facts) -> Light:
    """The light of a match."""
    return Light(
        conditions=(
            _civil(facts),
            _endorsed(facts),
            _offered(facts),
            _parted(facts, _objections(facts)),
            _conditions(facts),
            _screened(facts),
            _parted(facts, _licensed(facts)),
            _end_use(facts),
            _absorption(facts),
            _requester(facts),
            _giver(facts),
        )
    )


def _parted(facts: Facts, one: Condition) -> Condition:
    """Of what stops some lines alone: how many, of how many (figures), since the others would pass if they were split off."""
    if one.verdict == GateVerdict.PASS or not 0 < facts.lines_stopped < facts.lines:
        return one
    return replace(one, figures=(Decimal(facts.lines_stopped), Decimal(facts.lines)))


def _said(check: Check, verdict: GateVerdict, code: str, mover: GateMover, who: str = "") -> Condition:
    return Condition(check=check, verdict=verdict, code=code, mover=None if verdict == GateVerdict.PASS else mover, who=who)


def _civil(facts: Facts) -> Condition:
    if facts.channel == "civil":
        return _said(Check.CIVIL, GateVerdict.PASS, "civil", GateMover.SECRETARIAT)
    verdict = GateVerdict.UNKNOWN if facts.channel in ("undetermined", "") else GateVerdict.FAIL
    return _said(Check.CIVIL, verdict, facts.channel or "undetermined", GateMover.SECRETARIAT)


ENDORSEMENTS = {
    "endorsed": (GateVerdict.PASS, GateMover.GATES),
    # how long it counts nobody set: it is said, and holds nothing up
    "endorsed-without-end": (GateVerdict.PASS, GateMover.GATES),
    "endorsement-undated": (GateVerdict.UNKNOWN, GateMover.GATES),
    "endorsement-lapsed": (GateVerdict.FAIL, GateMover.GATES),
    # a letter rules on nothing: until a person does, nobody knows whether it is needed
    "taken-back": (GateVerdict.UNKNOWN, GateMover.SECRETARIAT),
    "not-yet-endorsed": (GateVerdict.FAIL, GateMover.GATES),
    "closed": (GateVerdict.FAIL, GateMover.SECRETARIAT),
}
"""What follows from how a need stands with its gates, and whose move it is."""


def _endorsed(facts: Facts) -> Condition:
    verdict, mover = ENDORSEMENTS[facts.endorsement]
    return _said(Check.ENDORSED, verdict, facts.endorsement, mover)


def _offered(facts: Facts) -> Condition:
    if facts.withdrawn or facts.declined:
        return _said(Check.OFFERED, GateVerdict.FAIL, "withdrawn" if facts.withdrawn else "declined", GateMover.GIVER, facts.provider)
    if not facts.offer_seen:
        return _said(Check.OFFERED, GateVerdict.UNKNOWN, "offer-not-shown", GateMover.SECRETARIAT)
    # what arrives in a month has left so many months before
    leaves = facts.today if facts.month is None else month_at(facts.month, -facts.lead)
    if facts.available_until is not None and facts.available_until < leaves:
        return _said(Check.OFFERED, GateVerdict.FAIL, "ended", GateMover.GIVER, facts.provider)
    begins = max(facts.available_from or facts.today, facts.today)
    return Condition(check=Check.OFFERED, verdict=GateVerdict.PASS, code="offered", on=_arrives(begins, facts.lead))


def _arrives(leaves: date, lead: int) -> date:
    """The first day on which something can be there that leaves on a day and is so many months on its way; plans count whole months."""
    return month_at(leaves, lead) if lead else leaves


def _objections(facts: Facts) -> Condition:
    stopping = [one for one in facts.objections if one.stops]
    if stopping:
        # a silence that ends closes nothing by itself: no day is promised
        first = stopping[0]
        return _said(
            Check.OBJECTIONS, GateVerdict.FAIL, "decided-against" if first.decided else "objection", GateMover.OBJECTOR, first.raised_by
        )
    if not facts.objections_seen:
        return _said(Check.OBJECTIONS, GateVerdict.UNKNOWN, "objections-not-shown", GateMover.SECRETARIAT)
    return _said(Check.OBJECTIONS, GateVerdict.PASS, "open-but-no-stop" if facts.objections else "none", GateMover.SECRETARIAT)


def _conditions(facts: Facts) -> Condition:
    """Figures: how many conditions stand, how many of them are met."""
    met = sum(one == "met" for one in facts.conditions)
    figures = (Decimal(len(facts.conditions)), Decimal(met))
    if not facts.conditions:
        return _said(Check.CONDITIONS, GateVerdict.PASS, "no-conditions", GateMover.GIVER)
    if any(one not in ("met", "carried") for one in facts.conditions):
        mover, who = GateMover.GIVER, facts.provider
        return Condition(
            check=Check.CONDITIONS, verdict=GateVerdict.UNKNOWN, code="conditions-not-told", mover=mover, who=who, figures=figures
        )
    code = "conditions-met" if met == len(facts.conditions) else "conditions-carried"
    return Condition(check=Check.CONDITIONS, verdict=GateVerdict.PASS, code=code, figures=figures)


def _screened(facts: Facts) -> Condition:
    order = ("confirmed", "hits-open", "not-screened")
    for word in order:
        found = next((one for one in facts.screenings if one.standing == word), None)
        if found is not None:
            verdict = GateVerdict.FAIL if word == "confirmed" else GateVerdict.UNKNOWN
            return _said(Check.SCREENED, verdict, word, GateMover.SECRETARIAT, found.party)
    return _said(
        Check.SCREENED,
        GateVerdict.PASS if facts.screenings else GateVerdict.UNKNOWN,
        "screened" if facts.screenings else "not-screened",
        GateMover.SECRETARIAT,
    )


def _licensed(facts: Facts) -> Condition:
    if not facts.licences:
        return _said(Check.LICENSED, GateVerdict.UNKNOWN, "no-case", GateMover.LIAISON)
    when = max(facts.month or facts.today, facts.today)
    for one in facts.licences:
        if one.word == "denied":
            return _said(Check.LICENSED, GateVerdict.FAIL, "denied", GateMover.AUTHORITY, one.authority)
        if one.word == "granted" and one.expires is not None and one.expires < when:
            return _said(Check.LICENSED, GateVerdict.FAIL, "lapsed", GateMover.LIAISON, one.authority)
    unknown = next((one for one in facts.licences if one.word not in ("pending", "granted", "not-needed")), None)
    awaited = _awaited(facts)
    if awaited is not None:
        # a day is promised only where nothing else is unknown
        return awaited if unknown is None and not facts.lines_without else replace(awaited, on=None)
    if unknown is not None:
        return _said(Check.LICENSED, GateVerdict.UNKNOWN, "not-assessed", GateMover.LIAISON, unknown.authority)
    if facts.lines_without:
        return _said(Check.LICENSED, GateVerdict.UNKNOWN, "line-without-case", GateMover.LIAISON)
    return _ending(facts) or _said(Check.LICENSED, GateVerdict.PASS, "licensed", GateMover.LIAISON)


def _awaited(facts: Facts) -> Condition | None:
    """The licence that comes last of those that are pending."""
    pending = [one for one in facts.licences if one.word == "pending"]
    if not pending:
        return None
    slowest = max(pending, key=lambda one: one.expected or date.max)
    on = None if slowest.expected is None else _arrives(slowest.expected, facts.lead)
    who = slowest.authority
    return Condition(check=Check.LICENSED, verdict=GateVerdict.FAIL, code="pending", mover=GateMover.AUTHORITY, who=who, on=on)


def _ending(facts: Facts) -> Condition | None:
    """A licence that ends within the month of the match: on which day of it the match arrives nobody said."""
    over = month_after(max(facts.month or facts.today, facts.today))
    ending = next(
        (one for one in facts.licences if one.word == "granted" and one.expires is not None and one.expires < _before(over)), None
    )
    if ending is None:
        return None
    return _said(Check.LICENSED, GateVerdict.UNKNOWN, "ends-within", GateMover.LIAISON, ending.authority)


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _end_use(facts: Facts) -> Condition:
    if facts.end_use_signed is not None and not facts.unsigned:
        return _said(Check.END_USE, GateVerdict.PASS, "signed", GateMover.REQUESTER)
    if facts.end_use:
        return _said(Check.END_USE, GateVerdict.PASS, "stated", GateMover.REQUESTER)
    if facts.licences and not facts.lines_without and all(one.word == "not-needed" for one in facts.licences):
        return _said(Check.END_USE, GateVerdict.PASS, "not-asked", GateMover.REQUESTER)
    code = "signed-in-part" if facts.end_use_signed is not None else "not-stated"
    return _said(Check.END_USE, GateVerdict.UNKNOWN, code, GateMover.REQUESTER, facts.body)


def _absorption(facts: Facts) -> Condition:
    """Every capacity that was told has to have room: the first that has none is named, else the first of which the use is not known."""
    pieces = _pieces_taken_in(facts)
    resources = [_resource_taken_in(one, facts) for one in facts.resources]
    if facts.capacity is not None or not resources:
        resources.insert(0, pieces)
    worst = [one for verdict in (GateVerdict.FAIL, GateVerdict.UNKNOWN) for one in resources if one.verdict == verdict]
    return worst[0] if worst else resources[0]


def _resource_taken_in(one: ResourceFact, facts: Facts) -> Condition:
    figures, requester = (one.drawn, one.capacity), GateMover.REQUESTER
    if one.drawn > one.capacity:
        verdict, code, on = GateVerdict.FAIL, f"full-{one.name}", one.next_room
        return Condition(check=Check.ABSORPTION, verdict=verdict, code=code, mover=requester, who=facts.body, on=on, figures=figures)
    if not one.known:
        return _said(Check.ABSORPTION, GateVerdict.UNKNOWN, f"use-{one.name}", GateMover.GIVER, facts.provider)
    if not facts.drawn_whole:
        verdict, mover = GateVerdict.UNKNOWN, GateMover.SECRETARIAT
        return Condition(check=Check.ABSORPTION, verdict=verdict, code="room-as-shown", mover=mover, who=facts.body)
    return Condition(check=Check.ABSORPTION, verdict=GateVerdict.PASS, code=f"room-{one.name}", on=facts.month, figures=figures)


def _pieces_taken_in(facts: Facts) -> Condition:
    if facts.capacity is None:
        return _said(Check.ABSORPTION, GateVerdict.UNKNOWN, "capacity-unknown", GateMover.REQUESTER, facts.body)
    figures = (facts.drawn, facts.capacity)
    if facts.drawn > facts.capacity:
        return Condition(
            check=Check.ABSORPTION,
            verdict=GateVerdict.FAIL,
            code="full",
            mover=GateMover.REQUESTER,
            who=facts.body,
            on=facts.next_room,
            figures=figures,
        )
    if not facts.drawn_whole:
        mover, who = GateMover.SECRETARIAT, facts.body
        return Condition(check=Check.ABSORPTION, verdict=GateVerdict.UNKNOWN, code="room-as-shown", mover=mover, who=who, figures=figures)
    return Condition(check=Check.ABSORPTION, verdict=GateVerdict.PASS, code="room", on=facts.month, figures=figures)


def _requester(facts: Facts) -> Condition:
    if facts.consent_refused:
        return _said(Check.REQUESTER, GateVerdict.FAIL, "refused", GateMover.REQUESTER, facts.body)
    if facts.answer in ("accepted", "committed"):
        return _said(Check.REQUESTER, GateVerdict.PASS, "accepted", GateMover.REQUESTER)
    if facts.answer in ("declined", "released"):
        return _said(Check.REQUESTER, GateVerdict.FAIL, facts.answer, GateMover.SECRETARIAT, facts.body)
    if facts.answer == "proposed":
        return _said(Check.REQUESTER, GateVerdict.FAIL, "not-answered", GateMover.REQUESTER, facts.body)
    return _said(Check.REQUESTER, GateVerdict.UNKNOWN, "not-proposed", GateMover.SECRETARIAT)


def _giver(facts: Facts) -> Condition:
    if facts.answer == "committed":
        return _said(Check.GIVER, GateVerdict.PASS, "committed", GateMover.GIVER)
    if facts.answer in ("cannot-help", "recalled"):
        return _said(Check.GIVER, GateVerdict.FAIL, facts.answer, GateMover.SECRETARIAT, facts.provider)
    if facts.answer == "accepted":
        return _said(Check.GIVER, GateVerdict.FAIL, "not-committed", GateMover.GIVER, facts.provider)
    return _said(Check.GIVER, GateVerdict.UNKNOWN, "not-asked-yet", GateMover.SECRETARIAT if not facts.answer else GateMover.REQUESTER)
