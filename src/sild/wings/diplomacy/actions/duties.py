"""Duties with a clock: written down, done (and due again), ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.diplomacy.models import Duty
from sild.wings.diplomacy.reads.told import WRITERS, full, marking_of, own, short
from sild.wings.diplomacy.rules import measure_of, months_after, norm_of, treaty_of
from sild.wings.diplomacy.rules.clocks import MOST_MONTHS
from sild.wings.parties.public import desk_day


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDuty:
    """What is due for `subject` on `due_on`, and every so many months after it was done (0: once). `basis`: who says so."""

    subject: str
    what: str
    due_on: date
    every_months: int = 0
    basis: str = ""
    marking: Marking = Marking.AMBER


@action("diplomacy.keep-duty", roles=WRITERS)
def keep_duty(actor: Actor, new: NewDuty, *, reason: str = "") -> UUID:
    """Start a clock. Raises Refused for a subject that is none, for no words, no basis, and for an odd interval."""
    if all(found(new.subject) is None for found in (norm_of, measure_of, treaty_of)):
        raise Refused(_("There is no norm or measure {subject}. Choose one of the list.").format(subject=new.subject[:40]))
    what, basis = short(new.what), short(new.basis)
    if not what or not basis:
        raise Refused(_("Say what is due, and who says so: a decision, a letter, your own rule."))
    if not 0 <= new.every_months <= MOST_MONTHS:
        raise Refused(_("Say after how many months it is due again, from 1 to {most}, or 0 for once.").format(most=MOST_MONTHS))
    duty = Duty(
        subject=new.subject,
        what=what,
        every_months=new.every_months,
        due_on=new.due_on,
        basis=basis,
        marking=marking_of(actor, new.marking),
    )
    duty.save()
    return duty.id


@action("diplomacy.discharge-duty", roles=WRITERS)
def discharge_duty(actor: Actor, duty_id: UUID, *, on: date | None = None, version: int | None = None, reason: str) -> None:
    """It was done: the clock starts again from that day, or ends where it is due once. Raises NotThere, Stale, Refused."""
    duty = own(actor, Duty, duty_id, version)
    if duty.ended:
        raise Refused(_("This clock was ended already."))
    today = desk_day(actor)
    done_on = on or today
    if done_on > today:
        raise Refused(_("{day} has not come yet. Say the day on which it was done.").format(day=done_on.isoformat()))
    if not reason.strip():
        raise Refused(_("Say in a few words how it was done; it stays with it."))
    step = {"on": done_on.isoformat(), "by": actor.name, "said": full(reason), "was_due": duty.due_on.isoformat()}
    duty.done = [*duty.done, step]
    if duty.every_months:
        duty.due_on = months_after(done_on, duty.every_months)
    else:
        duty.ended = True
    duty.save()


@action("diplomacy.end-duty", roles=WRITERS)
def end_duty(actor: Actor, duty_id: UUID, *, version: int | None = None, reason: str) -> None:
    """The clock is not needed any more. Raises NotThere, Stale, Refused."""
    duty = own(actor, Duty, duty_id, version)
    if duty.ended:
        raise Refused(_("This clock was ended already."))
    if not reason.strip():
        raise Refused(_("Say in a few words who said so; it stays with it."))
    duty.ended = True
    duty.done = [
        *duty.done,
        {"on": desk_day(actor).isoformat(), "by": actor.name, "said": full(reason), "was_due": duty.due_on.isoformat()},
    ]
    duty.save()
