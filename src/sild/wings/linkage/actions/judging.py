"""What people rule about pairs of lines, and how they take it back. A ruling outlives every later linking."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.linkage.problem import BadProblem, Relation
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.wings.linkage.actions.linking import Linked, link_register
from sild.wings.linkage.models import Judgement
from sild.wings.linkage.reads.pairs import standing_judgement, version_of
from sild.wings.linkage.reads.problem import problem_of, standing_lines
from sild.wings.register.public import lines


@action("linkage.judge", roles=frozenset({Role.OFFICER}))
def judge(actor: Actor, line_a: UUID, line_b: UUID, relation: Relation, *, reason: str) -> UUID:
    """A person rules how two lines stand to each other; an earlier ruling on the pair is taken back. Returns the judgement's id."""
    there = {line.id for line in lines(actor)}
    for line in (line_a, line_b):
        if line not in there:
            raise NotThere(f"There is no line {line}.")
    if line_a == line_b:
        raise Refused("A line cannot be related to itself; name two lines.")
    for earlier in Judgement.objects.filter(line_a_id__in=[line_a, line_b], line_b_id__in=[line_a, line_b], withdrawn=False):
        if (earlier.line_a_id, earlier.line_b_id, earlier.relation, earlier.judged_by) == (line_a, line_b, relation, actor.name):
            return earlier.id
        earlier.withdrawn = True
        earlier.save()
    judgement = Judgement(line_a_id=line_a, line_b_id=line_b, relation=relation, judged_by=actor.name, reason=reason)
    judgement.save()
    try:
        problem_of(actor, standing_lines(actor), list(Judgement.objects.filter(withdrawn=False)))
    except BadProblem as fault:
        raise Refused(f"This ruling contradicts another: {fault}.") from fault
    return judgement.id


@action("linkage.withdraw-judgement", roles=frozenset({Role.OFFICER}))
def withdraw_judgement(actor: Actor, judgement_id: UUID, *, reason: str) -> None:
    """A person takes a judgement back; the next linking follows the evidence again."""
    judgement = Judgement.objects.filter(id=judgement_id, withdrawn=False).first()
    if judgement is None:
        raise NotThere(f"There is no judgement {judgement_id}.")
    judgement.withdrawn = True
    judgement.save()


@action("linkage.rule-pair", roles=frozenset({Role.OFFICER}))
def rule_pair(actor: Actor, line_a: UUID, line_b: UUID, relation: Relation, *, version: int | None = None, reason: str) -> Linked:
    """Judge a pair and move its lines at once: the register is linked again with the ruling, all as one act that is taken back as one.

    `version` is the pair's (PairView.version) as the person saw it. Raises NotThere, Stale, Refused.
    """
    if not reason.strip():
        raise Refused(_("Say why: the reason stays with the ruling and is shown to whoever asks."))
    now = version_of(actor, line_a, line_b)
    if version is not None and now != version:
        ruled = standing_judgement(line_a, line_b)
        raise Stale(
            message=_("Somebody changed these two lines, or ruled on them, while you looked at them."),
            version=now,
            mine={"relation": str(relation), "reason": reason},
            theirs={"relation": ruled.relation, "reason": ruled.reason} if ruled is not None else {},
        )
    judge(actor, line_a, line_b, relation, reason=reason.strip())
    return link_register(actor)


@action("linkage.withdraw-and-link", roles=frozenset({Role.OFFICER}))
def withdraw_and_link(actor: Actor, judgement_id: UUID, *, reason: str) -> Linked:
    """Take a judgement back and let the evidence speak again at once. Raises NotThere, Refused."""
    if not reason.strip():
        raise Refused(_("Say why the ruling is taken back."))
    withdraw_judgement(actor, judgement_id, reason=reason.strip())
    return link_register(actor)
