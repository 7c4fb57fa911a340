"""Verbs on sources: name one, name one under a seal, look behind the seal with a reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.attribution.weighing import SourceGrade
from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, acting
from sild.kernel.moving import open_compartment, own_compartment
from sild.kernel.refusals import NotThere, Refused
from sild.wings.attribution.actions.cases import WORKERS
from sild.wings.attribution.models import Case, EvidenceSource, SealedIdentity
from sild.wings.attribution.reads.standing import open_one, reason_given
from sild.wings.attribution.rules import LONGEST_TITLE, MOST_LOOKS, MOST_SOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source: the name by which the case's readers know it, its reliability, the source that it repeats (None: none)."""

    name: str
    reliability: SourceGrade
    stems_from: UUID | None = None


class SourceSealing:
    """Names a source whose identity is for some seats alone: a compartment is opened for these and the identity put into it, or neither."""

    def __init__(self, actor: Actor, named: Collection[UUID]) -> None:
        self._actor, self._named = actor, named

    def run(self, case_id: UUID, new: NewSource, identity: str, *, reason: str) -> UUID:
        """Do it; returns the id of the source. Raises NotThere, Refused."""
        with acting(self._actor):
            room = open_compartment(self._actor, _("Seal of {name}").format(name=new.name.strip()[:150]), self._named, reason=reason)
            inside = replace(self._actor, compartments=self._actor.compartments | {room})
            return seal_source(inside, case_id, new, identity, room, reason=reason)


@action("attribution.name-source", roles=WORKERS)
def name_source(actor: Actor, case_id: UUID, new: NewSource, *, reason: str = "") -> UUID:
    """Name a source of a case; returns its id. Raises NotThere, Refused."""
    source = _source(open_one(case_id), new)
    source.save()
    return source.id


@action("attribution.seal-source", roles=WORKERS)
def seal_source(actor: Actor, case_id: UUID, new: NewSource, identity: str, room: UUID, *, reason: str) -> UUID:
    """Name a source whose identity lies in the compartment `room`; returns its id. Raises NotThere, Refused."""
    case = open_one(case_id)
    own_compartment(actor, room)
    reason_given(reason)
    if not identity.strip():
        raise Refused(_("Say who the source is: those whom you name can read it, with a reason."))
    if room == case.compartment_id:
        raise Refused(_("A seal needs a compartment of its own: whoever reads the case is in this one."))
    source = _source(case, new)
    source.sealed = True
    source.save()
    SealedIdentity(source_id=source.id, identity=identity.strip()[:2000], marking=case.marking, compartment_id=room).save()
    return source.id


def _source(case: Case, new: NewSource) -> EvidenceSource:
    if not new.name.strip():
        raise Refused(_("Give the source a name that tells its readers no more than they may know."))
    known = set(EvidenceSource.objects.filter(case_id=case.id).values_list("id", flat=True))
    if len(known) >= MOST_SOURCES:
        raise Refused(_("The case has {most} sources, the most there are.").format(most=MOST_SOURCES))
    if new.stems_from is not None and new.stems_from not in known:
        raise NotThere(_("There is no such source in this case."))
    return EvidenceSource(
        case_id=case.id,
        name=new.name.strip()[:LONGEST_TITLE],
        reliability=new.reliability,
        stems_from=new.stems_from,
        marking=case.marking,
        compartment_id=case.compartment_id,
        embargo_until=case.embargo_until,
    )


@action("attribution.look-behind-seal", roles=WORKERS, recalled=True)
def reveal_source(actor: Actor, source_id: UUID, *, reason: str) -> str:
    """Who a sealed source is, for those who are named in its seal, with a written reason that is kept. Raises NotThere, Refused.

    For whoever is not named it is as if there were nothing behind the seal.
    """
    source: EvidenceSource = EvidenceSource.found(source_id)
    sealed = SealedIdentity.objects.filter(source_id=source.id).first()
    if sealed is None:
        raise NotThere(_("Nothing stands behind this source that you may read. Ask whoever named it."))
    if len(sealed.looks) >= MOST_LOOKS:
        raise Refused(_("It was looked at {most} times, the most that are kept. Name the source anew.").format(most=MOST_LOOKS))
    look = {"at": clock.now().isoformat(), "by": actor.name, "reason": reason_given(reason)}
    sealed.looks = [*sealed.looks, look]
    sealed.save()
    identity: str = sealed.identity
    return identity
