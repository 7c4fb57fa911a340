"""Drafts of statements as programs send them, and what the linter found."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from sild.kernel.shapes import Shape, Tlp
from sild.values.marking import Marking
from sild.wings.attribution.rules import EvidenceAudience
from sild.wings.attribution.rules.linting import DraftedSentence, LintedDraft, LintLevel, LintRule, SentenceKind

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Line = Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\u0000]*$")]
Key = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\u0000]*$")]


class SentenceToLint(Shape):
    """A sentence in its languages. `norm` names the norm that a sentence of that kind recalls."""

    kind: SentenceKind
    text: Annotated[dict[Language, Line], Field(min_length=1, max_length=10)]
    marking: Tlp = "TLP:CLEAR"
    evidence: Annotated[list[UUID], Field(max_length=50)] = Field(default_factory=list)
    norm: Key = ""


class StatementToLint(Shape):
    """A draft for one audience, sentence by sentence; nothing of it is kept. `source` is the language that others are held against."""

    audience: EvidenceAudience
    source: Language
    sentences: Annotated[list[SentenceToLint], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _has_source(self) -> StatementToLint:
        if not all(one.text.get(self.source, "").strip() for one in self.sentences):
            raise ValueError("every sentence stands in the source language")
        return self

    def told(self) -> LintedDraft:
        """The draft, its sentences numbered from 1."""
        others = sorted({language for one in self.sentences for language in one.text} - {self.source})
        return LintedDraft(
            audience=self.audience,
            source=self.source,
            languages=(self.source, *others),
            sentences=tuple(
                DraftedSentence(
                    number=number,
                    kind=one.kind,
                    text=one.text,
                    marking=Marking.parse(one.marking),
                    evidence=tuple(one.evidence),
                    norm=one.norm,
                )
                for number, one in enumerate(self.sentences, 1)
            ),
        )


class StatementFinding(Shape):
    """A finding in a sentence (`number` from 1; 0: the text whole) of a language ("": all), from `start` to `end` in signs.

    `said` is what was found, empty where it is sealed; `against` what it does not fit; `to_do` what to do about it.
    """

    rule: LintRule
    level: LintLevel
    number: int
    language: str
    start: int
    end: int
    said: str
    against: str
    to_do: str


class StatementLinted(Shape):
    """What was found in a draft: words are compared, no meanings. `sources` and `as_of` are of the words of likelihood."""

    highest: str
    stops: int
    findings: list[StatementFinding]
    sources: list[str]
    as_of: str
