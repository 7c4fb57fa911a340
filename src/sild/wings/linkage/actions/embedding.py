"""Vectors of lines are computed and kept: once for the same words, some at a time, each time for good. The policies are the lines'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role, acting
from sild.vectors import Embedder, packed
from sild.wings.linkage.reads.problem import standing_lines
from sild.wings.linkage.reads.unembedded import Wanted, lines_without_vector
from sild.wings.linkage.reads.vectors import KeptVector, embedder, model_key

AT_A_TIME = 128

# as closed as the line is at this moment; a line that was written meanwhile keeps none, for its words may be others
_KEEP = """insert into linkage_vector (line_id, mechanism_id, owner_id, marking, compartment_id, model, digest, vector)
  select line.id, line.mechanism_id, line.owner_id, line.marking, line.compartment_id, one.model, one.digest, one.vector
    from unnest(%s::uuid[], %s::int[], %s::bytea[], %s::bytea[], %s::bytea[]) as one(line_id, version, model, digest, vector)
    join register_line line on line.id = one.line_id and line.version = one.version and line.owner_id = (select sild_organisation())
    order by line.id for share of line
  on conflict (line_id) do update set marking = excluded.marking, compartment_id = excluded.compartment_id,
    model = excluded.model, digest = excluded.digest, vector = excluded.vector"""


# the same words of the same owner, in the open as these lines are: nobody learns by the time that somebody else has them
_SAME_WORDS = """select distinct on (digest) digest, vector from linkage_vector
  where owner_id = %s and digest = any(%s) and model = %s and compartment_id is null"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """How many lines were given a vector now, and how many have none; `lacking` says why where the model gives none at all."""

    fresh: int
    without: int
    lacking: str


@action("linkage.embed-lines", roles=frozenset({Role.SERVICE}), stepwise=True)
def embed_lines(actor: Actor, model: Embedder | None = None) -> Embedded:
    """Give every line of one's own that can be linked the vector of its words, where it has none of this model. May be broken off.

    `model` is another than the desk's own: one that was asked ahead (reads.ahead).
    """
    using = model or embedder()
    standing = [line for line in standing_lines(actor) if line.owner_id == actor.organisation]
    wanted = lines_without_vector(actor, standing)
    fresh, key = 0, model_key(using)
    for start in range(0, len(wanted), AT_A_TIME):
        some = wanted[start : start + AT_A_TIME]
        found = _same_words(actor, using, some)
        new = {one.digest: one.text for one in some if one.digest not in found}
        for digest, vector in zip(new, using.embed(list(new.values())), strict=True):
            found[digest] = packed(vector) if vector is not None else b""
        if using.lacking:
            # the model went in between: what has no vector now is asked for again, and not kept as having none
            break
        fresh += _keep(actor, [(one.line, one.version, KeptVector(model=key, digest=one.digest, vector=found[one.digest])) for one in some])
    # where nothing is asked of it the model is not started only to know how it does
    lacking = using.lacking if wanted or not using.identity else ""
    return Embedded(fresh=fresh, without=len(wanted) - fresh if using.identity else len(standing), lacking=lacking)


def _same_words(actor: Actor, model: Embedder, wanted: Sequence[Wanted]) -> dict[bytes, bytes]:
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(_SAME_WORDS, [actor.organisation, [one.digest for one in wanted], model_key(model)])
        return {bytes(digest): bytes(vector) for digest, vector in cursor.fetchall()}


@action("linkage.put-vectors", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def put_vectors(actor: Actor, taken: Mapping[UUID, KeptVector], lines: Mapping[UUID, UUID]) -> None:
    """Keep the vectors of lines that moved under the lines' new identifiers: (reads.kept_vectors, old identifier to new)."""
    _keep(actor, [(lines[line], 1, kept) for line, kept in taken.items() if line in lines])


def _keep(actor: Actor, vectors: Sequence[tuple[UUID, int, KeptVector]]) -> int:
    """Keep vectors, each given with its line and the version of it whose words they are; returns of how many lines.

    A line that was written meanwhile keeps none.
    """
    if not vectors:
        return 0
    with acting(actor), connection.cursor() as cursor:
        columns = [[getattr(kept, name) for _line, _version, kept in vectors] for name in ("model", "digest", "vector")]
        cursor.execute(_KEEP, [[line for line, _, _ in vectors], [version for _, version, _ in vectors], *columns])
        return int(cursor.rowcount)
