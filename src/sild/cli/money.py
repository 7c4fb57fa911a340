"""`sild import-flows`: files of public money flows are taken in, each row once, with what their sources say of their sums."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from sild.cli.intake import MechanismName
from sild.kernel import house, terminal
from sild.wings.intake.commands import run_of
from sild.wings.money.commands import files_in, import_files

MOST_FAULTS = 10


def take_in_flows(
    files: Annotated[list[Path], typer.Argument(help="Files, or folders whose .csv, .json and .yaml files are looked at.")],
    mechanism: MechanismName = None,
) -> None:
    """Take in public flows of money and what their sources say of their sums. The same files again change nothing.

    Known are answers and tables of the Financial Tracking Service, the tables of the Ukraine Support Tracker, and compiled facts. In a
    folder, files of other forms are left alone and named.
    """
    lenient = any(path.is_dir() for path in files)
    sums: Counter[str] = Counter()
    out = terminal.console()
    with house.opened() as home, terminal.bars() as bars:
        actor = run_of(mechanism)
        for path, found, result in import_files(actor, files_in(files), lenient=lenient, progress=bars):
            name = terminal.shown(path.name)
            if found is None or isinstance(result, str):
                out.print(f"{name}: left alone, it is of no known form", markup=False)
                continue
            sums.update(flows=result.flows, fresh=result.fresh, claims=result.claims, differing=result.differing, faults=len(found.faults))
            told = f"{found.rows} rows ({found.form}): {result.flows} flows, {result.fresh} new, {result.changed} changed by their source"
            told += f", {result.differing} read differently, {found.empty} rows without money" if found.empty or result.differing else ""
            told += f"; {result.claims} claims, {result.fresh_claims} new" if result.claims else ""
            told += f"; {found.sums} sums within rows added up" if found.sums else ""
            told += f"; {result.parentless} parents not among these files" if result.parentless else ""
            out.print(f"{name}: {told}", markup=False)
            for fault in found.faults[:MOST_FAULTS]:
                out.print(f"  not taken: {terminal.shown(fault)}", markup=False)
            if len(found.faults) > MOST_FAULTS:
                out.print(f"  and {len(found.faults) - MOST_FAULTS} more rows were not taken", markup=False)
        house.settle(home)
    told = f"{sums['flows']} flows, {sums['fresh']} of them new; {sums['claims']} claims; {sums['differing']} rows read differently"
    out.print(f"In all {told}; {sums['faults']} rows not taken. Contradictions: the page Money, Contradictions.", markup=False)
