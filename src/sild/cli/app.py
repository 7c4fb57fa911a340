"""The command line's verbs, gathered. Each opens what it needs, calls one thing, prints, and ends with a code that means something."""

from __future__ import annotations

import importlib.metadata
import os
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sild import sample
from sild.cli import (
    actors,
    allocation,
    catalogue,
    custody,
    demo,
    doctor,
    erasing,
    filing,
    guard,
    influence,
    intake,
    ledger,
    linking,
    mailbox,
    money,
    production,
    receipts,
    screening,
    sealing,
    serve,
    signals,
    standby,
    summary,
    worker,
)
from sild.cli.exits import Exit
from sild.kernel import house, terminal
from sild.kernel.refusals import Refused
from sild.wings.intake.commands import run_folder, take_files, write_lines, write_plan
from sild.wings.planning.public import take_in

app = typer.Typer(
    name="sild",
    help="Sild: from a folder of messages that ask for and offer cyber assistance to a linked register and a checked plan.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(ledger.app, name="ledger")
app.add_typer(mailbox.app, name="mailbox")
app.add_typer(receipts.app, name="receipts")
app.add_typer(erasing.app, name="erase")
app.add_typer(standby.app, name="standby")
app.add_typer(custody.app, name="custody")
app.add_typer(allocation.solve_app, name="solve")
app.add_typer(allocation.check_app, name="check")
app.add_typer(influence.app)
app.command("doctor")(doctor.doctor)
app.command("demo")(demo.demo)
app.command("reset")(demo.reset)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("sequencer")(worker.sequencer)
app.command("guard")(guard.guard)
app.command("watch")(intake.watch)
app.command("read")(intake.read)
app.command("template")(intake.template)
app.command("held")(erasing.held)
app.command("screen-list")(screening.screen_list)
app.command("seal")(sealing.seal)
app.command("unseal")(sealing.unseal)
app.command("seal-key")(sealing.seal_key)
app.command("link")(linking.link_lines)
app.command("file-lines")(filing.file_all_lines)
app.command("import-flows")(money.take_in_flows)
app.command("import-incidents")(signals.take_in_incidents)
app.command("rank-actors")(actors.rank_actors)
app.command("import-catalogue")(catalogue.take_in_catalogue)


FIRST_YEAR, LAST_YEAR = 2000, 2100


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sild {importlib.metadata.version('sild')}")
        raise typer.Exit


@app.callback()
def root(
    plain: Annotated[bool, typer.Option("--plain", help="No colour, no progress bars: for scripts, logs and screen readers.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.", callback=_version, is_eager=True)] = False,
) -> None:
    """Sild: from a folder of messages that ask for and offer cyber assistance to a linked register and a checked plan."""
    if plain:
        terminal.be_plain()


def day(text: str | None) -> date | None:
    """A date as people of all countries write it without doubt. Raises Refused."""
    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d %b %Y", "%d %B %Y"):
        try:
            told = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        if FIRST_YEAR <= told.year <= LAST_YEAR:
            return told
        raise Refused(f"{text!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}. Check the date.")
    raise Refused(f"{text!r} is not a date: write it as 2026-02-10 or 10 Feb 2026.")


def _refuse_unwritable(target: Path) -> None:
    """Refuse a place to write that is none, before anything is done."""
    parent = target.absolute().parent
    if not parent.is_dir():
        raise Refused(f"There is no folder {parent} to write {target.name} into. Make it first.")
    if target.is_dir() or not os.access(target if target.exists() else parent, os.W_OK):
        raise Refused(f"{target} cannot be written: it is a folder, or you may not write there. Name another place.")


MechanismOption = Annotated[Path | None, typer.Option("--mechanism", help="Mechanism file (YAML): members, scope, gates, weights.")]
PartiesOption = Annotated[
    Path | None, typer.Option("--parties", help="Parties file (CSV): organisations with their names in all languages.")
]
RegisterOption = Annotated[
    Path | None, typer.Option("--register", help="Register supplement (YAML): budgets, absorption, licence routes, assessments.")
]


@app.command()
def init(
    mechanism: MechanismOption = None,
    parties: PartiesOption = None,
    register: RegisterOption = None,
    real: Annotated[
        bool, typer.Option("--production", help="For real data: no exercise, no demo people; proves the desk and prints one invitation.")
    ] = False,
    officer_email: Annotated[
        str | None, typer.Option("--officer-email", help="Address of the first officer of the secretariat, for --production.")
    ] = None,
    for_restore: Annotated[
        bool, typer.Option("--for-restore", help="Only make the roles and the empty database at DATABASE_URL, for a backup to be put in.")
    ] = False,
) -> None:
    """Make the home ready: its database, its keys, and the mechanism, parties and register that you give."""
    if for_restore:
        production.prepare_for_restore(given=(mechanism, parties, register))
        return
    if real:
        production.found_production(mechanism, parties, register, officer_email)
        return
    if officer_email:
        raise Refused("--officer-email belongs to --production. Leave it out, or name both.")
    with house.opened() as home:
        _, told = take_files(sample.DEFAULT_MECHANISM.read_bytes(), mechanism=mechanism, parties=parties, supplement=register)
        house.settle(home)
        out = terminal.console()
        out.print(f"The home is ready: {home.root}", markup=False)
        for what, words in told.items():
            out.print(f"  {what}: {words}", markup=False)


class Planned(StrEnum):
    """Which needs a plan takes in."""

    ALL = "all"
    ENDORSED = "endorsed"


@app.command()
def run(
    inbox: Annotated[Path, typer.Argument(help="Folder of messages.")],
    mechanism: MechanismOption = None,
    parties: PartiesOption = None,
    register: RegisterOption = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="Recorded decisions of an exercise (YAML), replayed as its people.")
    ] = None,
    today: Annotated[
        str | None, typer.Option("--today", help="The day on which the plan is made, such as 2026-02-10. Default: today.")
    ] = None,
    lines: Annotated[Path | None, typer.Option("--lines", help="Write the lines here, one JSON object a line.")] = None,
    plan: Annotated[Path | None, typer.Option("--plan", help="Write the plan here, as JSON.")] = None,
    planned: Annotated[
        Planned | None,
        typer.Option("--needs", help="Plan all needs, or endorsed needs alone, from now on. Default: as it was said last, all at first."),
    ] = None,
) -> None:
    """Read a folder of messages, link what speaks of one need, and make a provisional plan that is checked."""
    on = day(today)
    for target in (lines, plan):
        if target is not None:
            _refuse_unwritable(target)
    if not inbox.is_dir():
        raise Refused(f"There is no folder {inbox}. Check the path and run again." if not inbox.exists() else f"{inbox} is not a folder.")
    with house.opened() as home:
        actor, _ = take_files(sample.DEFAULT_MECHANISM.read_bytes(), mechanism=mechanism, parties=parties, supplement=register)
        if planned is not None:
            take_in(actor, only_endorsed=planned is Planned.ENDORSED, reason=f"sild run --needs {planned}")
        with terminal.bars() as bars:
            result = run_folder(actor, home, inbox, decisions=decisions, today=on, progress=bars)
        if lines is not None:
            write_lines(actor, result, lines)
        if plan is not None:
            write_plan(result, plan)
        summary.show(actor, result)
    if result.plan is not None and result.plan.findings:
        raise typer.Exit(Exit.FINDINGS)
