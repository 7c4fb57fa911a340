"""The words of a report for states, fields and places, in the report's language; the same words as on the desk's pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import get_language, npgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.kernel.said import said
from sild.values.units import UNITS

WORDS: Mapping[str, Mapping[str, str]] = {
    "mover": {
        "secretariat": noop("the secretariat"),
        "gates": noop("the gates"),
        "licence-liaison": noop("the licence liaison"),
        "authority": noop("the authority"),
        "objector": noop("whoever objected"),
        "requester": noop("those who asked"),
        "giver": noop("the giver"),
        "carrier": noop("the carrier"),
        "nobody": noop("nobody"),
    },
    "coverage": {
        "covered": noop("spoken for in full"),
        "part": noop("spoken for in part"),
        "none": noop("nothing that stands here is spoken for it"),
        "unknown": noop("not known: nobody said how much is asked"),
    },
    "section": {
        "needs": noop("Need"),
        "offers": noop("Offer"),
        "agreements": noop("Agreement"),
        "consignments": noop("Consignment"),
        "licences": noop("Licence case"),
        "lapses": noop("What lapses"),
        "flows": noop("Money"),
    },
    "field": {
        "state": noop("state"),
        "channel": noop("civil or military"),
        "quantity": noop("quantity"),
        "needed_by": noop("day by which it is needed"),
        "body": noop("for whom"),
        "urgency": noop("urgency"),
        "unmatched": noop("what nobody has spoken for"),
        "accepted": noop("what was taken over"),
        "disputed": noop("what is disputed"),
        "light": noop("whether it can be delivered"),
        "answer": noop("answer"),
        "withdrawn": noop("withdrawn"),
        "available_until": noop("last day of the offer"),
        "standing": noop("quantity that stands"),
        "month": noop("month"),
        "arrived": noop("what is there"),
        "due": noop("day on which it is due"),
        "due_on": noop("day on which it is due"),
        "expires_on": noop("day on which it expires"),
        "on": noop("day on which it lapses"),
        "amount": noop("amount"),
        "ended": noop("not kept"),
    },
}
"""Kind of words that papers alone use -> value -> English words, which are also the message ids of the translations."""

DESK: Mapping[str, str] = {
    "needs": "need",
    "answer": "answer",
    "channel": "channel",
    "urgency": "urgency",
    "agreements": "agreement",
    "consignments": "consignment",
    "licences": "licence",
    "flows": "flow",
    "light": "light",
    "check": "check",
}
"""Kind of words here -> the desk's own table of them, which its pages use too."""

_DAYS = frozenset({"needed_by", "available_until", "due", "due_on", "expires_on", "on", "month"})
_AMOUNTS = frozenset({"quantity", "unmatched", "accepted", "disputed", "standing", "arrived", "amount"})


def word(kind: str, value: object) -> str:
    """What a value is called; a value without words is shown with spaces for its hyphens, and nothing as not known."""
    if value is None or value == "":
        return _("not known")
    if kind in DESK:
        return said().label(str(value), DESK[kind])
    known = WORDS.get(kind, {}).get(str(value))
    return _(known) if known is not None else str(value).replace("-", " ")


def field_value(section: str, field: str, value: Any, row: Mapping[str, Any]) -> str:
    """The value of a field of a row in words: with its unit or currency, as a day, as what a state is called."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return _("not known")
    if field in _DAYS:
        return told_day(str(value))
    if field in _AMOUNTS:
        return told_amount(str(value), str(row.get("currency" if field == "amount" else "unit") or ""), money=field == "amount")
    if field == "body":
        return str(value)
    return word(section if field == "state" else field, value)


def told_day(text: str | None) -> str:
    """A day as the language writes it; "not known" for none."""
    return str(format_date(date.fromisoformat(text), "d MMM y", locale=_locale())) if text else _("not known")


def told_amount(text: str | None, unit: str, *, money: bool = False) -> str:
    """A quantity with its unit, or an amount with its currency; "not known" for none."""
    if not text:
        return _("not known")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return text
    said = str(format_decimal(amount, locale=_locale(), decimal_quantization=False))
    return f"{said} {unit if money else counted(unit, amount)}".strip()


def counted(unit: str, quantity: Decimal | None) -> str:
    """The unit as it is said after the quantity; one that stands in no list as it was read."""
    forms = UNITS.get(unit)
    if forms is None:
        return unit
    # of a part of a thing people speak as of a few
    return npgettext("unit", *forms, 2 if quantity is None or quantity % 1 else abs(int(quantity)))


def _locale() -> str:
    return (get_language() or "en").split("-")[0]
