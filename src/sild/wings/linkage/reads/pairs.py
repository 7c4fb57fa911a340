"""Two lines side by side: how the desk relates them and why, what people ruled, what a ruling would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum, prefetch_related_objects

from sild.cores.linkage.method import explain
from sild.cores.linkage.problem import Relation
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import history_of
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.reads.effects import Foreseen, foresee_on
from sild.wings.linkage.reads.naming import Ground, ground_around
from sild.wings.linkage.reads.problem import core_id, problem_among
from sild.wings.linkage.rules import LOOK_ALIKE
from sild.wings.parties.public import mechanism_file
from sild.wings.register.public import Line

RULING = "ruling"
"""The comparison under which a ruling stands among the reasons."""
RESENT = ("message", "resend")
"""The reason of a message that came again byte for byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A line as it is compared."""

    id: UUID
    version: int
    message_id: UUID
    message_name: str
    subject: str
    sent_at: datetime | None
    position: int
    kind: str
    state: str
    marking: int
    category: str
    item: str
    quantity: Decimal | None
    unit: str
    beneficiary: str
    provider: str
    sent_by: str
    needed_by: date | None
    available_from: date | None
    channel: str
    urgency: str
    language: str
    reference: str
    words: tuple[str, ...]
    need_id: UUID | None
    offer_id: UUID | None
    belongs: str

    @property
    def group(self) -> UUID | None:
        """The need or the offer that it speaks of."""
        return self.need_id or self.offer_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a person ruled about a pair."""

    id: UUID
    relation: str
    judged_by: str
    judged_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a ruling would do: groups before and after, each as the lines in it; `refused` says why it cannot be ruled."""

    joined: bool
    before: tuple[tuple[str, int], ...]
    after: tuple[tuple[str, int], ...]
    moved: int
    refused: str
    foreseen: Foreseen


@dataclass(frozen=True, slots=True, kw_only=True)
class PairDeed:
    """What somebody ruled about a pair, or took back, and why. `undone`: that act was taken back since."""

    who: str
    at: datetime
    relation: str
    withdrawn: bool
    reason: str
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """Two lines, the earlier first. `proposed` says whether the desk itself keeps a link; `reasons` sum to `score` (bits).

    `evidence` is the score without what people ruled; `conflict`: it says the other way than the ruling. `settled`: the mechanism's
    file joins them, as one message that came again byte for byte. `link` is the kept link's id, None where the desk keeps none.
    """

    early: Side
    late: Side
    relation: str
    joined: bool
    proposed: bool
    score: float
    evidence: float
    conflict: bool
    settled: bool
    reasons: tuple[dict[str, Any], ...]
    why_apart: str
    ruling: Ruling | None
    history: tuple[PairDeed, ...]
    version: int
    link: UUID | None
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearLine:
    """A line that another is linked with, or looks like."""

    line: UUID
    other: Side
    relation: str
    joined: bool
    score: float
    ruled: bool


def standing_judgement(line_a: UUID, line_b: UUID) -> Judgement | None:
    """The ruling that stands about the pair, whichever of them was named first."""
    return Judgement.objects.filter(_both(line_a, line_b), withdrawn=False).order_by("-created_at").first()


@read
def version_of(actor: Actor, line_a: UUID, line_b: UUID) -> int:
    """A number that grows with every change of the lines and with every ruling about them. Raises NotThere."""
    lines = Line.found(line_a).version + Line.found(line_b).version
    ruled = Judgement.objects.filter(_both(line_a, line_b)).aggregate(told=Sum("version"))["told"] or 0
    return lines + int(ruled)


@read
def pair(actor: Actor, line_a: UUID, line_b: UUID) -> PairView:
    """Both lines with everything that speaks for and against. Raises NotThere."""
    lines, kept = _in_order(line_a, line_b)
    ruled = standing_judgement(line_a, line_b)
    reasons: tuple[dict[str, Any], ...] = tuple(kept.reasons) if kept is not None else _explained(actor, lines, ruled)
    early, late = sides(lines)
    ground = ground_around(actor, [line_a, line_b])
    joined = early.group is not None and early.group == late.group
    told = [reason for reason in reasons if reason["comparison"] != RULING]
    evidence = round(sum(float(reason["weight"]) for reason in told), 6)
    resent = any((reason["comparison"], reason["level"]) == RESENT for reason in told)
    return PairView(
        early=early,
        late=late,
        relation=kept.relation if kept is not None else "",
        joined=joined,
        proposed=kept is not None and kept.relation != LOOK_ALIKE,
        score=round(sum(float(reason["weight"]) for reason in reasons), 6),
        evidence=evidence,
        conflict=ruled is not None and in_conflict(ruled.relation, evidence),
        settled=joined and ruled is None and resent and mechanism_file(actor).resend.identical == "link",
        reasons=reasons,
        why_apart=kept.why_apart if kept is not None else "",
        ruling=_ruling(ruled),
        history=_history(actor, line_a, line_b),
        version=version_of(actor, line_a, line_b),
        link=kept.id if kept is not None else None,
        effects=tuple(_effect(actor, ground, lines, joins) for joins in (True, False)),
    )


@read
def in_order(actor: Actor, line_a: UUID, line_b: UUID) -> tuple[UUID, UUID]:
    """The two lines, the earlier first. Raises NotThere."""
    (early, late), _kept = _in_order(line_a, line_b)
    return early.id, late.id


def _in_order(line_a: UUID, line_b: UUID) -> tuple[list[Line], Link | None]:
    """The two lines as their kept link names them, else by time; and that link."""
    lines = [Line.found(line_a), Line.found(line_b)]
    kept = Link.objects.filter(_both(line_a, line_b)).first()
    if kept is not None:
        return sorted(lines, key=lambda line: line.id != kept.line_a_id), kept
    return sorted(lines, key=lambda line: (line.sent_at or line.created_at, core_id(line))), None


def in_conflict(relation: str, evidence: float) -> bool:
    """Whether the evidence (bits) says the other way than a ruling."""
    return evidence < 0 if Relation(relation).joins else evidence > 0


def _history(actor: Actor, line_a: UUID, line_b: UUID) -> tuple[PairDeed, ...]:
    """Every ruling about the pair and every taking back, newest first."""
    relations = dict(Judgement.objects.filter(_both(line_a, line_b)).values_list("id", "relation"))
    deeds = []
    for entry in history_of(actor, relations, labels=["linkage.Judgement"]):
        back = [change.record_id for change in entry.changes if change.field == "withdrawn" and change.after]
        # who rules anew takes the earlier ruling back in the same act
        deeds += [
            PairDeed(who=entry.who, at=entry.at, relation=relations[key], withdrawn=key in back, reason=entry.reason, undone=entry.undone)
            for key in (*entry.made_ids, *back)
            if key in relations
        ]
    return tuple(deeds)


@read
def link_ends(actor: Actor, link_id: UUID) -> tuple[UUID, UUID]:
    """The two lines of a kept link, the earlier first. Raises NotThere."""
    link = Link.found(link_id)
    return link.line_a_id, link.line_b_id


@read
def near_lines(actor: Actor, lines: Iterable[UUID]) -> dict[UUID, tuple[NearLine, ...]]:
    """For each of the lines those that it is linked with or looks like, the surest first."""
    wanted = set(lines)
    kept = list(Link.objects.filter(Q(line_a_id__in=wanted) | Q(line_b_id__in=wanted)).order_by("-joined", "-score", "id"))
    others = {side.id: side for side in sides(Line.objects.filter(id__in={key for one in kept for key in (one.line_a_id, one.line_b_id)}))}
    pairs = {key for one in kept for key in ((one.line_a_id, one.line_b_id), (one.line_b_id, one.line_a_id))}
    ruled = {
        frozenset(names)
        for names in Judgement.objects.filter(withdrawn=False, line_a_id__in={a for a, _ in pairs}).values_list("line_a_id", "line_b_id")
    }
    found: dict[UUID, list[NearLine]] = {}
    for one in kept:
        for line, other in ((one.line_a_id, one.line_b_id), (one.line_b_id, one.line_a_id)):
            if line in wanted and other in others:
                near = NearLine(
                    line=line,
                    other=others[other],
                    relation=one.relation,
                    joined=one.joined,
                    score=one.score,
                    ruled=frozenset((line, other)) in ruled,
                )
                found.setdefault(line, []).append(near)
    return {line: tuple(near) for line, near in found.items()}


def sides(lines: Iterable[Line]) -> list[Side]:
    """Lines as they are compared, with the name of the need or offer that each speaks of."""
    found = list(lines)
    # one question for all of them, not one a line
    prefetch_related_objects(found, "need", "offer")
    return [_side(line) for line in found]


def _side(line: Line) -> Side:
    group = line.need or line.offer
    return Side(
        id=line.id,
        version=line.version,
        message_id=line.message_id,
        message_name=line.message_name,
        subject=line.subject,
        sent_at=line.sent_at,
        position=line.position,
        kind=line.kind,
        state=line.state,
        marking=line.marking,
        category=line.category,
        item=line.item,
        quantity=line.quantity,
        unit=line.unit,
        beneficiary=line.beneficiary,
        provider=line.provider,
        sent_by=line.sent_by,
        needed_by=line.needed_by,
        available_from=line.available_from,
        channel=line.channel,
        urgency=line.urgency,
        language=line.language,
        reference=line.reference,
        words=tuple(str(span.get("text", "")) for span in line.evidence),
        need_id=line.need_id,
        offer_id=line.offer_id,
        belongs=group.title if group is not None else "",
    )


def _both(line_a: UUID, line_b: UUID) -> Q:
    return Q(line_a_id=line_a, line_b_id=line_b) | Q(line_a_id=line_b, line_b_id=line_a)


def _ruling(kept: Judgement | None) -> Ruling | None:
    if kept is None:
        return None
    return Ruling(id=kept.id, relation=kept.relation, judged_by=kept.judged_by, judged_at=kept.created_at, reason=kept.reason)


def _explained(actor: Actor, lines: Sequence[Line], ruled: Judgement | None) -> tuple[dict[str, Any], ...]:
    """Reasons about two lines of which the desk keeps no link, from these lines alone."""
    if any(line.kind == "question" for line in lines) or lines[0].id == lines[1].id:
        return ()
    problem = problem_among(actor, lines, [ruled] if ruled is not None else [])
    told = explain(core_id(lines[0]), core_id(lines[1]), problem)
    columns = ("comparison", "level", "value_a", "value_b", "weight", "sentence")
    return tuple({column: getattr(reason, column) for column in columns} for reason in told)


def _effect(actor: Actor, ground: Ground, lines: Sequence[Line], joins: bool) -> Effect:
    """What becomes of needs and offers when the two lines are ruled to be one, or two."""
    relation = Relation.SAME_AS if joins else Relation.NOT_THE_SAME
    ruling = Judgement(line_a_id=lines[0].id, line_b_id=lines[1].id, relation=relation)
    ends = {line.id for line in lines}
    foreseen = foresee_on(actor, ground, [ruling], {one.id for one in ground.rulings if {one.line_a_id, one.line_b_id} == ends})
    touched = [one.told for one in foreseen.touched]
    return Effect(
        joined=joins,
        before=tuple(sorted((one.before.title, one.before.lines) for one in touched if one.before is not None)),
        after=tuple(sorted((one.after.title, one.after.lines) for one in touched if one.after is not None)),
        moved=foreseen.moved,
        refused=foreseen.refused,
        foreseen=foreseen,
    )
