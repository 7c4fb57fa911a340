"""Verbs that correct what was read: mend a line, split one, join two, add one that the reading missed. What was read stays beside it."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.record import Record
from sild.kernel.refusals import Refused, Stale
from sild.wings.parties.public import parties
from sild.wings.register.actions.describing import describe_anew
from sild.wings.register.models import Line, Need, Offer
from sild.wings.register.reads.own import own_line
from sild.wings.register.rules import MENDABLE, MOST_PARTS, Channel, LineReading, LineState, Misfit, fitting, marking_of

OFFICERS = frozenset({Role.OFFICER})
OWN = frozenset({"id", "version", "created_at", "mechanism_id", "owner_id", "releasable_to", "need", "offer", "words"})
"""Columns that a part of a split line does not take over."""

TAKEN_OVER = (*MENDABLE, "sent_by", "relayed_by", "conditions", "channel", "language", "additional", "changes")
"""What a line takes over from the one that is joined with it, where it says nothing of its own."""

UNSAID: tuple[Any, ...] = (None, "", [], Channel.UNDETERMINED)

OWN_RECORDS: Mapping[str, type[Need | Offer]] = {"request": Need, "offer": Offer}
"""What a line of a kind speaks of before lines are linked; a change of an earlier line waits for that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a line that is split."""

    item: str
    quantity: Decimal | str | None = None
    unit: str | None = None
    category: str | None = None


@action("register.mend-line", roles=OFFICERS)
def mend_line(actor: Actor, line_id: UUID, version: int, changes: Mapping[str, Any], *, reason: str = "") -> tuple[str, ...]:
    """Set fields of a line to what is right; returns those that changed. What was read, and its place in the message, stays in `fields`.

    Its need or offer is described anew in the same act. Raises NotThere, Stale, Refused for a field or a value that is none.
    """
    fitted = _mendable(changes)
    line = _read_at(actor, line_id, version, fitted)
    line.fields = copy.deepcopy(line.fields)
    changed = _mend(actor, line, fitted, reason)
    if changed:
        line.save()
        describe_anew(actor, [line])
    return changed


@action("register.split-line", roles=OFFICERS)
def split_line(actor: Actor, line_id: UUID, version: int, parts: Sequence[Part], *, reason: str = "") -> tuple[UUID, ...]:
    """Make several lines of one that speaks of several things; returns their identifiers, the first being the line itself.

    Each keeps the message, the words and the places that the line was read from, and speaks of a need or an offer of its own until
    lines are linked again. Quantities add up, or the reason says why not. Raises NotThere, Stale, Refused.
    """
    line = _read_at(actor, line_id, version, {"item": "; ".join(part.item for part in parts)})
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Refused(_("A line is split into two to {most} parts; {count} were given.").format(most=MOST_PARTS, count=len(parts)))
    fitted = [{name: _fitted(name, value) for name, value in _told(part).items()} for part in parts]
    if not all(part["item"] for part in fitted):
        raise Refused(_("Every part of a split line says what it is. Name the thing in each."))
    _refuse_lost(line, [part.get("quantity") for part in fitted], reason)
    whole = {column.name: getattr(line, column.name) for column in Line._meta.concrete_fields if column.name not in OWN}
    line.fields = copy.deepcopy(line.fields)
    fresh = []
    for part in fitted[1:]:
        piece = Line(id=uuid.uuid4(), **copy.deepcopy(whole), **_of_its_own(line))
        _take(actor, piece, part, reason)
        piece.save()
        fresh.append(piece)
    _take(actor, line, fitted[0], reason)
    line.save()
    describe_anew(actor, [line, *fresh])
    return (line.id, *(piece.id for piece in fresh))


@action("register.join-lines", roles=OFFICERS)
def join_lines(
    actor: Actor, line: tuple[UUID, int], other: tuple[UUID, int], changes: Mapping[str, Any], *, reason: str = ""
) -> tuple[str, ...]:
    """Make one of two lines of a message that say one thing, each given as (id, version that was read).

    The first takes over the words that the other was read from and what only the other says; `changes` are what a person set. The
    other is rejected and stays. Returns the fields that changed. Raises NotThere, Stale, Refused.
    """
    fitted = _mendable(changes)
    kept, gone = _read_at(actor, *line, fitted), own_line(actor, *other)
    if kept.id == gone.id or kept.message_id != gone.message_id:
        raise Refused(_("Two lines of one message are joined. Choose another line of this message."))
    if LineState.REJECTED in (kept.state, gone.state):
        raise Refused(_("A rejected line is joined with none. Make it a draft again first, or leave it."))
    kept.fields = copy.deepcopy(kept.fields)
    before = {name: getattr(kept, name) for name in TAKEN_OVER}
    kept.evidence = [*kept.evidence, *(span for span in gone.evidence if span not in kept.evidence)]
    for name in TAKEN_OVER:
        theirs = getattr(gone, name)
        if getattr(kept, name) in UNSAID and theirs not in UNSAID:
            setattr(kept, name, theirs)
            if name in gone.fields:
                kept.fields[name] = copy.deepcopy(gone.fields[name])
    if not before["beneficiary"] and gone.beneficiary:
        kept.beneficiary_known = gone.beneficiary_known
    _mend(actor, kept, fitted, reason)
    kept.save()
    gone.state = LineState.REJECTED
    gone.save()
    describe_anew(actor, [kept, gone])
    return tuple(sorted(name for name, value in before.items() if not _same(getattr(kept, name), value)))


@action("register.add-line", roles=OFFICERS)
def add_line(actor: Actor, reading: LineReading, values: Mapping[str, Any], *, like: Record, reason: str = "") -> UUID:
    """Keep a line that the reading missed, as a draft: `reading` says where it stands in which message, `values` what a person read.

    It is as closed as `like`, its message, and speaks of a need or an offer of its own until lines are linked. Returns its id.
    Raises Refused for a field or a value that is none, and for a line that says no thing.
    """
    fitted = _mendable(values)
    if not fitted.get("item"):
        raise Refused(_("Say what is asked or offered: the thing, in the words of the message."))
    told: dict[str, Any] = asdict(reading) | {"evidence": list(reading.evidence), "threads": list(reading.threads), "conditions": []}
    # a line is marked as a message without a word about it is, and never less than its own message
    marking = max(int(marking_of(reading.tlp)), like.marking)
    line = Line(**told | {"marking": marking, "compartment_id": like.compartment_id, "embargo_until": like.embargo_until})
    line.fields = {}
    _mend(actor, line, fitted, reason)
    for name in fitted:
        if name in line.fields:
            line.fields[name]["mended"]["added"] = True
    if line.kind in OWN_RECORDS:
        record = OWN_RECORDS[line.kind](
            title=line.item, marking=line.marking, compartment_id=line.compartment_id, embargo_until=line.embargo_until
        )
        record.save()
        setattr(line, "offer" if isinstance(record, Offer) else "need", record)
    line.save()
    describe_anew(actor, [line])
    return line.id


def _mendable(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the fields keep them. Raises Refused for a field or a value that is none."""
    unknown = sorted(set(changes) - set(MENDABLE))
    if unknown:
        told = _("A line has no field {names} that is mended. It has {fields}.")
        raise Refused(told.format(names=", ".join(unknown), fields=", ".join(MENDABLE)))
    return {name: _fitted(name, value) for name, value in changes.items()}


def _mend(actor: Actor, line: Line, fitted: Mapping[str, Any], reason: str) -> tuple[str, ...]:
    """Set the fields that are not so already, each with what was read beside it; returns them."""
    changed = {name: value for name, value in fitted.items() if not _same(getattr(line, name), value)}
    for name, value in changed.items():
        line.fields[name] = _mended(actor, line, name, reason)
        setattr(line, name, value)
    if "beneficiary" in changed:
        line.beneficiary_known = line.beneficiary in {party.name for party in parties(actor)}
    return tuple(sorted(changed))


def _read_at(actor: Actor, line_id: UUID, version: int, mine: Mapping[str, Any]) -> Line:
    """The line at the version that the person read; Stale shows what they wrote beside what stands there now."""
    try:
        return own_line(actor, line_id, version)
    except Stale as stale:
        raise stale.against(mine) from stale


def _told(part: Part) -> dict[str, Any]:
    told: dict[str, Any] = {"item": part.item, "quantity": part.quantity}
    return told | {name: value for name, value in (("unit", part.unit), ("category", part.category)) if value is not None}


def _take(actor: Actor, line: Line, part: Mapping[str, Any], reason: str) -> None:
    for name, value in part.items():
        if not _same(getattr(line, name), value):
            line.fields[name] = _mended(actor, line, name, reason)
            setattr(line, name, value)


def _of_its_own(line: Line) -> dict[str, Need | Offer]:
    """A need or an offer for a part, as the line had one; linking puts it where it belongs."""
    own: dict[str, Need | Offer] = {}
    if line.need is not None:
        own["need"] = Need(title=line.item, marking=line.marking, compartment_id=line.compartment_id, embargo_until=line.embargo_until)
    if line.offer is not None:
        own["offer"] = Offer(title=line.item, marking=line.marking, compartment_id=line.compartment_id, embargo_until=line.embargo_until)
    for record in own.values():
        record.save()
    return own


def _refuse_lost(line: Line, quantities: Sequence[Decimal | None], reason: str) -> None:
    """Parts that do not add up to the line need a reason."""
    if line.quantity is None or reason.strip():
        return
    together = sum((quantity for quantity in quantities if quantity is not None), Decimal(0))
    if together != line.quantity:
        told = _("The parts add up to {together}, the line says {quantity}. Correct a part, or say in the reason why they differ.")
        raise Refused(told.format(together=f"{together.normalize():f}", quantity=f"{line.quantity.normalize():f}"))


def _mended(actor: Actor, line: Line, name: str, reason: str) -> dict[str, Any]:
    """What is kept of a field: what was read and where, as it was, and who mended it, when, why, from what."""
    kept: dict[str, Any] = dict(line.fields.get(name) or {"value": None, "span": None, "confidence": None, "reason": ""})
    before = getattr(line, name)
    kept["mended"] = {
        "by": actor.name,
        "on": clock.today().isoformat(),
        "from": before.isoformat() if isinstance(before, date) else f"{before.normalize():f}" if isinstance(before, Decimal) else before,
        "reason": reason,
    }
    return kept


def _fitted(name: str, value: Any) -> Any:
    try:
        return fitting(name, value)
    except Misfit as misfit:
        told = {
            "number": _("{field}: {value} is no number that a register can hold. Write it in digits, such as 1200 or 0.5."),
            "negative": _("{field}: {value} is less than nothing. Write a quantity of 0 or more."),
            "day": _("{field}: {value} is no day. Write it as 2026-12-15."),
            "age": _("{field}: {value} lies too far away to be meant. Check the year."),
            "choice": _("{field}: {value} is not among the choices."),
            "length": _("{field}: the text is longer than {most} letters. Shorten it."),
        }[misfit.code]
        raise Refused(told.format(field=name, value=str(value)[:80], most=misfit.most)) from misfit


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) or (one in (None, "") and other in (None, ""))
