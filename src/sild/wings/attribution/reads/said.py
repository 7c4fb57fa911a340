"""What was said before: the sentences of statements that were said, which a new draft is held against."""

from __future__ import annotations

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.attribution.models import Statement, StatementVersion
from sild.wings.attribution.rules.linting import EarlierSentence, SentenceKind
from sild.wings.attribution.rules.statement import sentence_of

MOST_HELD_AGAINST = 200
"""How many statements a draft is held against, the newest first."""


@read
def claims_said(actor: Actor) -> tuple[EarlierSentence, ...]:
    """The claims of statements that were said, of all cases that the actor is in, the newest first."""
    said = list(Statement.objects.exclude(said_at=None).order_by("-said_at", "id")[:MOST_HELD_AGAINST])
    kept = {
        (one.statement_id, one.number): one.sentences
        for one in StatementVersion.objects.filter(statement_id__in=[each.id for each in said]).order_by("number")
    }
    return tuple(
        EarlierSentence(
            statement=one.title, on=one.said_at.date().isoformat(), text=told.text, claim=str(told.key), evidence=tuple(told.evidence)
        )
        for one in said
        if one.said_at is not None and one.said_version is not None
        for told in map(sentence_of, kept.get((one.id, one.said_version), ()))
        if told.kind == SentenceKind.CLAIM
    )
