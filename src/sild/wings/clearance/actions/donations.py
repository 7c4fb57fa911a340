"""Verbs on decisions to give a dual-use thing: prepare one, say a state's position, cite a precedent, decide, take it up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.clearance.actions.line_bound import LineSubject
from sild.wings.clearance.actions.objections import RAISERS, WRITES_FOR_OTHERS
from sild.wings.clearance.actions.wording import Wording
from sild.wings.clearance.models import Donation
from sild.wings.clearance.reads.readers import own_name
from sild.wings.clearance.rules import (
    DONATION_MOVES,
    LONGEST_TEXT,
    MOST_POSITIONS,
    MOST_PRECEDENTS,
    MOST_TURNS,
    OUTCOMES,
    DonationState,
    Stance,
)
from sild.wings.parties.public import desk_day

PREPARERS = frozenset({Role.OFFICER, Role.DONOR, Role.LICENCE_LIAISON})
POSITIONED = RAISERS
"""Who says a position: states do, and who writes down what they said; firms do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What those who decide have before them: what it is for, what else it could do, under which conditions it would go."""

    purpose: str = ""
    potential: str = ""
    conditions: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a state says. `state` is read of officers and liaisons alone; anybody else speaks for their own organisation."""

    stance: Stance
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """What was held beside it: an earlier decision of the desk, or words with their source."""

    decision: UUID | None = None
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided, by whom (empty: the decider's own organisation), under which conditions."""

    how: DonationState
    conditions: Sequence[str] = field(default_factory=tuple)
    decided_by: str = ""


@action("clearance.prepare-donation", roles=PREPARERS)
def prepare_donation(actor: Actor, line_id: UUID, told: Prepared, *, reason: str = "") -> UUID:
    """Prepare the decision whether the thing of a line is given; one of one's own that waits is that one. Returns its id."""
    there = Donation.objects.filter(line_id=line_id, owner_id=actor.organisation, state=DonationState.PREPARED).first()
    if there is not None:
        return there.id
    subject = LineSubject.of_line(line_id)
    donation = subject.on(Donation, actor, state_since=desk_day(actor))
    _describe(donation, told)
    _take_turn(actor, donation, "prepared", reason)
    donation.save()
    return donation.id


@action("clearance.describe-donation", roles=PREPARERS)
def describe_donation(actor: Actor, donation_id: UUID, told: Prepared, *, version: int | None = None, reason: str = "") -> None:
    """Say anew what it is for, what else it could do, and under which conditions. Raises NotThere, Stale; Refused once it is decided."""
    donation: Donation = Donation.found(donation_id, version=version)
    _refuse_others(actor, donation)
    _refuse_decided(donation)
    _describe(donation, told)
    _take_turn(actor, donation, "described", reason)
    donation.save()


@action("clearance.state-position", roles=POSITIONED)
def state_position(actor: Actor, donation_id: UUID, position: Position, *, version: int | None = None, reason: str) -> None:
    """Say a state's position, with its words; a later one takes its place, the earlier stays on record. Raises NotThere, Stale, Refused."""
    donation: Donation = Donation.found(donation_id, version=version)
    _refuse_decided(donation)
    words = Wording.needed(reason)
    if len(donation.positions) >= MOST_POSITIONS:
        raise Refused(_("The decision has {most} positions, the most there are.").format(most=MOST_POSITIONS))
    named = Wording.short(position.state, 300)
    state = named if named and actor.roles & WRITES_FOR_OTHERS else own_name(actor)
    told = {"state": state, "stance": str(position.stance), "words": words, "on": desk_day(actor).isoformat(), "by": actor.name}
    donation.positions = [*donation.positions, told]
    donation.save()


@action("clearance.cite-precedent", roles=PREPARERS)
def cite_precedent(actor: Actor, donation_id: UUID, precedent: Precedent, *, version: int | None = None) -> None:
    """Hold an earlier decision, or words with their source, beside it. Raises NotThere, Stale, Refused."""
    donation: Donation = Donation.found(donation_id, version=version)
    _refuse_others(actor, donation)
    _refuse_decided(donation)
    text, source = precedent.text.strip()[:LONGEST_TEXT], Wording.short(precedent.source, 300)
    if precedent.decision is not None:
        earlier: Donation = Donation.found(precedent.decision)
        if earlier.id == donation.id or earlier.state not in OUTCOMES:
            raise Refused(_("Only another decision that was made is a precedent. Choose one that is decided."))
    elif not (text and source):
        raise Refused(_("A precedent that is no decision of this desk needs its words and its source."))
    if len(donation.precedents) >= MOST_PRECEDENTS:
        raise Refused(_("The decision has {most} precedents, the most there are.").format(most=MOST_PRECEDENTS))
    decision = str(precedent.decision) if precedent.decision is not None else None
    donation.precedents = [*donation.precedents, {"decision": decision, "text": text, "source": source}]
    donation.save()


@action("clearance.decide-donation", roles=PREPARERS)
def decide_donation(actor: Actor, donation_id: UUID, outcome: Outcome, *, version: int | None = None, reason: str) -> None:
    """Write down what was decided, by whom and why. By who prepared it, or the officer who keeps the line.

    Raises NotThere, Stale; Refused before purpose and potential are said, and where conditions do not fit the outcome.
    """
    donation: Donation = Donation.found(donation_id, version=version)
    _refuse_others(actor, donation)
    if outcome.how not in DONATION_MOVES[DonationState(donation.state)]:
        raise Refused(_("It was decided already. Take it up again before it is decided otherwise."))
    words, kept = Wording.needed(reason), Wording.conditions(outcome.conditions)
    if not (donation.purpose.strip() and donation.potential.strip()):
        raise Refused(_("Say first what it is for and what else it could do: whoever decides has to have both before them."))
    if (outcome.how == DonationState.UNDER_CONDITIONS) != bool(kept):
        raise Refused(_("Conditions belong to what is given under conditions, and that needs at least one."))
    donation.state, donation.state_since = outcome.how, desk_day(actor)
    donation.conditions = kept
    donation.decided_by, donation.reason = Wording.short(outcome.decided_by, 300) or own_name(actor), words
    _take_turn(actor, donation, str(outcome.how), reason)
    donation.save()


@action("clearance.reopen-donation", roles=PREPARERS)
def reopen_donation(actor: Actor, donation_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take a decision up again; what was decided stays in its history. Raises NotThere, Stale, Refused."""
    donation: Donation = Donation.found(donation_id, version=version)
    _refuse_others(actor, donation)
    Wording.needed(reason)
    if donation.state == DonationState.PREPARED:
        raise Refused(_("Nothing was decided yet."))
    donation.state, donation.state_since = DonationState.PREPARED, desk_day(actor)
    donation.decided_by = donation.reason = ""
    _take_turn(actor, donation, "reopened", reason)
    donation.save()


def _describe(donation: Donation, told: Prepared) -> None:
    donation.purpose = told.purpose.strip()[:LONGEST_TEXT]
    donation.potential = told.potential.strip()[:LONGEST_TEXT]
    donation.conditions = Wording.conditions(told.conditions)


def _refuse_others(actor: Actor, donation: Donation) -> None:
    """Raise Refused where neither the actor's organisation prepared it nor the actor is the officer who keeps the line."""
    keeper = donation.line_owner_id == actor.organisation and Role.OFFICER in actor.roles
    if not (keeper or donation.owner_id == actor.organisation):
        raise Refused(_("Who prepared the decision, or the officer who keeps the line, writes this. Say your position instead."))


def _refuse_decided(donation: Donation) -> None:
    if donation.state != DonationState.PREPARED:
        raise Refused(_("It was decided already. Take it up again first."))


def _take_turn(actor: Actor, donation: Donation, turn: str, words: str) -> None:
    if len(donation.turns) >= MOST_TURNS:
        raise Refused(_("The decision has {most} turns, the most there are. Prepare a new one.").format(most=MOST_TURNS))
    told = {
        "on": desk_day(actor).isoformat(),
        "turn": turn,
        "by": actor.name,
        "office": own_name(actor),
        "words": words.strip()[:LONGEST_TEXT],
    }
    donation.turns = [*donation.turns, told]
