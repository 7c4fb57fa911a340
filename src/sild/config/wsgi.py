"""The desk as a WSGI application: joined to the running database of its home, one line in the log for every request."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

import sild.config.start  # noqa: F401 - the framework must know its tables before a page imports a wing

# isort: split
from babel.dates import format_datetime
from babel.numbers import format_decimal
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver

from sild.kernel import house
from sild.kernel.log import write_lines

PACKAGE = Path(__file__).resolve().parents[1]
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
    # addresses, templates and ways of writing numbers are read now, not at somebody's first click
    _ = get_resolver().url_patterns
    for folder in get_app_template_dirs("templates"):
        if PACKAGE in Path(folder).parents:
            for path in Path(folder).rglob("*.html"):
                get_template(str(path.relative_to(folder)))
    for language, _name in settings.LANGUAGES:
        format_decimal(1, locale=language)
        format_datetime(locale=language)
    return desk


application = joined()
