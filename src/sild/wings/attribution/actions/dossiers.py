"""Verbs on dossiers: make one for an audience, recall it. A file may have left the house by then: that is not undone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import override

from sild.formats.report_paper import paper_as_data
from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.identity import Organisation
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.attribution.actions.cases import OPENERS
from sild.wings.attribution.models import Case, Dossier
from sild.wings.attribution.reads.composing import DossierCover, composed_dossier
from sild.wings.attribution.reads.standing import reason_given
from sild.wings.attribution.rules import LANGUAGES, LONGEST_TITLE, MOST_DOSSIERS, EvidenceAudience, content_digest, printed_marking


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDossier:
    """For whom, under which title (outside readers learn no other), in which language."""

    audience: EvidenceAudience
    title: str
    language: str


@action("attribution.make-dossier", roles=OPENERS, recalled=True)
def make_dossier(actor: Actor, case_id: UUID, new: NewDossier, *, reason: str) -> UUID:
    """Keep what an audience may be shown of a case today, as a paper and a bundle; returns its id. Raises NotThere, Refused."""
    case: Case = Case.found(case_id)
    title = " ".join(new.title.split())[:LONGEST_TITLE]
    if not title:
        raise Refused(_("Give the paper a title that its readers may know."))
    if new.language not in LANGUAGES:
        raise Refused(_("Choose the language of the paper from the list."))
    if Dossier.objects.filter(case_id=case.id).count() >= MOST_DOSSIERS:
        raise Refused(_("The case has {most} dossiers, the most there are.").format(most=MOST_DOSSIERS))
    reason_given(reason)
    own = Organisation.objects.filter(id=actor.organisation).first()
    cover = DossierCover(
        key=uuid4(),
        audience=new.audience,
        title=title,
        language=new.language,
        marking=printed_marking(new.audience, Marking(case.marking)),
        made_by=own.name if own is not None else "",
        made_at=clock.now(),
        today=clock.today(),
    )
    with override(new.language):
        paper, bundle, items = composed_dossier(actor, case.id, cover)
    if not items:
        raise Refused(_("Nothing of this case may be shown to them yet. Say of each item who may be shown it."))
    content = {"paper": paper_as_data(paper), "bundle": bundle}
    one = Dossier(
        id=cover.key,
        case_id=case.id,
        audience=new.audience,
        title=title,
        language=new.language,
        printed=int(cover.marking),
        items=items,
        content=content,
        digest=content_digest(content),
        made_by_name=actor.name,
        made_at=cover.made_at,
        marking=case.marking,
        compartment_id=case.compartment_id,
        embargo_until=case.embargo_until,
    )
    one.save()
    return one.id


@action("attribution.recall-dossier", roles=OPENERS, recalled=True)
def recall_dossier(actor: Actor, dossier_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Give its files no more, and write down why; whoever has one already is told by people. Raises NotThere, Stale, Refused."""
    one: Dossier = Dossier.found(dossier_id, version=version)
    if one.recalled:
        raise Refused(_("The dossier was recalled already."))
    one.recalled, one.recalled_why = True, reason_given(reason)
    one.save()
