"""`sild screen-list`: a list of people and organisations is taken in from a file, and every party is held against it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sild.cli.intake import MechanismName
from sild.kernel import house, terminal
from sild.wings.intake.commands import run_of
from sild.wings.screening.commands import take_list


def screen_list(
    file: Annotated[
        Path, typer.Argument(help="The list: FollowTheMoney entities, one JSON object a line, as OpenSanctions publishes them.")
    ],
    name: Annotated[str, typer.Option("--name", help="What the list is called, with who publishes it; each hit names it.")],
    as_of: Annotated[datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day that it speaks of: 2026-11-20.")],
    mechanism: MechanismName = None,
) -> None:
    """Take in a list and hold every party against it. A hit waits for a person at the desk; nothing follows by itself.

    The list is kept byte for byte; lines that cannot be read are counted and told on the page of the lists.
    """
    with house.opened() as home:
        view, screened = take_list(run_of(mechanism), home, file, name, as_of.date())
        held = f"{view.entries} entries, {view.names} names; {view.passed_over} lines of other kinds, {view.unread} not read."
        told = f"{view.name}, {view.as_of:%d %b %Y}: {held}"
        terminal.console().print(terminal.shown(told), markup=False)
        if not view.current:
            terminal.console().print("A list of a later day is in force; this one is kept beside it.", markup=False)
        said = f"{screened.parties} parties screened: {screened.fresh} new hits, {screened.reopened} opened again."
        terminal.console().print(said, markup=False)
        house.settle(home)
