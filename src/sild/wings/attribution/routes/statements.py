"""Statements for programs: a draft held against its case."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.wings.attribution import schemas
from sild.wings.attribution.actions import WORKERS
from sild.wings.attribution.reads import CASE
from sild.wings.attribution.reads.linting import linted
from sild.wings.attribution.routes.mount import router
from sild.wings.attribution.rules.linting import ADVICE, LintLevel


@route(router, "post", "/attribution-cases/{case}/statement-check", roles=WORKERS, answer=schemas.StatementLinted, subjects={"case": CASE})
def lint_case_statement(actor: Actor, case: UUID, draft: schemas.StatementToLint) -> schemas.StatementLinted:
    """Hold a draft of a statement against its case: words, evidence, seals, decision, own positions; nothing of it is kept."""
    found = linted(actor, case, draft.told())
    alike = [name for name in schemas.StatementFinding.model_fields if name != "to_do"]
    return schemas.StatementLinted(
        highest=found.highest.label,
        stops=sum(one.level == LintLevel.STOP for one in found.findings),
        findings=[
            schemas.StatementFinding(**{name: getattr(one, name) for name in alike}, to_do=ADVICE[one.rule]) for one in found.findings
        ],
        sources=list(found.sources),
        as_of=found.as_of,
    )
