"""The implementation log: what was done or is planned for a norm or a measure, with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.diplomacy.models import Implementation
from sild.wings.diplomacy.reads.told import WRITERS, full, marking_of, own, short
from sild.wings.diplomacy.rules import Progress, measure_of, norm_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewImplementation:
    """What was done for `subject` (a norm or a measure), by which agency, how far it is, on which day, and where that can be read."""

    subject: str
    what: str
    agency: str = ""
    progress: Progress = Progress.DONE
    on: date | None = None
    proof: str = ""
    marking: Marking = Marking.AMBER


@action("diplomacy.log", roles=WRITERS)
def log_implementation(actor: Actor, new: NewImplementation, *, reason: str = "") -> UUID:
    """Put an entry into the log. Raises Refused for a norm or measure that is none, and for what is done without a day or a proof."""
    if norm_of(new.subject) is None and measure_of(new.subject) is None:
        raise Refused(_("There is no norm or measure {subject}. Choose one of the list.").format(subject=new.subject[:40]))
    what, proof = full(new.what), full(new.proof)
    if not what:
        raise Refused(_("Say what was done, or what is planned."))
    _refuse_unproven(new.progress, new.on, proof)
    entry = Implementation(
        subject=new.subject,
        what=what,
        agency=short(new.agency),
        progress=new.progress,
        on=new.on,
        proof=proof,
        marking=marking_of(actor, new.marking),
    )
    entry.save()
    return entry.id


@action("diplomacy.move", roles=WRITERS)
def move_implementation(
    actor: Actor,
    entry_id: UUID,
    progress: Progress,
    *,
    on: date | None = None,
    proof: str = "",
    version: int | None = None,
    reason: str = "",
) -> None:
    """Say how far it is now; an empty day or proof leaves what stands. Raises NotThere, Stale, Refused."""
    entry = own(actor, Implementation, entry_id, version)
    entry.on, entry.proof = on or entry.on, full(proof) or entry.proof
    _refuse_unproven(progress, entry.on, entry.proof)
    entry.progress = progress
    entry.save()


def _refuse_unproven(progress: Progress, on: date | None, proof: str) -> None:
    if progress == Progress.DONE and (on is None or not proof):
        raise Refused(_("What is done has a day and a proof: a law, a report, a letter, an address where it can be read."))
