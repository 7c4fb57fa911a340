"""Statements as data: what a sentence is, which translations are older than their source, when a version may be said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from babel import Locale

from sild.values.marking import Marking
from sild.wings.attribution.rules.dossiers import content_digest
from sild.wings.attribution.rules.linting import DraftedSentence, LintFinding, LintRule, SentenceKind

MOST_STATEMENTS = 100
MOST_VERSIONS = 500
MOST_SENTENCES = 100
LONGEST_SENTENCE = 2_000
APPROVERS = 2
"""How many people approve a version before it is said."""
NEVER_PRINTED = frozenset({LintRule.ABOVE_AUDIENCE, LintRule.SEALED})
"""What keeps the words from leaving and from being approved, whatever reason is given: they would tell what their readers may not know."""


class StatementState(StrEnum):
    """How far a statement is: drafted, approved by as many as are needed, said, or not going to be said."""

    DRAFT = "draft"
    APPROVED = "approved"
    SAID = "said"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSentence:
    """A sentence of a version. `key` is kept from version to version, so that a change is known as one; `older` are languages whose words
    were made from an earlier source text."""

    key: UUID
    kind: SentenceKind
    text: Mapping[str, str]
    marking: Marking = Marking.CLEAR
    evidence: tuple[UUID, ...] = ()
    norm: str = ""
    older: frozenset[str] = frozenset()

    def kept(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "key": str(self.key),
            "kind": str(self.kind),
            "text": dict(self.text),
            "marking": int(self.marking),
            "evidence": [str(one) for one in self.evidence],
            "norm": self.norm,
            "older": sorted(self.older),
        }

    def drafted(self, number: int) -> DraftedSentence:
        """As the linter reads it."""
        return DraftedSentence(
            number=number,
            kind=self.kind,
            text=self.text,
            marking=self.marking,
            evidence=self.evidence,
            norm=self.norm,
            claim=str(self.key),
            older=self.older,
        )


def sentence_of(told: Mapping[str, Any]) -> WrittenSentence:
    """A sentence from plain data."""
    return WrittenSentence(
        key=UUID(told["key"]),
        kind=SentenceKind(told["kind"]),
        text=dict(told["text"]),
        marking=Marking(told["marking"]),
        evidence=tuple(UUID(one) for one in told["evidence"]),
        norm=told["norm"],
        older=frozenset(told["older"]),
    )


def digest_of_version(sentences: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 of the sentences of a version, in hexadecimal digits."""
    return content_digest({"sentences": list(sentences)})


@cache
def country_codes() -> frozenset[str]:
    """The codes of two letters by which countries are known (CLDR)."""
    return frozenset(str(code) for code in Locale.parse("en").territories if len(str(code)) == 2 and str(code).isalpha())


def known_again(finding: LintFinding) -> str:
    """A finding by what it is about, so that the reason that was given for one covers no other."""
    return "|".join((finding.rule, str(finding.number), finding.language, finding.said, finding.against))


def older_translations(now: WrittenSentence, before: WrittenSentence | None, source: str) -> frozenset[str]:
    """The languages in which a sentence still says what an earlier source text said: the source was changed and they were not."""
    if before is None:
        return frozenset()
    same = {one for one in now.text if one != source and now.text[one] and now.text[one] == before.text.get(one)}
    changed = now.text.get(source, "") != before.text.get(source, "")
    return frozenset(one for one in same if changed or one in before.older)


def state_of_statement(*, said: bool, dropped: bool, approvals: Collection[object]) -> StatementState:
    """The state of a statement; `approvals` are those of its newest version that stand, one for each person."""
    if said:
        return StatementState.SAID
    if dropped:
        return StatementState.DROPPED
    return StatementState.APPROVED if len(approvals) >= APPROVERS else StatementState.DRAFT
