"""What States said and did: positions on topics, acts on treaties; each with where it was read, and taken away whole where it was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere, Refused
from sild.values.marking import Marking
from sild.wings.diplomacy.models import Position, TreatyStep
from sild.wings.diplomacy.reads.told import LONGEST_LINK, WRITERS, country_of, full, link_of, marking_of, own, short
from sild.wings.diplomacy.rules import TreatyAct, topic_of, treaty_of
from sild.wings.parties.public import desk_day

FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPosition:
    """What a State said on a topic in a year; `stance` by the topic's own list, "" where it cannot be told."""

    topic: str
    country: str
    said: str
    year: int
    stance: str = ""
    document: str = ""
    link: str = ""
    marking: Marking = Marking.AMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTreatyStep:
    """What a State did with a treaty, and where that was read."""

    treaty: str
    country: str
    act: TreatyAct
    on: date | None = None
    source: str = ""
    marking: Marking = Marking.AMBER


@action("diplomacy.keep-position", roles=WRITERS)
def keep_position(actor: Actor, new: NewPosition, *, reason: str = "") -> UUID:
    """Write a position down. Raises Refused for a topic or stance that is none, for no words, no document, and for an odd year."""
    topic = topic_of(new.topic)
    if topic is None:
        raise Refused(_("There is no topic {topic}. Choose one of the list.").format(topic=new.topic[:40]))
    if new.stance and topic.stance(new.stance) is None:
        raise Refused(_("This topic knows no such stance. Choose one of the list, or leave it open."))
    said, document = full(new.said), short(new.document)
    if not said or not document:
        raise Refused(_("Say what the State said, and in which document."))
    if not FIRST_YEAR <= new.year <= desk_day(actor).year:
        raise Refused(_("Say the year of the document, from {first} until now.").format(first=FIRST_YEAR))
    position = Position(
        topic=new.topic,
        country=country_of(new.country),
        stance=new.stance,
        said=said,
        year=new.year,
        document=document,
        link=link_of(new.link),
        marking=marking_of(actor, new.marking),
    )
    position.save()
    return position.id


@action("diplomacy.keep-treaty-step", roles=WRITERS)
def keep_treaty_step(actor: Actor, new: NewTreatyStep, *, reason: str = "") -> UUID:
    """Write down what a State did with a treaty. Raises Refused for a treaty that is none, no source, a day that has not come."""
    if treaty_of(new.treaty) is None:
        raise Refused(_("There is no treaty {treaty}. Choose one of the list.").format(treaty=new.treaty[:40]))
    source = new.source.strip()[:LONGEST_LINK]
    if not source:
        raise Refused(_("Say where you read it."))
    if new.on is not None and new.on > desk_day(actor) and new.act != TreatyAct.IN_FORCE:
        raise Refused(_("{day} has not come yet. Say the day on which it was done.").format(day=new.on.isoformat()))
    step = TreatyStep(
        treaty=new.treaty, country=country_of(new.country), act=new.act, on=new.on, source=source, marking=marking_of(actor, new.marking)
    )
    step.save()
    return step.id


@action("diplomacy.take-back", roles=WRITERS)
def take_back(actor: Actor, key: UUID, *, version: int | None = None, reason: str) -> None:
    """Take away a position or a treaty act that was written down wrongly; undo puts it back. Raises NotThere, Stale, Refused."""
    if not reason.strip():
        raise Refused(_("Say in a few words what was wrong; it stays with it."))
    kind = next((one for one in (Position, TreatyStep) if one.objects.filter(id=key).exists()), None)
    if kind is None:
        raise NotThere(_("There is no such record."))
    own(actor, kind, key, version).delete()
