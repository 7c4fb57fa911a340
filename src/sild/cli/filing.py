"""`sild file-lines`: every line stands anew under the slots by which new lines find it."""

from __future__ import annotations

import typer

from sild.cli.intake import MechanismName
from sild.kernel import house
from sild.wings.intake.commands import run_of
from sild.wings.linkage.public import file_lines


def file_all_lines(mechanism: MechanismName = None) -> None:
    """File all lines anew, so that new ones find them: after slots.key was lost, or where the notes of an update ask for it.

    Lines file themselves when they are read or changed; nothing that they say is touched.
    """
    with house.opened() as home:
        typer.echo(f"{file_lines(run_of(mechanism))} lines filed.")
        house.settle(home)
