"""Lines whose words have no vector yet: which they are, and what their words are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sild.cores.linkage import text_of
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.vectors import content_digest
from sild.wings.linkage.reads.problem import core_line
from sild.wings.linkage.reads.vectors import embedder, model_key
from sild.wings.register.public import Line

MOST_NOW = 8
"""Vectors that are computed while somebody waits for a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A line that lacks the vector of its words as they now are: its text, and the digest that the vector is kept under."""

    line: UUID
    version: int
    text: str
    digest: bytes


def words_of_line(line: Line) -> str:
    """The words of a line that its vector is made of: what the core asks for."""
    return text_of(core_line(line))


@read
def lines_without_vector(actor: Actor, lines: Iterable[Line]) -> list[Wanted]:
    """Those of these lines, of the actor's own, whose words have no vector of this model, or another one; in the lines' order."""
    model = embedder()
    own = [line for line in lines if line.owner_id == actor.organisation]
    if not model.identity or not own:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select line_id, digest from linkage_vector where line_id = any(%s) and model = %s", [[one.id for one in own], model_key(model)]
        )
        kept = {line: bytes(digest) for line, digest in cursor.fetchall()}
    asked = [(line, words_of_line(line)) for line in own]
    found = [Wanted(line=line.id, version=line.version, text=text, digest=content_digest(model.identity, text)) for line, text in asked]
    return [one for one in found if kept.get(one.line) != one.digest]
