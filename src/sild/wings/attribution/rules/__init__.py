"""Rules of attribution: states and moves of cases, the national procedure, reference facts with their sources."""

from sild.wings.attribution.rules.cases import (
    ENDS,
    LONGEST_REASON,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_CASES,
    MOST_HOURS,
    MOST_INPUTS,
    AttributionState,
    InputState,
    input_state,
)
from sild.wings.attribution.rules.dossiers import INSIDE, LANGUAGES, MOST_DOSSIERS, content_digest, printed_marking
from sild.wings.attribution.rules.evidence import (
    LARGEST_EVIDENCE,
    MOST_EVIDENCE,
    MOST_HANDINGS,
    MOST_LOOKS,
    MOST_SOURCES,
    EvidenceAudience,
    first_source,
)
from sild.wings.attribution.rules.hypotheses import MOST_HYPOTHESES, MOST_RATERS, STANDING, counted, harshest, standing_id
from sild.wings.attribution.rules.procedure import Agency, Owed, Procedure, Stage, procedure_of, usual_procedure
from sild.wings.attribution.rules.reference import Fact, compiled_on, facts_of

__all__ = [
    "ENDS",
    "INSIDE",
    "LANGUAGES",
    "LARGEST_EVIDENCE",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "LONGEST_WORDS",
    "MOST_CASES",
    "MOST_DOSSIERS",
    "MOST_EVIDENCE",
    "MOST_HANDINGS",
    "MOST_HOURS",
    "MOST_HYPOTHESES",
    "MOST_INPUTS",
    "MOST_LOOKS",
    "MOST_RATERS",
    "MOST_SOURCES",
    "STANDING",
    "Agency",
    "AttributionState",
    "EvidenceAudience",
    "Fact",
    "InputState",
    "Owed",
    "Procedure",
    "Stage",
    "compiled_on",
    "content_digest",
    "counted",
    "facts_of",
    "first_source",
    "harshest",
    "input_state",
    "printed_marking",
    "procedure_of",
    "standing_id",
    "usual_procedure",
]
