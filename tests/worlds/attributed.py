"""Attribution in the base world: a case of the officer's in its compartment, with something delivered, something late, something waived."""

from __future__ import annotations

from sild.cores.attribution.weighing import Aspect, ItemGrade, Rating, SourceGrade, Stance
from sild.kernel.identity import actor_named
from sild.wings.attribution.actions import (
    CaseOpening,
    NewCase,
    NewDossier,
    NewEvidence,
    NewSource,
    SourceSealing,
    deliver_input,
    end_case,
    enter_evidence,
    make_dossier,
    name_source,
    propose_hypothesis,
    rate_evidence,
    waive_input,
    withdraw_hypothesis,
)
from sild.wings.attribution.reads import case_record
from sild.wings.attribution.rules import AttributionState, EvidenceAudience


def attribute(slug: str) -> None:
    """Open two cases, the second over already; the officer alone is in their compartments."""
    officer = actor_named(slug, "officer")
    told = "for the worlds"
    case = CaseOpening(officer, []).run(NewCase(title="Who read the mail", summary="for the worlds"), reason=told)
    over = CaseOpening(officer, []).run(NewCase(title="Who wrote on the wall"), reason=told)
    inside = actor_named(slug, "officer")
    first, second, *_rest = case_record(inside, case).inputs
    deliver_input(inside, first.id, "a paper of theirs")
    waive_input(inside, second.id, reason=told)
    end_case(inside, over, AttributionState.NOT_PURSUED, reason="nothing was damaged")
    laboratory = name_source(inside, case, NewSource(name="A laboratory", reliability=SourceGrade.B))
    paper = NewSource(name="A newspaper", reliability=SourceGrade.C, stems_from=laboratory)
    sealed = SourceSealing(inside, []).run(case, NewSource(name="Heron", reliability=SourceGrade.A), "somebody", reason=told)
    shown = ({EvidenceAudience.PUBLIC, EvidenceAudience.MINISTERS}, {EvidenceAudience.COURT}, set[EvidenceAudience]())
    for source, audiences in zip((laboratory, name_source(inside, case, paper), sealed), shown, strict=True):
        new = NewEvidence(
            source_id=source,
            title="What was seen",
            aspect=Aspect.MALWARE,
            credibility=ItemGrade.PROBABLY_TRUE,
            shown_to=frozenset(audiences),
            file_name="seen.txt",
            data=b"what was seen",
        )
        item = enter_evidence(inside, case, new)
    weighed, left = (propose_hypothesis(inside, case, words, Stance.ACTOR) for words in ("Those who read mail", "Those who write on walls"))
    rate_evidence(inside, item, {weighed: Rating.WITH, left: Rating.AGAINST}, reason=told)
    withdraw_hypothesis(inside, left, reason=told)
    for audience in (EvidenceAudience.MINISTERS, EvidenceAudience.PUBLIC):
        make_dossier(inside, case, NewDossier(audience=audience, title="What was seen", language="en"), reason=told)
