"""Placing: needs and offers are made from groupings of lines, and every line is put into its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.grants import Going, carry_withholdings
from sild.values.marking import Marking
from sild.wings.register.models import Line, Need, Offer
from sild.wings.register.reads.ruled import ruled_on
from sild.wings.register.rules import Grouping, describe_need, describe_offer, in_time

R = TypeVar("R", Need, Offer)

READERS = frozenset({Role.SERVICE, Role.OFFICER})


@action("register.place-lines", roles=READERS)
def place_lines(actor: Actor, groupings: Sequence[Grouping], *, among: Collection[UUID] | None = None) -> tuple[int, int]:
    """Make needs and offers from the groupings and put every line into its own: (needs, offers).

    Lines in compartments are left where they are: what is in the open is placed with what is in the open. `among` narrows it to
    these lines, all lines of the needs and offers that they speak of; the others stay where they are.
    States and rulings that people gave stay. A need or offer whose lines all went to another stays too, joined into that one; one that
    no line speaks of any more, since its lines were rejected, goes, its image kept, unless a person ruled on it.
    """
    told = Line.objects.filter(compartment_id=None)
    lines = {line.id: line for line in (told if among is None else told.filter(id__in=list(among)))}
    asked = [grouping for grouping in groupings if grouping.side == "need"]
    offered = [grouping for grouping in groupings if grouping.side == "offer"]
    needs, offers = _present(Need, "need_id", lines, asked, among), _present(Offer, "offer_id", lines, offered, among)
    ruled = ruled_on(needs)
    left_needs = _place(Need, needs, asked, lines, lambda need, members: describe_need(need, members, ruled.get(need.id)))
    left_offers = _place(Offer, offers, offered, lines, describe_offer)
    _leave(Need, "need_id", left_needs, lines, asked)
    _leave(Offer, "offer_id", left_offers, lines, offered)
    _move(lines, asked, offered)
    _remove(Need, "need_id", [need for need in left_needs if need.joined_into is None and need.id not in ruled])
    _remove(Offer, "offer_id", [offer for offer in left_offers if offer.joined_into is None])
    return len(asked), len(offered)


def _present(
    model: type[R], column: str, lines: Mapping[UUID, Line], groupings: Sequence[Grouping], among: Collection[UUID] | None
) -> dict[UUID, R]:
    """The needs (or offers) that are there already: all in the open, or those that the lines speak of and that the groupings name."""
    found = model.objects.filter(compartment_id=None)
    if among is not None:
        spoken = {key for line in lines.values() if (key := getattr(line, column)) is not None}
        found = found.filter(id__in=spoken | {grouping.id for grouping in groupings})
    return {record.id: record for record in found}


def _leave(model: type[R], column: str, left: Sequence[R], lines: Mapping[UUID, Line], groupings: Sequence[Grouping]) -> None:
    """Write down where the lines went that spoke of records which no grouping names: to where most of them did."""
    at = {identity: grouping.id for grouping in groupings for identity in grouping.lines}
    spoke: dict[UUID, list[UUID]] = defaultdict(list)
    for line in in_time(lines.values()):
        if getattr(line, column) is not None:
            spoke[getattr(line, column)].append(line.id)
    changed = []
    for record in left:
        went = Counter(at[identity] for identity in spoke.get(record.id, ()) if identity in at)
        if went:
            # of equals the first counted: where its earliest line is
            record.joined_into, record.joined_lines = went.most_common(1)[0][0], spoke[record.id]
            changed.append(record)
    model.objects.bulk_change(changed, ["joined_into", "joined_lines"])


def _remove(model: type[R], column: str, left: Sequence[R]) -> None:
    """Take away what no line speaks of; lines that are not placed with the others still may."""
    keys = [record.id for record in left]
    spoken = set(Line.objects.filter(**{f"{column}__in": keys}).values_list(column, flat=True)) if keys else set()
    for record in left:
        if record.id not in spoken:
            record.delete()


def _place(
    model: type[R],
    present: dict[UUID, R],
    groupings: Sequence[Grouping],
    lines: dict[UUID, Line],
    describe: Callable[[R, Sequence[Line]], None],
) -> list[R]:
    """Make or change the records of one side; returns those that no grouping names."""
    fresh, changed, present = [], [], dict(present)
    for grouping in groupings:
        record = present.pop(grouping.id, None)
        new = record is None
        record = record if record is not None else model(id=grouping.id)
        members: list[Line] = in_time(lines[identity] for identity in grouping.lines if identity in lines)
        describe(record, members)
        record.joined_into, record.joined_lines = None, []
        record.reword()
        told = max((line.marking for line in members), default=int(Marking.AMBER))
        # a run raises a marking and never lowers one: that takes two people
        record.marking = told if new else max(record.marking, told)
        record.embargo_until = max(
            (until for until in [record.embargo_until, *(line.embargo_until for line in members)] if until is not None), default=None
        )
        if new:
            fresh.append(record)
        elif record.image() != record.remembered():
            changed.append(record)
    model.objects.bulk_create(fresh)
    columns = [column.name for column in model._meta.concrete_fields if column.name not in ("id", "version", "created_at")]
    model.objects.bulk_change(changed, columns)
    return list(present.values())


def _move(lines: dict[UUID, Line], asked: Sequence[Grouping], offered: Sequence[Grouping]) -> None:
    """Point every line at its need or offer."""
    need_of = {identity: grouping.id for grouping in asked for identity in grouping.lines}
    offer_of = {identity: grouping.id for grouping in offered for identity in grouping.lines}
    moved = []
    going: dict[str, list[Going]] = {"register.Need": [], "register.Offer": []}
    for line in lines.values():
        need, offer = need_of.get(line.id), offer_of.get(line.id)
        # a line in no grouping (a rejected one, a question) speaks of nothing until it is placed again
        if (line.need_id, line.offer_id) != (need, offer):
            for label, source, into in (("register.Need", line.need_id, need), ("register.Offer", line.offer_id, offer)):
                if source is not None and into is not None and source != into:
                    going[label].append(Going(line.id, source, into))
            line.need_id, line.offer_id = need, offer
            moved.append(line)
    Line.objects.bulk_change(moved, ["need", "offer"])
    for label, lines_going in going.items():
        carry_withholdings(label, lines_going)
