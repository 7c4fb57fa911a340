"""What a browser gets when the desk fails or cannot read a request: a page that needs no database, and the truth about what it means."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sild.kernel.replicated import is_refusal
from sild.web.uploads import LARGEST_REQUEST

SECONDS_LATER = 3


def answer_to_fault(_request: HttpRequest) -> HttpResponse:
    """503 where the database is out of reach or takes no writes and will again, 500 for any other fault."""
    fault = sys.exc_info()[1]
    if isinstance(fault, OperationalError | InterfaceError) or is_refusal(fault):
        response = HttpResponse(_page("web/out_of_reach.html"), status=503)
        response.headers["Retry-After"] = str(SECONDS_LATER)
    else:
        response = HttpResponse(_page("web/500.html"), status=500)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def answer_to_unreadable(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 where what was sent is larger than one request may be, 400 where it is no request of the desk's."""
    too_large = isinstance(exception, RequestDataTooBig)
    told = {"largest": LARGEST_REQUEST // 1_048_576} if too_large else {}
    response = HttpResponse(_page("web/not_read.html", told), status=413 if too_large else 400)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _page(template: str, told: dict[str, int] | None = None) -> bytes:
    # without the request: what every page shows of its reader is read from the database
    return render(None, template, told).content
