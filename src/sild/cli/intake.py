"""`sild watch`: files are taken in as they come into a folder. `sild read`: what arrived by other doors is read.

`sild template`: the sheet that people fill in."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import Annotated, Any

import typer

from sild.cli.worker import ParentOption, house_of
from sild.kernel import house, terminal
from sild.kernel.log import write_lines
from sild.kernel.refusals import Refused
from sild.wings.intake.commands import read_all_arrived, run_of, watch_until, write_sheet_template
from sild.wings.intake.public import Taken

MechanismName = Annotated[str | None, typer.Option("--mechanism", help="Short name of the mechanism, where the home holds several.")]


def watch(
    folder: Annotated[Path | None, typer.Argument(help="Folder to watch. Default: the one that SILD_WATCH names.")] = None,
    mechanism: MechanismName = None,
    parent: ParentOption = None,
) -> None:
    """Take in what lies in a folder and its subfolders and what comes into them, until Ctrl-C or SIGTERM.

    A file is taken once it stood still for two seconds and nobody writes it. Nothing is moved, changed or deleted. Left alone are links,
    hidden files and folders, and names that end as unfinished ones do (.part, .tmp, ~ and the like) until they are renamed.
    """
    named, found = _watched(folder, mechanism)
    over = threading.Event()

    def end(_number: int, _frame: Any) -> None:
        over.set()

    with house_of(parent) as home:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        if parent is not None:
            write_lines("watch")
        watch_until(run_of(named), home, found, over=over, said=_tell if parent is None else _say_nothing)
        if parent is None:
            house.settle(home)


def read(mechanism: MechanismName = None, parent: ParentOption = None) -> None:
    """Read what came by the API, the web form or an upload and waits; the worker does it by itself."""
    with house_of(parent) as home:
        if parent is not None:
            write_lines("read")
        fresh = read_all_arrived(run_of(mechanism), home)
        if parent is None:
            house.settle(home)
            terminal.console().print(f"{fresh} new messages were read.", markup=False)


def template(
    file: Annotated[Path, typer.Argument(help="Where to write it: a file that ends in .xlsx.")],
    language: Annotated[str, typer.Option("--language", help="Its language: en, uk, et or pl.")] = "en",
) -> None:
    """Write the empty sheet template, by which requests and offers are sent as an Excel file."""
    version = write_sheet_template(file, language)
    terminal.console().print(f"{terminal.shown(str(file))}: sheet template, version {version}.", markup=False)


def _watched(folder: Path | None, mechanism: str | None) -> tuple[str | None, Path]:
    """The mechanism and the folder that are meant. Raises Refused where no folder is named."""
    if folder is not None:
        return mechanism, folder.absolute()
    told = os.environ.get("SILD_WATCH", "").strip()
    if not told:
        raise Refused("Say which folder is to be watched: sild watch FOLDER, or SILD_WATCH in the environment.")
    named, mark, place = told.partition("=")
    if mark and "/" not in named:
        return mechanism or named, Path(place).expanduser().absolute()
    return mechanism, Path(told).expanduser().absolute()


def _tell(name: str, taken: Taken) -> None:
    """Print what became of a file."""
    if len(taken.arrived) == 1 and not taken.left_aside:
        words = "new" if taken.fresh else "known already"
    else:
        words = f"{len(taken.arrived)} messages, {taken.fresh} new, {len(taken.left_aside)} left aside"
    terminal.console().print(f"{terminal.shown(name)}: {words}", markup=False)


def _say_nothing(_name: str, _taken: Taken) -> None:
    """A child of `sild serve` writes lines of its log, which name no file."""
