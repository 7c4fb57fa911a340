"""What every page of the desk shows: whose seat it is, the sections, the version."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

import sild
from sild.web.sections import sections_for

VERSION = sild.__version__


def desk(request: HttpRequest) -> dict[str, Any]:
    """The context of the base template; no record is read here, so that an error page says nothing of any."""
    seat = getattr(request, "seat", None)
    return {
        "seat": seat,
        "seats": getattr(request, "seats", []),
        "actor": getattr(request, "actor", None),
        "actor_mechanism_exercise": seat is not None and seat.exercise,
        "sections": sections_for(seat.actor, request.path) if seat is not None else [],
        "undo": _undo(request),
        "version": VERSION,
        "theme": request.COOKIES.get("sild_theme", ""),
        # the account of a seat was read with it
        "keys": "" if seat is None else "on" if getattr(request.user, "keys", True) else "off",
    }


def _undo(request: HttpRequest) -> dict[str, Any] | None:
    """What the last act left to be taken back; shown once."""
    session = getattr(request, "session", None)
    kept = session.pop("undo", None) if session is not None and getattr(request, "actor", None) is not None else None
    if kept is None:
        return None
    words = kept.get("words") or kept.get("what", "")
    return {"text": words, "url": reverse("web.undo", args=[kept["act"]]), "fields": {"next": request.get_full_path()}}
