"""Attribution in the base world: a case of the officer's in its compartment, with inputs, evidence, opinions, positions and a decision."""

from __future__ import annotations

from uuid import UUID

from sild.cores.attribution.weighing import Aspect, ItemGrade, Rating, SourceGrade, Stance
from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named
from sild.wings.attribution.actions import (
    CaseOpening,
    NewCase,
    NewDecision,
    NewDossier,
    NewEvidence,
    NewOpinion,
    NewSource,
    SourceSealing,
    answer_question,
    cite_incident,
    deliver_input,
    end_case,
    enter_evidence,
    make_dossier,
    name_source,
    propose_hypothesis,
    rate_evidence,
    record_decision,
    state_position,
    waive_input,
    withdraw_hypothesis,
)
from sild.wings.attribution.reads import case_record, procedure
from sild.wings.attribution.rules import AttributionState, BodyStand, DecisionKind, EvidenceAudience, OpinionAnswer
from sild.wings.signals.public import IncidentFilter, list_incidents


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
    _decide(inside, case, item)


def _decide(inside: Actor, case: UUID, item: UUID) -> None:
    """Answer in two tracks, let two bodies say how they stand, and write a decision down."""
    law = answer_question(inside, case, NewOpinion(question="law-organ", answer=OpinionAnswer.UNCLEAR, reasoning="nobody knows"))
    seen = NewOpinion(question="tech-planted", answer=OpinionAnswer.NO, reasoning="seen twice", evidence=(item,))
    answer_question(inside, case, seen)
    first, second, *_rest = procedure(inside).agencies
    state_position(inside, case, first.code, BodyStand.AGREE)
    state_position(inside, case, second.code, BodyStand.DISSENT, "the traces are thin")
    incidents, _after = list_incidents(inside, IncidentFilter(), limit=1)
    for one in incidents:
        cite_incident(inside, case, one.id, reason="for the worlds")
    new = NewDecision(
        kind=DecisionKind.WAIT,
        body="The government",
        person="Somebody",
        grounds="for the worlds",
        likelihood="likelihood-likely",
        confidence="confidence-low",
        evidence=(item,),
        hypotheses=("somebody else",),
        opinions=(law,),
    )
    record_decision(inside, case, new, reason="for the worlds")
