"""What people send about tracks and decisions. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.wings.attribution.actions import NewDecision, NewOpinion
from sild.wings.attribution.rules import BodyStand, DecisionKind, OpinionAnswer


def ids_of(texts: Iterable[str]) -> tuple[UUID, ...]:
    """Records that a form ticks. Raises Refused."""
    try:
        return tuple(UUID(text) for text in texts if text)
    except ValueError as fault:
        raise Refused(_("That is none of these. Choose from the list.")) from fault


def moment_of(text: str) -> datetime | None:
    """A moment as forms send it, in the desk's time zone; None for an empty field. Raises Refused."""
    if not text.strip():
        return None
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError as fault:
        raise Refused(_("{moment} is no moment. Write it as 2026-12-15T09:30.").format(moment=text[:40])) from fault
    return read if timezone.is_aware(read) else timezone.make_aware(read)


def new_opinion_of(told: QueryDict) -> NewOpinion:
    """An answer that a form gives. Raises Refused."""
    answer = told.get("answer", "")
    if answer not in {*OpinionAnswer}:
        raise Refused(_("Choose an answer: yes, no, unclear, or not asked."))
    return NewOpinion(
        question=told.get("question", ""),
        answer=OpinionAnswer(answer),
        reasoning=told.get("reasoning", ""),
        evidence=ids_of(told.getlist("evidence")),
    )


def stand_of(text: str) -> BodyStand:
    """How a body stands, as a form says. Raises Refused."""
    if text not in {*BodyStand}:
        raise Refused(_("Choose how the body stands to it."))
    return BodyStand(text)


def new_decision_of(told: QueryDict) -> NewDecision:
    """A decision that a form writes down. Raises Refused."""
    kind = told.get("kind", "")
    if kind not in {*DecisionKind}:
        raise Refused(_("Choose what was decided."))
    return NewDecision(
        kind=DecisionKind(kind),
        body=told.get("body", ""),
        person=told.get("person", ""),
        grounds=told.get("grounds", ""),
        decided_at=moment_of(told.get("decided_at", "")),
        responsible=told.get("responsible", ""),
        likelihood=told.get("likelihood", ""),
        confidence=told.get("confidence", ""),
        evidence=ids_of(told.getlist("evidence")),
        hypotheses=tuple(told.get("hypotheses", "").splitlines()),
        opinions=ids_of(told.getlist("opinion")),
    )
