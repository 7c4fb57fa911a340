"""The terminal: one console that obeys --plain and NO_COLOR, progress bars, and errors of one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

_plain = bool(os.environ.get("NO_COLOR"))


def be_plain() -> None:
    """From here on: no colour, no bars, no wrapping of lines."""
    global _plain
    _plain = True


def is_plain() -> bool:
    """Whether output goes without colour and bars: asked for, or not to a terminal."""
    return _plain or not sys.stdout.isatty()


def console() -> Console:
    """Where results go."""
    if is_plain():
        return Console(no_color=True, highlight=False, soft_wrap=True, width=100, emoji=False)
    return Console(highlight=False, emoji=False)


def shown(text: str) -> str:
    """A text that came from outside, safe to print: signs that steer a terminal or that nobody sees become �."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def said(text: str) -> str:
    """The same, with the marks of our own output taken from it."""
    return escape(shown(text))


def complain(text: str) -> None:
    """One line on the error stream."""
    sys.stderr.write(f"sild: {shown(' '.join(text.split()))}\n")


class Bars:
    """Progress as bars, one for each stage; as one line a stage where the output is plain."""

    def __init__(self, progress: Progress | None, out: Console) -> None:
        self._progress = progress
        self._out = out
        self._task: TaskID | None = None
        self._name = ""

    def stage(self, name: str, steps: int | None) -> None:
        """A new bar."""
        self._name = name
        if self._progress is not None:
            self._task = self._progress.add_task(name, total=steps, note="")
        else:
            self._out.print(f"{name} ..." if steps is None else f"{name} ({steps}) ...", markup=False)

    def step(self, note: str = "") -> None:
        """The bar moves."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, advance=1, note=_short(note))

    def done(self, note: str) -> None:
        """The bar is full."""
        if self._progress is not None and self._task is not None:
            task = self._progress.tasks[self._task]
            total = task.total if task.total else 1
            self._progress.update(self._task, total=total, completed=total, note=_short(note, 60))
        else:
            self._out.print(f"  {self._name}: {note}", markup=False)

    def asked_to_end(self) -> bool:
        """Who sits before a terminal breaks the command off instead."""
        return False


def _short(text: str, width: int = 40) -> str:
    cleaned = shown(text).replace("[", "(").replace("]", ")")
    return cleaned if len(cleaned) <= width else cleaned[: width - 1] + "…"


@contextmanager
def bars() -> Iterator[Bars]:
    """Progress bars for the length of the block."""
    if is_plain():
        yield Bars(None, console())
        return
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[note]}"),
    )
    with Progress(*columns, console=console()) as progress:
        yield Bars(progress, progress.console)
