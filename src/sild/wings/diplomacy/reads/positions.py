"""Positions of States by topic: reference facts and the desk's own records together, compared with the State that asks; drafts checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere
from sild.wings.diplomacy.models import Position
from sild.wings.diplomacy.reads.country import own_country
from sild.wings.diplomacy.rules import (
    Finding,
    FindingKind,
    Said,
    Stance,
    StanceAgreement,
    Topic,
    agreement_of,
    check_text,
    documents,
    newest,
    topic_of,
    topics,
)

LONGEST_DRAFT = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOnTopic:
    """What a State said on a topic: its newest word, how that stands to ours, and what it said before."""

    country: str
    state: str
    said: Said
    stance: Stance | None
    agreement: StanceAgreement
    before: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """A topic in the list: our newest word, how many States said something, and how many the same or otherwise."""

    topic: Topic
    ours: Said | None
    stance: Stance | None
    states: int
    same: int
    differ: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """One topic whole: ours and all others, those who differ first."""

    topic: Topic
    country: str
    ours: StateOnTopic | None
    others: tuple[StateOnTopic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateWord:
    """A State's newest word on a topic in one row, for files and programs; `agreement` is with the country that was asked for."""

    topic: str
    country: str
    state: str
    agreement: StanceAgreement
    stance: str
    said: str
    year: int
    document: str
    link: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDraft:
    """A draft held against the own positions: what was found, and how many sentences were looked at for nothing."""

    country: str
    findings: tuple[Finding, ...]
    contradictions: int


@read
def said_lines(actor: Actor) -> list[Said]:
    """Every line on every topic: the reference facts, and the records that the reader may see."""
    found = [
        Said(
            country=one.country,
            state=one.state,
            topic=line.topic,
            stance=line.stance,
            said=line.said,
            year=one.year,
            document=one.document,
            link=one.link,
            confidence=line.confidence,
            sources=line.sources,
        )
        for one in documents()
        for line in one.lines
    ]
    for record in Position.objects.order_by("year", "created_at", "id"):
        found.append(
            Said(
                country=record.country,
                state="",
                topic=record.topic,
                stance=record.stance,
                said=record.said,
                year=record.year,
                document=record.document,
                link=record.link,
                confidence="desk",
                record=str(record.id),
                version=record.version,
                marking=record.marking,
                own=record.owner_id == actor.organisation,
            )
        )
    return found


@read
def position_states(actor: Actor) -> list[str]:
    """The countries of which a position is known, by code."""
    return sorted({one.country for one in said_lines(actor)})


@read
def topic_rows(actor: Actor, country: str = "") -> list[TopicRow]:
    """All topics with the word of a country ("" for the reader's own State) and how others stand to it."""
    country = country or own_country(actor)
    words = newest(said_lines(actor))
    rows = []
    for topic in topics():
        ours = words.get((country, topic.id))
        others = [said for (state, key), said in words.items() if key == topic.id and state != country]
        counted = Counter(agreement_of(ours, one) for one in others)
        rows.append(
            TopicRow(
                topic=topic,
                ours=ours,
                stance=topic.stance(ours.stance) if ours is not None else None,
                states=len(others),
                same=counted[StanceAgreement.SAME],
                differ=counted[StanceAgreement.DIFFERS],
                unknown=counted[StanceAgreement.UNKNOWN],
            )
        )
    return rows


@read
def topic_record(actor: Actor, key: str, country: str = "") -> TopicView:
    """One topic with what every State said, those who differ from the country ("" for the own State) first. Raises NotThere."""
    topic = topic_of(key)
    if topic is None:
        raise NotThere(_("There is no such topic."))
    country = country or own_country(actor)
    lines = [one for one in said_lines(actor) if one.topic == key]
    words = newest(lines)
    ours = words.get((country, key))
    states = [_state(topic, said, ours, lines) for said in words.values()]
    order = (StanceAgreement.DIFFERS, StanceAgreement.SAME, StanceAgreement.UNKNOWN)
    others = sorted((one for one in states if one.country != country), key=lambda one: (order.index(one.agreement), one.country))
    return TopicView(topic=topic, country=country, ours=next((one for one in states if one.country == country), None), others=tuple(others))


def words_of(found: TopicView) -> list[StateWord]:
    """What every State said on a topic, row by row: ours first."""
    alike = ("topic", "country", "state", "stance", "said", "year", "document", "link", "confidence")
    every = [*([found.ours] if found.ours is not None else []), *found.others]
    return [StateWord(**{name: getattr(one.said, name) for name in alike}, agreement=one.agreement) for one in every]


def _state(topic: Topic, said: Said, ours: Said | None, lines: list[Said]) -> StateOnTopic:
    before = sorted((one for one in lines if one.country == said.country and one != said), key=lambda one: -one.year)
    return StateOnTopic(
        country=said.country,
        state=said.state,
        said=said,
        stance=topic.stance(said.stance),
        agreement=agreement_of(ours, said),
        before=tuple(before),
    )


@read
def checked_draft(actor: Actor, text: str, country: str = "") -> CheckedDraft:
    """A draft (its first 50,000 signs) held against what the country ("" for the own State) said. Nothing of it is kept."""
    country = country or own_country(actor)
    own = {topic: said for (state, topic), said in newest(said_lines(actor)).items() if state == country}
    findings = check_text(text[:LONGEST_DRAFT], own)
    against = sum(one.kind == FindingKind.CONTRADICTS for one in findings)
    return CheckedDraft(country=country, findings=findings, contradictions=against)
