"""People say what weighs in a need: by one criterion, or a priority of its own over the arithmetic, always with the reason."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.parties.public import mechanism_file, organisation_ids
from sild.wings.planning.models import NeedAssessment, PriorityOverride
from sild.wings.planning.reads.priorities import ASSESSORS, OVERRIDERS, criteria_of
from sild.wings.planning.reads.readers import OFFICES
from sild.wings.register.public import Need

WHO_MAY_ASSESS = ASSESSORS | {Role.RECIPIENT}
LONGEST_SOURCE, LONGEST_REASON = 300, 2000


@action("planning.assess-need", roles=WHO_MAY_ASSESS)
def assess_need(actor: Actor, need_id: UUID, criterion: str, value: Decimal, *, source: str, reason: str) -> UUID:
    """Say how much of a criterion, from 0 to 1, a need has; the last word counts. A recipient speaks of its own measures and readiness.

    Raises NotThere; Refused for a criterion that is not the actor's to speak of, a value outside, and without a source or a reason.
    """
    need = _standing(need_id)
    if criterion not in criteria_of(actor, need):
        told = _("{name} does not speak of “{criterion}” for this need. Choose a criterion of the list, or ask the secretariat.")
        raise Refused(told.format(name=actor.name, criterion=criterion[:40]))
    if not value.is_finite() or not 0 <= value <= 1 or value != value.quantize(Decimal("0.001")):
        raise Refused(_("Say a number from 0 (not at all) to 1 (as much as there can be), with at most three places."))
    where, why = " ".join(source.split())[:LONGEST_SOURCE], reason.strip()[:LONGEST_REASON]
    if not where:
        raise Refused(_("Say what it rests on: a letter, a report, somebody's word."))
    if not why:
        raise Refused(_("Say why in a few words; the reason is kept with the decision."))
    said = NeedAssessment(
        need_id=need.id,
        criterion=criterion,
        value=value,
        said_by=actor.name,
        said_on=mechanism_file(actor).today or clock.today(),
        source=where,
        reason=why,
    )
    _close(actor, said, need)
    said.save()
    return said.id


@action("planning.override-priority", roles=OVERRIDERS)
def override_priority(actor: Actor, need_id: UUID, value: Decimal | None, *, reason: str) -> UUID:
    """Set a priority from 0 to 10 over the arithmetic of a need, or (None) let the arithmetic count again. The arithmetic stays told.

    Raises NotThere; Refused for a value outside, without a reason, and where nothing is set that could be taken back.
    """
    need = _standing(need_id)
    if value is not None and (not value.is_finite() or not 0 <= value <= 10 or value != value.quantize(Decimal("0.01"))):
        raise Refused(_("A priority is a number from 0 to 10, with at most two places."))
    why = reason.strip()[:LONGEST_REASON]
    if not why:
        raise Refused(_("Say why in a few words; the reason is kept with the decision."))
    before = PriorityOverride.objects.filter(need_id=need.id).order_by("-said_on", "-created_at", "-id").first()
    if value is None and (before is None or before.value is None):
        raise Refused(_("The arithmetic counts already: nobody set another priority for this need."))
    today = mechanism_file(actor).today or clock.today()
    said = PriorityOverride(need_id=need.id, value=value, said_by=actor.name, said_on=today, reason=why)
    _close(actor, said, need)
    said.save()
    return said.id


def _standing(need_id: UUID) -> Need:
    need = Need.found(need_id)
    if need.joined_into is not None:
        raise Refused(_("This need was joined into another one. Say it there."))
    return need


def _close(actor: Actor, said: NeedAssessment | PriorityOverride, need: Need) -> None:
    """As closed as the need; shown to those offices, and that asker, who see the need themselves."""
    identities = organisation_ids(actor)
    concerned = {
        identities[one.slug]
        for one in mechanism_file(actor).organisations
        if one.slug in identities and (one.office in OFFICES or (one.party and one.party == need.beneficiary))
    }
    readers = {need.owner_id} | (concerned & set(need.releasable_to))
    if need.marking >= Marking.AMBER_STRICT:
        readers = {need.owner_id}
    said.releasable_to = sorted(readers - {actor.organisation})
    said.marking, said.compartment_id, said.embargo_until = need.marking, need.compartment_id, need.embargo_until
