"""How a way is checked before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.wings.delivery.rules.consignments import LONGEST_PLACE, MOST_LEGS
from sild.wings.delivery.rules.legs import Leg


class Route:
    """The legs of a consignment as somebody plans them."""

    @staticmethod
    def checked(legs: Sequence[Leg]) -> tuple[Leg, ...]:
        """The planned legs, their places without stray blanks. Raises Refused."""
        if len(legs) > MOST_LEGS:
            raise Refused(_("At most {most} legs. Name the places between in the words of one leg.").format(most=MOST_LEGS))
        kept = []
        for leg in legs:
            start, end, by = (" ".join(text.split()) for text in (leg.start, leg.end, leg.by))
            if not start or not end:
                raise Refused(_("Say of each leg where it begins and where it ends."))
            if max(len(text) for text in (start, end, by)) > LONGEST_PLACE:
                raise Refused(_("Places and carriers are told in at most {most} letters.").format(most=LONGEST_PLACE))
            kept.append(replace(leg, start=start, end=end, by=by, left=None, came=None))
        for before, after in pairwise(kept):
            if before.planned is not None and after.planned is not None and after.planned < before.planned:
                told = _("The leg to {place} ends before the one before it. Put the days in order.")
                raise Refused(told.format(place=after.end))
        return tuple(kept)

    @staticmethod
    def due(legs: Sequence[Leg]) -> date | None:
        """The day on which the way is to end."""
        return legs[-1].planned if legs else None
