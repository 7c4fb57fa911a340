"""Questions to the register: all of it at once for the cores (`whole`), lists for people (`lists`), one record (`records`)."""

from sild.wings.register.reads.lists import (
    LINES,
    NEEDS,
    OFFERS,
    LineFilter,
    LineRow,
    NeedFilter,
    NeedRow,
    OfferFilter,
    OfferRow,
    list_lines,
    list_needs,
    list_offers,
)
from sild.wings.register.reads.records import (
    LineView,
    NeedRecord,
    OfferRecord,
    RulingView,
    line_record,
    need_record,
    offer_record,
)
from sild.wings.register.reads.whole import NeedView, OfferView, lines, needs, offers, rulings

__all__ = [
    "LINES",
    "NEEDS",
    "OFFERS",
    "LineFilter",
    "LineRow",
    "LineView",
    "NeedFilter",
    "NeedRecord",
    "NeedRow",
    "NeedView",
    "OfferFilter",
    "OfferRecord",
    "OfferRow",
    "OfferView",
    "RulingView",
    "line_record",
    "lines",
    "list_lines",
    "list_needs",
    "list_offers",
    "need_record",
    "needs",
    "offer_record",
    "offers",
    "rulings",
]
