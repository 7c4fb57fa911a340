"""`sild demo` runs the main job on the sample; `sild reset` forgets a home."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from sild import sample
from sild.cli import summary
from sild.cli.exits import Exit
from sild.cli.serve import first_claimed, keep_serving
from sild.kernel import home as homes
from sild.kernel import house, terminal
from sild.kernel.identity import exercises_alone, mechanism_slugs
from sild.kernel.refusals import Refused
from sild.postgres.faults import DatabaseFault
from sild.postgres.supervisor import Server
from sild.wings.intake.commands import run_folder, take_files
from sild.wings.parties.commands import DemoPeople, make_demo_people
from sild.wings.parties.public import read_mechanism

HOST, PORT, WORKERS, THREADS = "127.0.0.1", 8000, 2, 4
OWNED = ("originals", "ledger", "keys")


def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the desk in the browser after the summary.")] = True,
) -> None:
    """Run the main job on the sample inbox of an exercise, then open the desk with ready log-ins. A second start keeps the data."""
    with house.opened() as home:
        _refuse_beside_real_mechanisms(home.root)
        actor, _ = take_files(
            sample.DEFAULT_MECHANISM.read_bytes(), mechanism=sample.MECHANISM, parties=sample.PARTIES, supplement=sample.SUPPLEMENT
        )
        out = terminal.console()
        out.print("EXERCISE: everything in this inbox is invented.", markup=False)
        with terminal.bars() as bars:
            result = run_folder(actor, home, sample.INBOX, decisions=sample.DECISIONS, today=None, progress=bars)
        summary.show(actor, result)
        summary.what_next(home.root)
        people = make_demo_people(home, sample_mechanism(), started_by=actor.started_by)
        house.settle(home)
        if serve:
            port, claim = first_claimed(HOST, PORT)
            with closing(claim):
                keep_serving(HOST, port, workers=WORKERS, threads=THREADS, web_only=False, told=lambda address: _open_at(address, people))
    if result.plan is not None and result.plan.findings:
        raise typer.Exit(Exit.FINDINGS)


def _refuse_beside_real_mechanisms(root: Path) -> None:
    """Raise Refused, before anything is read, in a home that holds a mechanism that is no exercise: its people would get the sample."""
    if mechanism_slugs() and not exercises_alone():
        raise Refused(
            f"{root} holds a mechanism that is no exercise. The demo reads invented messages and makes log-ins whose password is printed:"
            f" give it a home of its own, SILD_HOME={root}-exercise sild demo. Nothing was read."
        )


def sample_mechanism() -> str:
    """The short name of the exercise that the sample brings."""
    return read_mechanism(sample.MECHANISM.read_bytes(), sample.MECHANISM.name).mechanism


def _open_at(address: str, people: DemoPeople) -> None:
    out = terminal.console()
    out.print(f"\nThe desk is open at {address} (Ctrl-C ends it). Sign in there as", markup=False)
    for role, email in people.sign_ins:
        out.print(f"  {role:18}{email}", markup=False)
    out.print(f"with the password {people.password}", markup=False)


def reset(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Forget everything in the home: database, originals, ledger, keys. This cannot be undone."""
    home = homes.current()
    if not home.root.exists() or not any(home.root.iterdir()):
        terminal.console().print(f"There is nothing at {home.root}.", markup=False)
        return
    if not home.keys.is_dir():
        raise Refused(f"{home.root} is not a home of Sild: it has no keys in it. Nothing was removed; check SILD_HOME.")
    if os.environ.get("DATABASE_URL"):
        raise Refused("DATABASE_URL names a cluster of your own: drop its database yourself, then remove the home. Nothing was removed.")
    if not yes and not typer.confirm(f"Forget everything in {home.root}?", default=False):
        raise Refused("Nothing was removed.")
    try:
        Server(home.root).destroy()
        for name in OWNED:
            shutil.rmtree(home.root / name, ignore_errors=False)
    except DatabaseFault as fault:
        raise Refused(str(fault)) from fault
    except OSError as problem:
        raise Refused(f"{problem.filename} could not be removed: {problem.strerror}. Remove it by hand.") from problem
    terminal.console().print(f"Forgotten: {home.root}", markup=False)
