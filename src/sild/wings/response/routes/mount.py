"""The router that the routes of response hang on."""

from ninja import Router

router = Router(tags=["response"])
