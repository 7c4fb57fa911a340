"""What people send about capacity and terms, read from a form. What cannot be read is refused in words."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import amount_of, day_of
from sild.wings.outlook.actions import NewTerm, StatedMonth
from sild.wings.outlook.rules import MONTHS_AHEAD, TermKind
from sild.wings.planning.public import RESOURCES


def months_of(told: QueryDict) -> list[StatedMonth]:
    """The months of a form, in fields "month-2026-03" and, of a resource, "people-2026-03"; an empty field is not known. Raises Refused."""
    found: list[StatedMonth] = []
    for name in sorted(told):
        resource, sign, month = name.partition("-")
        if sign and (resource == "month" or resource in RESOURCES) and len(found) < 2 * MONTHS_AHEAD * (1 + len(RESOURCES)):
            amount = amount_of(told.get(name, ""), places=2) if resource in RESOURCES else amount_of(told.get(name, ""))
            found.append(StatedMonth(month=_month(month), amount=amount, resource="" if resource == "month" else resource))
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
