"""Lines whose words have no vector yet: which they are, what their words are, and vectors for a few that somebody looks at now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sild.cores.linkage import text_of
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.vectors import content_digest, packed, unpacked
from sild.wings.linkage.reads.problem import core_line
from sild.wings.linkage.reads.vectors import as_floats, embedder, model_key, vectors_of
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
def vectors_with_fresh(actor: Actor, lines: Iterable[Line], fresh: Sequence[Line]) -> Mapping[UUID, Sequence[float]] | None:
    """The kept vectors of all these lines; those that `fresh` ones lack are computed now, and kept by the next linking.

    For a few lines that somebody looks at: each takes about 20 ms, so of many the first `MOST_NOW` are computed.
    """
    kept = vectors_of(actor, {line.id for line in [*lines, *fresh]})
    missing = [line for line in fresh if kept is not None and line.id not in kept][:MOST_NOW]
    if kept is None or not missing:
        return kept
    for line, vector in zip(missing, embedder().embed([words_of_line(line) for line in missing]), strict=True):
        if vector is not None:
            # as it will be kept: a number more or less must not decide between today and tomorrow
            kept[line.id] = as_floats(unpacked([packed(vector)])[0])
    return kept


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
