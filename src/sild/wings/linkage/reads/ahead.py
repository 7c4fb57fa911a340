"""A model that is asked ahead: while messages are read, the vectors of the lines that were read already are computed beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeAlias
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.vectors import Embedder, Vector, cleaned
from sild.wings.linkage.reads.unembedded import words_of_line
from sild.wings.linkage.reads.vectors import embedder
from sild.wings.register.public import Line

_Vectors: TypeAlias = "list[Vector | None]"


class Ahead:
    """An Embedder whose answers to what it was told ahead are there already, or on their way. For one run, by one thread."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vectors")
        self._asked: dict[str, tuple[Future[_Vectors], int]] = {}

    @property
    def identity(self) -> str:
        """The model's."""
        return self._model.identity

    @property
    def lacking(self) -> str:
        """The model's."""
        return self._model.lacking

    def ask(self, texts: Sequence[str]) -> None:
        """Let these be computed beside what the caller does next; what was asked already is not asked again."""
        fresh = [text for text in dict.fromkeys(map(cleaned, texts)) if text and text not in self._asked]
        if fresh and self._model.identity:
            coming = self._beside.submit(self._model.embed, fresh)
            self._asked.update({text: (coming, place) for place, text in enumerate(fresh)})

    def embed(self, texts: Sequence[str]) -> _Vectors:
        """See Embedder: what was not asked ahead is asked now."""
        self.ask(texts)
        found: _Vectors = []
        for text in map(cleaned, texts):
            coming, place = self._asked.get(text, (None, 0))
            found.append(coming.result()[place] if coming is not None else None)
        return found

    def close(self) -> None:
        """Wait for nothing more, and end the model's child."""
        self._beside.shutdown(cancel_futures=True)
        self._model.close()


@contextmanager
def asked_ahead() -> Iterator[Ahead]:
    """The desk's model, asked ahead for as long as the block lasts."""
    ahead = Ahead(embedder())
    try:
        yield ahead
    finally:
        ahead.close()


@read
def ask_ahead(actor: Actor, ahead: Ahead, message: UUID) -> None:
    """Let the vectors of a message's lines be computed while others are read."""
    ahead.ask([words_of_line(line) for line in Line.objects.filter(message_id=message)])
