"""What lapses and what bodies can take in, in the base world: told by the secretariat and by a recipient."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sild.kernel.identity import actor_named
from sild.wings.outlook.actions import NewTerm, StatedMonth, keep_term, renew_term, state_capacity
from sild.wings.outlook.reads import speaks_for
from sild.wings.outlook.rules import TermKind, month_of


def look_ahead(slug: str, today: date) -> None:
    """Terms of some bodies, one of them renewed, and a capacity."""
    officer = actor_named(slug, "officer")
    for number, body in enumerate(sorted(speaks_for(officer))[:3]):
        kind = (TermKind.LICENCE, TermKind.WARRANTY, TermKind.MAINTENANCE)[number]
        ends = today + timedelta(days=40 * (number + 1))
        new = NewTerm(kind=kind, title=f"{kind} for the worlds", body=body, ends_on=ends, quantity=Decimal(5), source="for the worlds")
        term = keep_term(officer, new, reason="for the worlds")
        if number == 1:
            renew_term(officer, term, ends + timedelta(days=300), reason="for the worlds")
        month = month_of(today, 1)
        told = [StatedMonth(month=month, amount=Decimal(40)), StatedMonth(month=month, amount=Decimal(160), resource="people")]
        state_capacity(officer, body, told, source="for the worlds")
