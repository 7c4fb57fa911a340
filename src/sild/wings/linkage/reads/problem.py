"""What the core is asked: the register's lines, the bodies that the parties file knows, what people ruled."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sild.cores.linkage.problem import Body, BodyRelation, LinkageProblem, Relation
from sild.cores.linkage.problem import Judgement as RuledPair
from sild.cores.linkage.problem import Line as CoreLine
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.linkage.models import Judgement
from sild.wings.linkage.reads.vectors import vectors_of
from sild.wings.parties.public import PartyView, parties, parties_around
from sild.wings.register.public import Line, LineState, lines


@read
def standing_lines(actor: Actor) -> list[Line]:
    """The lines that can be linked: all but the rejected ones."""
    # what is in a compartment is not linked with what is in the open: nobody outside may notice it
    return [line for line in lines(actor) if line.state != LineState.REJECTED and line.compartment_id is None]


def identity_of(actor: Actor, cluster: str) -> UUID:
    """An earlier need's own id, or one made from the cluster's: the same lines give the same id again."""
    try:
        return UUID(cluster)
    except ValueError:
        return uuid.uuid5(actor.mechanism, cluster)


@read
def problem_of(actor: Actor, standing: Sequence[Line], judgements: Sequence[Judgement]) -> LinkageProblem:
    """The problem of these lines with these rulings. Raises BadProblem when rulings contradict each other."""
    return problem_with(parties(actor), standing, judgements, vectors_of(actor, [line.id for line in standing]))


@read
def problem_among(actor: Actor, few: Sequence[Line], judgements: Sequence[Judgement]) -> LinkageProblem:
    """The same for a few lines of a large register: of the parties those that the lines name are read, and those around them."""
    names = {name for line in few for name in (line.beneficiary, line.provider, line.sent_by) if name}
    return problem_with(parties_around(actor, names), few, judgements, vectors_of(actor, [line.id for line in few]))


def problem_with(
    known: Sequence[PartyView],
    standing: Sequence[Line],
    judgements: Sequence[Judgement],
    vectors: Mapping[UUID, Sequence[float]] | None = None,
) -> LinkageProblem:
    """The problem of these lines with these rulings, as far as these parties and vectors are known. Raises BadProblem."""
    present = {line.id: core_id(line) for line in standing}
    return LinkageProblem(
        lines=tuple(core_line(line) for line in standing),
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
        judgements=ruled_pairs(present, judgements),
        former={core_id(line): str(line.need_id or line.offer_id) for line in standing if line.need_id or line.offer_id},
        vectors=None if vectors is None else {present[key]: vector for key, vector in vectors.items() if key in present},
    )


def ruled_pairs(present: Mapping[UUID, str], judgements: Iterable[Judgement]) -> tuple[RuledPair, ...]:
    """The rulings between lines that are there, whose ids for the core are given."""
    return tuple(
        RuledPair(line_a=present[one.line_a_id], line_b=present[one.line_b_id], relation=Relation(one.relation))
        for one in judgements
        if one.line_a_id in present and one.line_b_id in present
    )


def core_id(line: Line) -> str:
    """A line's id for the core: sorts by what was sent, so that random identifiers decide no tie; its own id stands at the end."""
    return f"{line.message_digest}/{line.position:05}/{line.id}"


def line_id(identity: str) -> UUID:
    """The line of a core's id."""
    return UUID(identity.rpartition("/")[2])


def core_line(line: Line) -> CoreLine:
    """A line as the core reads it."""
    kind: Any = line.kind
    return CoreLine(
        id=core_id(line),
        kind=kind,
        message=line.message_digest,
        sent_at=line.sent_at,
        arrived_at=line.created_at,
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
        relayed_by=line.relayed_by or None,
        available_from=line.available_from,
        available_until=line.available_until,
        conditions=tuple(condition.get("text", "") for condition in line.conditions),
    )
