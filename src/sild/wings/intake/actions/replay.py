"""Replay the recorded acts of an exercise, each as the person who did it. Only a mechanism flagged as an exercise accepts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sild.cores.linkage.problem import Relation
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.clearance.public import (
    CaseState,
    ConditionSource,
    ConditionStand,
    Description,
    Move,
    describe_case,
    find_case,
    move_case,
    open_case,
    tell_condition,
)
from sild.wings.intake.actions.replay_given import GivenAgain
from sild.wings.intake.actions.replay_signals import SeenAgain
from sild.wings.intake.models import Replay
from sild.wings.intake.reads import limit_of
from sild.wings.intake.rules import SPEAK_OF_NO_LINE, Act, LicenceTold, Where
from sild.wings.linkage.public import judge
from sild.wings.planning.public import record_limit
from sild.wings.register.public import (
    Channel,
    Line,
    LineState,
    NeedState,
    accept_line,
    reject_line,
    rule_channel,
    rule_gate,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What became of one act: how many records it touched, or why it did not apply; `fits_nothing`: a line that it names is not there."""

    done: int
    told: str = ""
    fits_nothing: bool = False


class FitsNothing(Refused):
    """An act names a line that the register does not hold."""


@action("intake.note-replay", roles=frozenset({Role.SERVICE}))
def note_replay(actor: Actor, act: Act, key: str) -> None:
    """Note that an act was done, so that it is done once."""
    Replay(key=key, act=act.act).save()


@action("intake.replay-act", roles=frozenset(Role) - {Role.AUDITOR}, stepwise=True)
def replay_act(actor: Actor, act: Act, register: Sequence[Line], *, everybody: Sequence[UUID], reason: str = "") -> Replayed:
    """Do one act as the person who did it. What it does not fit (no such line, a gate out of order) is told, not forced."""
    if act.act in SPEAK_OF_NO_LINE:
        try:
            _do_alone(actor, act, everybody)
        except Refused as refusal:
            return Replayed(done=0, told=f"{act.act} by {actor.name}: {refusal}")
        return Replayed(done=1)
    arrived = [line for line in register if line.sent_at is None or line.sent_at.date() <= act.on]
    found = [line for line in arrived if act.where is not None and _fits(line, act.where)]
    if not found:
        return Replayed(done=0, told=f"{act.act} by {actor.name}: no line fits {_words(act.where)}", fits_nothing=True)
    try:
        return Replayed(done=_do(actor, act, found, arrived))
    except Refused as refusal:
        return Replayed(done=0, told=f"{act.act} by {actor.name}: {refusal}", fits_nothing=isinstance(refusal, FitsNothing))


def _do_alone(actor: Actor, act: Act, everybody: Sequence[UUID]) -> None:
    """What speaks of no line: a limit, an incident, a public statement."""
    if act.incident is not None:
        SeenAgain(actor, act).incident(act.incident)
    elif act.said is not None:
        SeenAgain(actor, act).statement(act.said)
    else:
        record_limit(actor, limit_of(act, by=actor.name), releasable_to=everybody, reason=act.reason)


def _do(actor: Actor, act: Act, found: Sequence[Line], register: Sequence[Line]) -> int:
    if act.act == "gate":
        needs = {line.need_id for line in found if line.need_id is not None}
        for need in sorted(needs):
            rule_gate(actor, need, NeedState(act.gate), act.passed, reason=act.reason)
        return len(needs)
    if act.act == "judge":
        others = [line for line in register if act.other is not None and _fits(line, act.other) and line.id != found[0].id]
        if not others:
            raise FitsNothing(f"no second line fits {_words(act.other)}")
        judge(actor, found[0].id, others[0].id, Relation(act.relation), reason=act.reason)
        return 2
    if act.act in ("agree", "deliver"):
        _do_given(actor, act, found, register)
        return 1
    if act.act == "licence" and act.licence is not None:
        _do_licence(actor, act, act.licence, found)
        return 1
    for line in found:
        if act.act == "accept":
            accept_line(actor, line.id, reason=act.reason)
        elif act.act == "reject":
            reject_line(actor, line.id, reason=act.reason)
        else:
            rule_channel(actor, line.id, Channel(act.channel), reason=act.reason)
    return len(found)


def _do_given(actor: Actor, act: Act, found: Sequence[Line], register: Sequence[Line]) -> None:
    """What was agreed or delivered between the needs of the lines that fit and the offers of the others."""
    needs = {line.need_id for line in found if line.need_id is not None}
    offers = {line.offer_id for line in register if act.other is not None and line.offer_id is not None and _fits(line, act.other)}
    if not needs or not offers:
        raise FitsNothing(f"no line of a request fits {_words(act.where)}, or none of an offer {_words(act.other)}")
    given = GivenAgain(actor, act, needs, offers)
    if act.agreement is not None:
        given.agree(act.agreement)
    elif act.delivery is not None:
        given.deliver(act.delivery)


def _do_licence(actor: Actor, act: Act, told: LicenceTold, found: Sequence[Line]) -> None:
    """Open the case of the first line that fits, or say what became of it, on the day of the act."""
    offered = next((line for line in found if line.offer_id is not None), None)
    if offered is None:
        raise FitsNothing(f"no line of an offer fits {_words(act.where)}")
    if told.stand:
        one = find_case(actor, [line.id for line in found], told.jurisdiction)
        tell_condition(actor, ConditionSource.LICENCE, one.id, told.condition, ConditionStand(told.stand), reason=act.reason)
        return
    if not told.state:
        open_case(actor, offered.id, told.jurisdiction, told.authority, on=act.on, apart=True, reason=act.reason)
        return
    case = find_case(actor, [line.id for line in found], told.jurisdiction)
    if told.describes:
        known = Description(
            authority=told.authority or case.authority,
            reference=told.reference or case.reference,
            term_days=told.term_days,
            term_source=told.term_source,
            entries=told.entries,
        )
        describe_case(actor, case.id, known, reason=act.reason)
    if told.state not in {*CaseState}:
        raise Refused(f"a licence case has no state {told.state!r}")
    move = Move(state=CaseState(told.state), on=act.on, due_on=told.due_on, conditions=told.conditions, expires_on=told.expires_on)
    move_case(actor, case.id, move, reason=act.reason)


def _fits(line: Line, where: Where) -> bool:
    text = f"{line.item} " + " ".join(str(span["text"]) for span in line.evidence)
    return (
        line.message_name.startswith(where.message)
        and (not where.kind or line.kind == where.kind)
        and (not where.category or line.category == where.category)
        and (not where.beneficiary or line.beneficiary == where.beneficiary)
        and (not where.provider or line.provider == where.provider)
        and (not where.words or where.words.casefold() in text.casefold())
        and line.state != LineState.REJECTED
    )


def _words(where: Where | None) -> str:
    return ", ".join(f"{key} {value!r}" for key, value in (where.model_dump() if where else {}).items() if value)
