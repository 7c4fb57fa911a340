"""Two lines told to a person: what changed from the earlier to the later, and how surely they speak of one, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.jobs import is_pending
from sild.wings.linkage.reads.pairs import Side
from sild.wings.linkage.rules import REFRESH

CHANGING = ("quantity", "needed_by", "available_from", "urgency", "beneficiary", "provider")
"""What of a line may change from one telling to the next, and is worth a sentence."""

SURE, LIKELY, RATHER = 6.6, 3.2, 1.0
"""Bits from which on odds are 99, 9 and 2 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field that both lines say, differently. `step`: by how much (a quantity of one unit) or by how many days, None for others."""

    name: str
    before: Any
    after: Any
    unit_before: str = ""
    unit_after: str = ""
    step: Decimal | int | None = None

    @property
    def less(self) -> Decimal | int | None:
        """The step without its sign."""
        return -self.step if self.step is not None and self.step < 0 else self.step


@read
def linking_under_way(actor: Actor) -> bool:
    """Whether the worker is about to link the whole register anew, or does."""
    return is_pending(REFRESH, actor)


def changed_between(early: Side, late: Side) -> list[Change]:
    """What changed, as far as both lines say it; what only one says has not changed."""
    changes = []
    for name in CHANGING:
        before, after = getattr(early, name), getattr(late, name)
        if before in (None, "") or after in (None, "") or before == after:
            continue
        step: Decimal | int | None = None
        if isinstance(before, date) and isinstance(after, date):
            step = (after - before).days
        elif name == "quantity" and early.unit == late.unit:
            step = after - before
        units = (early.unit, late.unit) if name == "quantity" else ("", "")
        changes.append(Change(name=name, before=before, after=after, unit_before=units[0], unit_after=units[1], step=step))
    return changes


def surely(bits: float) -> str:
    """How surely two lines speak of one need or offer by the evidence alone (bits), in words."""
    if bits >= SURE:
        return _("By what was compared it is almost certain that they speak of one.")
    if bits >= LIKELY:
        return _("By what was compared they very probably speak of one.")
    if bits >= RATHER:
        return _("By what was compared they rather speak of one.")
    if bits > -RATHER:
        return _("What was compared leaves it open: it speaks about as much for one as for two.")
    if bits > -LIKELY:
        return _("By what was compared they rather speak of two.")
    if bits > -SURE:
        return _("By what was compared they very probably speak of two.")
    return _("By what was compared it is almost certain that they speak of two.")
