"""Verbs on evidence: enter an item, hand it over, say to whom it may be shown, take it back and restore it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.attribution.weighing import Aspect, ItemGrade
from sild.kernel import clock, originals
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.home import current
from sild.kernel.originals import safe_name
from sild.kernel.refusals import NotThere, Refused
from sild.wings.attribution.actions.cases import WORKERS
from sild.wings.attribution.models import Case, Evidence, EvidenceSource
from sild.wings.attribution.reads.evidence import evidence_store, file_stands
from sild.wings.attribution.reads.standing import open_one, reason_given
from sild.wings.attribution.rules import (
    LARGEST_EVIDENCE,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_EVIDENCE,
    MOST_HANDINGS,
    EvidenceAudience,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvidence:
    """An item: whose, what it says, about what, how credible; to whom it may be shown besides the services; its file, where it has one."""

    source_id: UUID
    title: str
    aspect: Aspect
    credibility: ItemGrade
    text: str = ""
    shown_to: frozenset[EvidenceAudience] = frozenset()
    file_name: str = ""
    data: bytes = b""


@action("attribution.enter-evidence", roles=WORKERS)
def enter_evidence(actor: Actor, case_id: UUID, new: NewEvidence, *, reason: str = "") -> UUID:
    """Enter an item of evidence; its file is kept by its digest. Returns its id. Raises NotThere, Refused."""
    case = open_one(case_id)
    if not new.title.strip():
        raise Refused(_("Say in a line what the item says."))
    if len(new.data) > LARGEST_EVIDENCE:
        raise Refused(_("The file is larger than {most} MB. Keep it where your files are, and write down its digest.").format(most=25))
    if not EvidenceSource.objects.filter(id=new.source_id, case_id=case.id).exists():
        raise NotThere(_("There is no such source in this case."))
    if Evidence.objects.filter(case_id=case.id).count() >= MOST_EVIDENCE:
        raise Refused(_("The case has {most} items of evidence, the most there are.").format(most=MOST_EVIDENCE))
    item = Evidence(
        case_id=case.id,
        source_id=new.source_id,
        title=new.title.strip()[:LONGEST_TITLE],
        text=new.text.strip()[:LONGEST_WORDS],
        aspect=new.aspect,
        credibility=int(new.credibility),
        shown_to=_audiences(new.shown_to),
        entered_by_name=actor.name,
        marking=case.marking,
        compartment_id=case.compartment_id,
        embargo_until=case.embargo_until,
    )
    if new.data:
        kept = originals.keep_bytes(evidence_store(current()), new.data)
        item.file_name, item.sha256, item.size = safe_name(new.file_name), kept.digest, kept.size
        item.custody = [_handing(actor, actor.name, _("kept as it came"), kept.digest)]
    item.save()
    return item.id


@action("attribution.hand-over-evidence", roles=WORKERS)
def hand_over_evidence(actor: Actor, evidence_id: UUID, to: str, *, version: int | None = None, reason: str) -> None:
    """Write down that an item's file was handed to somebody, after its bytes were held against their digest.

    Raises NotThere, Stale; Refused where the bytes are not those that came.
    """
    item, _case = _found(evidence_id, version)
    if not item.sha256:
        raise Refused(_("The item has no file that could be handed over."))
    if not to.strip():
        raise Refused(_("Say to whom it was handed."))
    if len(item.custody) >= MOST_HANDINGS:
        raise Refused(_("It was handed over {most} times, the most that are kept.").format(most=MOST_HANDINGS))
    if not file_stands(item.sha256):
        raise Refused(_("The bytes in the store are not those that came: the chain ends here. Tell whoever keeps the machine."))
    item.custody = [*item.custody, _handing(actor, to.strip()[:LONGEST_TITLE], reason_given(reason), item.sha256)]
    item.save()


@action("attribution.show-evidence", roles=WORKERS)
def show_evidence(
    actor: Actor, evidence_id: UUID, shown_to: Collection[EvidenceAudience], *, version: int | None = None, reason: str
) -> None:
    """Say to which audiences an item may be shown. Raises NotThere, Stale, Refused."""
    item, _case = _found(evidence_id, version)
    reason_given(reason)
    item.shown_to = _audiences(shown_to)
    item.save()


@action("attribution.grade-evidence", roles=WORKERS)
def grade_evidence(actor: Actor, evidence_id: UUID, credibility: ItemGrade, *, version: int | None = None, reason: str) -> None:
    """Grade an item anew; its source's grade stays apart. Raises NotThere, Stale, Refused."""
    item, _case = _found(evidence_id, version)
    reason_given(reason)
    item.credibility = int(credibility)
    item.save()


@action("attribution.withdraw-evidence", roles=WORKERS)
def withdraw_evidence(actor: Actor, evidence_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take an item back: it counts no more and is shown to nobody outside; the reason stays. Raises NotThere, Stale, Refused."""
    item, _case = _found(evidence_id, version)
    if item.withdrawn:
        raise Refused(_("The item was taken back already."))
    item.withdrawn, item.withdrawn_why = True, reason_given(reason)
    item.save()


@action("attribution.restore-evidence", roles=WORKERS)
def restore_evidence(actor: Actor, evidence_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Let an item that was taken back count again. Raises NotThere, Stale, Refused."""
    item, _case = _found(evidence_id, version)
    if not item.withdrawn:
        raise Refused(_("The item counts already."))
    reason_given(reason)
    item.withdrawn, item.withdrawn_why = False, ""
    item.save()


def _found(evidence_id: UUID, version: int | None) -> tuple[Evidence, Case]:
    item: Evidence = Evidence.found(evidence_id, version=version)
    return item, open_one(item.case_id)


def _audiences(chosen: Collection[EvidenceAudience]) -> list[str]:
    """In their order; the services that found it may always be shown it."""
    return [str(one) for one in EvidenceAudience if one in chosen or one == EvidenceAudience.SERVICES]


def _handing(actor: Actor, to: str, note: str, digest: str) -> dict[str, str]:
    return {"at": clock.now().isoformat(), "by": actor.name, "to": to, "note": note, "sha256": digest}
