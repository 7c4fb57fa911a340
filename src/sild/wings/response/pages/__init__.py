"""Pages of response. Importing a module declares its pages."""

from sild.wings.response.pages import essentials, listing, options, responses

__all__ = ["essentials", "listing", "options", "responses"]
