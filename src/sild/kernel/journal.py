"""The journal of one act: the images, before and after, of every record that it wrote. Undo is made from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sild.kernel.refusals import Unscoped

Image = dict[str, Any]


@dataclass(slots=True)
class Journal:
    """What an act wrote: (model label, key, before, after), in order; None stands for "was not there"."""

    action: str
    images: list[tuple[str, str, Image | None, Image | None]] = field(default_factory=list)

    def note(self, model: str, key: UUID, before: Image | None, after: Image | None) -> None:
        self.images.append((model, str(key), before, after))


_open: ContextVar[Journal | None] = ContextVar("sild_journal", default=None)


def open_journal() -> Journal | None:
    """The journal of the act under way, None outside one."""
    return _open.get()


def current_journal() -> Journal:
    """The journal of the act under way. Raises Unscoped where a record is written outside an action."""
    journal = _open.get()
    if journal is None:
        raise Unscoped("records are written by actions alone: this write has no action around it")
    return journal


@contextmanager
def journal_of(action: str) -> Iterator[Journal]:
    """Open the journal of an act."""
    journal = Journal(action)
    token = _open.set(journal)
    try:
        yield journal
    finally:
        _open.reset(token)
