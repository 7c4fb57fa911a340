"""Questions to response."""

from sild.wings.response.reads.essentials import EssentialRow, EssentialSaid, EssentialsView, SeverityRow, essentials_of
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
    "PICKED",
    "RESPONSE",
    "EssentialRow",
    "EssentialSaid",
    "EssentialsView",
    "OfferedOption",
    "PickedRow",
    "PreconditionRow",
    "ResponseRow",
    "ResponseView",
    "SeverityRow",
    "StepRow",
    "essentials_of",
    "list_responses",
    "offered_options",
    "response_naming",
    "response_of_option",
    "response_record",
]
