"""Pages of response. Importing a module declares its pages."""

from sild.wings.response.pages import essentials, options, responses

__all__ = ["essentials", "options", "responses"]
