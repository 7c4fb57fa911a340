"""Vectors of new lines that somebody looks at: computed beside the questions to the database, and not after them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeAlias
from uuid import UUID

from sild.kernel.actor import Actor
from sild.vectors import packed, unpacked
from sild.wings.linkage.reads.unembedded import MOST_NOW, words_of_line
from sild.wings.linkage.reads.vectors import as_floats, embedder, vectors_of
from sild.wings.register.public import Line

Vectors: TypeAlias = Mapping[UUID, Sequence[float]] | None
"""Vectors by line; None where there is no model."""


def meaning_of(actor: Actor, fresh: Sequence[Line]) -> Callable[[Iterable[UUID]], Vectors]:
    """Begin to compute the vectors that `fresh` lines lack, the first `MOST_NOW` of them; within a read of the actor.

    What is returned, called with others' ids, waits for them and answers with the kept ones of both.
    """
    model = embedder()
    if not model.identity:
        return lambda _others: None
    kept = dict(vectors_of(actor, [line.id for line in fresh]) or {})
    missing = [line for line in fresh if line.id not in kept][:MOST_NOW]
    coming = _beside().submit(model.embed, [words_of_line(line) for line in missing]) if missing else None

    def found(others: Iterable[UUID]) -> Vectors:
        told = kept | dict(vectors_of(actor, [key for key in others if key not in kept]) or {})
        for line, vector in zip(missing, coming.result() if coming is not None else (), strict=True):
            if vector is not None:
                # as it will be kept: a number more or less must not decide between today and tomorrow
                told[line.id] = as_floats(unpacked([packed(vector)])[0])
        return told

    return found


@cache
def _beside() -> ThreadPoolExecutor:
    # one thread for as long as the process lives: the model's child ends with the thread that started it, and its start takes a while
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="vectors")
