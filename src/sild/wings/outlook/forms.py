"""What people send about capacity and terms, read from a form. What cannot be read is refused in words."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import amount_of, day_of
from sild.wings.outlook.actions import NewTerm, StatedMonth
from sild.wings.outlook.rules import MONTHS_AHEAD, TermKind


def months_of(told: QueryDict) -> list[StatedMonth]:
    """The months of a form, in fields "month-2026-03"; an empty field is not known. Raises Refused."""
    found: list[StatedMonth] = []
    for name in sorted(told):
        if name.startswith("month-") and len(found) < 2 * MONTHS_AHEAD:
            found.append(StatedMonth(month=_month(name.removeprefix("month-")), amount=amount_of(told.get(name, ""))))
    return found


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as fault:
        raise Refused(_("{month} is no month. Load the page anew and try again.").format(month=text[:20])) from fault


def term_of(told: QueryDict) -> NewTerm:
    """A term of a form. Raises Refused."""
    kind, ends_on = told.get("kind", ""), day_of(told.get("ends_on", ""))
    if kind not in {*TermKind}:
        raise Refused(_("Choose what runs out: a licence, maintenance, a warranty, hosting or a service."))
    if ends_on is None:
        raise Refused(_("Say on which day it ends."))
    named = {name: told.get(name, "")[:1000] for name in ("title", "body", "category", "vendor", "giver", "unit", "source")}
    return NewTerm(kind=TermKind(kind), ends_on=ends_on, quantity=amount_of(told.get("quantity", "")), **named)


def later_day(told: QueryDict) -> date:
    """The day until which something was renewed. Raises Refused."""
    day = day_of(told.get("ends_on", ""))
    if day is None:
        raise Refused(_("Say until which day it was renewed."))
    return day
