"""Rules of signals: words, states, sectors, severity factors, what is odd. Plain Python."""

from sild.wings.signals.rules.contradictions import Contradiction, Odd, contradictions_in
from sild.wings.signals.rules.factors import FACTOR_KEYS, FACTORS, Degree, Factor
from sild.wings.signals.rules.incidents import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_COUNTRIES,
    MOST_STEPS,
    MOST_VICTIMS,
    NEXT,
    REASON_WANTED,
    IncidentKind,
    IncidentState,
    Precision,
    TieKind,
    WhyNot,
    floor_of,
    step,
)
from sild.wings.signals.rules.influence import LONGEST_WINDOW, MOST_INCIDENTS, MOST_STATEMENTS, StudyState
from sild.wings.signals.rules.sectors import SECTORS
from sild.wings.signals.rules.statements import MOST_LANGUAGES, StatementKind, statement_step

__all__ = [
    "FACTORS",
    "FACTOR_KEYS",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "LONGEST_WINDOW",
    "MOST_COUNTRIES",
    "MOST_INCIDENTS",
    "MOST_LANGUAGES",
    "MOST_STATEMENTS",
    "MOST_STEPS",
    "MOST_VICTIMS",
    "NEXT",
    "REASON_WANTED",
    "SECTORS",
    "Contradiction",
    "Degree",
    "Factor",
    "IncidentKind",
    "IncidentState",
    "Odd",
    "Precision",
    "StatementKind",
    "StudyState",
    "TieKind",
    "WhyNot",
    "contradictions_in",
    "floor_of",
    "statement_step",
    "step",
]
