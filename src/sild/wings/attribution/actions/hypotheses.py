"""Verbs on hypotheses: propose one, word it anew, take it back and restore it; rate an item of evidence under them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.attribution.weighing import ClaimStance, Rating
from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere, Refused
from sild.wings.attribution.actions.cases import WORKERS
from sild.wings.attribution.models import Case, Evidence, EvidenceRating, Hypothesis
from sild.wings.attribution.reads.standing import open_one, reason_given
from sild.wings.attribution.rules import LONGEST_REASON, LONGEST_TITLE, MOST_HYPOTHESES, MOST_RATERS, STANDING, standing_id


@action("attribution.propose-hypothesis", roles=WORKERS)
def propose_hypothesis(actor: Actor, case_id: UUID, words: str, stance: ClaimStance, *, reason: str = "") -> UUID:
    """Put a hypothesis beside the others; returns its id. Raises NotThere, Refused."""
    case = open_one(case_id)
    said = _said(words)
    if stance in STANDING:
        raise Refused(_("This hypothesis stands in every case already."))
    there = Hypothesis.objects.filter(case_id=case.id)
    if there.count() >= MOST_HYPOTHESES:
        raise Refused(_("The case has {most} hypotheses, the most there are.").format(most=MOST_HYPOTHESES))
    if there.filter(words=said, withdrawn=False).exists():
        raise Refused(_("This hypothesis is weighed already."))
    one = Hypothesis(
        case_id=case.id,
        words=said,
        stance=stance,
        proposed_by_name=actor.name,
        marking=case.marking,
        compartment_id=case.compartment_id,
        embargo_until=case.embargo_until,
    )
    one.save()
    return one.id


@action("attribution.word-hypothesis", roles=WORKERS)
def word_hypothesis(actor: Actor, hypothesis_id: UUID, words: str, *, version: int | None = None, reason: str) -> None:
    """Word a hypothesis anew; what was rated under it stays, so that only its words may change. Raises NotThere, Stale, Refused."""
    one: Hypothesis = Hypothesis.found(hypothesis_id, version=version)
    open_one(one.case_id)
    reason_given(reason)
    one.words = _said(words)
    one.save()


@action("attribution.withdraw-hypothesis", roles=WORKERS)
def withdraw_hypothesis(actor: Actor, hypothesis_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Weigh a hypothesis no more; its ratings and the reason stay. Raises NotThere, Stale, Refused."""
    one: Hypothesis = Hypothesis.found(hypothesis_id, version=version)
    open_one(one.case_id)
    if one.withdrawn:
        raise Refused(_("The hypothesis is weighed no more already."))
    one.withdrawn, one.withdrawn_why = True, reason_given(reason)
    one.save()


@action("attribution.restore-hypothesis", roles=WORKERS)
def restore_hypothesis(actor: Actor, hypothesis_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Weigh a hypothesis again, with its ratings. Raises NotThere, Stale, Refused."""
    one: Hypothesis = Hypothesis.found(hypothesis_id, version=version)
    open_one(one.case_id)
    if not one.withdrawn:
        raise Refused(_("The hypothesis is weighed already."))
    reason_given(reason)
    one.withdrawn, one.withdrawn_why = False, ""
    one.save()


@action("attribution.rate-evidence", roles=WORKERS)
def rate_evidence(actor: Actor, evidence_id: UUID, ratings: Mapping[UUID, Rating | None], *, reason: str = "") -> None:
    """Say how an item goes with hypotheses; None takes the own rating back. The others' stay. The reason is kept with each.

    Raises NotThere, Refused.
    """
    item: Evidence = Evidence.found(evidence_id)
    case = open_one(item.case_id)
    weighed = {standing_id(case.id, stance) for stance in STANDING} | set(
        Hypothesis.objects.filter(case_id=case.id, withdrawn=False).values_list("id", flat=True)
    )
    if set(ratings) - weighed:
        raise NotThere(_("There is no such hypothesis in this case, or it is weighed no more."))
    if not ratings:
        raise Refused(_("Say how the item goes with one hypothesis at least."))
    raters = set(EvidenceRating.objects.filter(evidence_id=item.id).values_list("rated_by", flat=True)) | {actor.person}
    if len(raters) > MOST_RATERS:
        raise Refused(_("The item was rated by {most} people, the most there are.").format(most=MOST_RATERS))
    own = {one.hypothesis_id: one for one in EvidenceRating.objects.filter(evidence_id=item.id, rated_by=actor.person)}
    for hypothesis, rating in ratings.items():
        _rate(actor, case, item, own.get(hypothesis), hypothesis, rating, reason.strip()[:LONGEST_REASON])


def _rate(actor: Actor, case: Case, item: Evidence, own: EvidenceRating | None, hypothesis: UUID, rating: Rating | None, why: str) -> None:
    if rating is None:
        if own is not None:
            own.delete()
        return
    if own is not None and own.rating == int(rating) and (not why or own.why == why):
        return
    one = own or EvidenceRating(
        case_id=case.id,
        evidence_id=item.id,
        hypothesis_id=hypothesis,
        rated_by=actor.person,
        marking=item.marking,
        compartment_id=item.compartment_id,
        embargo_until=item.embargo_until,
    )
    one.rating, one.rated_by_name, one.rated_at = int(rating), actor.name, clock.now()
    one.why = why or one.why
    one.save()


def _said(words: str) -> str:
    said = " ".join(words.split())[:LONGEST_TITLE]
    if not said:
        raise Refused(_("Say the hypothesis in a sentence."))
    return said
