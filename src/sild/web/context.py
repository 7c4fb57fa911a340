"""What every page of the desk shows: whose seat it is, the sections, the version."""

from __future__ import annotations

import os
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

import sild
from sild.kernel import home as homes
from sild.kernel import replicated
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
        "standby": _standby() if seat is not None else "",
        "undo": _undo(request),
        "version": VERSION,
        "theme": request.COOKIES.get("sild_theme", ""),
        # the account of a seat was read with it
        "keys": "" if seat is None else "on" if getattr(request.user, "keys", True) else "off",
    }


def _standby() -> str:
    """What everybody who works here must know of the standby: the guard's state where it is not well, "" where it is or there is none."""
    if not os.environ.get("SILD_STANDBY", "").strip():
        return ""
    look = replicated.look_of(homes.current())
    if look is None or not look.fresh:
        return "unguarded"
    return "" if look.state in ("synchronous", "asynchronous") else look.state


def _undo(request: HttpRequest) -> dict[str, Any] | None:
    """What the last act left to be taken back; shown once."""
    session = getattr(request, "session", None)
    kept = session.pop("undo", None) if session is not None and getattr(request, "actor", None) is not None else None
    if kept is None:
        return None
    words = kept.get("words") or kept.get("what", "")
    return {"text": words, "url": reverse("web.undo", args=[kept["act"]]), "fields": {"next": request.get_full_path()}}
