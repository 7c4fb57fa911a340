"""Verbs on systems: write one down, mend what is said of it, take it out of use and back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.continuity.models import Host, System
from sild.wings.continuity.reads.standing import closed_by_choice, full, own, positive, reason_given, refuse_too_many, short
from sild.wings.continuity.rules import LONGEST_CODE, Dongle, KeyCustody, Layer, Portability

WORKERS = PEOPLE - {Role.AUDITOR}
"""Whoever sees the inventory of the own organisation keeps it up: what is not for all of them lies in a compartment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFacts:
    """What is said of a system; an amount of None is not known. Hours are those of a team, `host_id` where it runs away from home."""

    code: str
    name: str
    purpose: str = ""
    operator: str = ""
    layer: Layer = Layer.UNKNOWN
    portability: Portability = Portability.UNKNOWN
    custody: KeyCustody = KeyCustody.UNKNOWN
    dongle: Dongle = Dongle.UNKNOWN
    territory: str = ""
    cloud: str = ""
    vendor: str = ""
    crew: str = ""
    racks: Decimal | None = None
    kilowatts: Decimal | None = None
    effort_hours: Decimal | None = None
    host_id: UUID | None = None
    note: str = ""


@action("continuity.record-system", roles=WORKERS)
def record_system(
    actor: Actor, facts: SystemFacts, *, marking: Marking = Marking.AMBER_STRICT, compartment: UUID | None = None, reason: str = ""
) -> UUID:
    """Write a system down; returns its id. Raises NotThere, Refused."""
    refuse_too_many(actor, 1)
    one = System(**closed_by_choice(actor, marking, compartment))
    _say(actor, one, facts)
    one.save()
    return one.id


@action("continuity.mend-system", roles=WORKERS)
def mend_system(actor: Actor, system_id: UUID, facts: SystemFacts, *, version: int | None = None, reason: str = "") -> None:
    """Say anew all that is said of a system. Raises NotThere, Stale, Refused."""
    one = own(actor, System, system_id, version)
    _say(actor, one, facts)
    one.save()


@action("continuity.retire-system", roles=WORKERS)
def retire_system(actor: Actor, system_id: UUID, *, retired: bool = True, version: int | None = None, reason: str) -> None:
    """Take a system out of use, or put it back; what belongs to it stays. Raises NotThere, Stale, Refused."""
    one = own(actor, System, system_id, version)
    reason_given(reason)
    if one.retired == retired:
        raise Refused(_("It stands so already."))
    one.retired = retired
    one.save()


def _say(actor: Actor, one: System, facts: SystemFacts) -> None:
    """Put what is said into the record. Raises NotThere for a host that is not there, Refused."""
    told = asdict(facts)
    told |= {name: short(told[name]) for name in ("name", "operator", "territory", "cloud", "vendor", "crew")}
    told |= {"code": short(facts.code, LONGEST_CODE), "purpose": full(facts.purpose), "note": full(facts.note)}
    if not told["code"] or not told["name"]:
        raise Refused(_("Give the system a short code, by which sheets speak of it, and a name."))
    positive(facts.racks, facts.kilowatts, facts.effort_hours)
    same = System.objects.filter(owner_id=actor.organisation, code__iexact=told["code"]).exclude(id=one.id)
    if same.exists():
        raise Refused(_("Another system has the code {code}. Mend that one, or choose another code.").format(code=told["code"]))
    if facts.host_id is not None and facts.host_id != one.host_id:
        own(actor, Host, facts.host_id)
    for name, value in told.items():
        setattr(one, name, value)
