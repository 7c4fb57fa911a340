"""Tables of statements: one that is drafted of a case, its versions that never change, the words of those who approve one."""

from __future__ import annotations

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class Statement(Record):
    """What is to be said of a case: to which audience, by whom, in which languages; `source` is the one that others are translated from.

    `newest` is the number of its newest version, 0 while there is none. `country` is the code of the one spoken of, "" where none was told.
    `said_version` is the one that was said, `said_where` the place where it can be read, `said_why` the occasion; `dropped_why` says why
    it is not going to be said.
    """

    inherits = (From(of="attribution.Case", key="case_id"),)

    case_id = models.UUIDField(db_index=True)
    title = models.CharField(max_length=300)
    audience = models.CharField(max_length=20)
    source = models.CharField(max_length=2)
    languages = models.JSONField(default=list)
    speaker = models.CharField(max_length=300)
    country = models.CharField(max_length=2, blank=True)
    newest = models.PositiveIntegerField(default=0)
    drafted_by_name = models.CharField(max_length=300)
    said_version = models.PositiveIntegerField(null=True)
    said_at = models.DateTimeField(null=True)
    said_why = models.CharField(max_length=2000, blank=True)
    said_where = models.CharField(max_length=500, blank=True)
    said_by_name = models.CharField(max_length=300, blank=True)
    dropped_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "statement"


class StatementVersion(Record):
    """The sentences of a statement as somebody wrote them, never changed after; `digest` is the SHA-256 of `sentences`.

    `written_by` is the seat and `account` the person's. `approved` counts the approvals that stand on it: what was approved is not undone.

    Each sentence is {key, kind, text by language, marking, evidence ids, norm, older languages}; its `key` is kept from version to version.
    """

    inherits = (From(of="attribution.Statement", key="statement_id"),)

    statement_id = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()
    sentences = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    restores = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=2000, blank=True)
    approved = models.PositiveSmallIntegerField(default=0)
    written_by = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    written_by_name = models.CharField(max_length=300)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = "version of a statement"
        constraints = [models.UniqueConstraint(fields=["statement_id", "number"], name="version_of_statement")]


class StatementApproval(Record):
    """That somebody approved the words of a version, by their `digest`. `approved_by` is the seat and `account` the person's.

    `although` is an officer's reason why it is approved with what the linter would stop, `answered` what that was; `withdrawn_why` says
    why the word was taken back.
    """

    inherits = (From(of="attribution.Statement", key="statement_id"),)

    statement_id = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    approved_by = models.UUIDField()
    account = models.UUIDField(null=True)
    approved_by_name = models.CharField(max_length=300)
    approved_at = models.DateTimeField()
    although = models.CharField(max_length=2000, blank=True)
    answered = models.JSONField(default=list)
    withdrawn = models.BooleanField(default=False)
    withdrawn_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "approval of a statement"
