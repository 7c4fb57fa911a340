"""What the API says of itself, to anybody: its document and its kinds of problems. No record is read here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from ninja import Router

from sild.api import document
from sild.api.problems import KINDS
from sild.kernel.route import ANYBODY, route
from sild.kernel.shapes import Shape

router = Router(tags=["about"])


class ProblemKind(Shape):
    """A kind of problem, as `type` of a problem names it after the #."""

    name: str
    status: int
    title: str
    detail: str


@route(router, "get", "/problems", roles=ANYBODY, answer=list[ProblemKind])
def list_problems() -> list[ProblemKind]:
    """Every kind of problem that an answer of the API can be."""
    return [ProblemKind(name=name, status=kind.status, title=_(kind.title), detail=_(kind.detail)) for name, kind in KINDS.items()]


@route(router, "get", "/openapi.json", roles=ANYBODY, answer=dict[str, Any])
def read_document() -> dict[str, Any]:
    """This document."""
    return document.current()
