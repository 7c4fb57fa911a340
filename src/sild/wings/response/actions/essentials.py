"""The verb on the three things: say what was done of one, or that it was not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.register.public import Need
from sild.wings.response.actions.responses import WORKERS
from sild.wings.response.models import EssentialWord
from sild.wings.response.reads.standing import closed_as, open_one, past_day, reason_given, short
from sild.wings.response.rules import LONGEST_REASON, MOST_WORDS, Essential, EssentialStand


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEssential:
    """What is said of one of the three: what was done (`words`), by which body, on which day; `need_id`: in which need help was asked."""

    essential: Essential
    stand: EssentialStand
    words: str
    body: str = ""
    on: date | None = None
    need_id: UUID | None = None


@action("response.say-essential", roles=WORKERS)
def say_essential(actor: Actor, response_id: UUID, new: NewEssential, *, reason: str = "") -> UUID:
    """Say where one of the three stands; a later word stands before this one. Returns its id. Raises NotThere, Refused."""
    response = open_one(actor, response_id)
    words = reason_given(new.words)[:LONGEST_REASON]
    if new.stand == EssentialStand.DONE and (not short(new.body) or new.on is None):
        raise Refused(_("What was done has somebody who did it, and a day."))
    if new.need_id is not None and new.essential != Essential.ASK:
        raise Refused(_("A need belongs to asking for help."))
    past_day(actor, new.on)
    closed = closed_as(response)
    if new.need_id is not None:
        need: Need = Need.found(new.need_id)
        closed["marking"] = max(closed["marking"], need.marking)
    if EssentialWord.objects.filter(response_id=response.id).count() >= MOST_WORDS:
        raise Refused(_("The response has {most} words on the three things, the most there are.").format(most=MOST_WORDS))
    one = EssentialWord(
        response_id=response.id,
        essential=new.essential,
        stand=new.stand,
        words=words,
        body=short(new.body),
        on=new.on,
        need_id=new.need_id,
        written_by_name=actor.name,
        written_at=clock.now(),
        **closed,
    )
    one.save()
    return one.id
