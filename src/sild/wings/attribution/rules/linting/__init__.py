"""The linter of statements: one pure function over plain records. It finds and says what to do; it forbids and rewrites nothing."""

from sild.wings.attribution.rules.linting.lint import lint
from sild.wings.attribution.rules.linting.problem import (
    ADVICE,
    LEVELS,
    BoundItem,
    Decided,
    DraftedSentence,
    EarlierSentence,
    LintedDraft,
    LintFinding,
    LintLevel,
    LintRule,
    LintSetting,
    NamedAs,
    PositionHit,
    SentenceKind,
)
from sild.wings.attribution.rules.linting.words import CHECKED_LANGUAGES, estimative_source

__all__ = [
    "ADVICE",
    "CHECKED_LANGUAGES",
    "LEVELS",
    "BoundItem",
    "Decided",
    "DraftedSentence",
    "EarlierSentence",
    "LintFinding",
    "LintLevel",
    "LintRule",
    "LintSetting",
    "LintedDraft",
    "NamedAs",
    "PositionHit",
    "SentenceKind",
    "estimative_source",
    "lint",
]
