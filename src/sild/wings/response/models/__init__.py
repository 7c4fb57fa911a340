"""Tables of response."""

from sild.wings.response.models.complaints import Complaint
from sild.wings.response.models.listing import Listing
from sild.wings.response.models.norms import TouchedNorm
from sild.wings.response.models.responses import EssentialWord, PickedOption, Response

__all__ = [
    "Complaint",
    "EssentialWord",
    "Listing",
    "PickedOption",
    "Response",
    "TouchedNorm",
]
