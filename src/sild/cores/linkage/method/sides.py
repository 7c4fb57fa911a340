"""Whether a line belongs among needs or among offers, rulings included. The two never mix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sild.cores.linkage.answer import Side
from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.problem import Judgement, Line

GIVERS = frozenset({"company", "foundation", "donor-state"})


def side_of(line: Line, kin: Kin) -> Side:
    """The side by the line itself: a change of an offer names a provider, or comes from a giver's desk and names nobody."""
    if line.kind == "offer":
        return "offer"
    if line.kind in ("update", "withdrawal"):
        if line.provider is not None:
            return "offer"
        if line.beneficiary is None and kin.kind_of(line.sent_by) in GIVERS:
            return "offer"
    return "need"


def ruled_sides(lines: Sequence[Line], judgements: Iterable[Judgement], kin: Kin) -> dict[str, Side]:
    """The side of every line: a change that people joined to an offer, directly or by a chain, is an offer's."""
    root = {line.id: line.id for line in lines}
    questions = {line.id for line in lines if line.kind == "question"}  # they stand in no cluster, so no chain leads over them

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for judgement in judgements:
        pair = {judgement.line_a, judgement.line_b}
        if judgement.relation.joins and pair <= root.keys() and not pair & questions:
            a, b = sorted(map(find, pair))
            root[b] = a
    settled: dict[str, Side] = {}
    for line in sorted(lines, key=lambda line: (line.kind not in ("request", "offer"), line.id)):
        settled.setdefault(find(line.id), side_of(line, kin))
    return {line.id: settled[find(line.id)] for line in lines}
