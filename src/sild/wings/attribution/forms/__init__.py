"""What people send about attribution. What cannot be read is refused in words."""

from sild.wings.attribution.forms.cases import end_of, new_case_of, new_input_of, seats_of
from sild.wings.attribution.forms.dossiers import new_dossier_of
from sild.wings.attribution.forms.evidence import audiences_of, credibility_of, grade_of, new_evidence_of, new_source_of, source_of
from sild.wings.attribution.forms.hypotheses import ratings_of, stance_of
from sild.wings.attribution.forms.ranking import seen_of

__all__ = [
    "audiences_of",
    "credibility_of",
    "end_of",
    "grade_of",
    "new_case_of",
    "new_dossier_of",
    "new_evidence_of",
    "new_input_of",
    "new_source_of",
    "ratings_of",
    "seats_of",
    "seen_of",
    "source_of",
    "stance_of",
]
