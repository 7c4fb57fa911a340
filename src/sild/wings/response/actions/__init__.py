"""Verbs of response."""

from sild.wings.response.actions.complaints import (
    NewComplaint,
    withdraw_complaint,
    write_complaint,
)
from sild.wings.response.actions.erasing import redact_responses
from sild.wings.response.actions.essentials import NewEssential, say_essential
from sild.wings.response.actions.listing import (
    NewIdentifier,
    NewListing,
    approve_listing,
    begin_listing,
    name_identifier,
    recall_listing,
    strike_part,
    tick_point,
    write_reason,
)
from sild.wings.response.actions.norms import touch_norm, untouch_norm
from sild.wings.response.actions.options import OptionStep, move_option, pick_option, say_precondition, set_level
from sild.wings.response.actions.responses import OPENERS, WORKERS, NewResponse, close_response, open_response, reopen_response

__all__ = [
    "OPENERS",
    "WORKERS",
    "NewComplaint",
    "NewEssential",
    "NewIdentifier",
    "NewListing",
    "NewResponse",
    "OptionStep",
    "approve_listing",
    "begin_listing",
    "close_response",
    "move_option",
    "name_identifier",
    "open_response",
    "pick_option",
    "recall_listing",
    "redact_responses",
    "reopen_response",
    "say_essential",
    "say_precondition",
    "set_level",
    "strike_part",
    "tick_point",
    "touch_norm",
    "untouch_norm",
    "withdraw_complaint",
    "write_complaint",
    "write_reason",
]
