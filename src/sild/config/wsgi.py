"""The desk as a WSGI application: joined to the running database of its home, one line in the log for every request."""

from __future__ import annotations

import logging
import time
from typing import Any

import sild.config.start  # noqa: F401 - the framework must know its tables before a page imports a wing

# isort: split
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_resolver

from sild.kernel import house
from sild.kernel.log import write_lines

LINES = logging.getLogger("sild.web")


class Desk(WSGIHandler):
    """The framework's handler, which tells of each request: method, name of the route, status, milliseconds. Nothing that was sent."""

    def get_response(self, request: HttpRequest) -> Any:
        begun = time.perf_counter()
        response: HttpResponseBase = super().get_response(request)
        LINES.info("%s %s %d %.0f ms", _method(request), _route(request), response.status_code, (time.perf_counter() - begun) * 1000)
        return response


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _method(request: HttpRequest) -> str:
    """The method, where it is one: a stranger may send any word."""
    return request.method if request.method is not None and request.method in METHODS else "OTHER"


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is not None:
        return str(match.view_name)
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "no-such-route"


def joined() -> Desk:
    """The application of one server process."""
    write_lines("web")
    house.join()
    desk = Desk()
    # addresses and templates are read now, not at somebody's first click
    _ = get_resolver().url_patterns
    return desk


application = joined()
