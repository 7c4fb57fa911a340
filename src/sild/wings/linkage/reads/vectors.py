"""Vectors of lines that are kept, under the policies of their lines; and the model that they are of. Without a model there are none.

A line's vector is kept for that line alone. Equal words in two compartments are computed twice: an answer that came quicker
because somebody else had asked for the same words would tell that there is somebody.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

import numpy as np
import numpy.typing as npt
import psycopg
from django.db import connection

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.vectors import Absent, Bundled, Embedder, open_embedder, unpacked

SWITCH = "SILD_VECTORS"
_OFF = ("off", "no", "0", "false")


def embedder() -> Embedder:
    """The model of this process, or what says why there is none. The same one every time; its child starts with the first text."""
    return _opened(os.environ.get(SWITCH, "").strip().lower())


@lru_cache(maxsize=1)
def _opened(switch: str) -> Embedder:
    if switch in _OFF:
        return Absent(f"Vectors are switched off ({SWITCH}={switch}): lines in different languages are compared by their words alone.")
    return open_embedder()


def model_key(model: Embedder) -> bytes:
    """The model's identity in eight bytes, as it stands beside each vector."""
    return hashlib.sha256(model.identity.encode()).digest()[:8]


@read
def vectors_of(actor: Actor, lines: Iterable[UUID]) -> dict[UUID, Sequence[float]] | None:
    """The kept vectors of these lines, as far as the actor sees them; None where there is no model to compare them with.

    Each is a row of one array of floats of unit length.
    """
    model, wanted = embedder(), list(lines)
    if not model.identity:
        return None
    found = _rows(
        "select line_id, vector from linkage_vector where line_id = any(%s) and model = %s and vector <> ''", wanted, model_key(model)
    )
    rows = unpacked([vector for _line, vector in found])
    return {line: as_floats(row) for (line, _vector), row in zip(found, rows, strict=True)}


def as_floats(vector: npt.NDArray[np.float32]) -> Sequence[float]:
    """A row of an array, called what it serves as."""
    # a row of an array answers len and index as a sequence of floats does, and takes a twentieth of its memory
    return cast(Sequence[float], vector)


def _rows(statement: str, *parameters: object) -> list[tuple[Any, bytes]]:
    """Lines and vectors as the database holds them: as text each byte would come as two signs, and be read sign by sign."""
    with psycopg.Cursor(_driver()) as cursor:
        return list(cursor.execute(statement, parameters, binary=True).fetchall())


def _driver() -> psycopg.Connection[Any]:
    """The connection of this transaction without the framework's cursors, which read as text alone."""
    connection.ensure_connection()
    driver: psycopg.Connection[Any] = connection.connection
    return driver


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVector:
    """A vector as it is kept of a line."""

    model: bytes
    digest: bytes
    vector: bytes


@read
def kept_vectors(actor: Actor, lines: Iterable[UUID]) -> dict[UUID, KeptVector]:
    """The vectors of lines as they are kept, of whatever model: to be put back when the lines move."""
    with connection.cursor() as cursor:
        cursor.execute("select line_id, model, digest, vector from linkage_vector where line_id = any(%s)", [list(lines)])
        return {
            line: KeptVector(model=bytes(model), digest=bytes(digest), vector=bytes(vector))
            for line, model, digest, vector in cursor.fetchall()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelState:
    """How the model does: what it is, how strong the walls around it are, what is lacking; `wrong`: it is there and gives no vectors."""

    identity: str
    walls: str
    lacking: str
    wrong: bool


def model_state() -> ModelState:
    """How the model does now; started to know, and ended again."""
    model = embedder()
    lacking = model.lacking
    walls = model.walls if isinstance(model, Bundled) else ""
    wrong = bool(lacking) and (model.wrong if isinstance(model, Absent) else True)
    model.close()
    return ModelState(identity=model.identity, walls=walls, lacking=lacking, wrong=wrong)
