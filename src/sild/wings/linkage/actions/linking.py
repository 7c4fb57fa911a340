"""Link the register as a whole, or the part that a ruling moves: propose, keep links with their reasons, place. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from sild.cores.linkage.answer import Linkage, Reason
from sild.cores.linkage.check import check
from sild.cores.linkage.problem import BadProblem
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import worked_on
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn_until_commit
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.reads.component import component, rulings_among
from sild.wings.linkage.reads.naming import NO_WISH, Wish, found_among
from sild.wings.linkage.reads.problem import line_id, problem_of, standing_lines
from sild.wings.linkage.reads.vectors import vectors_of
from sild.wings.linkage.rules import LOOK_ALIKE
from sild.wings.register.public import Grouping, Line, place_lines

REASON = ("comparison", "level", "value_a", "value_b", "weight", "sentence")
LINKERS = frozenset({Role.SERVICE, Role.OFFICER})
TURN = "linking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a linking found: clusters, links and look-alikes, counted, and what the check had to say (nothing, when all is well).

    `look_alikes_left_out` counts the look-alikes beyond those that are kept for people to see, the less alike ones.
    After a ruling they count the part of the register that it may move. `without_vector` lines were compared by their words alone.
    """

    needs: int
    offers: int
    links: int
    look_alikes: int
    look_alikes_left_out: int
    without_vector: int
    findings: tuple[str, ...]


@action("linkage.link-register", roles=LINKERS)
def link_register(actor: Actor) -> Linked:
    """Propose which lines speak of one need or offer, keep the links with their reasons, and place the lines.

    Judgements of people always win. Earlier needs keep their ids. Raises Refused when the register contradicts itself, with the record.
    """
    stamp = _stamp()
    found = _found(actor, standing_lines(actor), list(Judgement.objects.filter(withdrawn=False)))
    # two linkings at once would each make the same links: the second waits, and reads what the first wrote. A person's ruling does not
    # wait for the reckoning of the whole register, only for its writing
    turn_until_commit(actor.mechanism, TURN)
    if _stamp() != stamp:
        found = _found(actor, standing_lines(actor), list(Judgement.objects.filter(withdrawn=False)))
    linkage, groupings, findings = found
    return _kept(actor, linkage, groupings, findings, among=None)


@action("linkage.link-part", roles=LINKERS)
def link_part(actor: Actor, seeds: Collection[UUID], wish: Wish = NO_WISH) -> Linked:
    """Link and place the part of the register that hangs together with these lines. Raises Refused."""
    turn_until_commit(actor.mechanism, TURN)
    standing = component(actor, seeds)
    there = {line.id for line in standing}
    linkage, groupings, findings = _found(actor, standing, rulings_among(actor, there), wish)
    return _kept(actor, linkage, groupings, findings, among=there)


def _stamp() -> tuple[Any, ...]:
    """What changes when a line or a ruling is written."""
    counted = {"many": Count("id"), "told": Sum("version")}
    return (*Line.objects.aggregate(**counted).values(), *Judgement.objects.aggregate(**counted).values())


def _found(
    actor: Actor, standing: Sequence[Line], rulings: Sequence[Judgement], wish: Wish = NO_WISH
) -> tuple[Linkage, list[Grouping], tuple[str, ...]]:
    try:
        linkage, groupings = found_among(actor, standing, rulings, wish)
        findings = tuple(str(finding) for finding in check(problem_of(actor, standing, rulings), linkage))
    except BadProblem as fault:
        raise Refused(f"The lines cannot be linked: {fault}.") from fault
    return linkage, groupings, findings


def _kept(
    actor: Actor, linkage: Linkage, groupings: list[Grouping], findings: tuple[str, ...], *, among: Collection[UUID] | None
) -> Linked:
    kept = _keep_links(actor, linkage, among)
    needs, offers = place_lines(actor, groupings, among=among)
    return Linked(
        needs=needs,
        offers=offers,
        links=kept,
        look_alikes=len(linkage.look_alikes),
        look_alikes_left_out=linkage.look_alikes_left_out,
        without_vector=_without_vector(actor, linkage),
        findings=findings,
    )


def _without_vector(actor: Actor, linkage: Linkage) -> int:
    """How many of the lines that were linked have no vector of their words."""
    linked = [line_id(line) for cluster in linkage.clusters for line in cluster.lines]
    return len(linked) - len(vectors_of(actor, linked) or {})


def _kept_reasons(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Reasons as a link keeps them."""
    return [{column: getattr(reason, column) for column in REASON} for reason in reasons]


def _wanted(linkage: Linkage) -> dict[tuple[UUID, UUID], dict[str, Any]]:
    """The links and look-alikes of an answer, as columns."""
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
    return wanted


def _keep_links(actor: Actor, linkage: Linkage, among: Collection[UUID] | None) -> int:
    """Write what is new, change what changed, drop proposals that no longer hold; returns the number of links that join.

    `among` narrows it to pairs of these lines; what was weighed with the whole register is then not weighed anew.
    """
    wanted = _wanted(linkage)
    # what lies in a compartment is not linked anew, and not dropped either
    there = Link.objects.filter(compartment_id__isnull=True)
    if among is not None:
        there = there.filter(line_a_id__in=list(among), line_b_id__in=list(among))
    present = {(found.line_a_id, found.line_b_id): found for found in there}
    fresh, changed = [], []
    for key, columns in wanted.items():
        record = present.pop(key, None)
        if record is None:
            fresh.append(Link(line_a_id=key[0], line_b_id=key[1], **columns))
            continue
        if among is not None:
            columns = columns | _as_weighed(record, columns)
        if any(getattr(record, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(record, name, value)
            changed.append(record)
    Link.objects.bulk_create(fresh)
    Link.objects.bulk_change(changed, ["relation", "score", "reasons", "joined", "why_apart"])
    worked = worked_on(actor, "linkage.Link", [stale.id for stale in present.values()])
    for stale in present.values():
        if stale.id not in worked:
            stale.delete()
        elif stale.joined or stale.relation != LOOK_ALIKE:
            # somebody has it, or wrote beside it: it stays, as two lines that the desk no longer proposes to link
            stale.joined, stale.relation, stale.why_apart = False, LOOK_ALIKE, ""
            stale.save()
    return sum(columns["joined"] for columns in wanted.values())


def _as_weighed(record: Link, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The evidence of a link as the whole register weighed it, with what is ruled now: a part of it may know less of what is rare."""
    evidence = [reason for reason in record.reasons if reason["comparison"] != "ruling"]
    ruled = [reason for reason in columns["reasons"] if reason["comparison"] == "ruling"]
    reasons = [*evidence, *ruled]
    return {"reasons": reasons, "score": round(sum(float(reason["weight"]) for reason in reasons), 6)}
