"""New lines checked against the whole register while somebody looks: found by their slots, weighed as a whole linking weighs them.

Every door's lines come through here: the read behind the triage page, the API and whatever shows a message's lines to an officer. A
line is held against those of its own organisation and compartment alone, and among them against what the actor may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Q

from sild.cores.linkage.method.incremental import Proposal, weigh_new
from sild.cores.linkage.method.slots import BELOW, looks_for
from sild.cores.linkage.problem import BadProblem
from sild.kernel.actor import Actor
from sild.wings.linkage.models import Judgement
from sild.wings.linkage.reads.meanwhile import Vectors, meaning_of
from sild.wings.linkage.reads.problem import core_id, core_line, problem_with
from sild.wings.linkage.reads.slots import Filed, partners
from sild.wings.parties.public import PartyView, parties_with_above, right_below
from sild.wings.register.public import Line, LineState

MOST_MET = 40
"""Lines that one new line is weighed against. A whole linking gives sixty; the last twenty tell one repeat in a hundred."""

LEAST = -4.0
"""Bits from which on a comparison is shown: one pair in sixteen is worth a glance while it costs nothing to see it."""

MOST_WEIGHED = 240
"""Pairs that one question weighs; of a long list each line is held against fewer."""

ASKED = (
    "id", "version", "message_id", "message_name", "message_digest", "subject", "sent_at", "position", "kind", "state", "marking",
    "category", "item", "quantity", "unit", "beneficiary", "provider", "sent_by", "relayed_by", "needed_by", "available_from",
    "available_until", "channel", "urgency",
    "language", "reference", "evidence", "threads", "additional", "changes", "conditions", "need_id", "offer_id", "owner_id",
    "mechanism_id", "compartment_id", "created_at",
)  # fmt: skip
"""The columns of a line that weighing and showing it take; the rest of a line is the larger part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What checking one line found: the core's proposal, and the lines that it names."""

    line: Line
    proposal: Proposal
    others: Mapping[str, Line]


def checked(actor: Actor, keys: Iterable[UUID]) -> dict[UUID, Checked]:
    """For each of these lines that can be linked what it would join, and all that it was held against. Others are left out.

    A dozen statements, however many lines. Within a read of the actor.
    """
    asked = [line for line in _asked(keys) if line.kind != "question" and line.owner_id == actor.organisation]
    if not asked:
        return {}
    meanings = meaning_of(actor, asked)
    known = {party.name: party for party in parties_with_above(actor, _names(asked))}
    met = _met(actor, asked, known)
    others = {line.id: line for line in _asked({key for found in met.values() for key in found})}
    named = _names(others.values()) - known.keys()
    known |= {party.name: party for party in parties_with_above(actor, named)}
    near = {line.id: [others[key] for key in met.get(line.id, ()) if key in others] for line in asked}
    rulings = _rulings({line.id for line in asked} | others.keys())
    sizes = _sizes(others.values())
    vectors = meanings(others)
    found = {line.id: _weighed(line, near[line.id], list(known.values()), rulings, sizes, vectors) for line in asked}
    return {key: one for key, one in found.items() if one is not None}


def _asked(keys: Iterable[UUID]) -> list[Line]:
    return list(Line.objects.filter(id__in=list(keys)).exclude(state=LineState.REJECTED).only(*ASKED).order_by("id"))


def _names(lines: Iterable[Line]) -> set[str]:
    return {name for line in lines for name in (line.beneficiary, line.provider, line.sent_by) if name}


def _met(actor: Actor, lines: Sequence[Line], known: Mapping[str, PartyView]) -> dict[UUID, list[UUID]]:
    """The lines that share most with each of these."""
    bodies = problem_with(list(known.values()), (), ())
    below = right_below(actor, {line.beneficiary for line in lines}, most=BELOW)
    looking = []
    for line in lines:
        says = core_line(line)
        filed = Filed(
            id=line.id,
            mechanism=line.mechanism_id,
            owner=line.owner_id,
            marking=line.marking,
            compartment=line.compartment_id,
            says=says,
        )
        looking.append((filed, looks_for(says, bodies, below.get(line.beneficiary, ()))))
    return partners(looking, min(MOST_MET, max(1, MOST_WEIGHED // len(lines))))


def _rulings(lines: set[UUID]) -> list[Judgement]:
    return list(Judgement.objects.filter(withdrawn=False, line_a_id__in=lines, line_b_id__in=lines))


def _sizes(lines: Iterable[Line]) -> dict[str, int]:
    """How many lines each need and offer has that these lines speak of."""
    found: list[Line] = list(lines)
    needs, offers = {line.need_id for line in found} - {None}, {line.offer_id for line in found} - {None}
    if not needs and not offers:
        return {}
    counted = Line.objects.filter(Q(need_id__in=needs) | Q(offer_id__in=offers)).order_by().values_list("need_id", "offer_id")
    return {str(need or offer): many for need, offer, many in counted.annotate(Count("id"))}


def _weighed(
    line: Line,
    near: Sequence[Line],
    known: Sequence[PartyView],
    rulings: Sequence[Judgement],
    sizes: Mapping[str, int],
    vectors: Vectors,
) -> Checked | None:
    new = core_id(line)
    try:
        asked = problem_with(known, [line, *near], rulings, vectors)
        others = {name: cluster for name, cluster in asked.former.items() if name != new}
        proposal = weigh_new(new, replace(asked, former=others), sizes=sizes, least=LEAST)
    except BadProblem:
        # people contradicted each other about these lines; linking them anew says so with the records
        return None
    return Checked(line=line, proposal=proposal, others={core_id(other): other for other in near})
