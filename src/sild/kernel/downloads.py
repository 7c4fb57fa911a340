"""Files that a browser saves: their bytes made whole, and nothing of them run or guessed at, whoever sent them."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

AS_BYTES = "application/octet-stream"
CSV = "text/csv; charset=utf-8"


def download(data: bytes, name: str, kind: str = AS_BYTES) -> HttpResponse:
    """The answer that a browser saves under that name."""
    response = HttpResponse(data, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})
    response.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return response
