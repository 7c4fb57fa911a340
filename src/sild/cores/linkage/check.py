"""Verifies an answer against its problem without ever calling the method.

Each finding is one sentence that names the record. An empty answer of `check` means that every promise below holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sild.cores.linkage.answer import LOOK_ALIKES, LOOK_ALIKES_OF_A_LINE, Link, Linkage, LookAlike
from sild.cores.linkage.problem import LinkageProblem, Relation

CLOSE = 1e-4  # bits: scores are kept to six decimals


def check(problem: LinkageProblem, answer: Linkage) -> tuple[str, ...]:
    """All broken promises, in words: partition, sides, rulings, sums, second batches, links, former ids, bounds."""
    return (
        *_partition(problem, answer),
        *_sides(problem, answer),
        *_rulings(problem, answer),
        *_sums(answer),
        *_links(problem, answer),
        *_relations(problem, answer),
        *_bounds(problem, answer),
        *_conflicts(problem, answer),
    )


def _partition(problem: LinkageProblem, answer: Linkage) -> Iterator[str]:
    known = {line.id: line.kind for line in problem.lines}
    held = Counter(line for cluster in answer.clusters for line in cluster.lines)
    for line, times in sorted(held.items()):
        if line not in known:
            yield f"a cluster holds line {line}, which is not in the problem"
        elif times > 1:
            yield f"line {line} stands {times} times in clusters"
        elif known[line] == "question":
            yield f"the question {line} stands in a cluster"
    for line, kind in sorted(known.items()):
        if kind != "question" and line not in held:
            yield f"line {line} stands in no cluster"
        if kind == "question" and line not in answer.questions:
            yield f"the question {line} is not listed"
    for name, times in sorted(Counter(cluster.id for cluster in answer.clusters).items()):
        if times > 1:
            yield f"{times} clusters have the id {name}"
    for cluster in answer.clusters:
        if not cluster.lines:
            yield f"cluster {cluster.id} holds no line"


def _sides(problem: LinkageProblem, answer: Linkage) -> Iterator[str]:
    kind = {line.id: line.kind for line in problem.lines}
    for cluster in answer.clusters:
        for line in cluster.lines:
            if kind.get(line) == "offer" and cluster.side != "offer":
                yield f"the offer {line} stands in the need {cluster.id}"
            if kind.get(line) == "request" and cluster.side != "need":
                yield f"the request {line} stands in the offer {cluster.id}"


def _rulings(problem: LinkageProblem, answer: Linkage) -> Iterator[str]:
    cluster = {line: held.id for held in answer.clusters for line in held.lines}
    for ruling in problem.judgements:
        a, b = cluster.get(ruling.line_a), cluster.get(ruling.line_b)
        if a is None or b is None:
            continue  # a question, or a line that the partition check already names
        if ruling.relation.joins and a != b:
            yield f"people ruled {ruling.line_b} {ruling.relation} {ruling.line_a}, but they stand in {b} and {a}"
        if not ruling.relation.joins and a == b:
            yield f"people ruled {ruling.line_b} {ruling.relation} {ruling.line_a}, but both stand in {a}"


def _sums(answer: Linkage) -> Iterator[str]:
    scored: tuple[Link | LookAlike, ...] = (*answer.links, *answer.look_alikes)
    for pair in scored:
        total = sum(reason.weight for reason in pair.reasons)
        if not pair.reasons:
            yield f"the pair {pair.line_a}, {pair.line_b} gives no reason"
        if abs(total - pair.score) > CLOSE:
            yield f"the score {pair.score} of {pair.line_a} and {pair.line_b} is not the sum {total:.6f} of its reasons"
        names = Counter(reason.comparison for reason in pair.reasons)
        for name, times in sorted(names.items()):
            if times > 1:
                yield f"the comparison {name} is counted {times} times for {pair.line_a} and {pair.line_b}"


def _links(problem: LinkageProblem, answer: Linkage) -> Iterator[str]:
    known = {line.id for line in problem.lines}
    cluster = {line: held.id for held in answer.clusters for line in held.lines}
    ruled = {frozenset((ruling.line_a, ruling.line_b)): ruling.relation for ruling in problem.judgements}
    seen: set[frozenset[str]] = set()
    for link in answer.links:
        pair = frozenset((link.line_a, link.line_b))
        missing = sorted(pair - known)
        if missing:
            yield f"a link names {missing[0]}, which is not in the problem"
            continue
        if len(pair) == 1 or pair in seen:
            yield f"the link of {link.line_a} and {link.line_b} is to itself or told twice"
        seen.add(pair)
        together = cluster.get(link.line_a) == cluster.get(link.line_b)
        if link.relation.joins and not together:
            yield f"{link.line_b} {link.relation} {link.line_a}, but they stand in different clusters"
        if not link.relation.joins and together:
            yield f"{link.line_b} is {link.relation} to {link.line_a}, but both stand in {cluster.get(link.line_a)}"
        if pair in ruled and ruled[pair] is not link.relation:
            yield f"{link.line_b} is linked as {link.relation} to {link.line_a}, but people ruled {ruled[pair]}"
    for alike in answer.look_alikes:
        if cluster.get(alike.line_a) == cluster.get(alike.line_b):
            yield f"the look-alikes {alike.line_a} and {alike.line_b} stand in one cluster"


def _conflicts(problem: LinkageProblem, answer: Linkage) -> Iterator[str]:
    """A conflict names a ruling as it stands, once."""
    ruled = {frozenset((ruling.line_a, ruling.line_b)): ruling.relation for ruling in problem.judgements}
    seen: set[frozenset[str]] = set()
    for conflict in answer.conflicts:
        pair = frozenset((conflict.line_a, conflict.line_b))
        if ruled.get(pair) is not conflict.ruled or pair in seen:
            yield f"a conflict says that people ruled {conflict.line_b} {conflict.ruled} {conflict.line_a}, which they did not, or twice"
        seen.add(pair)


def _bounds(problem: LinkageProblem, answer: Linkage) -> Iterator[str]:
    """Beyond what people ruled, no more look-alikes than are promised."""
    ruled = {frozenset((ruling.line_a, ruling.line_b)) for ruling in problem.judgements}
    shown = [alike for alike in answer.look_alikes if frozenset((alike.line_a, alike.line_b)) not in ruled]
    if len(shown) > LOOK_ALIKES:
        yield f"{len(shown)} look-alikes are shown, {LOOK_ALIKES} are promised at most"
    told = Counter(line for alike in shown for line in (alike.line_a, alike.line_b))
    for line, times in sorted(told.items()):
        if times > LOOK_ALIKES_OF_A_LINE:
            yield f"line {line} is shown in {times} look-alikes, {LOOK_ALIKES_OF_A_LINE} are promised at most"
    if answer.look_alikes_left_out < 0:
        yield f"{answer.look_alikes_left_out} look-alikes are said to be left out"


def _relations(problem: LinkageProblem, answer: Linkage) -> Iterator[str]:
    """Every later line has its relation and a link that leads, over earlier lines, to the first of its cluster."""
    kind = {line.id: line.kind for line in problem.lines}
    joined: dict[str, set[str]] = {}
    for link in answer.links:
        if link.relation.joins:
            joined.setdefault(link.line_a, set()).add(link.line_b)
            joined.setdefault(link.line_b, set()).add(link.line_a)
    ruled = {line for ruling in problem.judgements for line in (ruling.line_a, ruling.line_b)}
    for cluster in answer.clusters:
        reached, ring = set(cluster.lines[:1]), set(cluster.lines[:1])
        while ring:
            ring = {other for line in ring for other in joined.get(line, ())} - reached
            reached |= ring
        for line in cluster.lines[1:]:
            if line not in reached:
                yield f"no chain of links leads from {line} to {cluster.lines[0]}, the first line of {cluster.id}"
            said = answer.relation_to_first.get(line)
            if said is None or said is Relation.NOT_THE_SAME or said is Relation.SECOND_BATCH:
                yield f"line {line} of {cluster.id} has no relation to its first line"
            if line not in ruled and (kind.get(line) == "withdrawal") != (said is Relation.WITHDRAWS):
                yield f"line {line} ({kind.get(line)}) is said to be {said}"
