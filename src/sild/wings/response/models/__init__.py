"""Tables of response."""

from sild.wings.response.models.responses import EssentialWord, PickedOption, Response

__all__ = ["EssentialWord", "PickedOption", "Response"]
