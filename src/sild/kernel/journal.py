"""The journal of one act: the images, before and after, of every record that it wrote. Undo and history are made from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sild.kernel.refusals import Unscoped

Image = dict[str, Any]
Written = tuple[str, UUID, Image | None, Image | None]
"""A record that was written: its model's label, its key, its images before and after."""


@dataclass(slots=True)
class Journal:
    """What an act wrote: (model label, key, before, after), in order; None stands for "was not there".

    `root` is the act that is undone as a whole: the outermost one of the transaction. `places` counts on through its inner acts,
    and `written` holds the images of all of them. `final`: nobody undoes it, so its images are for the owners of the records alone.
    """

    action: str
    act: UUID
    root: UUID
    places: list[int]
    final: bool = False
    images: list[tuple[int, str, str, Image | None, Image | None]] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    def note(self, model: str, key: UUID, before: Image | None, after: Image | None) -> None:
        self.images.append((self.places[0], model, str(key), before, after))
        self.written.append((model, key, before, after))
        self.places[0] += 1


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
def journal_of(action: str, act: UUID, *, final: bool = False) -> Iterator[Journal]:
    """Open the journal of an act, within that of the act around it where there is one."""
    outer = _open.get()
    if outer is None:
        journal = Journal(action, act, act, [0], final)
    else:
        journal = Journal(action, act, outer.root, outer.places, final or outer.final, written=outer.written)
    token = _open.set(journal)
    try:
        yield journal
    finally:
        _open.reset(token)
