"""What the sides say to a proposal, each word an act of its own: acknowledge, accept, decline, commit, cannot help, recall, release.

A side speaks for itself. An officer may write down what a side said elsewhere, with where it was said; it is kept as told by the officer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role
from sild.kernel.journal import Image, Written
from sild.kernel.refusals import Refused
from sild.kernel.said import said
from sild.wings.agreements.models import Agreement
from sild.wings.agreements.reads.sides import sides_of
from sild.wings.agreements.rules import (
    LONGEST_CONDITION,
    MOST_CONDITIONS,
    MOST_STEPS,
    VERBS,
    AgreementSide,
    AgreementState,
    Spoken,
    Word,
    step,
    written,
)
from sild.wings.parties.public import desk_day

ASKING = frozenset({Role.RECIPIENT, Role.OFFICER})
GIVING = frozenset({Role.DONOR, Role.COMPANY, Role.OFFICER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What is said with a word: how much (None: all of it), on which day (None: today), under which conditions."""

    quantity: Decimal | None = None
    on: date | None = None
    conditions: Sequence[str] = field(default_factory=tuple)


ALL_OF_IT = Saying()


@action("agreements.acknowledge", roles=ASKING | GIVING)
def acknowledge_agreement(
    actor: Actor, agreement_id: UUID, told: Saying = ALL_OF_IT, *, version: int | None = None, reason: str = ""
) -> None:
    """Say that the proposal was received, no more. Raises NotThere, Stale, Refused."""
    _say(actor, agreement_id, Word.ACKNOWLEDGE, told, version=version, reason=reason)


@action("agreements.accept", roles=ASKING)
def accept_agreement(actor: Actor, agreement_id: UUID, told: Saying = ALL_OF_IT, *, version: int | None = None, reason: str = "") -> None:
    """Those who asked accept all of it or a part, perhaps under conditions. Raises NotThere, Stale, Refused."""
    _say(actor, agreement_id, Word.ACCEPT, told, version=version, reason=reason)


@action("agreements.decline", roles=ASKING)
def decline_agreement(actor: Actor, agreement_id: UUID, told: Saying = ALL_OF_IT, *, version: int | None = None, reason: str) -> None:
    """Those who asked decline it, with the reason. Raises NotThere, Stale, Refused."""
    _say(actor, agreement_id, Word.DECLINE, told, version=version, reason=reason)


@action("agreements.commit", roles=GIVING, recalled=True)
def commit_agreement(actor: Actor, agreement_id: UUID, told: Saying = ALL_OF_IT, *, version: int | None = None, reason: str = "") -> None:
    """The giver commits what was accepted, or a part of it. It is recalled, never undone. Raises NotThere, Stale, Refused."""
    _say(actor, agreement_id, Word.COMMIT, told, version=version, reason=reason)


@action("agreements.cannot-help", roles=GIVING)
def cannot_help(actor: Actor, agreement_id: UUID, told: Saying = ALL_OF_IT, *, version: int | None = None, reason: str) -> None:
    """The giver cannot help after all, with the reason. Raises NotThere, Stale, Refused."""
    _say(actor, agreement_id, Word.CANNOT_HELP, told, version=version, reason=reason)


@action("agreements.recall", roles=GIVING, recalled=True)
def recall_agreement(actor: Actor, agreement_id: UUID, told: Saying = ALL_OF_IT, *, version: int | None = None, reason: str) -> None:
    """The secretariat takes a proposal back, or the giver what was committed. Raises NotThere, Stale, Refused."""
    _say(actor, agreement_id, Word.RECALL, told, version=version, reason=reason)


@action("agreements.release", roles=ASKING, recalled=True)
def release_agreement(actor: Actor, agreement_id: UUID, told: Saying = ALL_OF_IT, *, version: int | None = None, reason: str) -> None:
    """Those who asked give free what was committed to them. Raises NotThere, Stale, Refused."""
    _say(actor, agreement_id, Word.RELEASE, told, version=version, reason=reason)


SAYING: dict[Word, Callable[..., None]] = {
    Word.ACKNOWLEDGE: acknowledge_agreement,
    Word.ACCEPT: accept_agreement,
    Word.DECLINE: decline_agreement,
    Word.COMMIT: commit_agreement,
    Word.CANNOT_HELP: cannot_help,
    Word.RECALL: recall_agreement,
    Word.RELEASE: release_agreement,
}
"""The act of each word."""


@settles
def _speak_for_no_more(written_down: Sequence[Written]) -> None:
    """Words make what is spoken for less, never more; only an undo could. Others may have planned on what was free: it is proposed anew.

    What others planned is not looked at: a refusal that depended on it would tell of it. Raises Refused.
    """
    for label, _key, before, after in written_down:
        if label == Agreement._meta.label and before is not None and after is not None and _standing(after) > _standing(before):
            raise Refused(_("What this gave free may be promised elsewhere by now, so it is not taken back. Have it proposed anew."))


def _standing(image: Image) -> Decimal:
    state = AgreementState(image["state"])
    return Spoken(state=state, **{name: image[name] for name in ("proposed", "accepted", "committed")}).standing


def _say(actor: Actor, agreement_id: UUID, word: Word, told: Saying, *, version: int | None, reason: str) -> None:
    one: Agreement = Agreement.found(agreement_id, version=version)
    state = AgreementState(one.state)
    side = _side_of(actor, one, word, state)
    elsewhere = side not in sides_of(actor, one)
    if (VERBS[word].reason or elsewhere) and not reason.strip():
        raise Refused(_("Say why, or where it was said: the others read the reason."))
    if len(one.steps) >= MOST_STEPS:
        raise Refused(_("The agreement has {most} steps, the most there are. Recall it and propose it anew.").format(most=MOST_STEPS))
    day = _day(actor, one, told.on)
    quantity, conditions = _amount(one, word, told.quantity), _conditions(word, told.conditions)
    who = ("", actor.name) if elsewhere else (_signed(actor, one, side), "")
    said = step(day, word, side, who, quantity=quantity, conditions=conditions, reason=reason)
    one.steps = [*one.steps, said]
    if word == Word.ACCEPT:
        one.accepted = quantity
    elif word == Word.COMMIT:
        one.committed = quantity
    one.conditions = [*one.conditions, *(text for text in conditions if text not in one.conditions)]
    after = VERBS[word].to
    if after is not None and after != state:
        one.state, one.state_since = after, day
    one.save()


def _signed(actor: Actor, one: Agreement, side: AgreementSide) -> str:
    """Who stands beside a word: a seat of a giver that is not named would name it, so history alone keeps who that was."""
    return "" if side == AgreementSide.GIVER and not one.giver_told else actor.name


def _side_of(actor: Actor, one: Agreement, word: Word, state: AgreementState) -> AgreementSide:
    """The side for which the actor says the word: one that they speak for, else one that an officer writes down for. Raises Refused."""
    allowed = [side for side, states in VERBS[word].sides.items() if state in states]
    mine = sides_of(actor, one)
    for side in allowed:
        if side in mine:
            return side
    others = [side for side in allowed if side != AgreementSide.SECRETARIAT]
    if AgreementSide.SECRETARIAT in mine and len(others) == 1:
        return others[0]
    if AgreementSide.SECRETARIAT in mine and others:
        raise Refused(_("Both sides may say this now; let the one that said it write it down, or write it into a note."))
    if not allowed:
        known = _("The agreement is {state}, and this cannot be said of it any more. See on its page what was said.")
        raise Refused(known.format(state=said().label(state, "agreement")))
    raise Refused(_("This is for the others to say: see on the page of the agreement whose move it is."))


def _amount(one: Agreement, word: Word, wanted: Decimal | None) -> Decimal | None:
    """How much is accepted or committed: no more than the word before said. Raises Refused."""
    if word not in (Word.ACCEPT, Word.COMMIT):
        if wanted is not None:
            raise Refused(_("An amount belongs to accepting and committing. Leave it out, or write it into the reason."))
        return None
    most = one.proposed if word == Word.ACCEPT or one.accepted is None else one.accepted
    quantity = most if wanted is None else wanted
    if not 0 < quantity <= most:
        raise Refused(_("Say an amount above 0 and at most {most}.").format(most=written(most)))
    return quantity


def _conditions(word: Word, told: Sequence[str]) -> list[str]:
    kept = [text for one in told if (text := " ".join(one.split()))]
    if kept and word not in (Word.ACCEPT, Word.COMMIT):
        raise Refused(_("Conditions belong to accepting and committing. Write them into the reason, or leave them out."))
    if len(kept) > MOST_CONDITIONS or any(len(one) > LONGEST_CONDITION for one in kept):
        words = _("At most {many} conditions of {long} letters each. Put the whole text where your files are, and name it here.")
        raise Refused(words.format(many=MOST_CONDITIONS, long=LONGEST_CONDITION))
    return kept


def _day(actor: Actor, one: Agreement, on: date | None) -> date:
    """The day of a step: not after today, not before the step before it. Raises Refused."""
    today, last = desk_day(actor), one.last_day()
    if on is None:
        return max(today, last)
    if on > today:
        raise Refused(_("The day {day} is still to come. Write down what happened when it has happened.").format(day=on.isoformat()))
    if on < last:
        raise Refused(_("The step before this one was on {day}; nothing is put before it.").format(day=last.isoformat()))
    return on
