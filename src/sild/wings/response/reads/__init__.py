"""Questions to response."""

from sild.wings.response.reads.essentials import EssentialRow, EssentialSaid, EssentialsView, SeverityRow, essentials_of
from sild.wings.response.reads.listing import (
    LISTING,
    IdentifierRow,
    ListingRow,
    ListingView,
    ReasonRow,
    TickRow,
    listing_file,
    listing_record,
    listings_of,
)
from sild.wings.response.reads.naming import response_naming
from sild.wings.response.reads.responses import (
    PICKED,
    RESPONSE,
    OfferedOption,
    PickedRow,
    PreconditionRow,
    ResponseRow,
    ResponseView,
    StepRow,
    list_responses,
    offered_options,
    response_of_option,
    response_record,
)

__all__ = [
    "LISTING",
    "PICKED",
    "RESPONSE",
    "EssentialRow",
    "EssentialSaid",
    "EssentialsView",
    "IdentifierRow",
    "ListingRow",
    "ListingView",
    "OfferedOption",
    "PickedRow",
    "PreconditionRow",
    "ReasonRow",
    "ResponseRow",
    "ResponseView",
    "SeverityRow",
    "StepRow",
    "TickRow",
    "essentials_of",
    "list_responses",
    "listing_file",
    "listing_record",
    "listings_of",
    "offered_options",
    "response_naming",
    "response_of_option",
    "response_record",
]
