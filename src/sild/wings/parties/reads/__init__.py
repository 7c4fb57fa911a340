"""Questions about parties, the mechanism, and who sits where."""

from sild.wings.parties.reads.day import desk_day
from sild.wings.parties.reads.overlap import OverlapTerms, above, asks_across_walls, overlap_terms
from sild.wings.parties.reads.parties import (
    PartyView,
    mechanism_file,
    organisation_ids,
    parents,
    parties,
    parties_around,
    parties_with_above,
    right_below,
)
from sild.wings.parties.reads.people import LinkView, SeatView, people_page, seat_page

__all__ = [
    "LinkView",
    "OverlapTerms",
    "PartyView",
    "SeatView",
    "above",
    "asks_across_walls",
    "desk_day",
    "mechanism_file",
    "organisation_ids",
    "overlap_terms",
    "parents",
    "parties",
    "parties_around",
    "parties_with_above",
    "people_page",
    "right_below",
    "seat_page",
]
