"""Drafts of statements as programs send them, and what the linter found."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from sild.kernel.refusals import Refused
from sild.kernel.shapes import Shape, Tlp
from sild.values.marking import Marking
from sild.wings.attribution.rules import EvidenceAudience
from sild.wings.attribution.rules.linting import DraftedSentence, LintedDraft, LintLevel, LintRule, SentenceKind

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Line = Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\u0000]*$")]
Key = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\u0000]*$")]


class SentenceIn(Shape):
    """A sentence in one language."""

    language: Language
    words: Line


class SentenceToLint(Shape):
    """A sentence in its languages; of two in one language the last counts. `norm` names the norm that a sentence of that kind recalls."""

    kind: SentenceKind
    text: Annotated[list[SentenceIn], Field(min_length=1, max_length=10)]
    marking: Tlp = "TLP:CLEAR"
    evidence: Annotated[list[UUID], Field(max_length=50)] = Field(default_factory=list)
    norm: Key = ""


class StatementToLint(Shape):
    """A draft for one audience, sentence by sentence; nothing of it is kept. `source` is the language that others are held against."""

    audience: EvidenceAudience
    source: Language
    sentences: Annotated[list[SentenceToLint], Field(min_length=1, max_length=100)]

    def told(self) -> LintedDraft:
        """The draft, its sentences numbered from 1. Raises Refused where one does not stand in the source language."""
        texts = [{one.language: one.words for one in sentence.text} for sentence in self.sentences]
        for number, text in enumerate(texts, 1):
            if not text.get(self.source, "").strip():
                raise Refused(_("Sentence {number} does not stand in the source language. Write it there first.").format(number=number))
        others = sorted({language for text in texts for language in text} - {self.source})
        return LintedDraft(
            audience=self.audience,
            source=self.source,
            languages=(self.source, *others),
            sentences=tuple(
                DraftedSentence(
                    number=number,
                    kind=one.kind,
                    text=text,
                    marking=Marking.parse(one.marking),
                    evidence=tuple(one.evidence),
                    norm=one.norm,
                )
                for number, (one, text) in enumerate(zip(self.sentences, texts, strict=True), 1)
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
