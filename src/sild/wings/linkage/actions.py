"""Verbs of linkage: link the register's lines, judge a pair, take a judgement back. Nothing is merged or deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from sild.cores.linkage.answer import Linkage, Reason
from sild.cores.linkage.check import check
from sild.cores.linkage.method import link
from sild.cores.linkage.problem import BadProblem, Relation
from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.moving import close_into, copy_of, remove
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.kernel.turns import turn_until_commit
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.reads.pairs import standing_judgement, version_of
from sild.wings.linkage.reads.problem import identity_of, line_id, problem_of, standing_lines
from sild.wings.linkage.rules import LOOK_ALIKE
from sild.wings.register.public import Grouping, lines, place_lines

REASON = ("comparison", "level", "value_a", "value_b", "weight", "sentence")
LINKERS = frozenset({Role.SERVICE, Role.OFFICER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a linking found: clusters, links and look-alikes, counted, and what the check had to say (nothing, when all is well).

    `look_alikes_left_out` counts the look-alikes beyond those that are kept for people to see, the less alike ones.
    """

    needs: int
    offers: int
    links: int
    look_alikes: int
    look_alikes_left_out: int
    findings: tuple[str, ...]


@action("linkage.link-register", roles=LINKERS)
def link_register(actor: Actor) -> Linked:
    """Propose which lines speak of one need or offer, keep the links with their reasons, and place the lines.

    Judgements of people always win. Earlier needs keep their ids. Raises Refused when the register contradicts itself, with the record.
    """
    # two linkings at once would each make the same links: the second waits, and reads what the first wrote
    turn_until_commit(actor.mechanism, "linking")
    standing = standing_lines(actor)
    judgements = list(Judgement.objects.filter(withdrawn=False))
    try:
        problem = problem_of(actor, standing, judgements)
        linkage = link(problem)
    except BadProblem as fault:
        raise Refused(f"The lines cannot be linked: {fault}.") from fault
    findings = tuple(str(finding) for finding in check(problem, linkage))
    kept = _keep_links(linkage)
    groupings = [
        Grouping(id=identity_of(actor, cluster.id), side=cluster.side, lines=tuple(line_id(line) for line in cluster.lines))
        for cluster in linkage.clusters
    ]
    needs, offers = place_lines(actor, groupings)
    return Linked(
        needs=needs,
        offers=offers,
        links=kept,
        look_alikes=len(linkage.look_alikes),
        look_alikes_left_out=linkage.look_alikes_left_out,
        findings=findings,
    )


def _kept_reasons(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return [{column: getattr(reason, column) for column in REASON} for reason in reasons]


def _keep_links(linkage: Linkage) -> int:
    """Write what is new, change what changed, drop proposals that no longer hold; returns the number of links that join."""
    wanted: dict[tuple[UUID, UUID], dict[str, Any]] = {}
    for found in linkage.links:
        wanted[line_id(found.line_a), line_id(found.line_b)] = {
            "relation": str(found.relation),
            "score": found.score,
            "reasons": _kept_reasons(found.reasons),
            "joined": found.relation.joins,
            "why_apart": "",
        }
    for pair in linkage.look_alikes:
        wanted.setdefault(
            (line_id(pair.line_a), line_id(pair.line_b)),
            {
                "relation": LOOK_ALIKE,
                "score": pair.score,
                "reasons": _kept_reasons(pair.reasons),
                "joined": False,
                "why_apart": pair.why,
            },
        )
    # what lies in a compartment is not linked anew, and not dropped either
    present = {(found.line_a_id, found.line_b_id): found for found in Link.objects.filter(compartment_id__isnull=True)}
    fresh, changed = [], []
    for key, columns in wanted.items():
        record = present.pop(key, None)
        if record is None:
            fresh.append(Link(line_a_id=key[0], line_b_id=key[1], **columns))
        elif any(getattr(record, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(record, name, value)
            changed.append(record)
    Link.objects.bulk_create(fresh)
    Link.objects.bulk_change(changed, ["relation", "score", "reasons", "joined", "why_apart"])
    for stale in present.values():
        stale.delete()
    return sum(columns["joined"] for columns in wanted.values())


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


@action("linkage.take-links", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def take_links(actor: Actor, moving: Collection[UUID], compartment: UUID) -> list[Link | Judgement]:
    """Take away the links and judgements of lines that move into a compartment; returns those between two of them, to be put back inside.

    One with a line that stays outside is gone: nothing outside points at what is inside.
    """
    both = Q(line_a_id__in=list(moving)) | Q(line_b_id__in=list(moving))
    taken: list[Link | Judgement] = []
    for kind in (list(Link.objects.filter(both)), list(Judgement.objects.filter(both))):
        close_into(compartment, kind)
        taken += [copy_of(one) for one in kind if one.line_a_id in moving and one.line_b_id in moving]
        remove(kind)
    return taken


@action("linkage.put-links", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def put_links(actor: Actor, taken: Sequence[Link | Judgement], lines: Mapping[UUID, UUID]) -> None:
    """Put links and judgements between moved lines back, under the lines' new identifiers."""
    for one in taken:
        one.line_a_id, one.line_b_id = lines[one.line_a_id], lines[one.line_b_id]
        one.save()
