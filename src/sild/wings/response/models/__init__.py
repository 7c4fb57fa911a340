"""Tables of response."""

from sild.wings.response.models.listing import Listing
from sild.wings.response.models.responses import EssentialWord, PickedOption, Response

__all__ = ["EssentialWord", "Listing", "PickedOption", "Response"]
