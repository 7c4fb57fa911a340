"""Erasing: words leave the cases that hold them. States, days and who moved stay: they are the desk's own acts."""

from __future__ import annotations

import re
from collections.abc import Collection
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.beside import kept_beside
from sild.kernel.erasure import redact_records
from sild.values.redaction import redacted
from sild.wings.clearance.actions.documents import empty_documents
from sild.wings.clearance.actions.line_bound import HANG_ON_LINES
from sild.wings.clearance.models import CaseDocument, LicenceCase

ERASERS = frozenset({Role.OFFICER, Role.SERVICE})
NOT_WORDS_OF_PAPERS = ("content", "kind", "languages", "sha256", "unknown")
NOT_WORDS = ("state", "jurisdiction", "category", "entries", "entries_version")


@action("clearance.erase-cases", roles=ERASERS, recalled=True)
def erase_cases(actor: Actor, lines: Collection[UUID], *, reason: str) -> list[UUID]:
    """Take all words out of the cases of lines of which nothing is to stay, and out of what the organisation said beside them.

    Returns the ids of what history is to forget.
    """
    touched = []
    for case in LicenceCase.objects.filter(line_id__in=list(lines), owner_id=actor.organisation).order_by("id"):
        case.item = case.unit = case.provider = case.beneficiary = case.reference = case.term_source = ""
        case.quantity, case.conditions = None, []
        case.steps = [{**step, "reason": ""} for step in case.steps]
        case.save()
        touched.append(case.id)
    touched += _empty_papers_of(actor, touched)
    for model in HANG_ON_LINES:
        for record in model._default_manager.filter(line_id__in=list(lines), owner_id=actor.organisation).order_by("id"):
            record.forget_words()
            record.save()
            touched.append(record.id)
    return touched


@action("clearance.redact-cases", roles=ERASERS, recalled=True)
def redact_cases(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of the organisation's cases; returns the ids of those that held them."""
    touched = redact_records(LicenceCase.objects.filter(owner_id=actor.organisation), pattern, leave=NOT_WORDS)
    touched += _empty_papers_of(actor, touched)
    for model in HANG_ON_LINES:
        touched += redact_records(model._default_manager.filter(owner_id=actor.organisation), pattern, leave=model.NOT_WORDS)
    papers = CaseDocument.objects.filter(owner_id=actor.organisation)
    # a file is not blotted but let go of
    older = [paper.id for paper in papers if paper.content and redacted(paper.facts, pattern) != paper.facts]
    older += [paper.id for paper in papers if paper.came and redacted(paper.name, pattern) != paper.name]
    with on_behalf_of(actor.organisation) as rules:
        empty_documents(rules, older)
    return touched + older + redact_records(papers.all(), pattern, leave=NOT_WORDS_OF_PAPERS)


def _empty_papers_of(actor: Actor, cases: Collection[UUID]) -> list[UUID]:
    """Take the words out of every paper of some cases, whoever made it; returns the ids of one's own."""
    kept = kept_beside(CaseDocument._meta.db_table, "case_id", list(cases)) if cases else {}
    for owner, keys in kept.items():
        with on_behalf_of(owner) as rules:
            empty_documents(rules, keys)
    return sorted(kept.get(actor.organisation, set()))
