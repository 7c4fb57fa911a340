"""The front door of response."""

from sild.wings.response.actions import redact_responses
from sild.wings.response.reads import ResponseRow, list_responses, response_naming

__all__ = ["ResponseRow", "list_responses", "redact_responses", "response_naming"]
