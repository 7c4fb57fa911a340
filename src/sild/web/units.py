"""Units in words: what a quantity counts, in the reader's language and in the form that the number asks for.

A unit that stands in no list of `values.units` is shown as it was read: nobody's words are changed, they are only not translated.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import npgettext

from sild.values.units import UNITS


def counted(unit: str | None, quantity: Decimal | int | float | None) -> str:
    """The unit as it is said after the quantity: "laptops" after 35, "laptop" after 1; without a quantity, of several."""
    if not unit:
        return ""
    forms = UNITS.get(unit)
    if forms is None:
        return unit
    # of a part of a thing people speak as of a few: one and a half licences
    number = 2 if quantity is None or quantity % 1 else abs(int(quantity))
    return npgettext("unit", *forms, number)
