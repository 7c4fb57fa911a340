"""Verbs of response."""

from sild.wings.response.actions.erasing import redact_responses
from sild.wings.response.actions.essentials import NewEssential, say_essential
from sild.wings.response.actions.options import OptionStep, move_option, pick_option, say_precondition, set_level
from sild.wings.response.actions.responses import OPENERS, WORKERS, NewResponse, close_response, open_response, reopen_response

__all__ = [
    "OPENERS",
    "WORKERS",
    "NewEssential",
    "NewResponse",
    "OptionStep",
    "close_response",
    "move_option",
    "open_response",
    "pick_option",
    "redact_responses",
    "reopen_response",
    "say_essential",
    "say_precondition",
    "set_level",
]
