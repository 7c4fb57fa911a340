"""Verbs on hosts: write one down, mend what is said of it, seal where it stands. The place is sealed before it comes here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.values.country import country_called
from sild.values.marking import Marking
from sild.wings.continuity.actions.systems import WORKERS
from sild.wings.continuity.models import Host
from sild.wings.continuity.reads.standing import closed_as, closed_by_choice, full, own, positive, reason_given, short
from sild.wings.continuity.rules import (
    LONGEST_REASON,
    MOST_HOSTS,
    HostAgreement,
    HostState,
    Immunity,
    NotSealed,
    readers_of,
)
from sild.wings.register.public import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """What is said of a host: `free` and `shipment` in TB, `link` in Mbit/s; None: unknown. The country by code or name, no place."""

    name: str
    country: str = ""
    state: HostState = HostState.CONSIDERED
    agreement: HostAgreement = HostAgreement.UNKNOWN
    agreement_words: str = ""
    immunity: Immunity = Immunity.UNKNOWN
    access: str = ""
    exit_terms: str = ""
    cloud: str = ""
    vendor: str = ""
    free: Decimal | None = None
    racks: Decimal | None = None
    kilowatts: Decimal | None = None
    link: Decimal | None = None
    shipping_days: Decimal | None = None
    shipment: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPlace:
    """Where a host stands, as an age file in ASCII armour, and the names of those who can open it, as who sealed it tells them."""

    text: str
    readers: str


@action("continuity.record-host", roles=WORKERS)
def record_host(
    actor: Actor,
    facts: HostFacts,
    *,
    offer: UUID | None = None,
    marking: Marking = Marking.AMBER_STRICT,
    compartment: UUID | None = None,
    reason: str = "",
) -> UUID:
    """Write a host down, of an offer of the register or of none; returns its id. Raises NotThere, Refused."""
    if Host.objects.filter(owner_id=actor.organisation).count() >= MOST_HOSTS:
        raise Refused(_("There are {most} hosts, the most there are.").format(most=MOST_HOSTS))
    closed = closed_by_choice(actor, marking, compartment)
    one = Host(offer_id=offer, **(closed if offer is None else _closed_as_offer(closed, offer)))
    _say(one, facts)
    one.save()
    return one.id


@action("continuity.mend-host", roles=WORKERS)
def mend_host(actor: Actor, host_id: UUID, facts: HostFacts, *, version: int | None = None, reason: str = "") -> None:
    """Say anew all that is said of a host, but for its place. Raises NotThere, Stale, Refused."""
    one = own(actor, Host, host_id, version)
    _say(one, facts)
    one.save()


@action("continuity.seal-place", roles=WORKERS)
def seal_place(actor: Actor, host_id: UUID, place: SealedPlace, *, version: int | None = None, reason: str) -> None:
    """Keep where a host stands, sealed for named readers; an earlier one is replaced. Raises NotThere, Stale, Refused."""
    one = own(actor, Host, host_id, version)
    reason_given(reason)
    try:
        readers_of(place.text)
    except NotSealed as fault:
        raise Refused(_why(str(fault))) from fault
    names = " ".join(place.readers.split())[:LONGEST_REASON]
    if not names:
        raise Refused(_("Name the people who can open it."))
    one.sealed_place, one.sealed_for = place.text.strip().replace("\r\n", "\n") + "\n", names
    one.sealed_at, one.sealed_by_name = clock.now(), actor.name
    one.save()


def _why(fault: str) -> str:
    """Why a text is not kept as a sealed place. It is not repeated: it may be a place in the clear."""
    if fault == "password":
        return _("The file is locked with a password. Seal it for the keys of named people: sild seal.")
    if fault == "size":
        return _("The file is too long for a place. Seal the place alone: sild seal.")
    return _("This is no age file in ASCII armour. Seal the place on your own machine first, and never write it here: sild seal.")


def _closed_as_offer(closed: dict[str, Any], offer_id: UUID) -> dict[str, Any]:
    """As closed as was chosen and as the offer is. Raises NotThere, Refused."""
    offer: Offer = Offer.found(offer_id)
    joined = closed_as(offer)
    rooms = {room for room in (closed["compartment_id"], joined["compartment_id"]) if room is not None}
    if len(rooms) > 1:
        raise Refused(_("The offer lies in another compartment. A host of it lies where it does."))
    return joined | {"marking": max(closed["marking"], joined["marking"]), "compartment_id": next(iter(rooms), None)}


def _say(one: Host, facts: HostFacts) -> None:
    told = asdict(facts)
    told |= {name: short(told[name]) for name in ("name", "agreement_words", "cloud", "vendor")}
    told |= {name: full(told[name]) for name in ("access", "exit_terms", "note")}
    if not told["name"]:
        raise Refused(_("Give the host a name that does not tell where it stands."))
    code = country_called(facts.country) if facts.country.strip() else ""
    if facts.country.strip() and not code:
        raise Refused(
            _("{country} is no country. Write its code or its name; the place is sealed.").format(country=short(facts.country, 40))
        )
    positive(facts.free, facts.racks, facts.kilowatts, facts.link, facts.shipping_days, facts.shipment)
    for name, value in (told | {"country": code}).items():
        setattr(one, name, value)
