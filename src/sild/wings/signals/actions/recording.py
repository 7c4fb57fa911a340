"""Writing incidents down and moving them on: record, mend, weigh a factor, move to a state with the reason, tie to another, untie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.moving import own_compartment
from sild.kernel.refusals import Refused
from sild.kernel.said import said
from sild.values.country import country_or_name
from sild.values.marking import Marking
from sild.wings.parties.public import desk_day
from sild.wings.signals.models import Incident, Tie
from sild.wings.signals.rules import (
    FACTOR_KEYS,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_COUNTRIES,
    MOST_STEPS,
    MOST_VICTIMS,
    NEXT,
    REASON_WANTED,
    SECTORS,
    Degree,
    IncidentKind,
    IncidentState,
    Precision,
    TieKind,
    WhyNot,
    floor_of,
    step,
)

REPORTERS = frozenset({Role.OFFICER, Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE, Role.RECIPIENT, Role.DONOR})
"""Who writes incidents down, each for the own organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFacts:
    """What is told of an incident. A day counts as exactly as its precision says; `victims` are names."""

    title: str
    kind: IncidentKind = IncidentKind.CYBER
    summary: str = ""
    begins: date | None = None
    begins_precision: Precision = Precision.UNKNOWN
    ends: date | None = None
    ends_precision: Precision = Precision.UNKNOWN
    place: str = ""
    countries: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    source: str = ""
    source_on: date | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """How grave a factor is, in words and by whom that is said."""

    factor: str
    degree: Degree
    said: str = ""
    source: str = ""
    on: date | None = None


@action("signals.record-incident", roles=REPORTERS)
def record_incident(
    actor: Actor, facts: IncidentFacts, *, marking: Marking = Marking.AMBER, compartment: UUID | None = None, reason: str = ""
) -> UUID:
    """Write an incident down, in the open or in a compartment that one is in; returns its id. Raises Refused, NotThere."""
    one = Incident(id=uuid4(), **_columns_of(facts))
    one.marking = int(marking)
    if compartment is not None:
        one.compartment_id = own_compartment(actor, compartment).id
    _note(actor, one, "recorded", reason)
    one.save()
    return one.id


@action("signals.mend-incident", roles=REPORTERS)
def mend_incident(actor: Actor, incident_id: UUID, facts: IncidentFacts, *, version: int | None = None, reason: str) -> None:
    """Write down what is told of an incident anew. Raises NotThere, Stale, Refused."""
    one = _own(actor, incident_id, version)
    if not reason.strip():
        raise Refused(_("Say what is known now that was not known before; it stays with the incident."))
    for name, value in _columns_of(facts).items():
        setattr(one, name, value)
    _note(actor, one, "mended", reason)
    one.save()


def _columns_of(facts: IncidentFacts) -> dict[str, Any]:
    """The columns of what is told. Raises Refused for a missing title, a sector that nobody knows, too many names."""
    title = " ".join(facts.title.split())
    if not title:
        raise Refused(_("Say in one line what happened."))
    if len(title) > LONGEST_TITLE or len(facts.summary) > LONGEST_TEXT:
        raise Refused(
            _("The words are too long: a title has {title} letters at most, a summary {summary}.").format(title=400, summary=4000)
        )
    if unknown := [one for one in facts.sectors if one not in SECTORS]:
        raise Refused(_("{sector} is no sector of the list. Choose one of those.").format(sector=unknown[0][:80]))
    if len(facts.victims) > MOST_VICTIMS or len(facts.countries) > MOST_COUNTRIES:
        raise Refused(_("These are more names than one incident keeps. Name the chief ones, and write the rest into the summary."))
    told = {name: getattr(facts, name) for name in ("summary", "place", "source", "address")}
    for which in ("begins", "ends"):
        day, precision = getattr(facts, which), getattr(facts, f"{which}_precision")
        if day is None and precision != Precision.UNKNOWN:
            raise Refused(_("Say the day, or that it is not known."))
        told |= {which: floor_of(day, precision), f"{which}_precision": precision}
    return told | {
        "title": title,
        "kind": facts.kind,
        "summary": facts.summary.strip(),
        "countries": list(dict.fromkeys(country_or_name(one) for one in facts.countries)),
        "victims": [{"name": name.strip()[:LONGEST_NAME]} for name in dict.fromkeys(facts.victims) if name.strip()],
        "sectors": list(dict.fromkeys(facts.sectors)),
        "source_on": facts.source_on,
    }


@action("signals.weigh-incident", roles=REPORTERS)
def weigh_incident(actor: Actor, incident_id: UUID, told: Weighing, *, version: int | None = None, reason: str = "") -> None:
    """Say how grave one factor of an incident is, and who says so. Raises NotThere, Stale, Refused. The desk weighs nothing itself."""
    one = _own(actor, incident_id, version)
    if told.factor not in FACTOR_KEYS:
        raise Refused(_("There is no such factor. Choose one of the list."))
    if told.degree not in (Degree.UNKNOWN, Degree.NONE) and not (told.said.strip() or told.source.strip()):
        raise Refused(_("Say in a few words what makes it so, or who says it."))
    entry = {
        "degree": str(told.degree),
        "said": told.said.strip(),
        "source": told.source.strip(),
        "on": told.on.isoformat() if told.on else "",
    }
    one.factors = {**one.factors, told.factor: entry}
    _note(actor, one, "weighed", reason)
    one.save()


@action("signals.move-incident", roles=REPORTERS)
def move_incident(
    actor: Actor, incident_id: UUID, state: IncidentState, why_not: WhyNot | None = None, *, version: int | None = None, reason: str = ""
) -> None:
    """Move an incident on; what is not pursued says why, as a word of the list and in words of its own. Raises NotThere, Stale, Refused."""
    one = _own(actor, incident_id, version)
    now = IncidentState(one.state)
    if state not in NEXT[now]:
        told = _("An incident that is {now} does not become {wanted}. Load its page anew.")
        raise Refused(told.format(now=said().label(now, "incident"), wanted=said().label(state, "incident")))
    if state == IncidentState.NOT_PURSUED and why_not is None:
        raise Refused(_("Choose why it is not pursued."))
    if state in REASON_WANTED and not reason.strip():
        raise Refused(_("Say why in a few words; it stays with the incident."))
    one.state, one.why_not = state, str(why_not) if state == IncidentState.NOT_PURSUED and why_not is not None else ""
    _note(actor, one, "moved", reason)
    one.save()


@action("signals.tie-incidents", roles=REPORTERS)
def tie_incidents(actor: Actor, incident_id: UUID, other_id: UUID, kind: TieKind, *, reason: str) -> UUID:
    """Rule that an incident follows or repeats another, or is of one campaign with it; returns the tie's id. Raises NotThere, Refused."""
    one, other = _own(actor, incident_id, None), _own(actor, other_id, None)
    if one.id == other.id:
        raise Refused(_("That is the incident itself. Choose another one."))
    if one.compartment_id != other.compartment_id:
        raise Refused(_("One of the two lies in a compartment where the other does not. A tie would tell of it outside."))
    if not reason.strip():
        raise Refused(_("Say what makes you think so; it stays with the tie."))
    ends = Q(incident_id=one.id, other_id=other.id)
    if kind == TieKind.SAME_CAMPAIGN:
        ends |= Q(incident_id=other.id, other_id=one.id)
    if Tie.objects.filter(ends, kind=kind, owner_id=actor.organisation).exists():
        raise Refused(_("That is ruled already."))
    tie = Tie(id=uuid4(), incident_id=one.id, other_id=other.id, kind=kind, reason=reason.strip()[:2000], ruled_by=actor.name)
    tie.marking, tie.compartment_id = max(one.marking, other.marking), one.compartment_id
    tie.embargo_until = max((end.embargo_until for end in (one, other) if end.embargo_until is not None), default=None)
    tie.save()
    return tie.id


@action("signals.untie-incidents", roles=REPORTERS)
def untie_incidents(actor: Actor, tie_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take a tie back. Raises NotThere, Stale, Refused. History keeps that it was ruled."""
    tie: Tie = Tie.found(tie_id, version=version)
    if tie.owner_id != actor.organisation:
        raise Refused(_("Another organisation ruled this. Ask them."))
    if not reason.strip():
        raise Refused(_("Say why they do not hang together after all."))
    tie.delete()


def _own(actor: Actor, incident_id: UUID, version: int | None) -> Incident:
    """An incident that the actor's organisation keeps. Raises NotThere, Stale, Refused."""
    one: Incident = Incident.found(incident_id, version=version)
    if one.owner_id != actor.organisation:
        raise Refused(_("Another organisation keeps this incident. Ask them to write it down, or write down your own reading."))
    return one


def _note(actor: Actor, one: Incident, what: str, reason: str) -> None:
    told = step(desk_day(actor), what, actor.name, state=IncidentState(one.state), reason=reason)
    one.steps = [*one.steps, told][-MOST_STEPS:]
