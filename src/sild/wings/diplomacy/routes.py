"""Diplomacy for programs: norms and measures with their logs, clocks, contacts; positions and drafts; treaties."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.diplomacy import schemas
from sild.wings.diplomacy.actions import (
    WRITERS,
    answer_ping,
    confirm_contact,
    discharge_duty,
    end_duty,
    keep_contact,
    keep_duty,
    keep_position,
    keep_treaty_step,
    log_implementation,
    move_implementation,
    ping_contact,
    retire_contact,
    take_back,
)
from sild.wings.diplomacy.reads import (
    SubjectRow,
    SubjectView,
    TopicRow,
    TreatyView,
    checked_draft,
    contacts,
    duties,
    subject_record,
    subject_rows,
    topic_record,
    topic_rows,
    treaty_rows,
    words_of,
)
from sild.wings.diplomacy.rules import Finding, Measure, Norm

router = Router(tags=["diplomacy"])

READERS = PEOPLE - {Role.AUDITOR}
ENTRY = {"entry": "diplomacy.Implementation"}
DUTY = {"duty": "diplomacy.Duty"}
CONTACT = {"contact": "diplomacy.ContactPoint"}
POSITION = {"position": "diplomacy.Position"}
STEP = {"step": "diplomacy.TreatyStep"}


@route(router, "get", "/norms-and-measures", roles=READERS, answer=Listed[schemas.Subject])
def list_subjects(actor: Actor, wanted: Query[schemas.WantedSubjects]) -> Cut:
    """The norms, or the confidence-building measures, with what was done for each; all on one page."""
    return Cut(items=[_subject(one) for one in subject_rows(actor, of=wanted.of)])


@route(router, "get", "/implementation-log", roles=READERS, answer=schemas.WholeSubject)
def read_implementation_log(actor: Actor, wanted: Query[schemas.WantedSubject]) -> schemas.WholeSubject:
    """One norm or measure with its log, clocks and contact points."""
    return _whole(subject_record(actor, wanted.subject))


@route(router, "post", "/implementations", roles=WRITERS, answer=Made)
def log_new_implementation(actor: Actor, new: schemas.ImplementationToLog) -> Made:
    """Put an entry into the implementation log."""
    return Made(id=log_implementation(actor, new.told()))


@route(router, "post", "/implementations/{entry}/moves", roles=WRITERS, answer=None, status=204, subjects=ENTRY)
def move_logged_implementation(actor: Actor, entry: UUID, told: schemas.ImplementationMove) -> None:
    """Say how far an entry is now."""
    move_implementation(actor, entry, told.progress, on=told.on, proof=told.proof, version=told.version)


@route(router, "get", "/duties", roles=READERS, answer=Listed[schemas.Due])
def list_duties(actor: Actor) -> Cut:
    """The clocks that run, the earliest first; all on one page."""
    return Cut(items=[schemas.Due.model_validate(one) for one in duties(actor)])


@route(router, "post", "/duties", roles=WRITERS, answer=Made)
def keep_new_duty(actor: Actor, new: schemas.DutyToKeep) -> Made:
    """Start a clock."""
    return Made(id=keep_duty(actor, new.told()))


@route(router, "post", "/duties/{duty}/done", roles=WRITERS, answer=None, status=204, subjects=DUTY)
def discharge_kept_duty(actor: Actor, duty: UUID, told: schemas.DutyDone) -> None:
    """What was due is done; the clock starts again where it is due again."""
    discharge_duty(actor, duty, on=told.on, version=told.version, reason=told.reason)


@route(router, "post", "/duties/{duty}/ending", roles=WRITERS, answer=None, status=204, subjects=DUTY)
def end_kept_duty(actor: Actor, duty: UUID, told: schemas.WithReason) -> None:
    """The clock is not needed any more."""
    end_duty(actor, duty, version=told.version, reason=told.reason)


@route(router, "get", "/contact-points", roles=READERS, answer=Listed[schemas.Contact])
def list_contacts(actor: Actor) -> Cut:
    """The contact points, by country; all on one page."""
    return Cut(items=[schemas.Contact.model_validate(one) for one in contacts(actor)])


@route(router, "post", "/contact-points", roles=WRITERS, answer=Made)
def keep_new_contact(actor: Actor, new: schemas.ContactToKeep) -> Made:
    """Write a contact point down."""
    return Made(id=keep_contact(actor, new.told()))


@route(router, "post", "/contact-points/{contact}/news", roles=WRITERS, answer=None, status=204, subjects=CONTACT)
def tell_of_contact(actor: Actor, contact: UUID, told: schemas.ContactNews) -> None:
    """A contact point was confirmed, pinged, answered or retired. The desk sends no ping itself."""
    when: dict[str, Any] = {"version": told.version, "reason": told.said}
    if told.what == "confirmed":
        confirm_contact(actor, contact, office=told.office, reach=told.reach, on=told.on, **when)
    elif told.what == "pinged":
        ping_contact(actor, contact, on=told.on, **when)
    elif told.what == "answered":
        answer_ping(actor, contact, on=told.on, **when)
    else:
        retire_contact(actor, contact, **when)


@route(router, "get", "/positions", roles=READERS, answer=Listed[schemas.TopicOverview])
def list_topics(actor: Actor, wanted: Query[schemas.WantedState]) -> Cut:
    """The topics of international law with the word of a State, and how many States say the same; all on one page."""
    return Cut(items=[_topic(one) for one in topic_rows(actor, wanted.state)])


@route(router, "get", "/stances", roles=READERS, answer=Listed[schemas.StateOnTopic])
def list_stances(actor: Actor, wanted: Query[schemas.WantedTopic]) -> Cut:
    """What every State said on a topic, the asking one first, then those who differ; all on one page."""
    found = words_of(topic_record(actor, wanted.topic, wanted.state))
    return Cut(items=[schemas.StateOnTopic.model_validate(one) for one in found])


@route(router, "post", "/positions", roles=WRITERS, answer=Made)
def keep_new_position(actor: Actor, new: schemas.PositionToKeep) -> Made:
    """Write down what a State said."""
    return Made(id=keep_position(actor, new.told()))


@route(router, "post", "/kept-positions/{position}/withdrawal", roles=WRITERS, answer=None, status=204, subjects=POSITION)
def take_position_back(actor: Actor, position: UUID, told: schemas.WithReason) -> None:
    """Take a position away that was written down wrongly."""
    take_back(actor, position, version=told.version, reason=told.reason)


@route(router, "post", "/drafts/check", roles=READERS, answer=schemas.DraftChecked)
def check_draft(actor: Actor, draft: schemas.DraftToCheck) -> schemas.DraftChecked:
    """Hold a draft against what the own State said; nothing of it is kept."""
    found = checked_draft(actor, draft.text, draft.state)
    findings = [_finding(one) for one in found.findings]
    return schemas.DraftChecked(state=found.country, contradictions=found.contradictions, findings=findings)


@route(router, "get", "/treaties", roles=READERS, answer=Listed[schemas.TreatyStatus])
def list_treaties(actor: Actor) -> Cut:
    """The treaties on cybercrime with what was seen of each State; all on one page."""
    return Cut(items=[_treaty(one) for one in treaty_rows(actor)])


@route(router, "post", "/treaty-acts", roles=WRITERS, answer=Made)
def keep_new_treaty_step(actor: Actor, new: schemas.TreatyStepToKeep) -> Made:
    """Write down what a State did with a treaty."""
    return Made(id=keep_treaty_step(actor, new.told()))


@route(router, "post", "/treaty-acts/{step}/withdrawal", roles=WRITERS, answer=None, status=204, subjects=STEP)
def take_treaty_step_back(actor: Actor, step: UUID, told: schemas.WithReason) -> None:
    """Take an act on a treaty away that was written down wrongly."""
    take_back(actor, step, version=told.version, reason=told.reason)


def _fact(fact: Norm | Measure) -> dict[str, object]:
    return {name: getattr(fact, name) for name in schemas.Fact.model_fields} | {"sources": list(fact.sources)}


def _subject(one: SubjectRow) -> schemas.Subject:
    told = {name: getattr(one, name) for name in ("done", "going_on", "contacts", "old_contacts", "next_due")}
    return schemas.Subject.model_validate(told | {"fact": _fact(one.fact)})


def _whole(one: SubjectView) -> schemas.WholeSubject:
    told = {name: list(getattr(one, name)) for name in ("entries", "duties", "contacts")}
    return schemas.WholeSubject.model_validate(told | {"fact": _fact(one.fact)})


def _topic(one: TopicRow) -> schemas.TopicOverview:
    return schemas.TopicOverview(
        topic=one.topic.id,
        label=one.topic.label,
        question=one.topic.question,
        stance=one.ours.stance if one.ours is not None else "",
        said=one.ours.said if one.ours is not None else "",
        **{name: getattr(one, name) for name in ("states", "same", "differ", "unknown")},
    )


def _finding(one: Finding) -> schemas.DraftFinding:
    alike = {name: getattr(one, name) for name in ("start", "end", "sentence", "word", "cue", "kind")}
    return schemas.DraftFinding(
        **alike,
        topic=one.topic.id,
        stance=one.stance.id if one.stance is not None else "",
        own_stance=one.own.stance if one.own is not None else "",
        own_said=one.own.said if one.own is not None else "",
        own_document=one.own.document if one.own is not None else "",
    )


def _treaty(one: TreatyView) -> schemas.TreatyStatus:
    told = {name: getattr(one.treaty, name) for name in ("id", "label", "label_uk", "as_of", "opened", "in_force", "contradiction")}
    lists = {"sources": list(one.treaty.sources), "counts": list(one.treaty.counts), "seen": list(one.seen), "steps": list(one.steps)}
    return schemas.TreatyStatus.model_validate(told | lists)
