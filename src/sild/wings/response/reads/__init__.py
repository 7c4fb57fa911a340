"""Questions to response."""

from sild.wings.response.reads.complaint_paper import (
    complaint_file,
)
from sild.wings.response.reads.complaints import (
    COMPLAINT,
    ComplaintRow,
    ForumRow,
    ForumsView,
    NeedTick,
    complaint_record,
    forums_of,
)
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
from sild.wings.response.reads.norms import TOUCHED, NormRow, incident_of_touch, incidents_of_norms, norms_of_incident
from sild.wings.response.reads.precedents import (
    PrecedentRow,
    PrecedentsView,
    precedents_of,
)
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
    "COMPLAINT",
    "LISTING",
    "PICKED",
    "RESPONSE",
    "TOUCHED",
    "ComplaintRow",
    "EssentialRow",
    "EssentialSaid",
    "EssentialsView",
    "ForumRow",
    "ForumsView",
    "IdentifierRow",
    "ListingRow",
    "ListingView",
    "NeedTick",
    "NormRow",
    "OfferedOption",
    "PickedRow",
    "PrecedentRow",
    "PrecedentsView",
    "PreconditionRow",
    "ReasonRow",
    "ResponseRow",
    "ResponseView",
    "SeverityRow",
    "StepRow",
    "TickRow",
    "complaint_file",
    "complaint_record",
    "essentials_of",
    "forums_of",
    "incident_of_touch",
    "incidents_of_norms",
    "list_responses",
    "listing_file",
    "listing_record",
    "listings_of",
    "norms_of_incident",
    "offered_options",
    "precedents_of",
    "response_naming",
    "response_of_option",
    "response_record",
]
