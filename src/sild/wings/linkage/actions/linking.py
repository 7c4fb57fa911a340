"""Link the register's lines as a whole: propose, keep the links with their reasons, place the lines. Nothing is merged or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sild.cores.linkage.answer import Linkage, Reason
from sild.cores.linkage.check import check
from sild.cores.linkage.method import link
from sild.cores.linkage.problem import BadProblem
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn_until_commit
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.reads.problem import identity_of, line_id, problem_of, standing_lines
from sild.wings.linkage.rules import LOOK_ALIKE
from sild.wings.register.public import Grouping, place_lines

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
