"""Links for programs: what is linked and why, ruling on a pair, taking a ruling back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.linkage.actions import answer_overlap, ask_overlap, rule_pair, withdraw_and_link
from sild.wings.linkage.actions.regrouping import join_groups, split_group
from sild.wings.linkage.reads import near_lines, overlap_questions, pair
from sild.wings.linkage.reads.overlap import ASKERS
from sild.wings.linkage.reads.regrouping import joining_foreseen, splitting_foreseen
from sild.wings.linkage.reads.repeats import repeats_in_message, repeats_of_line
from sild.wings.linkage.schemas import (
    Joining,
    LineRepeats,
    Link,
    Linked,
    OverlapAsked,
    OverlapBit,
    OverlapText,
    Pair,
    PairRuling,
    Regrouped,
    Repeat,
    Splitting,
    WantedJoining,
    WantedLinks,
    WantedOverlaps,
    WantedRepeats,
    WantedSplitting,
    Withdrawal,
)

Body = TypeVar("Body", bound=Callable[..., Any])

router = Router(tags=["links"])

OFFICERS = frozenset({Role.OFFICER})
PAIR = {"early": "register.Line", "late": "register.Line"}
ONE = {"judgement": "linkage.Judgement"}


@route(router, "get", "/links", roles=PEOPLE, answer=Listed[Link])
def list_links(actor: Actor, wanted: Query[WantedLinks]) -> Cut:
    """The lines that a line is linked with or looks like, the surest first; none for a line that is not there for you."""
    return Cut(items=[Link.model_validate(near) for near in near_lines(actor, [wanted.line]).get(wanted.line, ())])


@route(router, "get", "/lines/{line}/repeats", roles=OFFICERS, answer=Listed[Repeat], subjects={"line": "register.Line"})
def list_repeats_of_line(actor: Actor, line: UUID) -> Cut:
    """What a line may repeat: its links, or, where it was not linked yet, what the register holds that is near it now."""
    return Cut(items=[Repeat.model_validate(one) for one in repeats_of_line(actor, line)])


@route(router, "get", "/messages/{message}/repeats", roles=OFFICERS, answer=Listed[LineRepeats], subjects={"message": "intake.Message"})
def list_repeats_in_message(actor: Actor, message: UUID, wanted: Query[WantedRepeats]) -> Cut:
    """What the lines of a message may repeat, by whichever door it came; lines that repeat nothing stand there with nothing."""
    found = repeats_in_message(actor, message, first=wanted.first)
    return Cut(items=[LineRepeats(line=key, repeats=[Repeat.model_validate(one) for one in repeats]) for key, repeats in found.items()])


@route(router, "get", "/links/{early}/{late}", roles=OFFICERS, answer=Pair, subjects=PAIR)
def read_pair(actor: Actor, early: UUID, late: UUID) -> Pair:
    """Two lines side by side, in whichever order they are named."""
    return Pair.model_validate(pair(actor, early, late))


@route(router, "post", "/links/{early}/{late}/ruling", roles=OFFICERS, answer=Linked, subjects=PAIR)
def rule_on_pair(actor: Actor, early: UUID, late: UUID, ruling: PairRuling) -> Linked:
    """Rule how two lines stand to each other; the register is linked again with it, all as one act."""
    return Linked.model_validate(rule_pair(actor, early, late, ruling.relation, version=ruling.version, reason=ruling.reason))


@route(router, "post", "/judgements/{judgement}/withdraw", roles=OFFICERS, answer=Linked, subjects=ONE)
def withdraw_ruling(actor: Actor, judgement: UUID, why: Withdrawal) -> Linked:
    """Take a ruling back and let the evidence speak again."""
    return Linked.model_validate(withdraw_and_link(actor, judgement, reason=why.reason))


@route(router, "post", "/needs/{need}/overlap", roles=ASKERS, answer=OverlapBit, subjects={"need": "register.Need"})
def ask_overlap_of_need(actor: Actor, need: UUID) -> OverlapBit:
    """Ask whether something that is not there for you may overlap with a need: one bit, as often as the mechanism's file says."""
    return OverlapBit.model_validate(ask_overlap(actor, "register.Need", need))


@route(router, "post", "/offers/{offer}/overlap", roles=ASKERS, answer=OverlapBit, subjects={"offer": "register.Offer"})
def ask_overlap_of_offer(actor: Actor, offer: UUID) -> OverlapBit:
    """Ask whether something that is not there for you may overlap with an offer: one bit, as often as the mechanism's file says."""
    return OverlapBit.model_validate(ask_overlap(actor, "register.Offer", offer))


@route(router, "post", "/lines/{line}/overlap", roles=ASKERS, answer=OverlapBit, subjects={"line": "register.Line"})
def ask_overlap_of_line(actor: Actor, line: UUID) -> OverlapBit:
    """Ask whether something that is not there for you may overlap with a line: one bit, as often as the mechanism's file says."""
    return OverlapBit.model_validate(ask_overlap(actor, "register.Line", line))


@route(router, "get", "/overlaps", roles=ASKERS, answer=Listed[OverlapAsked])
def list_overlaps(actor: Actor, wanted: Query[WantedOverlaps]) -> Cut:
    """The latest questions across walls that are there for you, with their answers; at most 50."""
    return Cut(items=[OverlapAsked.model_validate(one) for one in overlap_questions(actor, waiting=wanted.waiting)])


@route(router, "post", "/overlaps/{question}/word", roles=OFFICERS, answer=Made, subjects={"question": "linkage.OverlapQuestion"})
def say_to_those_who_asked(actor: Actor, question: UUID, word: OverlapText) -> Made:
    """A coordinator tells those who asked across walls what they may know."""
    return Made(id=answer_overlap(actor, question, word.text))


def _regrouping(side: str, label: str) -> None:
    """Joining and splitting, the same for needs and for offers."""
    place, one = f"/{side}s/{{subject}}", {"subject": label}
    two = {"subject": label, "other": label}

    @route(router, "get", f"{place}/joining/{{other}}", roles=OFFICERS, answer=Regrouped, subjects=two)
    @_named(f"foresee_joining_{side}s")
    def look_at_joining(actor: Actor, subject: UUID, other: UUID, wanted: Query[WantedJoining]) -> Regrouped:
        """What joining the two would do; nothing is written."""
        return Regrouped.model_validate(joining_foreseen(actor, side, subject, other, wanted.relation, wanted.keep))

    @route(router, "post", f"{place}/join", roles=OFFICERS, answer=Made, subjects=one)
    @_named(f"join_{side}s")
    def join(actor: Actor, subject: UUID, told: Joining) -> Made:
        """Join it with another one; answers with the one that stays. The other keeps its page, its history and its rulings."""
        pair_of = (subject, told.other)
        return Made(id=join_groups(actor, side, pair_of, told.relation, keep=told.keep, version=told.version, reason=told.reason))

    @route(router, "get", f"{place}/splitting", roles=OFFICERS, answer=Regrouped, subjects=one)
    @_named(f"foresee_splitting_{side}")
    def look_at_splitting(actor: Actor, subject: UUID, wanted: Query[WantedSplitting]) -> Regrouped:
        """What splitting lines off would do; nothing is written."""
        return Regrouped.model_validate(splitting_foreseen(actor, side, subject, wanted.line, wanted.relation))

    @route(router, "post", f"{place}/split", roles=OFFICERS, answer=Made, subjects=one)
    @_named(f"split_{side}")
    def split(actor: Actor, subject: UUID, told: Splitting) -> Made:
        """Split lines off; answers with the one that they speak of now. The rest stays what it is."""
        return Made(id=split_group(actor, side, subject, told.lines, told.relation, version=told.version, reason=told.reason))


def _named(name: str) -> Callable[[Body], Body]:
    """Give a body the name under which the document has it: one body serves needs and offers."""

    def decorate(body: Body) -> Body:
        body.__name__ = name
        return body

    return decorate


_regrouping("need", "register.Need")
_regrouping("offer", "register.Offer")
