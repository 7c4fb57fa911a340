"""Verbs at the gates: a gate passes a need on, or does not; the last gate endorses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.refusals import Refused
from sild.kernel.said import said
from sild.wings.parties.public import mechanism_file
from sild.wings.register.models import GateRuling, Line, Need
from sild.wings.register.reads.audiences import decides
from sild.wings.register.reads.endorsed import desk_today
from sild.wings.register.reads.own import refuse_joined
from sild.wings.register.rules import NEED_MOVES, PAST_A_GATE, NeedState, asking_of, content_of, differences, in_time, waits_for_ruling

GATE_STATES = {NeedState.TECHNICAL_REVIEW, NeedState.INTERAGENCY_REVIEW}
AT_GATES = frozenset({Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE})
ENDED = frozenset({NeedState.WITHDRAWN, NeedState.OVERTAKEN, NeedState.CLOSED})
WHO_MOVE = frozenset({Role.OFFICER, Role.RECIPIENT})


def _move_need(need: Need, state: NeedState, today: date) -> None:
    """Change the state as NEED_MOVES allows, through the gate's own review. Raises Refused for a move that is not there."""
    now = NeedState(need.state)
    # what ended is sent to the gates by an officer; they do not take it up themselves
    through = {now} if now in ENDED else {now, *NEED_MOVES[now]}
    reachable = through | {onward for step in through & GATE_STATES for onward in NEED_MOVES[step]}
    if state != now and state not in reachable:
        told = _("The need {title} is {now}, and from there it does not come to “{state}”. See its history for what was ruled.")
        raise Refused(told.format(title=need.title, now=said().label(now, "need"), state=said().label(state, "need")))
    if state != now or state == NeedState.ENDORSED:
        # an endorsement that is said again counts from that day on
        need.state = state
        need.endorsed_on = today if state == NeedState.ENDORSED else need.endorsed_on
        need.save()


@action("register.rule-gate", roles=AT_GATES)
def rule_gate(actor: Actor, need_id: UUID, gate: NeedState, passed: bool, *, version: int | None = None, reason: str) -> None:
    """A gate passes a need on, or not; the second gate endorses. Each gate's last ruling counts. Raises NotThere, Refused, Stale."""
    need = Need.found(need_id)
    refuse_joined(need)
    spec = mechanism_file(actor)
    seat = next((entry for entry in spec.gates if entry.name == gate), None)
    if seat is None:
        raise Refused(_("The mechanism has no gate {gate}. See the gates in its file.").format(gate=said().label(gate, "gate")))
    if seat.role not in actor.roles:
        told_who = _("{name} does not sit at the gate {gate} ({question}). Ask somebody who does.")
        raise Refused(told_who.format(name=actor.name, gate=said().label(gate, "gate"), question=seat.question))
    told = GateRuling.objects.filter(need=need).order_by("created_at", "id")
    last = {ruling.gate: ruling for ruling in told}
    before = last.get(gate)
    today = desk_today(spec)
    again = before is not None and (before.passed, before.ruled_by, before.reason, before.ruled_on) == (passed, actor.name, reason, today)
    if again and not _reopened(need, gate):
        return  # said already, in the same words, on the same day, and nothing else since: an act that is sent twice is one ruling
    if version is not None and need.version != version:
        raise need.stale().against({"state": gate, "reason": reason})
    if not passed and not reason.strip():
        raise Refused(_("Say why it does not pass: those who asked read the reason."))
    if passed and waits_for_ruling(need.taken_back, need.state):
        told_back = _("A letter takes the need {title} back. Withdraw it, or reject the line that says so, before a gate passes it.")
        raise Refused(told_back.format(title=need.title))
    with on_behalf_of(need.owner_id):
        # the need is described from all its lines, so what is ruled on is told from all of them
        content = content_of(need, asking_of(in_time(Line.objects.filter(need=need))))
    if gate == NeedState.INTERAGENCY_REVIEW:
        _refuse_unreviewed(need, last.get(NeedState.TECHNICAL_REVIEW), content)
    onward = NeedState.INTERAGENCY_REVIEW if gate == NeedState.TECHNICAL_REVIEW else NeedState.ENDORSED
    _move_need(need, onward if passed else NeedState.NOT_ENDORSED, today)
    GateRuling(
        need=need,
        gate=gate,
        passed=passed,
        ruled_by=actor.name,
        reason=reason,
        ruled_on=today,
        of=content,
        # who else reads the reasons follows from the rule (release.py)
        releasable_to=[need.owner_id] if need.owner_id != actor.organisation else [],
        marking=need.marking,
        compartment_id=need.compartment_id,
        embargo_until=need.embargo_until,
    ).save()


def _reopened(need: Need, gate: NeedState) -> bool:
    """Whether what the gate passed came back to it since."""
    return gate == NeedState.TECHNICAL_REVIEW and need.state == NeedState.TECHNICAL_REVIEW


def _refuse_unreviewed(need: Need, technical: GateRuling | None, content: Mapping[str, Any]) -> None:
    """Raise Refused where the technical gate has not passed what the need asks for now."""
    if technical is None or not technical.passed:
        raise Refused(_("The need {title} has not passed the technical review; that comes first.").format(title=need.title))
    other = differences(technical.of, content) if technical.of else ()
    if other or need.state not in PAST_A_GATE:
        told = _("The need {title} asks for something else than the technical review passed; it rules again first.")
        raise Refused(told.format(title=need.title))


BY_HAND = {
    NeedState.CLARIFYING: WHO_MOVE,
    NeedState.TECHNICAL_REVIEW: frozenset({Role.OFFICER}),
    NeedState.WITHDRAWN: WHO_MOVE,
    NeedState.OVERTAKEN: WHO_MOVE,
    NeedState.CLOSED: frozenset({Role.OFFICER}),
}
"""Where people move a need by themselves, and who; the other states are the gates', the lines' and the channel's."""


@action("register.set-state", roles=WHO_MOVE)
def set_state(actor: Actor, need_id: UUID, state: NeedState, *, version: int | None = None, reason: str) -> None:
    """A person sends a need to be clarified or reviewed, or withdraws it, with the reason. Raises NotThere, Refused, Stale."""
    need = Need.found(need_id, version=version)
    refuse_joined(need)
    if not decides(actor, need.owner_id == actor.organisation, need.beneficiary):
        told = _("The need {title} is shown to you for information: the body that it is for, or the secretariat, moves it.")
        raise Refused(told.format(title=need.title))
    if not actor.roles & BY_HAND.get(state, frozenset()):
        told = _("Nobody moves a need by hand to “{state}”. The gates rule, and an officer sends it to them.")
        raise Refused(told.format(state=said().label(state, "need")))
    if not reason.strip():
        raise Refused(_("Say why the need is moved: the reason stays with it."))
    if state != need.state and state not in NEED_MOVES[NeedState(need.state)]:
        told = _("The need {title} is {now}, and from there it does not come to “{state}”. See its history for what was ruled.")
        raise Refused(told.format(title=need.title, now=said().label(need.state, "need"), state=said().label(state, "need")))
    if state != need.state:
        need.state = state
        need.save()
