"""What a program may send: the API's addresses from its own document, and bodies made from its schemas."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sild.api.desk import desk
from sild.kernel.identity import TOKEN_MARK

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One method of one address: `subjects` are (name, kind of record) of the identifiers in the path; `schema` is of its body."""

    method: str
    pattern: str
    subjects: tuple[tuple[str, str], ...]
    roles: frozenset[str]
    schema: Schema | None
    queries: tuple[str, ...]

    def aimed(self, identifiers: Mapping[str, uuid.UUID]) -> str:
        """The path with the identifiers in their places."""
        path = self.pattern
        for name, identity in identifiers.items():
            path = path.replace(f"{{{name}}}", str(identity))
        return path


def document() -> dict[str, Any]:
    """The API's own document."""
    made: dict[str, Any] = json.loads(json.dumps(desk.get_openapi_schema(path_prefix="/api/v1/")))
    return made


def addresses(told: Mapping[str, Any]) -> list[Address]:
    """Every method of every address."""
    found = []
    for pattern, methods in told["paths"].items():
        for method, said in methods.items():
            content = said.get("requestBody", {}).get("content", {})
            found.append(
                Address(
                    method=method.upper(),
                    pattern=pattern.replace("//", "/"),
                    subjects=tuple(said["x-subjects"].items()),
                    roles=frozenset(said["x-roles"]),
                    schema=_whole(content["application/json"]["schema"], told) if "application/json" in content else None,
                    queries=tuple(one["name"] for one in said.get("parameters", ()) if one["in"] == "query"),
                )
            )
    return found


def _whole(schema: Any, told: Mapping[str, Any]) -> Any:
    """The schema with its references put in their places."""
    if isinstance(schema, Mapping):
        if "$ref" in schema:
            return _whole(told["components"]["schemas"][schema["$ref"].rpartition("/")[2]], told)
        return {name: _whole(inner, told) for name, inner in schema.items()}
    return [_whole(inner, told) for inner in schema] if isinstance(schema, list) else schema


def fitting(schema: Schema, chance: random.Random, identifiers: Sequence[uuid.UUID], words: Sequence[str]) -> Any:
    """A value that fits the schema; identifiers are drawn from those given."""
    if "anyOf" in schema:
        return fitting(chance.choice(schema["anyOf"]), chance, identifiers, words)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return chance.choice(schema["enum"])
    kind = schema.get("type", "object")
    if kind == "object":
        return {name: fitting(inner, chance, identifiers, words) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [fitting(schema.get("items", {}), chance, identifiers, words) for _ in range(chance.randrange(4))]
    if kind == "string":
        return _text(schema, chance, identifiers, words)
    plain = {"integer": chance.choice((0, 1, 2)), "number": 1.5, "boolean": chance.random() < 0.5, "null": None}
    return plain[kind]


def _text(schema: Schema, chance: random.Random, identifiers: Sequence[uuid.UUID], words: Sequence[str]) -> str:
    formats = {
        "uuid": str(chance.choice(identifiers)) if identifiers else str(uuid.UUID(int=0)),
        "date": "2026-03-01",
        "date-time": "2026-03-01T00:00:00Z",
        "email": "somebody@example.org",
        "decimal": "3",
    }
    text = formats.get(schema.get("format", ""), chance.choice(words) or "x")
    return text[: schema.get("maxLength", 10_000)]


def variants(schema: Schema | None, chance: random.Random, identifiers: Sequence[uuid.UUID], words: Sequence[str]) -> Iterator[Any]:
    """Bodies: every field set; each field left out; each field null; nothing; a field that is none."""
    if schema is None:
        yield None
        return
    whole = fitting(schema, chance, identifiers, words)
    yield whole
    if not isinstance(whole, dict):
        return
    for name in whole:
        yield {other: value for other, value in whole.items() if other != name}
        yield whole | {name: None}
    yield {}
    yield whole | {"owner_id": str(uuid.UUID(int=1))}


def token_of(role: str) -> str:
    """The secret of a role's token in the base world: as long as a real one, and known."""
    return TOKEN_MARK + role.ljust(43, "0")
