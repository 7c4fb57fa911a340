"""The router that the routes of attribution hang on."""

from ninja import Router

router = Router(tags=["attribution"])
