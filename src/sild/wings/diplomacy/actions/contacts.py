"""Contact points: kept, confirmed, pinged, answered, retired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.diplomacy.models import ContactPoint
from sild.wings.diplomacy.reads.told import WRITERS, country_of, full, marking_of, own, short
from sild.wings.diplomacy.rules import ContactKind, measure_of, treaty_of
from sild.wings.parties.public import desk_day


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A contact point under a measure or a treaty: an office and how it is reached, no private person."""

    subject: str
    country: str
    office: str
    contact_kind: ContactKind = ContactKind.DIPLOMATIC
    reach: str = ""
    confirmed_on: date | None = None
    marking: Marking = Marking.AMBER


@action("diplomacy.keep-contact", roles=WRITERS)
def keep_contact(actor: Actor, new: NewContact, *, reason: str = "") -> UUID:
    """Write a contact point down. Raises Refused for a measure that is none, no country, no office, a day that has not come."""
    if measure_of(new.subject) is None and treaty_of(new.subject) is None:
        raise Refused(_("There is no norm or measure {subject}. Choose one of the list.").format(subject=new.subject[:40]))
    office = short(new.office)
    if not office:
        raise Refused(_("Say which office it is."))
    _refuse_later(actor, new.confirmed_on)
    contact = ContactPoint(
        subject=new.subject,
        country=country_of(new.country),
        contact_kind=new.contact_kind,
        office=office,
        reach=full(new.reach),
        confirmed_on=new.confirmed_on,
        marking=marking_of(actor, new.marking),
    )
    contact.save()
    return contact.id


@action("diplomacy.confirm-contact", roles=WRITERS)
def confirm_contact(
    actor: Actor,
    contact_id: UUID,
    *,
    office: str = "",
    reach: str = "",
    on: date | None = None,
    version: int | None = None,
    reason: str = "",
) -> None:
    """It was confirmed, with other words where they changed; empty ones leave what stands. Raises NotThere, Stale, Refused."""
    contact = _there(actor, contact_id, version)
    _refuse_later(actor, on)
    contact.office, contact.reach = short(office) or contact.office, full(reach) or contact.reach
    contact.confirmed_on = on or desk_day(actor)
    contact.save()


@action("diplomacy.ping-contact", roles=WRITERS)
def ping_contact(actor: Actor, contact_id: UUID, *, on: date | None = None, version: int | None = None, reason: str = "") -> None:
    """A ping was sent (the desk sends none itself). Raises NotThere, Stale; Refused while one is open."""
    contact = _there(actor, contact_id, version)
    _refuse_later(actor, on)
    if contact.pings and not contact.pings[-1]["answered_on"]:
        raise Refused(_("The ping of {day} is still open. Say whether it was answered.").format(day=contact.pings[-1]["on"]))
    ping = {"on": (on or desk_day(actor)).isoformat(), "by": actor.name, "answered_on": "", "said": full(reason)}
    contact.pings = [*contact.pings, ping]
    contact.save()


@action("diplomacy.answer-ping", roles=WRITERS)
def answer_ping(actor: Actor, contact_id: UUID, *, on: date | None = None, version: int | None = None, reason: str = "") -> None:
    """The open ping was answered: the contact counts as confirmed that day. Raises NotThere, Stale; Refused where none is open."""
    contact = _there(actor, contact_id, version)
    if not contact.pings or contact.pings[-1]["answered_on"]:
        raise Refused(_("No ping is open. Write down first that one was sent."))
    answered = on or desk_day(actor)
    _refuse_later(actor, on)
    if answered.isoformat() < contact.pings[-1]["on"]:
        raise Refused(_("The ping was sent on {day}; its answer cannot be older.").format(day=contact.pings[-1]["on"]))
    last = contact.pings[-1] | {"answered_on": answered.isoformat()}
    contact.pings = [*contact.pings[:-1], last | ({"said": full(reason)} if reason.strip() else {})]
    contact.confirmed_on = answered
    contact.save()


@action("diplomacy.retire-contact", roles=WRITERS)
def retire_contact(actor: Actor, contact_id: UUID, *, version: int | None = None, reason: str) -> None:
    """It is no contact point any more; it stays in the history. Raises NotThere, Stale, Refused."""
    contact = _there(actor, contact_id, version)
    if not reason.strip():
        raise Refused(_("Say in a few words who said so; it stays with it."))
    contact.retired = True
    contact.save()


def _there(actor: Actor, contact_id: UUID, version: int | None) -> ContactPoint:
    contact = own(actor, ContactPoint, contact_id, version)
    if contact.retired:
        raise Refused(_("This contact point was retired. Write down the new one."))
    return contact


def _refuse_later(actor: Actor, on: date | None) -> None:
    if on is not None and on > desk_day(actor):
        raise Refused(_("{day} has not come yet. Say the day on which it was done.").format(day=on.isoformat()))
