"""What people rule about pairs of lines, and how they take it back. A ruling outlives every later linking."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.linkage.problem import BadProblem, Relation
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.wings.linkage.actions.linking import Linked, link_part
from sild.wings.linkage.models import Judgement
from sild.wings.linkage.reads.component import bound_by_rulings, rulings_among
from sild.wings.linkage.reads.effects import contradiction, in_words, mixed
from sild.wings.linkage.reads.pairs import standing_judgement, version_of
from sild.wings.linkage.reads.problem import problem_among
from sild.wings.register.public import Line

OFFICERS = frozenset({Role.OFFICER})


@action("linkage.judge", roles=OFFICERS)
def judge(actor: Actor, line_a: UUID, line_b: UUID, relation: Relation, *, reason: str) -> UUID:
    """A person rules how two lines stand to each other; an earlier ruling on the pair is taken back. Returns the judgement's id."""
    there = set(Line.objects.filter(id__in=[line_a, line_b]).values_list("id", flat=True))
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
    # only rulings can contradict a ruling, and only those that a chain of rulings leads to
    bound = bound_by_rulings(actor, [line_a, line_b])
    ruled = rulings_among(actor, [line.id for line in bound])
    contradicted = contradiction(ruled)
    if contradicted is not None:
        raise Refused(_("This ruling contradicts another: {words}").format(words=in_words(contradicted, bound)))
    try:
        problem_among(actor, bound, ruled)
    except BadProblem as fault:
        raise Refused(mixed()) from fault
    return judgement.id


@action("linkage.withdraw-judgement", roles=OFFICERS)
def withdraw_judgement(actor: Actor, judgement_id: UUID, *, reason: str) -> tuple[UUID, UUID]:
    """A person takes a judgement back; the next linking follows the evidence again. Returns the two lines."""
    judgement = Judgement.objects.filter(id=judgement_id, withdrawn=False).first()
    if judgement is None:
        raise NotThere(f"There is no judgement {judgement_id}.")
    judgement.withdrawn = True
    judgement.save()
    return judgement.line_a_id, judgement.line_b_id


@action("linkage.rule-pair", roles=OFFICERS)
def rule_pair(actor: Actor, line_a: UUID, line_b: UUID, relation: Relation, *, version: int | None = None, reason: str) -> Linked:
    """Judge a pair and move its lines at once, all as one act that is taken back as one.

    What hangs together with the two lines is linked and placed before this answers; the worker links the whole register after it.
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
    return link_part(actor, [line_a, line_b])


@action("linkage.withdraw-and-link", roles=OFFICERS)
def withdraw_and_link(actor: Actor, judgement_id: UUID, *, reason: str) -> Linked:
    """Take a judgement back and let the evidence speak again at once. Raises NotThere, Refused."""
    if not reason.strip():
        raise Refused(_("Say why the ruling is taken back."))
    return link_part(actor, withdraw_judgement(actor, judgement_id, reason=reason.strip()))
