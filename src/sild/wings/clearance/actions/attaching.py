"""Files that came for a licence case: kept by their digest beside the case, taken away again by undo or by a word with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import originals
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.home import current
from sild.kernel.originals import safe_name
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.clearance.actions.cases import OPENERS
from sild.wings.clearance.actions.documents import MOST_DOCUMENTS
from sild.wings.clearance.models import CaseDocument, LicenceCase
from sild.wings.clearance.reads.documents import came_store, readers_of_paper
from sild.wings.clearance.rules.came import LARGEST_FILE, WITH_SIGNATURE, CameKind
from sild.wings.parties.public import desk_day


@dataclass(frozen=True, slots=True, kw_only=True)
class CameFile:
    """A file that came: what it is, its name and bytes, on which day (None: today), when it was signed, how closed it is at least."""

    kind: CameKind
    name: str
    data: bytes
    on: date | None = None
    signed_on: date | None = None
    marking: Marking = Marking.CLEAR


@action("clearance.attach-file", roles=OPENERS)
def attach_file(actor: Actor, case_id: UUID, file: CameFile, *, version: int | None = None, reason: str = "") -> UUID:
    """Keep a file that came with its case; returns its id. It is shown to whoever the case is shown to, and is never less closed.

    Raises NotThere, Stale; Refused for an empty or too large file, a day to come, a signed statement without its day.
    """
    case: LicenceCase = LicenceCase.found(case_id, version=version)
    _refuse_odd(actor, case, file)
    if CaseDocument.objects.filter(case_id=case.id).count() >= MOST_DOCUMENTS:
        raise Refused(_("The case has {most} papers, the most there are.").format(most=MOST_DOCUMENTS))
    kept = originals.keep_bytes(came_store(current()), file.data)
    document = CaseDocument(
        case_id=case.id,
        kind=file.kind,
        came=True,
        name=safe_name(file.name),
        sha256=kept.digest,
        size=kept.size,
        made_by_name=actor.name,
        made_on=file.on or desk_day(actor),
        signed_on=file.signed_on,
        case_version=case.version,
        marking=max(case.marking, int(file.marking)),
        compartment_id=case.compartment_id,
        embargo_until=case.embargo_until,
    )
    document.releasable_to = readers_of_paper(document, case.image(), actor.organisation)
    document.save()
    return document.id


def _refuse_odd(actor: Actor, case: LicenceCase, file: CameFile) -> None:
    today = desk_day(actor)
    if not file.data:
        raise Refused(_("The file is empty. Choose the file that came."))
    if len(file.data) > LARGEST_FILE:
        raise Refused(_("The file is larger than {most} MB. Keep it where your files are, and attach a smaller copy.").format(most=25))
    for day in (file.on, file.signed_on):
        if day is not None and day > today:
            raise Refused(_("The day {day} is still to come. Write down what happened when it has happened.").format(day=day.isoformat()))
    if file.kind in WITH_SIGNATURE and file.signed_on is None:
        raise Refused(_("Say on which day the statement was signed: what counts on it asks for that day."))
    if file.kind not in WITH_SIGNATURE and file.signed_on is not None:
        raise Refused(_("A day of signature belongs to a signed end-use statement. Leave it out, or say that the file is one."))


@action("clearance.detach-file", roles=OPENERS)
def detach_file(actor: Actor, document_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take a file that was attached by mistake away from its case; undo puts it back. Raises NotThere, Stale, Refused."""
    document: CaseDocument = CaseDocument.found(document_id, version=version)
    if not document.came:
        raise Refused(_("This paper was made here and stays: it says when the case has gone on."))
    if document.owner_id != actor.organisation:
        raise Refused(_("Another organisation attached this file. Ask them to take it away."))
    if not reason.strip():
        raise Refused(_("Say why: the reason is kept."))
    document.delete()
