"""Verbs of the command line that screening owns: a list from a file, read and used at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from sild.kernel import originals
from sild.kernel.actor import Actor
from sild.kernel.home import Home
from sild.kernel.refusals import Refused
from sild.wings.screening.actions import Screened, TakingUp, keep_list
from sild.wings.screening.reads import ListView, lists
from sild.wings.screening.rules import NewList


def take_list(actor: Actor, home: Home, path: Path, name: str, as_of: date) -> tuple[ListView, Screened]:
    """Take in a list from a file and screen every party against it. Raises Refused in one line."""
    try:
        kept = originals.keep(home.originals, path)
    except OSError as fault:
        raise Refused(f"The list {path} cannot be read: {fault.strerror}. Check the path.") from fault
    made: UUID = keep_list(actor, kept, NewList(name=name, as_of=as_of), by_worker=False, reason=f"from {path.name}")
    screened = TakingUp(actor, home).run()
    [view] = [one for one in lists(actor) if one.id == made]
    return view, screened
