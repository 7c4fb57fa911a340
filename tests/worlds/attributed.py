"""Attribution in the base world: a case of the officer's in its compartment, with inputs, evidence, opinions, positions and a decision."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sild.cores.attribution.weighing import Aspect, ClaimStance, ItemGrade, Rating, SourceGrade
from sild.kernel import clock
from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named
from sild.values.marking import Marking
from sild.wings.attribution.actions import (
    CaseOpening,
    NewAnswer,
    NewCase,
    NewCatalogue,
    NewDecision,
    NewDossier,
    NewEvidence,
    NewOpinion,
    NewRound,
    NewSeenTrait,
    NewSlice,
    NewSource,
    NewStatement,
    SentenceWords,
    SourceSealing,
    answer_question,
    answer_round,
    approve_statement,
    cite_incident,
    deliver_input,
    draft_statement,
    drop_statement,
    end_case,
    enter_evidence,
    import_catalogue,
    invite_state,
    make_dossier,
    name_source,
    open_round,
    propose_hypothesis,
    propose_slice,
    rate_evidence,
    record_decision,
    see_trait,
    show_joint_text,
    state_position,
    waive_input,
    withdraw_approval,
    withdraw_hypothesis,
    write_joint_text,
    write_version,
)
from sild.wings.attribution.reads import case_record, procedure
from sild.wings.attribution.rules import (
    AttributionState,
    BodyStand,
    CatalogueKind,
    DecisionKind,
    EvidenceAudience,
    OpinionAnswer,
    SupportLevel,
)
from sild.wings.attribution.rules.linting import SentenceKind
from sild.wings.parties.public import organisation_ids
from sild.wings.signals.public import IncidentFilter, list_incidents


def attribute(slug: str) -> None:
    """Open two cases, the second over already; the officer is in their compartments, in the first a colleague too."""
    officer = actor_named(slug, "officer")
    told = "for the worlds"
    colleague = actor_named(slug, "duty-officer").person
    case = CaseOpening(officer, [colleague]).run(NewCase(title="Who read the mail", summary="for the worlds"), reason=told)
    over = CaseOpening(officer, []).run(NewCase(title="Who wrote on the wall"), reason=told)
    inside = actor_named(slug, "officer")
    first, second, *_rest = case_record(inside, case).inputs
    deliver_input(inside, first.id, "a paper of theirs")
    waive_input(inside, second.id, reason=told)
    end_case(inside, over, AttributionState.NOT_PURSUED, reason="nothing was damaged")
    laboratory = name_source(inside, case, NewSource(name="A laboratory", reliability=SourceGrade.B))
    paper = NewSource(name="A newspaper", reliability=SourceGrade.C, stems_from=laboratory)
    sealed = SourceSealing(inside, []).run(case, NewSource(name="Heron", reliability=SourceGrade.A), "somebody", reason=told)
    shown = ({EvidenceAudience.PUBLIC, EvidenceAudience.MINISTERS}, {EvidenceAudience.COURT}, {EvidenceAudience.CO_ATTRIBUTING})
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
    words = ("Those who read mail", "Those who write on walls")
    weighed, left = (propose_hypothesis(inside, case, each, ClaimStance.ACTOR) for each in words)
    rate_evidence(inside, item, {weighed: Rating.WITH, left: Rating.AGAINST}, reason=told)
    withdraw_hypothesis(inside, left, reason=told)
    for audience in (EvidenceAudience.MINISTERS, EvidenceAudience.PUBLIC):
        make_dossier(inside, case, NewDossier(audience=audience, title="What was seen", language="en"), reason=told)
    _decide(inside, case, item)
    _rank(inside, case, laboratory)
    _speak(inside, actor_named(slug, "duty-officer"), case, item)


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
    _round(inside, case, item)


def _round(inside: Actor, case: UUID, item: UUID) -> None:
    """Ask two States, one of them with a seat, which is shown a slice and answers; a second slice waits."""
    now = clock.now()
    asked = NewRound(
        title="Will you say it with us", t_hour=now + timedelta(days=900), reply_by=now + timedelta(days=800), marking=Marking.CLEAR
    )
    opened = open_round(inside, case, asked, reason="for the worlds")
    others = sorted({one for _key, one in organisation_ids(inside).items()} - {inside.organisation})
    invited = [invite_state(inside, opened, organisation=one) for one in others[:2]]
    new = NewSlice(evidence_id=item, invitations=frozenset(invited[:1]), marking=Marking.CLEAR)
    propose_slice(inside, case, opened, new, reason="for the worlds")
    write_joint_text(inside, opened, "It was somebody")
    show_joint_text(inside, invited[0], reason="for the worlds")
    away = invite_state(inside, opened, country="A State without a seat")
    answer_round(inside, away, NewAnswer(level=SupportLevel.TAKES_NOTE, came_how="by note"))


def _rank(inside: Actor, case: UUID, source: UUID) -> None:
    """Take two catalogues in, and let a source see a trait of the first."""
    sets = {
        "actors": [["G1", "Herons", ["Bird"]]],
        "traits": [["T1", "Reads mail", False, None, []]],
        "sources": ["x"],
        "uses": [["G1", "T1", [0]]],
    }
    names = {"actors": [["1", "Grey Heron", ["Bird"]], ["2", "Brown Owl", ["Bird"]]]}
    for kind, content in ((CatalogueKind.INTRUSION_SETS, sets), (CatalogueKind.NAMES, names)):
        import_catalogue(inside, NewCatalogue(kind=kind, name=kind, digest="0" * 64, content=content), reason="for the worlds")
    see_trait(inside, case, NewSeenTrait(source_id=source, trait="T1", note="in the log"))


def _speak(inside: Actor, second: Actor, case: UUID, item: UUID) -> None:
    """Begin two statements of two versions each: one that somebody approved and took that back, one that is dropped."""
    begun = []
    for audience in (EvidenceAudience.PUBLIC, EvidenceAudience.CO_ATTRIBUTING):
        new = NewStatement(title="What was seen", audience=audience, source="en", languages=("uk",), speaker="The ministry", country="EE")
        begun.append(draft_statement(inside, case, new))
        for number, (who, words) in enumerate(((second, "It was seen."), (inside, "It was seen by two."))):
            sentence = SentenceWords(kind=SentenceKind.CLAIM, text={"en": words}, evidence=(item,))
            write_version(who, begun[-1], [sentence], after=number)
    first, second = begun
    withdraw_approval(inside, approve_statement(inside, first, 2, although="for the worlds"), reason="for the worlds")
    approve_statement(inside, first, 2, although="for the worlds")
    drop_statement(inside, second, reason="for the worlds")
