"""Verbs at the gates: a gate passes a need on, or does not; the last gate endorses."""

from __future__ import annotations

from uuid import UUID

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import NotThere, Refused
from sild.wings.parties.public import mechanism_file
from sild.wings.register.models import GateRuling, Need
from sild.wings.register.rules import NEED_MOVES, NeedState

GATE_STATES = {NeedState.TECHNICAL_REVIEW, NeedState.INTERAGENCY_REVIEW}
AT_GATES = frozenset({Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE})


def _move_need(need: Need, state: NeedState) -> None:
    """Change the state as NEED_MOVES allows, through the gate's own review. Raises Refused for a move that is not there."""
    now = NeedState(need.state)
    through = {now, *NEED_MOVES[now]}
    reachable = through | {onward for step in through & GATE_STATES for onward in NEED_MOVES[step]}
    if state != now and state not in reachable:
        raise Refused(f"The need {need.title!r} is {now} and cannot become {state}.")
    if state != now:
        need.state = state
        need.save()


@action("register.rule-gate", roles=AT_GATES)
def rule_gate(actor: Actor, need_id: UUID, gate: NeedState, passed: bool, *, reason: str) -> None:
    """A gate passes a need on, or not; the second gate endorses. Each gate's last ruling counts."""
    need = Need.objects.filter(id=need_id).first()
    if need is None:
        raise NotThere(f"There is no need {need_id}.")
    seat = next((entry for entry in mechanism_file(actor).gates if entry.name == gate), None)
    if seat is None:
        raise Refused(f"The mechanism has no gate {gate}. See the gates in its file.")
    if seat.role not in actor.roles:
        raise Refused(f"{actor.name} does not sit at the gate {gate} ({seat.question}). Ask somebody who does.")
    told = GateRuling.objects.filter(need=need).order_by("created_at", "id")
    last = {ruling.gate: ruling for ruling in told}
    said = last.get(gate)
    if said is not None and (said.passed, said.ruled_by, said.reason) == (passed, actor.name, reason):
        return  # said already, in the same words, and nothing else since: an act that is sent twice is one ruling
    technical = last.get(NeedState.TECHNICAL_REVIEW)
    if gate == NeedState.INTERAGENCY_REVIEW and not (technical is not None and technical.passed):
        raise Refused(f"The need {need.title!r} has not passed the technical review; that comes first.")
    onward = NeedState.INTERAGENCY_REVIEW if gate == NeedState.TECHNICAL_REVIEW else NeedState.ENDORSED
    _move_need(need, onward if passed else NeedState.NOT_ENDORSED)
    GateRuling(
        need=need,
        gate=gate,
        passed=passed,
        ruled_by=actor.name,
        reason=reason,
        ruled_on=clock.today(),
        # who else reads the reasons follows from the rule (release.py)
        releasable_to=[need.owner_id] if need.owner_id != actor.organisation else [],
        marking=need.marking,
        compartment_id=need.compartment_id,
        embargo_until=need.embargo_until,
    ).save()
