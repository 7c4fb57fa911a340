"""The verb of deciding: write down what was decided of a case. What is written stays; a later decision takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere, Refused
from sild.wings.attribution.actions.cases import OPENERS
from sild.wings.attribution.models import Decision, TrackOpinion
from sild.wings.attribution.reads.citing import standing_evidence
from sild.wings.attribution.reads.decision import lacking
from sild.wings.attribution.reads.standing import closed_as, open_one, reason_given
from sild.wings.attribution.rules import (
    LONGEST_REASON,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_DECISIONS,
    DecisionKind,
    confidence_words,
    likelihood_words,
)

NAMING = (DecisionKind.ATTRIBUTE_PUBLICLY, DecisionKind.TELL_PARTNERS, DecisionKind.TELL_STATE)
MOST_HYPOTHESES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """What was decided, by which body and person, when (None: now); `responsible` in the decider's own words.

    `likelihood` and `confidence` are ids of the words of their scales, empty where none was said.
    """

    kind: DecisionKind
    body: str
    person: str
    grounds: str
    decided_at: datetime | None = None
    responsible: str = ""
    likelihood: str = ""
    confidence: str = ""
    evidence: tuple[UUID, ...] = ()
    hypotheses: tuple[str, ...] = ()
    opinions: tuple[UUID, ...] = ()


@action("attribution.decide", roles=OPENERS, recalled=True)
def record_decision(actor: Actor, case_id: UUID, new: NewDecision, *, supersedes: UUID | None = None, reason: str) -> UUID:
    """Write down a decision; with the dissents of that moment and what was lacking. Returns its id.

    `supersedes` is the one that stands, None where there is none: what somebody decided meanwhile is not passed over.
    Raises NotThere, Refused.
    """
    case = open_one(case_id)
    reason_given(reason)
    _refuse(new)
    opinions = list(TrackOpinion.objects.filter(case_id=case.id, id__in=list(new.opinions)).order_by("said_at", "id"))
    if len(opinions) < len(set(new.opinions)):
        raise NotThere(_("There is no such opinion in this case."))
    earlier = list(Decision.objects.filter(case_id=case.id))
    passed = {one.supersedes for one in earlier}
    stands = next((one.id for one in earlier if one.id not in passed), None)
    if stands != supersedes:
        raise Refused(_("Another decision stands by now. Read it first; yours then says that it takes its place."))
    if len(earlier) >= MOST_DECISIONS:
        raise Refused(_("The case has {most} decisions, the most there are.").format(most=MOST_DECISIONS))
    what = lacking(actor, case.id)
    one = Decision(
        case_id=case.id,
        kind=new.kind,
        body=new.body.strip()[:LONGEST_TITLE],
        person=new.person.strip()[:LONGEST_TITLE],
        decided_at=new.decided_at or clock.now(),
        responsible=new.responsible.strip()[:LONGEST_REASON],
        likelihood=new.likelihood,
        confidence=new.confidence,
        grounds=new.grounds.strip()[:LONGEST_WORDS],
        evidence=standing_evidence(case, new.evidence),
        hypotheses=[said.strip()[:LONGEST_TITLE] for said in new.hypotheses if said.strip()][:MOST_HYPOTHESES],
        opinions=[_opinion(each) for each in opinions],
        dissents=[{"agency": each.agency_name, "words": each.words, "at": each.said_at.isoformat()} for each in what.tracks.dissents],
        missing=what.counted,
        supersedes=supersedes,
        written_by_name=actor.name,
        **closed_as(case),
    )
    one.save()
    return one.id


def _opinion(one: TrackOpinion) -> dict[str, str]:
    """An opinion as the decider read it: it may be answered anew later."""
    told = {name: str(getattr(one, name)) for name in ("id", "question", "answer", "reasoning")}
    return told | {"by": one.said_by_name, "at": one.said_at.isoformat()}


def _refuse(new: NewDecision) -> None:
    """Raise Refused for a decision that says too little, or in words that are not those of the scales."""
    if not new.body.strip() or not new.person.strip():
        raise Refused(_("Say which body decided, and which person in it."))
    if not new.grounds.strip():
        raise Refused(_("Say on what grounds it was decided, and why although something is lacking."))
    if new.kind in NAMING and not new.responsible.strip():
        raise Refused(_("Say to whom responsibility is ascribed, in the decider's own words."))
    if new.decided_at is not None and new.decided_at > clock.now():
        raise Refused(_("A decision is written down when it was taken, not before."))
    if new.likelihood and new.likelihood not in {word.id for word in likelihood_words()}:
        raise Refused(_("That is no word of likelihood. Choose from the list."))
    if new.confidence and new.confidence not in {word.id for word in confidence_words()}:
        raise Refused(_("That is no word of confidence. Choose from the list."))
