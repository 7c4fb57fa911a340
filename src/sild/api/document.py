"""The OpenAPI document: made from the declared routes, once; the same for everybody, with no data in it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from ninja import NinjaAPI
from pydantic import TypeAdapter

from sild.api.problems import KINDS, MEDIA_TYPE
from sild.kernel.route import ROUTES, Route
from sild.kernel.shapes import Shape

ROOT = "/api/v1"


class FieldFault(Shape):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(Shape):
    """A refusal (RFC 9457). `errors` stands with wrong fields; `version`, `mine` and `theirs` where somebody else changed the record."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldFault] = []
    version: int | None = None
    mine: dict[str, Any] = {}
    theirs: dict[str, Any] = {}


def document(api: NinjaAPI) -> dict[str, Any]:
    """The document as plain values."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"{ROOT}/")))
    schema = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    schemas = made["components"]["schemas"]
    schemas |= schema.pop("$defs", {}) | {"Problem": schema}
    for path, methods in ROUTES.items():
        for method, declared in methods.items():
            _complete(made["paths"][f"{ROOT}{path}"][method.lower()], declared)
    made.pop("servers", None)
    return made


def _complete(operation: dict[str, Any], declared: Route) -> None:
    """Add what holds for every operation: its problems, the key of idempotency, headers."""
    for status in _statuses(declared, "requestBody" in operation):
        operation["responses"].setdefault(
            str(status),
            {
                "description": ", ".join(kind.title for kind in KINDS.values() if kind.status == status),
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        )
    if declared.keyed:
        operation["parameters"].append(
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": False,
                "description": "The same request with the same key is done once; again it gets the same answer. Kept per seat.",
                "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
            }
        )


def _statuses(declared: Route, has_body: bool) -> list[int]:
    statuses = {400, 422, 429, 500, 503}
    if not declared.open:
        statuses |= {401, 403, 404, 409}
    if has_body:
        statuses |= {401, 409, 413, 415}
    return sorted(statuses)


@cache
def current() -> dict[str, Any]:
    """The document of the desk's API."""
    return document(_described[0])


_described: list[NinjaAPI] = []


def describe(api: NinjaAPI) -> None:
    """From here on the document is that of this API."""
    _described[:] = [api]
    current.cache_clear()
