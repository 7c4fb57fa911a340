"""What waits for a person's word about two lines, first where it would change most, and lines to link a line with.

A place is what a decision is expected to change: how likely the desk is wrong (from the score, in bits) times what would follow. The
words beside a pair say the same things. A page costs a fixed number of statements at any number of links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import log2
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, Value, When
from django.db.models.functions import Abs, Least, Power

from sild.cores.linkage.problem import Relation
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.resting import all_rested_on
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.reads.pairs import Side, in_conflict, sides
from sild.wings.linkage.rules import LOOK_ALIKE
from sild.wings.register.public import Answer, Line, LineState, NeedState

LIMIT = 50
SHOWN = ("links", "look-alikes", "ruled", "conflicts")
URGENT = ("critical", "high")
AT_GATES = (NeedState.TECHNICAL_REVIEW, NeedState.INTERAGENCY_REVIEW)

WORTH = {"endorsed": 8.0, "planned": 5.0, "gate": 4.0, "accepted": 3.0, "urgent": 2.0, "twice": 1.0, "any": 1.0}
"""What would follow from a wrong link, or a missing one, in points that are added up: an endorsed need or an accepted offer, something
in the newest plan, a need at its gates, an accepted line, an urgent one, a quantity that would be counted twice; any pair at all."""

JOINING = [str(relation) for relation in Relation if relation.joins]
RULED = 100.0
"""Bits of a ruling in the score of a pair (the core's)."""

SUREST = 40.0
"""Bits beyond which no pair is surer than another: the odds are a million million to one."""

NARROW, WIDE, EXACT = 0.25, 16.0, 1e-6
"""Bits, either way, within which the first links are looked for at first, and beyond which all are; and what sums may differ by."""

RULED_ON = ("ruled", "conflicts")
MOST_RULED = 5_000
"""Rulings up to which the links of those that are ruled on are looked up by their lines."""

MOST_PLANNED = 5_000
"""Needs and offers of the newest plan that are looked for among the pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What a decision about a pair would change. `moved`: lines that would join or part; `twice`: a quantity in `unit` that is counted
    twice if two lines that stand apart are one; the rest by the names of WORTH."""

    endorsed: bool
    planned: bool
    gate: bool
    accepted: int
    urgent: bool
    moved: int
    twice: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A pair in the queue with what is at stake; none where pairs are not sorted by it. `conflict`: evidence against a ruling."""

    early: Side
    late: Side
    relation: str
    joined: bool
    score: float
    why_apart: str
    reasons: tuple[dict[str, Any], ...]
    stakes: Stakes | None = None
    conflict: bool = False
    evidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A page of the queue; `after` is the key of the next one, empty at the end."""

    pairs: tuple[Proposed, ...]
    after: str


@read
def queue(actor: Actor, shown: str = "", *, after: str = "", most: int = LIMIT) -> Queue:
    """Proposed links and look-alikes that nobody ruled on, first where a decision would change most; or those that somebody ruled on.

    `most` pairs at a time.
    """
    planned = _planned(actor)
    found = _placed(shown, planned)
    key = _key(after)
    if key is not None:
        found = found.filter(Q(place__lt=key[0]) | Q(place=key[0], id__gt=key[1]))
    cut = list(found.order_by("-place", "id")[: most + 1]) if shown in RULED_ON else _first(found, most + 1, planned)
    last = cut[most - 1] if len(cut) > most else None
    return Queue(pairs=_told(cut[:most], planned), after=f"{last.place!r}~{last.id}" if last is not None else "")


def _first(found: Any, many: int, planned: Collection[UUID]) -> list[Any]:
    """The first of the links, looked for among the least sure ones: what is surer than these allow comes later, whatever is at stake."""
    highest = sum(WORTH.values()) - (0.0 if planned else WORTH["planned"])
    ordered = found.order_by("-place", "id")
    with connection.cursor() as cursor:
        # lines and needs of few links are read one by one from memory: counted as if from a turning disk, whole tables are read instead
        cursor.execute("set local random_page_cost = 1.1")
    edge = NARROW
    while edge < WIDE:
        cut = list(ordered.filter(score__gte=-edge, score__lte=edge)[:many])
        # beyond this many bits not even the most consequential pair comes before the last of these
        beyond = log2(highest / cut[-1].place - 1.0) if len(cut) == many else 16.0 * edge
        if beyond < edge:
            return cut
        edge = beyond + EXACT
    return list(ordered[:many])


def _planned(actor: Actor) -> frozenset[UUID]:
    keys = all_rested_on(actor, "register.Need") | all_rested_on(actor, "register.Offer")
    return keys if len(keys) <= MOST_PLANNED else frozenset(sorted(keys)[:MOST_PLANNED])


def _placed(shown: str, planned: Collection[UUID]) -> Any:
    """Links with `place`, what a decision is expected to change: the odds against what the desk thinks, times what would follow."""
    points: Any = Value(WORTH["any"])
    for name, condition in _conditions(planned).items():
        points += Case(When(condition, then=Value(WORTH[name])), default=Value(0.0), output_field=FloatField())
    # a look-alike below the bar may be one, a link above it may be two: how likely, falls by half with each bit
    doubt = Value(1.0) / (Value(1.0) + Power(Value(2.0), Least(Abs(F("score")), Value(SUREST)), output_field=FloatField()))
    found = Link.objects.annotate(place=ExpressionWrapper(doubt * points, output_field=FloatField()))
    ruled = Exists(_rulings())
    if shown in RULED_ON:
        ends = Judgement.objects.filter(withdrawn=False).values_list("line_a_id", "line_b_id")[: MOST_RULED + 1]
        lines = {line for pair in ends for line in pair}
        # of few rulings the links are looked up; else every link would be asked whether somebody ruled on it
        found = found.filter(line_a_id__in=lines) if len(ends) <= MOST_RULED else found
    if shown == "ruled":
        return found.filter(ruled)
    if shown == "conflicts":
        one = Exists(_rulings().filter(relation__in=JOINING))
        # a ruling weighs 100 bits beside the evidence, so the score tells on which side the evidence lies
        return found.filter(ruled).filter(Q(one, score__lt=RULED) | Q(~one, score__gt=-RULED))
    found = found.filter(~ruled)
    if shown == "links":
        return found.exclude(relation=LOOK_ALIKE)
    return found.filter(relation=LOOK_ALIKE) if shown == "look-alikes" else found


def _rulings() -> Any:
    ends = Q(line_a_id=OuterRef("line_a_id"), line_b_id=OuterRef("line_b_id"))
    turned = Q(line_a_id=OuterRef("line_b_id"), line_b_id=OuterRef("line_a_id"))
    return Judgement.objects.filter(withdrawn=False).filter(ends | turned)


def _conditions(planned: Collection[UUID]) -> dict[str, Q]:
    """When what is at stake, by the names of WORTH."""
    keys = list(planned)
    two = Q(joined=False, line_a__quantity__isnull=False, line_b__quantity__isnull=False, line_a__unit=F("line_b__unit"))
    told = {
        "endorsed": _either("need__state", NeedState.ENDORSED) | _either("offer__answer", Answer.ACCEPTED),
        "gate": _either("need__state__in", AT_GATES),
        "accepted": _either("state", LineState.ACCEPTED),
        "urgent": _either("urgency__in", URGENT),
        "twice": two,
    }
    if keys:
        told["planned"] = _either("need_id__in", keys) | _either("offer_id__in", keys)
    return told


def _either(name: str, value: Any) -> Q:
    return Q(**{f"line_a__{name}": value}) | Q(**{f"line_b__{name}": value})


def _told(links: Iterable[Any], planned: Collection[UUID]) -> tuple[Proposed, ...]:
    """Pairs with both lines and what is at stake, in a fixed number of statements."""
    kept = list(links)
    told, lines = _sides({one for link in kept for one in (link.line_a_id, link.line_b_id)})
    groups = {key for line in lines.values() for key in (line.need_id, line.offer_id) if key is not None}
    sizes: dict[UUID, int] = {}
    for column in ("need_id", "offer_id"):
        counted = Line.objects.filter(**{f"{column}__in": groups}).order_by().values(column).annotate(many=Count("id"))
        sizes |= {row[column]: row["many"] for row in counted}
    return tuple(
        Proposed(
            **_pair(link, told),
            stakes=_stakes(link, lines[link.line_a_id], lines[link.line_b_id], sizes, planned),
            **_evidence(link),
        )
        for link in kept
        if link.line_a_id in told and link.line_b_id in told
    )


def _sides(keys: Collection[UUID]) -> tuple[dict[UUID, Side], dict[UUID, Line]]:
    lines = list(Line.objects.filter(id__in=keys))
    return {side.id: side for side in sides(lines)}, {line.id: line for line in lines}


def _pair(link: Link, told: dict[UUID, Side]) -> dict[str, Any]:
    return {
        "early": told[link.line_a_id],
        "late": told[link.line_b_id],
        "relation": link.relation,
        "joined": link.joined,
        "score": link.score,
        "why_apart": link.why_apart,
        "reasons": tuple(link.reasons),
    }


def _evidence(link: Link) -> dict[str, Any]:
    """The score without what people ruled, and whether it says the other way."""
    ruled = [reason for reason in link.reasons if reason["comparison"] == "ruling"]
    evidence = round(link.score - sum(float(reason["weight"]) for reason in ruled), 6)
    return {"evidence": evidence, "conflict": any(in_conflict(str(reason["level"]), evidence) for reason in ruled)}


def _stakes(link: Link, early: Line, late: Line, sizes: dict[UUID, int], planned: Collection[UUID]) -> Stakes:
    ends = (early, late)
    groups = [group for line in ends if (group := line.need or line.offer) is not None]
    many = [sizes.get(group.id, 1) for group in groups]
    apart = not link.joined and early.quantity is not None and late.quantity is not None and early.unit == late.unit
    return Stakes(
        endorsed=any(
            getattr(group, "state", "") == NeedState.ENDORSED or getattr(group, "answer", "") == Answer.ACCEPTED for group in groups
        ),
        planned=any(group.id in planned for group in groups),
        gate=any(getattr(group, "state", "") in AT_GATES for group in groups),
        accepted=sum(line.state == LineState.ACCEPTED for line in ends),
        urgent=any(line.urgency in URGENT for line in ends),
        # the fewer lines move: of a need that parts at least one leaves it
        moved=1 if link.joined else min(many, default=1),
        twice=min(early.quantity, late.quantity) if apart and early.quantity is not None and late.quantity is not None else None,
        unit=early.unit,
    )


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
    told, _lines = _sides(lines)
    found = Link.objects.filter(line_a_id__in=lines, line_b_id__in=lines).order_by("-score", "id")
    return [Proposed(**_pair(link, told), **_evidence(link)) for link in found if link.line_a_id in told and link.line_b_id in told]
