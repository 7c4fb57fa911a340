"""Links as they are kept after a linking: what is new is written, what changed is changed, what no longer holds goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sild.cores.linkage.answer import Linkage, Reason
from sild.cores.linkage.problem import Relation
from sild.kernel.actor import Actor
from sild.kernel.casework import worked_on
from sild.wings.linkage.models import Link
from sild.wings.linkage.reads.component import Part
from sild.wings.linkage.reads.problem import line_id
from sild.wings.linkage.rules import LOOK_ALIKE

REASON = ("comparison", "level", "value_a", "value_b", "weight", "sentence")

Ends: TypeAlias = tuple[UUID, UUID]
Columns: TypeAlias = dict[str, Any]


class Keeping:
    """Keeps what a linking found, within an act of who asked for it."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def whole(self, linkage: Linkage) -> int:
        """Keep the links and look-alikes of a whole linking, within an act; returns the number of links that join."""
        wanted = _wanted(linkage)
        # what lies in a compartment is not linked anew, and not dropped either
        present = {(link.line_a_id, link.line_b_id): link for link in Link.objects.filter(compartment_id__isnull=True)}
        _write(self.actor, wanted, present)
        return sum(columns["joined"] for columns in wanted.values())

    def in_part(self, part: Part, linkage: Linkage) -> int:
        """The same for a part placed anew, only of what may have moved; what was weighed with the whole register stays as weighed."""
        wanted = _wanted(linkage)
        moved = _Moved(part, linkage)
        there = [line.id for line in part.lines]
        found = Link.objects.filter(compartment_id__isnull=True, line_a_id__in=there, line_b_id__in=there)
        present = {ends: link for link in found if moved.speaks_of(ends := (link.line_a_id, link.line_b_id))}
        for ends, columns in list(wanted.items()):
            link = present.get(ends)
            if moved.stays(ends) and (link is None and columns["relation"] == LOOK_ALIKE and not _ruled(columns["reasons"])):
                # they stood apart and were not shown as alike among all lines; among these few they would be
                del wanted[ends]
            elif link is not None:
                wanted[ends] = columns | _as_weighed(link, columns)
        for ends, link in list(present.items()):
            unmoved = moved.stays(ends) and not _ruled(link.reasons)
            further = link.relation == Relation.SECOND_BATCH and ends[1] not in part.free
            if unmoved and (further or (ends not in wanted and link.relation == LOOK_ALIKE)):
                del present[ends]
                wanted.pop(ends, None)
        _write(self.actor, wanted, present)
        return sum(link.relation.joins for link in linkage.links)


class _Moved:
    """What placing a part anew may have moved: of which pairs its answer speaks, and which of them stood apart and still do."""

    def __init__(self, part: Part, linkage: Linkage) -> None:
        self._free = part.free
        self._before = part.stands
        self._now = {line_id(line): cluster.id for cluster in linkage.clusters for line in cluster.lines}

    def speaks_of(self, ends: Ends) -> bool:
        """Whether one of the two was placed anew, or both stand where such a line stands now."""
        return not self._free.isdisjoint(ends) or self._together(ends)

    def stays(self, ends: Ends) -> bool:
        """Whether the two stood apart, and still do."""
        return self._before[ends[0]] != self._before[ends[1]] and not self._together(ends)

    def _together(self, ends: Ends) -> bool:
        first, second = (self._now.get(line) for line in ends)
        return first is not None and first == second


def _ruled(reasons: Iterable[Mapping[str, Any]]) -> bool:
    return any(reason["comparison"] == "ruling" for reason in reasons)


def _kept_reasons(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Reasons as a link keeps them."""
    return [{column: getattr(reason, column) for column in REASON} for reason in reasons]


def _wanted(linkage: Linkage) -> dict[Ends, Columns]:
    """The links and look-alikes of an answer, as columns."""
    wanted: dict[Ends, Columns] = {}
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


def _write(actor: Actor, wanted: Mapping[Ends, Columns], present: Mapping[Ends, Link]) -> None:
    """Write what is new, change what changed, drop proposals that no longer hold."""
    fresh, changed = [], []
    for ends, columns in wanted.items():
        link = present.get(ends)
        if link is None:
            fresh.append(Link(line_a_id=ends[0], line_b_id=ends[1], **columns))
        elif any(getattr(link, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(link, name, value)
            changed.append(link)
    Link.objects.bulk_create(fresh)
    Link.objects.bulk_change(changed, ["relation", "score", "reasons", "joined", "why_apart"])
    left = [link for ends, link in present.items() if ends not in wanted]
    worked = worked_on(actor, "linkage.Link", [link.id for link in left])
    for stale in left:
        if stale.id not in worked:
            stale.delete()
        elif stale.joined or stale.relation != LOOK_ALIKE:
            # somebody has it, or wrote beside it: it stays, as two lines that the desk no longer proposes to link
            stale.joined, stale.relation, stale.why_apart = False, LOOK_ALIKE, ""
            stale.save()


def _as_weighed(link: Link, columns: Columns) -> Columns:
    """The evidence of a link as the whole register weighed it, with what is ruled now: a part of it may know less of what is rare."""
    evidence = [reason for reason in link.reasons if reason["comparison"] != "ruling"]
    ruled = [reason for reason in columns["reasons"] if reason["comparison"] == "ruling"]
    reasons = [*evidence, *ruled]
    return {"reasons": reasons, "score": round(sum(float(reason["weight"]) for reason in reasons), 6)}
