"""Likely repeats of lines: what the register holds that may be the same, with the reasons for and against in words, and what changed.

Lines that were linked have their links; one that came since is checked now against the whole register (reads/checking.py). Each door
ends here: mail, form, API and sheet make lines, and this is what an officer is shown of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from sild.cores.linkage.method.incremental import Weighed
from sild.cores.linkage.problem import Relation
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.subjects import model_named
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.reads.checking import Checked, checked
from sild.wings.linkage.reads.pairs import Side, sides
from sild.wings.linkage.reads.problem import core_id
from sild.wings.linkage.reads.wording import apart_in_words, reason_in_words
from sild.wings.linkage.rules import LOOK_ALIKE
from sild.wings.register.public import Line, LineState

MOST_REASONS = 3

MOST_FRESH = 20
"""Lines without links of one question that are checked; who asks for more asks again with fewer."""

REASON = ("comparison", "level", "value_a", "value_b", "weight", "sentence")
MESSAGE = "intake.Message"
CHANGING = ("quantity", "unit", "needed_by", "urgency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A field in which the later of two lines says otherwise than the earlier; `unit` is what a quantity counts, each time."""

    field: str
    before: Decimal | date | str
    after: Decimal | date | str
    before_unit: str
    after_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A line that another may repeat: how they are related, how surely (bits), why, the strongest reasons first, and what changed.

    `proposed`: the desk links the two; `joined`: both stand in one need or offer; `ruled`: a person said so. `joins`: linking would put
    the line, which was not linked yet, into the need or offer of the other.
    """

    other: Side
    relation: str
    score: float
    proposed: bool
    joined: bool
    ruled: bool
    joins: bool
    changes: tuple[Changed, ...]
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@read
def likely_repeats(actor: Actor, lines: Iterable[UUID], *, limit: int = 4) -> dict[UUID, tuple[Repeat, ...]]:
    """For each of the lines what it may repeat, the surest first, at most `limit`; lines that repeat nothing are left out."""
    wanted = list(dict.fromkeys(lines))
    kept = list(Link.objects.filter(Q(line_a_id__in=wanted) | Q(line_b_id__in=wanted)).order_by("-joined", "-score", "id"))
    linked = {key for one in kept for key in (one.line_a_id, one.line_b_id)}
    shown = {side.id: side for side in sides(Line.objects.filter(id__in=linked))} if linked else {}
    ruled = _ruled(linked)
    found: dict[UUID, list[Repeat]] = {}
    for one in kept:
        for line, other in ((one.line_a_id, one.line_b_id), (one.line_b_id, one.line_a_id)):
            if line in wanted and other in shown:
                found.setdefault(line, []).append(_kept(one, shown, other, frozenset((line, other)) in ruled))
    fresh = [key for key in wanted if key not in found][:MOST_FRESH]
    return {line: tuple(repeats[:limit]) for line, repeats in (found | _fresh(actor, fresh, limit)).items() if repeats}


@read
def repeats_in_message(actor: Actor, message: UUID, *, first: int = 0, limit: int = 4) -> dict[UUID, tuple[Repeat, ...]]:
    """The same for the standing lines of a message, in its order: from the line at place `first` on, as many as one question checks.

    Lines that repeat nothing stand there with nothing. Raises NotThere.
    """
    model_named(MESSAGE).found(message)
    standing = Line.objects.filter(message_id=message).exclude(state=LineState.REJECTED).order_by("position", "id")
    keys = list(standing.values_list("id", flat=True)[first : first + MOST_FRESH])
    found = likely_repeats(actor, keys, limit=limit)
    return {key: found.get(key, ()) for key in keys}


@read
def repeats_of_line(actor: Actor, line: UUID, *, limit: int = 12) -> tuple[Repeat, ...]:
    """The same for one line. Raises NotThere."""
    return likely_repeats(actor, [Line.found(line).id], limit=limit).get(line, ())


def _fresh(actor: Actor, lines: Sequence[UUID], limit: int) -> dict[UUID, list[Repeat]]:
    """What lines may repeat that were not linked yet."""
    found = checked(actor, lines) if lines else {}
    near = {key: _near(one)[:limit] for key, one in found.items()}
    named = {line.id: line for key, one in found.items() for line in (one.line, *(one.others[near_one.other] for near_one in near[key]))}
    shown = {side.id: side for side in sides(named.values())} if any(near.values()) else {}
    return {
        key: [_weighed(found[key], one, shown[key], shown[found[key].others[one.other].id]) for one in ones] for key, ones in near.items()
    }


def _near(found: Checked) -> list[Weighed]:
    """First the lines of the need or offer that the line would join, then the others, the surest first."""
    return sorted(found.proposal.weighed, key=lambda one: (not _joins(found, one), -one.score, one.other))


def _ruling(one: Weighed) -> bool:
    return any(reason.comparison == "ruling" for reason in one.reasons)


def _joins(found: Checked, one: Weighed) -> bool:
    other = found.others[one.other]
    # a line that is nowhere yet is a need of its own, which the core calls after it
    return found.proposal.joins is not None and str(other.need_id or other.offer_id or core_id(other)) == found.proposal.joins


def _weighed(found: Checked, one: Weighed, line: Side, other: Side) -> Repeat:
    told = [{column: getattr(reason, column) for column in REASON} for reason in one.reasons]
    reasons_for, against = _in_words(told)
    if one.apart:
        against = (apart_in_words(one.apart, tuple(told)),)
    joins = _joins(found, one)
    related = joins or one.likely or one.relation is Relation.SECOND_BATCH
    early, late = (other, line) if one.earlier else (line, other)
    return Repeat(
        other=other,
        relation=str(one.relation) if related else LOOK_ALIKE,
        score=one.score,
        proposed=False,
        joined=line.group is not None and line.group == other.group,
        ruled=_ruling(one),
        joins=joins,
        changes=_changes(early, late) if related else (),
        reasons_for=reasons_for,
        reasons_against=against,
    )


def _kept(link: Link, shown: Mapping[UUID, Side], other: UUID, ruled: bool) -> Repeat:
    reasons_for, against = _in_words(link.reasons)
    if link.why_apart:
        against = (apart_in_words(link.why_apart, tuple(link.reasons)),)
    both = link.relation != LOOK_ALIKE and link.line_a_id in shown and link.line_b_id in shown
    return Repeat(
        other=shown[other],
        relation=link.relation,
        score=link.score,
        proposed=link.relation != LOOK_ALIKE,
        joined=link.joined,
        ruled=ruled,
        joins=False,
        changes=_changes(shown[link.line_a_id], shown[link.line_b_id]) if both else (),
        reasons_for=reasons_for,
        reasons_against=against,
    )


def _ruled(lines: set[UUID]) -> set[frozenset[UUID]]:
    if not lines:
        return set()
    rulings = Judgement.objects.filter(withdrawn=False, line_a_id__in=lines).values_list("line_a_id", "line_b_id")
    return {frozenset(names) for names in rulings}


def _changes(early: Side, late: Side) -> tuple[Changed, ...]:
    """What the later line says otherwise than the earlier; where one of the two does not say, nothing changed."""
    found = []
    for name in CHANGING:
        before, after = getattr(early, name), getattr(late, name)
        if before not in (None, "") and after not in (None, "") and before != after:
            found.append(Changed(field=name, before=before, after=after, before_unit=early.unit, after_unit=late.unit))
    return tuple(found)


def _in_words(reasons: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The strongest reasons for and against, as sentences."""
    weighed = sorted((one for one in reasons if one["comparison"] != "prior" and one["weight"]), key=lambda one: float(one["weight"]))
    speak_for = tuple(reason_in_words(one) for one in reversed(weighed) if float(one["weight"]) > 0)[:MOST_REASONS]
    against = tuple(reason_in_words(one) for one in weighed if float(one["weight"]) < 0)[: MOST_REASONS - 1]
    return speak_for, against
