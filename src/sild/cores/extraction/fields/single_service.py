"""A service asked for once (an assessment, a team, an exercise) counts one."""

from __future__ import annotations

from decimal import Decimal

from sild.cores.extraction.fields.found import NumberFound, QuantityFound
from sild.cores.extraction.fields.quantities import find_quantities
from sild.cores.extraction.fields.units import find_units

_ONCE = frozenset({"exercise", "assessment", "team", "workshop", "programme", "campaign", "course", "report", "kit"})


def find_single_service(text: str) -> QuantityFound | None:
    """The first service or kit of the text that no number counts, with quantity 1; None where there is none.

    The caller decides whether it is asked for at all, and whether people counted beside it (a course's) matter more.
    """
    counted = {quantity.unit_start for quantity in find_quantities(text) if quantity.unit is not None and quantity.value != 1}
    for hit in find_units(text):
        if hit.key.name in _ONCE and hit.start not in counted:
            verbatim = text[hit.start : hit.end]
            one = NumberFound(
                start=hit.start, end=hit.end, verbatim=verbatim, value=Decimal(1), low=Decimal(1), high=Decimal(1), confidence=0.5
            )
            return QuantityFound(
                start=hit.start, end=hit.end, verbatim=verbatim, value=Decimal(1), unit=hit.key.name, unit_class=hit.key.unit_class,
                number=one, unit_start=hit.start, unit_end=hit.end, confidence=0.6,
            )  # fmt: skip
    return None
