"""Asking across walls: one bit for a question, a coordinator's word, and the consent of a compartment's members."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.moving import KEEPERS, own_compartment
from sild.kernel.refusals import NotForRole, Refused, TooOften
from sild.kernel.subjects import model_named
from sild.kernel.turns import turn_until_commit
from sild.wings.linkage.models import OverlapConsent, OverlapQuestion, OverlapWord
from sild.wings.linkage.reads.overlap import (
    ASKERS,
    Subject,
    asked_today,
    asking_terms,
    consent_of,
    coordinates,
    keyed,
    refusal_of_limits,
    subject_of,
)
from sild.wings.linkage.rules.overlap import SHORTEST_S, next_day, values_asked
from sild.wings.parties.public import OverlapTerms, overlap_terms

LONGEST_WORD = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapAnswer:
    """The one bit: `possible` overlap, ask the coordinator; or none known. `id` is the question's."""

    id: UUID
    possible: bool


@action("linkage.ask-overlap", roles=ASKERS, recalled=True)
def ask_overlap(actor: Actor, model: str, subject_id: UUID) -> OverlapAnswer:
    """Ask whether something that one may not see may overlap with a record that one sees. The same record is answered once a day.

    Raises NotThere; Refused where the mechanism lets nobody ask and where the record says too little; TooOften.
    """
    model_named(model).found(subject_id)
    terms = asking_terms(actor)
    subject = subject_of(actor, terms, model, subject_id)
    # two questions at one moment would each count without the other
    turn_until_commit(actor.mechanism, f"overlap {actor.organisation}")
    before = asked_today(actor, model, subject_id)
    if before is not None:
        return OverlapAnswer(id=before.id, possible=bool(before.possible))
    refusal, _left = refusal_of_limits(actor, terms)
    if refusal:
        now = clock.now()
        raise TooOften(refusal, seconds=math.ceil((next_day(now) - now).total_seconds()))
    question = _put_down(actor, terms, subject)
    question.possible = _compared(question.id, subject)
    question.save()
    return OverlapAnswer(id=question.id, possible=question.possible)


def _put_down(actor: Actor, terms: OverlapTerms, subject: Subject) -> OverlapQuestion:
    question = OverlapQuestion(
        subject_model=subject.model,
        subject_id=subject.id,
        asked_by=actor.person,
        asked_by_name=actor.name,
        asked_at=clock.now(),
        marking=subject.marking,
        compartment_id=subject.compartment,
        embargo_until=subject.embargo,
        releasable_to=[terms.secretariat] if subject.told and actor.organisation != terms.secretariat else [],
    )
    question.save()
    return question


def _compared(question: UUID, subject: Subject) -> bool:
    """What the gate answers, always after the same time: how much it compared is not to be told by the clock."""
    begun = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("select gate.overlap(%s, %s::uuid[])", [question, keyed(values_asked(subject.record))])
        [possible] = cursor.fetchone()
    time.sleep(max(SHORTEST_S - (time.monotonic() - begun), 0))
    return bool(possible)


@action("linkage.answer-overlap", roles=frozenset({Role.OFFICER}), recalled=True)
def answer_overlap(actor: Actor, question_id: UUID, text: str) -> UUID:
    """A coordinator tells those who asked what they may know; their organisation reads it. Raises NotThere, NotForRole, Refused."""
    question = OverlapQuestion.found(question_id)
    terms = overlap_terms(actor)
    if terms is None or not coordinates(actor, terms):
        raise NotForRole(_("Only a coordinator whom the mechanism's file names answers this. Ask one of them."))
    text = text.strip()
    if not text:
        raise Refused(_("Write what those who asked may know."))
    if len(text) > LONGEST_WORD:
        told = _("The answer has {count} letters; {most} are the most. Shorten it.")
        raise Refused(told.format(count=len(text), most=LONGEST_WORD))
    word = OverlapWord(
        question=question,
        text=text,
        said_by_name=actor.name,
        said_at=clock.now(),
        marking=question.marking,
        compartment_id=question.compartment_id,
        embargo_until=question.embargo_until,
        releasable_to=[question.owner_id] if question.owner_id != actor.organisation else [],
    )
    word.save()
    return word.id


@action("linkage.consent-to-overlap", roles=KEEPERS, recalled=True)
def consent_to_overlap(actor: Actor, compartment: UUID, *, given: bool, reason: str) -> None:
    """A member lets what lies in a compartment be compared, or ends that. One member decides. Raises NotThere, Refused."""
    own_compartment(actor, compartment)
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the compartment."))
    if consent_of(actor, compartment).given == given:
        return
    for standing in OverlapConsent.objects.filter(compartment_id=compartment, withdrawn=False):
        standing.withdrawn = True
        standing.given_by_name = actor.name
        standing.save()
    if given:
        OverlapConsent(compartment_id=compartment, given_by_name=actor.name).save()
