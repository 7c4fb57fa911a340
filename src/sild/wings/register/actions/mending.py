"""Verbs that correct a line: mend what was misread, split what was read as one. What was read stays beside what is right."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused, Stale
from sild.wings.parties.public import parties
from sild.wings.register.actions.describing import describe_anew
from sild.wings.register.models import Line, Need, Offer
from sild.wings.register.reads.own import own_line
from sild.wings.register.rules import MENDABLE, MOST_PARTS, Misfit, fitting

OFFICERS = frozenset({Role.OFFICER})
OWN = frozenset({"id", "version", "created_at", "mechanism_id", "owner_id", "releasable_to", "need", "offer", "words"})
"""Columns that a part of a split line does not take over."""


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
    unknown = sorted(set(changes) - set(MENDABLE))
    if unknown:
        told = _("A line has no field {names} that is mended. It has {fields}.")
        raise Refused(told.format(names=", ".join(unknown), fields=", ".join(MENDABLE)))
    fitted = {name: _fitted(name, value) for name, value in changes.items()}
    line = _read_at(actor, line_id, version, fitted)
    changed = {name: value for name, value in fitted.items() if not _same(getattr(line, name), value)}
    if not changed:
        return ()
    line.fields = copy.deepcopy(line.fields)
    for name, value in changed.items():
        line.fields[name] = _mended(actor, line, name, reason)
        setattr(line, name, value)
    if "beneficiary" in changed:
        line.beneficiary_known = line.beneficiary in {party.name for party in parties(actor)}
    line.save()
    describe_anew(actor, [line])
    return tuple(sorted(changed))


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
