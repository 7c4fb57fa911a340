"""Verbs of linkage: link the register's lines, judge a pair, take a judgement back. Nothing is merged or deleted."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sild.cores.linkage.answer import Linkage, Reason
from sild.cores.linkage.check import check
from sild.cores.linkage.method import link
from sild.cores.linkage.problem import BadProblem, Body, BodyRelation, LinkageProblem, Relation
from sild.cores.linkage.problem import Judgement as RuledPair
from sild.cores.linkage.problem import Line as CoreLine
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import NotThere, Refused
from sild.wings.linkage.models import Judgement, Link
from sild.wings.linkage.rules import LOOK_ALIKE
from sild.wings.parties.public import parties
from sild.wings.register.public import Grouping, Line, LineState, lines, place_lines

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
def link_register(actor: Actor, *, releasable_to: Sequence[UUID] = ()) -> Linked:
    """Propose which lines speak of one need or offer, keep the links with their reasons, and place the lines.

    Judgements of people always win. Earlier needs keep their ids. Raises Refused when the register contradicts itself, with the record.
    """
    standing = _standing(actor)
    judgements = list(Judgement.objects.filter(withdrawn=False))
    try:
        problem = _problem(actor, standing, judgements)
        linkage = link(problem)
    except BadProblem as fault:
        raise Refused(f"The lines cannot be linked: {fault}.") from fault
    findings = tuple(str(finding) for finding in check(problem, linkage))
    kept = _keep_links(linkage)
    groupings = [
        Grouping(id=_identity(actor, cluster.id), side=cluster.side, lines=tuple(_line_id(line) for line in cluster.lines))
        for cluster in linkage.clusters
    ]
    needs, offers = place_lines(actor, groupings, releasable_to=releasable_to)
    return Linked(
        needs=needs,
        offers=offers,
        links=kept,
        look_alikes=len(linkage.look_alikes),
        look_alikes_left_out=linkage.look_alikes_left_out,
        findings=findings,
    )


def _standing(actor: Actor) -> list[Line]:
    return [line for line in lines(actor) if line.state != LineState.REJECTED]


def _identity(actor: Actor, cluster: str) -> UUID:
    """An earlier need's own id, or one made from the cluster's: the same lines give the same id again."""
    try:
        return UUID(cluster)
    except ValueError:
        return uuid.uuid5(actor.mechanism, cluster)


def _problem(actor: Actor, standing: Sequence[Line], judgements: Sequence[Judgement]) -> LinkageProblem:
    present = {line.id: _core_id(line) for line in standing}
    known = parties(actor)
    return LinkageProblem(
        lines=tuple(_core_line(line) for line in standing),
        bodies=tuple(
            Body(
                id=party.name,
                names=(party.name, *(alias for _, alias in party.aliases)),
                country=party.country or None,
                kind=party.kind or None,
                sector=party.sector or None,
            )
            for party in known
        ),
        relations=tuple(BodyRelation(lower=party.name, upper=party.parent) for party in known if party.parent),
        judgements=tuple(
            RuledPair(line_a=present[judgement.line_a_id], line_b=present[judgement.line_b_id], relation=Relation(judgement.relation))
            for judgement in judgements
            if judgement.line_a_id in present and judgement.line_b_id in present
        ),
        former={_core_id(line): str(line.need_id or line.offer_id) for line in standing if line.need_id or line.offer_id},
    )


def _core_id(line: Line) -> str:
    """A line's id for the core: sorts by what was sent, so that random identifiers decide no tie; its own id stands at the end."""
    return f"{line.message_digest}/{line.position:05}/{line.id}"


def _line_id(core_id: str) -> UUID:
    return UUID(core_id.rpartition("/")[2])


def _core_line(line: Line) -> CoreLine:
    kind: Any = line.kind
    return CoreLine(
        id=_core_id(line),
        kind=kind,
        message=line.message_digest,
        sent_at=line.sent_at,
        category=line.category or None,
        item=line.item,
        evidence=" ".join(str(span["text"]) for span in line.evidence),
        quantity=line.quantity,
        unit=line.unit or None,
        beneficiary=line.beneficiary or None,
        provider=line.provider or None,
        sent_by=line.sent_by or None,
        needed_by=line.needed_by,
        reference=line.reference or None,
        threads=tuple(line.threads),
        subject=line.subject,
        language=line.language or None,
        channel=line.channel or None,
        additional=line.additional,
        changes=line.changes,
        digest=line.message_digest,
        conditions=tuple(condition.get("text", "") for condition in line.conditions),
    )


def _kept_reasons(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return [{column: getattr(reason, column) for column in REASON} for reason in reasons]


def _keep_links(linkage: Linkage) -> int:
    """Write what is new, change what changed, drop proposals that no longer hold; returns the number of links that join."""
    wanted: dict[tuple[UUID, UUID], dict[str, Any]] = {}
    for found in linkage.links:
        wanted[_line_id(found.line_a), _line_id(found.line_b)] = {
            "relation": str(found.relation),
            "score": found.score,
            "reasons": _kept_reasons(found.reasons),
            "joined": found.relation.joins,
            "why_apart": "",
        }
    for pair in linkage.look_alikes:
        wanted.setdefault(
            (_line_id(pair.line_a), _line_id(pair.line_b)),
            {
                "relation": LOOK_ALIKE,
                "score": pair.score,
                "reasons": _kept_reasons(pair.reasons),
                "joined": False,
                "why_apart": pair.why,
            },
        )
    present = {(found.line_a_id, found.line_b_id): found for found in Link.objects.all()}
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
        _problem(actor, _standing(actor), list(Judgement.objects.filter(withdrawn=False)))
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
