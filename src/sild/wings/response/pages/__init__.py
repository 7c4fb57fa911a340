"""Pages of response. Importing a module declares its pages."""

from sild.wings.response.pages import complaints, essentials, listing, norms, options, precedents, responses

__all__ = ["complaints", "essentials", "listing", "norms", "options", "precedents", "responses"]
