"""What the linter reads and what it answers: a draft, what it is held against, findings. Plain records, no table behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sild.cores.attribution.weighing import ItemGrade, SourceGrade
from sild.values.marking import Marking
from sild.wings.attribution.rules.evidence import EvidenceAudience


class SentenceKind(StrEnum):
    """What a sentence does: claims something, calls for something, recalls a norm, or is plain words."""

    CLAIM = "claim"
    CALL = "call"
    NORM = "norm"
    WORDS = "words"


class LintLevel(StrEnum):
    """How much a finding weighs: it stops approval, it warns, or it is to be known."""

    STOP = "stop"
    WARN = "warn"
    NOTE = "note"


class NamedAs(StrEnum):
    """Whom the decision on a case names, from nobody to persons."""

    NOBODY = "nobody"
    CLUSTER = "cluster"
    STATE = "state"
    PERSONS = "persons"


class LintRule(StrEnum):
    """What a finding is about."""

    HEDGE = "hedge-outside-list"
    MIXED_ROWS = "mixed-rows"
    LIKELIHOOD_WITH_CONFIDENCE = "likelihood-with-confidence"
    OTHER_CONFIDENCE = "confidence-outside-list"
    NO_BASIS = "confidence-without-basis"
    CERTAINTY = "certainty"
    NO_EVIDENCE = "claim-without-evidence"
    UNKNOWN_EVIDENCE = "evidence-not-of-case"
    NOT_FOR_AUDIENCE = "evidence-not-for-audience"
    WITHDRAWN = "evidence-withdrawn"
    ONE_VOICE = "one-voice"
    WEAK_GRADES = "weak-grades"
    ABOVE_AUDIENCE = "above-audience"
    SEALED = "sealed-source"
    OWN_POSITION = "own-position"
    EARLIER_STATE = "earlier-state"
    EARLIER_LIKELIHOOD = "earlier-likelihood"
    EARLIER_DAY = "earlier-day"
    NO_DECISION = "no-decision"
    DECIDED_AUDIENCE = "decision-audience"
    DECIDED_LIKELIHOOD = "decision-likelihood"
    DECIDED_CONFIDENCE = "decision-confidence"
    NAMES_STATE = "names-state"
    NAMES_PERSON = "names-person"
    NO_NORM = "norm-not-cited"
    NOT_TRANSLATED = "not-translated"
    OLDER_TRANSLATION = "older-translation"
    NUMBERS_DIFFER = "numbers-differ"
    DAYS_DIFFER = "days-differ"
    WORKING_WORDS = "working-words"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedSentence:
    """A sentence by its `number`, in the languages that it has. `older`: languages whose words were made from an earlier source text.

    `claim` is a key by which the same claim is known again in another statement; empty: only shared evidence tells.
    """

    number: int
    kind: SentenceKind
    text: Mapping[str, str]
    marking: Marking = Marking.CLEAR
    evidence: tuple[UUID, ...] = ()
    norm: str = ""
    claim: str = ""
    older: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LintedDraft:
    """A draft for one audience. `source` is the language that the others are translated from."""

    audience: EvidenceAudience
    source: str
    languages: tuple[str, ...]
    sentences: tuple[DraftedSentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundItem:
    """An item of evidence as far as the linter needs it; `first` is the source that its source goes back to."""

    shown_to: frozenset[EvidenceAudience]
    withdrawn: bool
    first: UUID
    reliability: SourceGrade
    credibility: ItemGrade


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionHit:
    """A sentence that seems to say the opposite of the own position; `against` says of which document."""

    number: int
    language: str
    start: int
    end: int
    against: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierSentence:
    """A claim of an earlier approved statement, by its title and day."""

    statement: str
    on: str
    text: Mapping[str, str]
    claim: str = ""
    evidence: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided: ids of the words of likelihood and confidence (empty: none was said), to whom it may be told, whom it names.

    `named_as` None: the record does not say whom it names, and the rules of names ask nothing.
    """

    audiences: frozenset[EvidenceAudience]
    likelihood: str = ""
    confidence: str = ""
    named_as: NamedAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LintSetting:
    """What a draft is held against. `highest` is the highest marking that the audience may read; `sealed` words that nobody may read.

    `not_named`: country codes whose names say nothing of an author, such as the own State and the victims.
    """

    highest: Marking
    evidence: Mapping[UUID, BoundItem]
    sealed: tuple[str, ...] = ()
    positions: tuple[PositionHit, ...] = ()
    earlier: tuple[EarlierSentence, ...] = ()
    decided: Decided | None = None
    not_named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFinding:
    """A finding in a sentence (`number`; 0: the text whole) of a language ("": all), from `start` to `end` in signs.

    `said` are the words that were found, empty where they must not be told again; `against` is what they do not fit.
    """

    rule: LintRule
    level: LintLevel
    number: int
    language: str = ""
    start: int = 0
    end: int = 0
    said: str = ""
    against: str = ""


_STOPS = (
    LintRule.LIKELIHOOD_WITH_CONFIDENCE,
    LintRule.NO_EVIDENCE,
    LintRule.UNKNOWN_EVIDENCE,
    LintRule.NOT_FOR_AUDIENCE,
    LintRule.WITHDRAWN,
    LintRule.ABOVE_AUDIENCE,
    LintRule.SEALED,
    LintRule.DECIDED_AUDIENCE,
    LintRule.DECIDED_LIKELIHOOD,
    LintRule.DECIDED_CONFIDENCE,
    LintRule.NAMES_STATE,
    LintRule.NAMES_PERSON,
    LintRule.NUMBERS_DIFFER,
    LintRule.DAYS_DIFFER,
)
_NOTES = (LintRule.CERTAINTY, LintRule.WORKING_WORDS)
LEVELS: Mapping[LintRule, LintLevel] = {
    one: LintLevel.STOP if one in _STOPS else LintLevel.NOTE if one in _NOTES else LintLevel.WARN for one in LintRule
}

ADVICE: Mapping[LintRule, str] = {
    LintRule.HEDGE: "Say it with a word of the list, or as fact with its evidence.",
    LintRule.MIXED_ROWS: "Use the words of one row in the whole text.",
    LintRule.LIKELIHOOD_WITH_CONFIDENCE: "Say how likely it is and how sure you are of that in two sentences.",
    LintRule.OTHER_CONFIDENCE: "Say low, moderate or high confidence.",
    LintRule.NO_BASIS: "Say in this sentence or the next what the confidence rests on.",
    LintRule.CERTAINTY: "The scale ends at 99 per cent: say it as fact with its evidence, or as almost certain.",
    LintRule.NO_EVIDENCE: "Bind evidence that this audience may see, or make it plain words.",
    LintRule.UNKNOWN_EVIDENCE: "Bind an item of this case.",
    LintRule.NOT_FOR_AUDIENCE: "Bind another item, or have it decided that this audience may be shown this one.",
    LintRule.WITHDRAWN: "The item was taken back: bind another, or take the claim out.",
    LintRule.ONE_VOICE: "All of it goes back to one source: bind an item of another, or say that it rests on one.",
    LintRule.WEAK_GRADES: "No item is graded C and 3 or better: bind a better one, or say less.",
    LintRule.ABOVE_AUDIENCE: "Take the sentence out for this audience, or have it lowered.",
    LintRule.SEALED: "The sentence has words that are sealed: write it without them.",
    LintRule.OWN_POSITION: "Hold it against the own position; if it is meant, have the position changed first.",
    LintRule.EARLIER_STATE: "An earlier statement named another State for this claim: say why it changed.",
    LintRule.EARLIER_LIKELIHOOD: "An earlier statement was otherwise likely for this claim: say why it changed.",
    LintRule.EARLIER_DAY: "An earlier statement told another day for this claim: find out which holds.",
    LintRule.NO_DECISION: "There is no decision on the case that the claims could be held against.",
    LintRule.DECIDED_AUDIENCE: "It was not decided to tell this audience.",
    LintRule.DECIDED_LIKELIHOOD: "The decision says another likelihood.",
    LintRule.DECIDED_CONFIDENCE: "The decision says another confidence.",
    LintRule.NAMES_STATE: "The decision names no State: leave the name out.",
    LintRule.NAMES_PERSON: "The decision names no person: leave the name out.",
    LintRule.NO_NORM: "Say which norm it is.",
    LintRule.NOT_TRANSLATED: "Translate the sentence.",
    LintRule.OLDER_TRANSLATION: "The source text has changed since: read the translation again.",
    LintRule.NUMBERS_DIFFER: "The numbers are not those of the source text.",
    LintRule.DAYS_DIFFER: "The days are not those of the source text.",
    LintRule.WORKING_WORDS: "The words of this language are own working translations: have a native speaker read the sentence.",
}
