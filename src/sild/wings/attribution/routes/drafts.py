"""Drafts of statements for programs: versions, approvals, and that one was said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ninja import Query

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.attribution.actions import (
    OPENERS,
    WORKERS,
    StatementSaying,
    approve_statement,
    draft_statement,
    drop_statement,
    restore_version,
    resume_statement,
    withdraw_approval,
    write_version,
)
from sild.wings.attribution.reads import APPROVAL, CASE, STATEMENT, statement_record, statements_of
from sild.wings.attribution.reads.statement import SentenceView, StatementRow
from sild.wings.attribution.routes.mount import router
from sild.wings.attribution.rules.linting import ADVICE, LintFinding
from sild.wings.attribution.schemas import cases as words
from sild.wings.attribution.schemas import drafts as schemas
from sild.wings.attribution.schemas.statements import SentenceIn, StatementFinding
from sild.wings.attribution.schemas.tracks import CitedEvidence

ONE = {"statement": STATEMENT}


@route(router, "get", "/attribution-cases/{case}/statements", roles=WORKERS, answer=schemas.CaseStatements, subjects={"case": CASE})
def list_case_statements(actor: Actor, case: UUID) -> schemas.CaseStatements:
    """The statements of a case."""
    return schemas.CaseStatements(statements=[_row(one) for one in statements_of(actor, case)])


@route(router, "post", "/attribution-cases/{case}/statements", roles=WORKERS, answer=Made, subjects={"case": CASE})
def draft_case_statement(actor: Actor, case: UUID, told: schemas.StatementToDraft) -> Made:
    """Begin a statement of a case."""
    return Made(id=draft_statement(actor, case, told.new(), reason=told.reason))


@route(router, "get", "/statements/{statement}", roles=WORKERS, answer=schemas.WholeStatement, subjects=ONE)
def read_statement(actor: Actor, statement: UUID, wanted: Query[schemas.WantedVersion]) -> schemas.WholeStatement:
    """A statement with its newest version or another one, and what is found in it as the case is now."""
    found = statement_record(actor, statement, wanted.number)
    return schemas.WholeStatement(
        statement=_row(found.row),
        sentences=[_sentence(one) for one in found.sentences],
        whole=_findings(found.whole),
        versions=[schemas.VersionKept.model_validate(one) for one in found.versions],
        approvals=[schemas.ApprovalGiven.model_validate(one) for one in found.approvals],
        **{name: getattr(found, name) for name in ("shown", "digest", "stops", "waits", "prints")},
    )


@route(router, "post", "/statements/{statement}/versions", roles=WORKERS, answer=schemas.VersionMade, subjects=ONE)
def write_statement_version(actor: Actor, statement: UUID, told: schemas.VersionToKeep) -> schemas.VersionMade:
    """Keep sentences as the next version. Earlier ones stay."""
    made = write_version(actor, statement, [one.written() for one in told.sentences], after=told.after, reason=told.reason)
    return schemas.VersionMade(number=made)


@route(router, "post", "/statements/{statement}/restoration", roles=WORKERS, answer=schemas.VersionMade, subjects=ONE)
def restore_statement_version(actor: Actor, statement: UUID, told: schemas.VersionToRestore) -> schemas.VersionMade:
    """Make an earlier version the newest again, as one of its own."""
    return schemas.VersionMade(number=restore_version(actor, statement, told.number, after=told.after, reason=told.reason))


@route(router, "post", "/statements/{statement}/approvals", roles=WORKERS, answer=Made, subjects=ONE)
def approve_statement_version(actor: Actor, statement: UUID, told: schemas.ApprovalToGive) -> Made:
    """Approve the newest version. Two different people do it before it is said."""
    return Made(id=approve_statement(actor, statement, told.number, digest=told.digest, although=told.although, reason=told.reason))


@route(
    router, "post", "/statement-approvals/{approval}/withdrawal", roles=WORKERS, answer=None, status=204, subjects={"approval": APPROVAL}
)
def withdraw_statement_approval(actor: Actor, approval: UUID, told: words.CaseWord) -> None:
    """Take one's approval back."""
    withdraw_approval(actor, approval, version=told.version, reason=told.reason)


@route(router, "post", "/statements/{statement}/saying", roles=OPENERS, answer=None, status=204, subjects=ONE)
def say_case_statement(actor: Actor, statement: UUID, told: schemas.StatementSaid) -> None:
    """Write down that the approved version was said. It is never changed after."""
    StatementSaying(actor).run(statement, told.number, where=told.where, public=told.public, reason=told.reason)


@route(router, "post", "/statements/{statement}/drop", roles=WORKERS, answer=None, status=204, subjects=ONE)
def drop_case_statement(actor: Actor, statement: UUID, told: words.CaseWord) -> None:
    """Say that a draft is not going to be said."""
    drop_statement(actor, statement, version=told.version, reason=told.reason)


@route(router, "post", "/statements/{statement}/resumption", roles=WORKERS, answer=None, status=204, subjects=ONE)
def resume_case_statement(actor: Actor, statement: UUID, told: words.CaseWord) -> None:
    """Take a dropped draft up again."""
    resume_statement(actor, statement, version=told.version, reason=told.reason)


def _row(one: StatementRow) -> schemas.CaseStatement:
    return schemas.CaseStatement(
        **{name: getattr(one, name) for name in schemas.CaseStatement.model_fields if name != "languages"}, languages=list(one.languages)
    )


def _sentence(one: SentenceView) -> schemas.SentenceKept:
    kept = one.sentence
    told: dict[str, Any] = {name: getattr(kept, name) for name in ("key", "kind", "marking", "norm")}
    return schemas.SentenceKept(
        **told,
        text=[SentenceIn(language=language, words=said) for language, said in kept.text.items()],
        older=sorted(kept.older),
        evidence=[CitedEvidence.model_validate(item) for item in one.items],
        hidden=sorted(one.hidden),
        findings=_findings(one.findings),
    )


def _findings(found: Iterable[LintFinding]) -> list[StatementFinding]:
    alike = [name for name in StatementFinding.model_fields if name != "to_do"]
    return [StatementFinding(**{name: getattr(one, name) for name in alike}, to_do=ADVICE[one.rule]) for one in found]
