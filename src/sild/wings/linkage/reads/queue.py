"""What waits for a person's word about two lines, the most consequential first, and lines to link a line with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, Value, When
from django.db.models.functions import Abs, Cast, Least

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.reads.pairs import Side, sides
from sild.wings.linkage.rules import LOOK_ALIKE
from sild.wings.register.public import Line, LineState, NeedState

LIMIT = 50
SHOWN = ("links", "look-alikes", "ruled")
WEIGHTY = (NeedState.TECHNICAL_REVIEW, NeedState.INTERAGENCY_REVIEW, NeedState.ENDORSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A pair in the queue. `why_here`: "gate" (a gate looks at it, or a line was accepted), "urgent", or "unsure"."""

    early: Side
    late: Side
    relation: str
    joined: bool
    score: float
    why_apart: str
    reasons: tuple[dict[str, Any], ...]
    why_here: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A page of the queue; `after` is the key of the next one, empty at the end."""

    pairs: tuple[Proposed, ...]
    after: str


@read
def queue(actor: Actor, shown: str = "", *, after: str = "") -> Queue:
    """Proposed links and look-alikes that nobody ruled on, or those that somebody did.

    First what touches an accepted line or a need at its gates, then the urgent, then the least sure: there a word moves most.
    """
    found = _placed(shown)
    key = _key(after)
    if key is not None:
        found = found.filter(Q(place__gt=key[0]) | Q(place=key[0], id__gt=key[1]))
    cut = list(found.order_by("place", "id")[: LIMIT + 1])
    told = {side.id: side for side in sides(Line.objects.filter(id__in={one for link in cut for one in (link.line_a_id, link.line_b_id)}))}
    pairs = tuple(
        Proposed(
            early=told[link.line_a_id],
            late=told[link.line_b_id],
            relation=link.relation,
            joined=link.joined,
            score=link.score,
            why_apart=link.why_apart,
            reasons=tuple(link.reasons),
            why_here="gate" if link.place < 1000 else "urgent" if link.place < 3000 else "unsure",
        )
        for link in cut[:LIMIT]
        if link.line_a_id in told and link.line_b_id in told
    )
    last = cut[LIMIT - 1] if len(cut) > LIMIT else None
    return Queue(pairs=pairs, after=f"{last.place!r}~{last.id}" if last is not None else "")


def _placed(shown: str) -> Any:
    """Links with `place`, by which they are sorted: thousands say why, what is below says how unsure (bits from the bar)."""
    urgent = Q(line_a__urgency__in=["critical", "high"]) | Q(line_b__urgency__in=["critical", "high"])
    weighty = Q(line_a__need__state__in=WEIGHTY) | Q(line_b__need__state__in=WEIGHTY)
    weighty |= Q(line_a__state=LineState.ACCEPTED) | Q(line_b__state=LineState.ACCEPTED)
    unsure = Least(Abs(F("score")), Value(900.0))
    place = Case(When(weighty, then=Value(0.0)), When(urgent, then=Value(2000.0)), default=Value(4000.0), output_field=FloatField())
    ruled = Judgement.objects.filter(withdrawn=False).filter(
        Q(line_a_id=OuterRef("line_a_id"), line_b_id=OuterRef("line_b_id"))
        | Q(line_a_id=OuterRef("line_b_id"), line_b_id=OuterRef("line_a_id"))
    )
    found = Link.objects.annotate(place=Cast(place, FloatField()) + unsure)
    if shown == "ruled":
        return found.filter(Exists(ruled))
    found = found.filter(~Exists(ruled))
    if shown == "links":
        return found.exclude(relation=LOOK_ALIKE)
    return found.filter(relation=LOOK_ALIKE) if shown == "look-alikes" else found


def _key(text: str) -> tuple[float, UUID] | None:
    place, _sign, identity = text.partition("~")
    try:
        return float(place), UUID(identity)
    except ValueError:
        return None


@read
def line_side(actor: Actor, line_id: UUID) -> Side:
    """One line as it is compared. Raises NotThere."""
    return sides([Line.found(line_id)])[0]


@read
def candidates(actor: Actor, line_id: UUID, text: str, limit: int = 20) -> list[Side]:
    """Lines that a person may link this one with: of the same kind of thing, with all the words searched for. Raises NotThere."""
    line = Line.found(line_id)
    found: Any = Line.objects.exclude(id=line.id).exclude(state=LineState.REJECTED)
    words = text.replace("\x00", "").split()[:8]
    for word in words:
        told = Q(item__icontains=word) | Q(beneficiary__icontains=word) | Q(provider__icontains=word) | Q(message_name__icontains=word)
        found = found.filter(told | Q(subject__icontains=word) | Q(reference__icontains=word))
    if not words:
        found = found.filter(category=line.category).filter(Q(beneficiary=line.beneficiary) | Q(provider=line.provider, kind="offer"))
    return sides(found.order_by("-sent_at", "id")[:limit])


@read
def lines_of_group(actor: Actor, *, need: UUID | None = None, offer: UUID | None = None) -> list[Side]:
    """The lines of one need or one offer, in order of time."""
    found = Line.objects.filter(Q(need_id=need) if need is not None else Q(offer_id=offer, offer_id__isnull=False))
    return sides(found.order_by("sent_at", "message_name", "position", "id")[:200])


@read
def links_within(actor: Actor, lines: list[UUID]) -> list[Proposed]:
    """The links between these lines, the surest first."""
    told = {side.id: side for side in sides(Line.objects.filter(id__in=lines))}
    found = Link.objects.filter(line_a_id__in=lines, line_b_id__in=lines).order_by("-score", "id")
    return [
        Proposed(
            early=told[link.line_a_id],
            late=told[link.line_b_id],
            relation=link.relation,
            joined=link.joined,
            score=link.score,
            why_apart=link.why_apart,
            reasons=tuple(link.reasons),
            why_here="",
        )
        for link in found
        if link.line_a_id in told and link.line_b_id in told
    ]
