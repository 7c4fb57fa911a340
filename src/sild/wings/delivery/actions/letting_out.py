"""What stands before anything goes out: the light of the agreement on the day, and the officer's written word where it fails."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.refusals import Refused
from sild.wings.agreements.public import Agreement, AgreementSide, sides_of
from sild.wings.delivery.actions.doing import Doing
from sild.wings.delivery.models import LetOn
from sild.wings.delivery.reads.records import steps_of
from sild.wings.delivery.reads.stopped import condition_sentence, still_against, stopped, words_kept
from sild.wings.delivery.rules.consignments import LONGEST_TEXT
from sild.wings.delivery.rules.going_out import was_let_on
from sild.wings.parties.public import desk_day
from sild.wings.planning.public import Leave


class Gate:
    """The refusal of what may not go out. It heeds everything that the keeper of the agreement knows; whoever acts is told of what they
    see, and of anything else no more than that something stands against it."""

    @staticmethod
    def refuse_stopped(actor: Actor, agreement: UUID, owner: UUID, subjects: tuple[UUID, UUID], day: date, *, reasoned: bool) -> None:
        """Raise Refused, with what stops it and whose move it is; `subjects` are the need and the offer, `owner` keeps the agreement.

        `reasoned`: an officer goes on with what is not known, for a reason that is kept with the step.
        """
        with on_behalf_of(owner) as rules:
            whole, kept = stopped(rules, agreement, subjects, day), words_kept(agreement)
        stops = still_against(whole.against, kept, reasoned=reasoned)
        if not stops:
            return
        seen = stopped(actor, agreement, subjects, day)
        mine = {one.key for one in seen.against}
        told = list(seen.sentences)
        if not all(one.key in mine for one in stops):
            told.append(_("Something that is not shown to you stands against it. The secretariat knows what, and says when it goes on."))
        raise Refused(" ".join((_("This may not go out now."), *told)))

    @staticmethod
    def refuse_leaving(actor: Actor, doing: Doing) -> None:
        """The same for a consignment that sets out or is handed over. Raises Refused."""
        one = doing.one
        officer_says_why = bool(doing.who[1]) and bool(doing.reason.strip())
        reasoned = officer_says_why or was_let_on(steps_of(one))
        Gate.refuse_stopped(actor, one.agreement_id, one.owner_id, (one.need_id, one.offer_id), doing.day, reasoned=reasoned)


@action("delivery.let-on", roles=frozenset({Role.OFFICER}))
def let_on(actor: Actor, agreement_id: UUID, *, reason: str) -> UUID:
    """Let what an agreement gives go out although conditions of its light fail, with the reason; returns the word's id.

    It is kept, and holds for what fails today alone: a licence that is missing, an objection that blocks and a decision not to give are
    ended by those who made them, never by a word here. Raises NotThere, Refused.
    """
    one: Agreement = Agreement.found(agreement_id)
    if AgreementSide.SECRETARIAT not in sides_of(actor, one):
        raise Refused(_("The officer of the secretariat that keeps the agreement says this."))
    if not reason.strip():
        raise Refused(_("Say why it goes out although this stands against it: the word is kept."))
    found = stopped(actor, one.id, (one.need_id, one.offer_id), desk_day(actor)).against
    against = [told for told in still_against(found, words_kept(one.id), reasoned=False) if told.leave != Leave.NEVER]
    if not against:
        never = [condition_sentence(told) for told in found if told.leave == Leave.NEVER]
        raise Refused(" ".join((_("Nothing stands against it for which such a word can be kept."), *never)))
    word = LetOn(
        agreement_id=one.id,
        against=[told.key for told in against],
        reason=reason.strip()[:LONGEST_TEXT],
        said_by=actor.name,
        said_on=desk_day(actor),
        marking=one.marking,
        compartment_id=one.compartment_id,
        embargo_until=one.embargo_until,
    )
    word.save()
    return word.id
