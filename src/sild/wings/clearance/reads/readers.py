"""Who sees, by rule, a licence case or what is said beside a line: the back offices of the mechanism, and whoever gives it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sild.kernel.access import Granted, grants_on
from sild.kernel.actor import Actor
from sild.kernel.identity import Organisation
from sild.wings.clearance.models import ConditionWord, Handover, LineBound
from sild.wings.clearance.rules.conditions import ConditionSource
from sild.wings.parties.public import mechanism_file, organisation_ids


def case_readers(actor: Actor, provider: str) -> frozenset[UUID]:
    """The organisations that a case goes to besides its owner, whatever its marking: see released_to for what stays behind."""
    identities = organisation_ids(actor)
    return frozenset(
        identities[one.slug]
        for one in mechanism_file(actor).organisations
        if one.slug in identities
        and (one.office == "back-office" or (one.office in ("donor", "company") and provider and one.party == provider))
    )


def gives_as(actor: Actor) -> frozenset[str]:
    """The names under which the actor's organisation gives: those of donors and companies on the mechanism's file."""
    identities = organisation_ids(actor)
    mine = [one for one in mechanism_file(actor).organisations if identities.get(one.slug) == actor.organisation]
    return frozenset(one.party for one in mine if one.office in ("donor", "company") and one.party)


def withheld_lines(lines: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """From whom people of the actor's organisation withheld these lines: what is kept of a line beside it is not shown to them either."""
    found: dict[UUID, Granted] = grants_on("register.Line", lines) if lines else {}
    return {line: told.withheld for line, told in found.items()}


def own_name(actor: Actor) -> str:
    """What the actor's organisation is called, for what they say in its name."""
    own = Organisation.objects.filter(id=actor.organisation).first()
    return own.name if own is not None else actor.name


def readers_beside_line(actor: Actor, record: LineBound) -> frozenset[UUID]:
    """The organisations that a record about a line goes to besides its owner: who keeps the line, the back offices, and the giver."""
    own = frozenset({record.line_owner_id})
    # what was handed over is the other mechanism's: here only who keeps the line knows of it by rule
    if isinstance(record, ConditionWord):
        # a licence goes to whoever gives by the same rule; what set another condition they may not see, nor what is said of it
        return case_readers(actor, record.provider if record.source == ConditionSource.LICENCE else "") | own
    return own if isinstance(record, Handover) else case_readers(actor, record.provider) | own
