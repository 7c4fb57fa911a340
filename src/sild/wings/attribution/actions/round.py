"""Verbs of rounds: open one outside the compartment, invite, move T-hour, show the joint text, answer.

What others were shown is recalled by a new act and never undone: what was read cannot be unread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.access import released_to
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.grants import MOST_RELEASED
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.subjects import named_organisations
from sild.values.marking import Marking
from sild.wings.attribution.actions.cases import OPENERS, WORKERS
from sild.wings.attribution.models import Case, CaseRound, Decision, Round, RoundAnswer, RoundInvitation
from sild.wings.attribution.reads.standing import closed_as, reason_given
from sild.wings.attribution.rules import LONGEST_TITLE, LONGEST_WORDS, MOST_INVITED, AttributionState, SupportLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRound:
    """A round: what those invited may read of it (`title`, `words`), when T-hour is, until when they are to answer."""

    title: str
    t_hour: datetime
    reply_by: datetime
    words: str = ""
    names_others: bool = False
    marking: Marking = Marking.AMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """What a State says. `came_how` where an officer writes it down for it."""

    level: SupportLevel
    words: str = ""
    came_how: str = ""


@action("attribution.open-round", roles=OPENERS, recalled=True)
def open_round(actor: Actor, case_id: UUID, new: NewRound, *, reason: str) -> UUID:
    """Open a round outside the compartment, from an open or decided case. Returns its id. Raises NotThere, Refused."""
    case: Case = Case.found(case_id)
    if case.state != AttributionState.OPEN and not Decision.objects.filter(case_id=case.id).exists():
        raise Refused(_("The case is over without a decision. Take it up again first, with the reason."))
    reason_given(reason)
    if not new.title.strip():
        raise Refused(_("Give the round a title that those invited may read."))
    if new.marking > MOST_RELEASED:
        raise Refused(_("Nothing above TLP:AMBER goes to another organisation. Choose a lower marking."))
    if not clock.now() < new.reply_by <= new.t_hour:
        raise Refused(_("The day to answer lies ahead, and T-hour not before it."))
    one = Round(
        title=new.title.strip()[:LONGEST_TITLE],
        words=new.words.strip()[:LONGEST_WORDS],
        t_hour=new.t_hour,
        reply_by=new.reply_by,
        names_others=new.names_others,
        opened_by_name=actor.name,
        marking=int(new.marking),
    )
    one.save()
    CaseRound(case_id=case.id, round_id=one.id, **closed_as(case)).save()
    return one.id


@action("attribution.invite", roles=OPENERS, recalled=True)
def invite_state(actor: Actor, round_id: UUID, *, organisation: UUID | None = None, country: str = "", reason: str = "") -> UUID:
    """Invite a State: an organisation of the desk, or by name one without a seat. Returns the invitation's id. Raises NotThere, Refused."""
    one: Round = Round.found(round_id)
    invited = named_organisations([organisation])[0] if organisation is not None else None
    name = (invited.name if invited is not None else country).strip()[:LONGEST_TITLE]
    if not name:
        raise Refused(_("Say which State is invited."))
    there = list(RoundInvitation.objects.filter(round_id=one.id))
    if any(each.country == name for each in there):
        raise Refused(_("{name} is invited already.").format(name=name))
    if len(there) >= MOST_INVITED:
        raise Refused(_("The round has {most} invitations, the most there are.").format(most=MOST_INVITED))
    if invited is not None and (invited.id == actor.organisation or invited.ceiling < one.marking):
        raise Refused(_("{name} cannot be invited: it keeps the round, or sees nothing as closed as it.").format(name=name))
    new = RoundInvitation(
        round_id=one.id,
        invited_id=organisation,
        country=name,
        title=one.title,
        words=one.words,
        t_hour=one.t_hour,
        reply_by=one.reply_by,
        others=sorted(each.country for each in there) if one.names_others else [],
        marking=one.marking,
        releasable_to=_to(actor, organisation, one.marking),
    )
    new.save()
    for each in there if one.names_others else ():
        each.others = sorted([*each.others, name])
        each.save()
    return new.id


@action("attribution.move-t-hour", roles=OPENERS, recalled=True)
def move_t_hour(actor: Actor, round_id: UUID, t_hour: datetime, *, version: int | None = None, reason: str) -> None:
    """Move T-hour; every invited State is told the new one. Raises NotThere, Stale, Refused."""
    one: Round = Round.found(round_id, version=version)
    reason_given(reason)
    if t_hour <= clock.now() or t_hour < one.reply_by:
        raise Refused(_("T-hour lies ahead, and not before the day to answer."))
    one.t_hour = t_hour
    one.save()
    for each in RoundInvitation.objects.filter(round_id=one.id).order_by("id"):
        each.t_hour = t_hour
        each.save()


@action("attribution.write-joint-text", roles=OPENERS)
def write_joint_text(actor: Actor, round_id: UUID, text: str, *, version: int | None = None, reason: str = "") -> None:
    """Write the joint text, for the opener alone: whom it was shown to keeps what was shown. Raises NotThere, Stale."""
    one: Round = Round.found(round_id, version=version)
    one.joint_text = text.strip()[:LONGEST_WORDS]
    one.save()


@action("attribution.show-joint-text", roles=OPENERS, recalled=True)
def show_joint_text(actor: Actor, invitation_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Show the joint text, as it is now, to one invited State, under the embargo. Raises NotThere, Stale, Refused."""
    one = _own(actor, invitation_id, version)
    whole: Round = Round.found(one.round_id)
    reason_given(reason)
    if not whole.joint_text:
        raise Refused(_("There is no joint text yet. Write it first."))
    one.joint_text = whole.joint_text
    one.save()


@action("attribution.recall-invitation", roles=OPENERS, recalled=True)
def recall_invitation(actor: Actor, invitation_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Recall an invitation: the State sees it no more, and what it read cannot be unread. Raises NotThere, Stale, Refused."""
    one = _own(actor, invitation_id, version)
    reason_given(reason)
    one.recalled, one.releasable_to = True, []
    one.save()


@action("attribution.answer-round", roles=WORKERS)
def answer_round(actor: Actor, invitation_id: UUID, new: NewAnswer, *, reason: str = "") -> UUID:
    """Say how far one's State goes; or, as the opener's officer, write down what a State without a seat said, and how it came.

    A later answer stands beside the earlier ones. Returns its id. Raises NotThere, Refused.
    """
    one: RoundInvitation = RoundInvitation.found(invitation_id)
    own = one.owner_id == actor.organisation
    if one.recalled:
        raise Refused(_("The invitation was recalled."))
    if own and (one.invited_id is not None or not actor.roles & OPENERS):
        raise Refused(_("The State answers for itself here; an officer writes down what one without a seat said."))
    if own and not new.came_how.strip():
        raise Refused(_("Say how the answer came: by note, by letter, by telephone from whom."))
    if not own and one.invited_id != actor.organisation:
        raise NotThere(_("There is no such invitation."))
    said = RoundAnswer(
        invitation_id=one.id,
        level=new.level,
        words=new.words.strip()[:LONGEST_WORDS],
        came_how=new.came_how.strip()[:LONGEST_TITLE] if own else "",
        said_at=clock.now(),
        said_by_name=actor.name,
        marking=one.marking,
        releasable_to=[] if own else _to(actor, one.owner_id, one.marking),
    )
    said.save()
    return said.id


def _own(actor: Actor, invitation_id: UUID, version: int | None) -> RoundInvitation:
    one: RoundInvitation = RoundInvitation.found(invitation_id, version=version)
    if one.owner_id != actor.organisation:
        raise Refused(_("The round is another organisation's: what is told in it is theirs to decide."))
    if one.recalled:
        raise Refused(_("The invitation was recalled."))
    return one


def _to(actor: Actor, organisation: UUID | None, marking: int) -> list[UUID]:
    """Whom a record of a round goes to, by the house's rule: nobody above AMBER."""
    return released_to([organisation] if organisation is not None else [], None, owner=actor.organisation, marking=marking)
