"""Verbs on papers: make one of a licence case; and the rule by which a paper is shown to whoever its case is shown to."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sild.formats.docx_paper import Cell, Columns, write_columns
from sild.kernel import originals
from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.beside import kept_beside
from sild.kernel.home import current
from sild.kernel.journal import Image, Written
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.clearance.actions.cases import OPENERS

# the rule below looks at what following wrote: it is declared after it
from sild.wings.clearance.actions.following import CASE
from sild.wings.clearance.models import CaseDocument, LicenceCase
from sild.wings.clearance.reads.documents import BEYOND_CASE, came_store, facts_around, facts_of, readers_of_paper
from sild.wings.clearance.rules import LANGUAGES, MOVER_OF, CaseState, Paper, PaperKind, fields_of, papers_for, written
from sild.wings.parties.public import desk_day

MOST_DOCUMENTS = 100
READ_WITH = ("releasable_to", "marking", "compartment_id")


@action("clearance.make-paper", roles=OPENERS)
def make_document(actor: Actor, case_id: UUID, kind: PaperKind, language: str, *, version: int | None = None) -> UUID:
    """Make a paper of a case in `language` and English, keep it, and return its id. What nobody knows stands as a blank in it.

    Raises NotThere, Stale; Refused for a language without templates, for a reminder to somebody whose move it is not, and where a case has
    too many papers.
    """
    case: LicenceCase = LicenceCase.found(case_id, version=version)
    if language not in LANGUAGES:
        told = _("There are no templates in this language. Choose one of: {languages}.")
        raise Refused(told.format(languages=", ".join(LANGUAGES)))
    if kind not in papers_for(MOVER_OF[CaseState(case.state)]):
        raise Refused(_("A reminder goes to whoever has to move now. Look at the case: it is somebody else's move."))
    if CaseDocument.objects.filter(case_id=case.id).count() >= MOST_DOCUMENTS:
        raise Refused(_("The case has {most} papers, the most there are.").format(most=MOST_DOCUMENTS))
    told_by_case, day = facts_of(case), desk_day(actor)
    languages = tuple(dict.fromkeys((language, "en")))
    paper = written(kind, languages, told_by_case | facts_around(actor, case), on=day, version=case.version)
    data = write_columns(_columns(paper, case, day))
    document = CaseDocument(
        case_id=case.id,
        kind=kind,
        languages=list(languages),
        content=base64.b64encode(data).decode(),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        made_by_name=actor.name,
        made_on=day,
        case_version=case.version,
        facts={name: told_by_case[name] for name in fields_of(kind) if name in told_by_case},
        unknown=list(paper.unknown),
        marking=case.marking,
        compartment_id=case.compartment_id,
        embargo_until=case.embargo_until,
    )
    document.releasable_to = readers_of_paper(document, case.image(), actor.organisation)
    document.save()
    return document.id


def _columns(paper: Paper, case: LicenceCase, day: date) -> Columns:
    rows = []
    for block in paper.blocks:
        labels = block.labels or ("",) * len(paper.languages)
        cells = zip(labels, block.words, strict=True)
        rows.append([Cell(words.text, label, words.blank, block.kind == "heading") for label, words in cells])
    marking = Marking(case.marking).label
    return Columns(languages=paper.languages, titles=paper.titles, notes=paper.drafts, rows=rows, marking=marking, foot=marking, day=day)


@settles
def _shown_with_their_cases(told: Sequence[Written]) -> None:
    """Let the papers of a case be seen by whoever the case is shown to now, whoever made them."""
    cases = {
        key if isinstance(key, UUID) else UUID(key): after
        for label, key, before, after in told
        if label == CASE and before is not None and after is not None and any(before[name] != after[name] for name in READ_WITH)
    }
    if cases:
        for owner in kept_beside(CaseDocument._meta.db_table, "case_id", list(cases)):
            with on_behalf_of(owner) as rules:
                show_documents(rules, cases)


@action("clearance.show-papers", roles=frozenset({Role.SERVICE}), recalled=True)
def show_documents(actor: Actor, cases: Mapping[UUID, Image]) -> None:
    """Write to whom the organisation's papers of some cases are shown. A service of the desk does it, for whoever changed the case."""
    changed = []
    for document in CaseDocument.objects.filter(case_id__in=list(cases), owner_id=actor.organisation).order_by("id"):
        wanted = readers_of_paper(document, cases[document.case_id], document.owner_id)
        if not document.came and (BEYOND_CASE & {*fields_of(PaperKind(document.kind))}) - {*document.unknown}:
            # it tells what its case does not: who reads the case since may not know that, and a paper is not cut
            wanted = [one for one in wanted if one in document.releasable_to]
        # how closed a paper is follows from its case too: what was closed already is released to nobody
        if (document.came or document.marking == cases[document.case_id]["marking"]) and set(wanted) != set(document.releasable_to):
            document.releasable_to = wanted
            changed.append(document)
    CaseDocument.objects.bulk_change(changed, ["releasable_to"])


@action("clearance.erase-papers", roles=frozenset({Role.SERVICE}), recalled=True)
def empty_documents(actor: Actor, keys: Collection[UUID]) -> None:
    """Empty some papers of the organisation: that there was one, its digest and its day stay."""
    for document in CaseDocument.objects.filter(id__in=list(keys), owner_id=actor.organisation).order_by("id"):
        if document.came:
            _let_go(document)
        document.content, document.facts = "", {}
        document.save()


def _let_go(document: CaseDocument) -> None:
    """Remove the bytes of a file that came, once the act is done, unless another case that is seen here keeps the same."""
    others = CaseDocument.objects.filter(came=True, sha256=document.sha256).exclude(id=document.id).exclude(name="")
    if not others.exists():
        transaction.on_commit(functools.partial(originals.place_of(came_store(current()), document.sha256).unlink, missing_ok=True))
    document.name = ""
