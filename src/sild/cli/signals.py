"""`sild import-incidents`: incidents that others publish are taken in, each row once, with every refusal and its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sild.cli.intake import MechanismName
from sild.kernel import house, terminal
from sild.wings.intake.commands import run_of
from sild.wings.signals.commands import import_file


def take_in_incidents(
    file: Annotated[Path, typer.Argument(help="EuRepoC 1.1 (CSV), a STIX 2.1 bundle or MISP events (JSON).")],
    look: Annotated[bool, typer.Option("--preview", help="Say what would become of each row, and write nothing.")] = False,
    mechanism: MechanismName = None,
) -> None:
    """Take in incidents that others publish. The same file again changes nothing; what differs is kept beside what is here."""
    with house.opened() as home, terminal.bars() as bars:
        result = import_file(run_of(mechanism), file, look=look, progress=bars)
        if not look:
            house.settle(home)
    out = terminal.console()
    counts = f"{result.fresh} new, {result.known} known, {result.changed} changed by their source, {result.differing} read differently"
    told = f"{terminal.shown(file.name)} ({result.form}): {result.rows} rows: {counts}; {result.odd} contradict themselves"
    out.print(told + (f"; {result.passed_over} objects of other kinds passed over" if result.passed_over else ""), markup=False)
    for one in result.refused:
        out.print(f"  not taken, row {one.place}: {terminal.shown(one.why)}", markup=False)
    if look:
        out.print("Nothing was written.", markup=False)
