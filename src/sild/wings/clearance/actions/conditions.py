"""What people say of conditions on lines: met, or carried on, with words. What stands is asked for before anything goes out."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.clearance.actions.line_bound import LineSubject
from sild.wings.clearance.actions.wording import Wording
from sild.wings.clearance.models import ConditionWord
from sild.wings.clearance.reads.conditions import conditions_set_by
from sild.wings.clearance.reads.readers import own_name
from sild.wings.clearance.rules.conditions import ConditionSource, ConditionStand
from sild.wings.parties.public import desk_day

TELLERS = frozenset({Role.OFFICER, Role.LICENCE_LIAISON, Role.DONOR, Role.COMPANY})
"""Who says that a condition is met or carried on: who gives, and the offices that see to it."""


@action("clearance.tell-condition", roles=TELLERS)
def tell_condition(actor: Actor, source: ConditionSource, record_id: UUID, number: int, stand: ConditionStand, *, reason: str) -> UUID:
    """Say of a condition that a licence, an objection or a decision set (the `number`th, from 0) that it is met or carried on, and how.

    Said again the last word counts. Returns the word's id. Raises NotThere where the actor does not see the record; Refused.
    """
    set_by = conditions_set_by(actor, source, record_id)
    words = Wording.needed(reason)
    if not 0 <= number < len(set_by.conditions):
        raise Refused(_("This condition does not stand there any more. Load the page anew."))
    told = {
        "line_id": set_by.line_id,
        "line_owner_id": set_by.line_owner_id,
        **{name: getattr(set_by.record, name) for name in LineSubject.TAKEN_OVER},
    }
    word = LineSubject(told).on(
        ConditionWord,
        actor,
        source=source,
        record_id=record_id,
        text=set_by.conditions[number],
        stand=stand,
        words=words,
        said_by=actor.name,
        office=own_name(actor),
        said_on=desk_day(actor),
    )
    word.save()
    return word.id
