"""Likely repeats of lines: what the register holds that may be the same, with the reasons for and against in words.

Lines that were linked have their links; for a line that came since, the newest of its body (or giver) and category are compared now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from sild.cores.linkage.method import explain
from sild.cores.linkage.problem import BadProblem
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.reads.pairs import Side, sides
from sild.wings.linkage.reads.problem import core_id, problem_of
from sild.wings.linkage.reads.wording import apart_in_words, reason_in_words
from sild.wings.linkage.rules import LOOK_ALIKE
from sild.wings.register.public import Line, LineState

MOST_REASONS = 3
MOST_COMPARED = 6
"""Newest lines that a line without links is compared with."""

LEAST = -4.0
"""Bits from which on a comparison is shown: one pair in sixteen is worth a glance while it costs nothing to see it."""

MOST_FRESH = 8
"""Lines without links of one question that are compared; who asks for more asks again with fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A line that another may repeat: how they are related, how surely (bits), and why, the strongest reasons first.

    `proposed`: the desk links the two; `joined`: both stand in one need or offer; `ruled`: a person said so.
    """

    other: Side
    relation: str
    score: float
    proposed: bool
    joined: bool
    ruled: bool
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@read
def likely_repeats(actor: Actor, lines: Iterable[UUID], *, limit: int = 4) -> dict[UUID, tuple[Repeat, ...]]:
    """For each of the lines what it may repeat, the surest first, at most `limit`; lines that repeat nothing are left out."""
    wanted = list(dict.fromkeys(lines))
    kept = list(Link.objects.filter(Q(line_a_id__in=wanted) | Q(line_b_id__in=wanted)).order_by("-joined", "-score", "id"))
    others = {side.id: side for side in sides(Line.objects.filter(id__in={key for one in kept for key in (one.line_a_id, one.line_b_id)}))}
    ruled = _ruled({key for one in kept for key in (one.line_a_id, one.line_b_id)})
    found: dict[UUID, list[Repeat]] = {}
    for one in kept:
        for line, other in ((one.line_a_id, one.line_b_id), (one.line_b_id, one.line_a_id)):
            if line in wanted and other in others:
                found.setdefault(line, []).append(_kept(one, others[other], frozenset((line, other)) in ruled))
    fresh = [key for key in wanted if key not in found][:MOST_FRESH]
    for record in Line.objects.filter(id__in=fresh).exclude(state=LineState.REJECTED):
        compared = _compared(actor, record)
        if compared:
            found[record.id] = compared
    return {line: tuple(repeats[:limit]) for line, repeats in found.items()}


def _kept(link: Link, other: Side, ruled: bool) -> Repeat:
    reasons_for, against = _in_words(link.reasons)
    if link.why_apart:
        against = (apart_in_words(link.why_apart, tuple(link.reasons)),)
    return Repeat(
        other=other,
        relation=link.relation,
        score=link.score,
        proposed=link.relation != LOOK_ALIKE,
        joined=link.joined,
        ruled=ruled,
        reasons_for=reasons_for,
        reasons_against=against,
    )


def _ruled(lines: set[UUID]) -> set[frozenset[UUID]]:
    rulings = Judgement.objects.filter(withdrawn=False, line_a_id__in=lines).values_list("line_a_id", "line_b_id")
    return {frozenset(names) for names in rulings}


def _compared(actor: Actor, line: Line) -> list[Repeat]:
    """The newest lines of the same body or giver and category, each compared now; those that more speaks for than against."""
    if line.kind == "question" or not line.category or not (line.beneficiary or line.provider):
        return []
    body = Q(provider=line.provider, kind="offer") if line.kind == "offer" else Q(beneficiary=line.beneficiary)
    alike = Line.objects.filter(body, category=line.category, compartment_id=line.compartment_id).exclude(id=line.id)
    near = list(alike.exclude(state=LineState.REJECTED).exclude(kind="question").order_by("-sent_at", "id")[:MOST_COMPARED])
    if not near:
        return []
    try:
        problem = problem_of(actor, [line, *near], [])
    except BadProblem:
        return []
    found = []
    for record, side in zip(near, sides(near), strict=True):
        early, late = sorted((line, record), key=lambda one: (one.sent_at is None, one.sent_at, core_id(one)))
        reasons = explain(core_id(early), core_id(late), problem)
        columns = ("comparison", "level", "value_a", "value_b", "weight", "sentence")
        told = [{column: getattr(reason, column) for column in columns} for reason in reasons]
        score = sum(float(reason["weight"]) for reason in told)
        if score > LEAST:
            reasons_for, against = _in_words(told)
            found.append(
                Repeat(
                    other=side,
                    relation=LOOK_ALIKE,
                    score=score,
                    proposed=False,
                    joined=False,
                    ruled=False,
                    reasons_for=reasons_for,
                    reasons_against=against,
                )
            )
    return sorted(found, key=lambda repeat: -repeat.score)


def _in_words(reasons: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The strongest reasons for and against, as sentences."""
    weighed = sorted((one for one in reasons if one["comparison"] != "prior" and one["weight"]), key=lambda one: float(one["weight"]))
    speak_for = tuple(reason_in_words(one) for one in reversed(weighed) if float(one["weight"]) > 0)[:MOST_REASONS]
    against = tuple(reason_in_words(one) for one in weighed if float(one["weight"]) < 0)[: MOST_REASONS - 1]
    return speak_for, against
