"""`sild worker` and `sild sequencer`: the services beside the pages. `sild serve` runs both; an operator may run them as services."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from sild.kernel import house
from sild.kernel.home import Home
from sild.kernel.jobs_worker import work
from sild.kernel.ledger.sequencer import sequence_until
from sild.kernel.log import write_lines
from sild.kernel.parent import end_with

ParentOption = Annotated[int | None, typer.Option("--parent", hidden=True, help="The process that keeps this one; it holds the database.")]


def worker(parent: ParentOption = None) -> None:
    """Do the jobs that people's clicks ask for: linking and planning anew. Ends at Ctrl-C or SIGTERM."""
    with house_of(parent):
        write_lines("worker")
        work()


def sequencer(parent: ParentOption = None) -> None:
    """Write every act to the ledger as it comes. Ends at Ctrl-C or SIGTERM."""
    with house_of(parent, "sequencer") as home:
        write_lines("sequencer")
        over = threading.Event()

        def end(_number: int, _frame: Any) -> None:
            over.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        sequence_until(over, home)


@contextmanager
def house_of(parent: int | None, *aliases: str) -> Iterator[Home]:
    """The opened house; as a child of `sild serve`, which holds the database, only joined to it."""
    if parent is None:
        with house.opened() as home:
            yield home
        return
    end_with(parent)
    yield house.join(*aliases)
