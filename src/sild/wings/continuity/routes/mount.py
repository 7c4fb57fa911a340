"""The router that the routes of continuity hang on."""

from ninja import Router

router = Router(tags=["continuity"])
