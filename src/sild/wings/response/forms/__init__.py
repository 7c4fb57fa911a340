"""What people send about responses. What cannot be read is refused in words."""

from sild.wings.response.forms.complaints import (
    complaint_of,
)
from sild.wings.response.forms.listing import identifier_of, new_listing_of
from sild.wings.response.forms.responses import essential_of, identity_of, level_of, new_response_of, stand_of, step_of

__all__ = [
    "complaint_of",
    "essential_of",
    "identifier_of",
    "identity_of",
    "level_of",
    "new_listing_of",
    "new_response_of",
    "stand_of",
    "step_of",
]
