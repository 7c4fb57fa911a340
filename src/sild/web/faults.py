"""What a browser gets when the desk fails: a page that needs no database, and the truth about what it means."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECONDS_LATER = 3


def answer_to_fault(_request: HttpRequest) -> HttpResponse:
    """503 where the database is out of reach and will be back, 500 for any other fault."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = HttpResponse(_page("web/out_of_reach.html"), status=503)
        response.headers["Retry-After"] = str(SECONDS_LATER)
    else:
        response = HttpResponse(_page("web/500.html"), status=500)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _page(template: str) -> bytes:
    # without the request: what every page shows of its reader is read from the database
    return render(None, template).content
