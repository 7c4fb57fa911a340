"""`sild mailbox`: the mailboxes that messages are fetched from. Nothing there is moved or deleted unless that is asked for."""

from __future__ import annotations

import resource
from typing import Annotated

import typer

from sild.cli.intake import MechanismName
from sild.cli.worker import ParentOption, house_of
from sild.kernel import house, terminal
from sild.kernel.log import write_lines
from sild.wings.intake.commands import check_mailbox, fetch_until_empty, named_mailbox, run_of
from sild.wings.intake.public import MailboxSettings, add_mailbox, mailboxes, remove_mailbox

app = typer.Typer(help="Mailboxes that messages are fetched from (IMAP over TLS).", no_args_is_help=True)

PORTS = {"tls": 993, "starttls": 143}
ROUNDS = 20
MEMORY = 4 * 1024**3
"""A server that sends without end costs this process, which is started anew, and not the machine."""

MailboxName = Annotated[str, typer.Argument(help="What the mailbox is called here: small letters, digits, dashes.")]


@app.command()
def add(  # noqa: PLR0913 - each parameter is an option that a person types
    name: MailboxName,
    host: Annotated[str, typer.Option("--host", help="Name of the server, as its certificate says it.")],
    user: Annotated[str, typer.Option("--user", help="User at the server, often the address.")],
    password_file: Annotated[
        str | None, typer.Option("--password-file", help="Name of a file in the home's folder keys, readable by its owner alone (0600).")
    ] = None,
    password_variable: Annotated[
        str | None, typer.Option("--password-variable", help="Environment variable that holds the password for worker and commands.")
    ] = None,
    security: Annotated[str, typer.Option("--security", help="tls (a port for TLS alone) or starttls.")] = "tls",
    port: Annotated[int | None, typer.Option("--port", help="Port of the server. Default: 993, with starttls 143.")] = None,
    folder: Annotated[str, typer.Option("--folder", help="Folder of the mailbox.")] = "INBOX",
    every: Annotated[int, typer.Option("--every", help="Minutes between two looks.")] = 5,
    afterwards: Annotated[
        str,
        typer.Option("--afterwards", help="What happens there to a message that was taken and kept: leave, delete, or move:FOLDER."),
    ] = "leave",
    mechanism: MechanismName = None,
) -> None:
    """Have the worker fetch from a mailbox from now on. The password is never typed here: say in which file or variable it is."""
    if (password_file is None) == (password_variable is None):
        raise typer.BadParameter("name the password's place once: --password-file or --password-variable")
    secret = f"file:{password_file}" if password_file is not None else f"env:{password_variable}"
    wanted = MailboxSettings(
        name=name,
        host=host,
        port=port if port is not None else PORTS.get(security, 0),
        security=security,
        user=user,
        secret=secret,
        folder=folder,
        every_minutes=every,
        afterwards="" if afterwards == "leave" else afterwards,
    )
    with house.opened() as home:
        add_mailbox(run_of(mechanism), wanted)
        house.settle(home)
    out = terminal.console()
    out.print(f"The mailbox {name} is fetched every {every} minutes. Try it: sild mailbox check {name}", markup=False)
    if wanted.afterwards:
        out.print(terminal.shown(f"Messages that were taken and kept will not stay in {folder} there: {wanted.afterwards}"), markup=False)


@app.command("list")
def show(mechanism: MechanismName = None) -> None:
    """The mailboxes, when each was fetched, what went wrong and what was passed over."""
    out = terminal.console()
    with house.opened():
        found = mailboxes(run_of(mechanism))
    if not found:
        out.print("No mailbox is fetched from. Add one: sild mailbox add NAME --host HOST --user USER --password-file FILE", markup=False)
    for one in found:
        when = f"{one.fetched_at:%d %b %Y %H:%M} UTC" if one.fetched_at else "never"
        place = f"{one.user} at {one.host}:{one.port} ({one.security}), {one.folder}, every {one.every_minutes} min"
        out.print(terminal.shown(f"{one.name}: {place}; last fetched {when}; {one.taken} messages taken, up to number {one.last_uid}"))
        if one.afterwards:
            out.print(terminal.shown(f"  afterwards: {one.afterwards}"), markup=False)
        if one.fault:
            out.print(terminal.shown(f"  fault: {one.fault}"), markup=False)
        for uid, why in one.passed_over[-10:]:
            out.print(terminal.shown(f"  passed over: message {uid}: {why}"), markup=False)


@app.command()
def check(name: MailboxName, mechanism: MechanismName = None) -> None:
    """Enter a mailbox and count what lies in its folder. Nothing is taken."""
    with house.opened() as home:
        there = check_mailbox(run_of(mechanism), home, name)
        house.settle(home)
    terminal.console().print(f"The mailbox {name} answers: {there} messages in its folder.", markup=False)


@app.command()
def fetch(name: MailboxName, mechanism: MechanismName = None, parent: ParentOption = None) -> None:
    """Fetch from a mailbox now; the worker does it by itself."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    with house_of(parent) as home:
        if parent is not None:
            write_lines("mailbox")
        actor = run_of(mechanism)
        fetched = fetch_until_empty(actor, home, named_mailbox(actor, name).id, rounds=ROUNDS)
        if parent is None:
            house.settle(home)
            out = terminal.console()
            out.print(f"{name}: {fetched.taken} messages taken, {fetched.fresh} of them new, {len(fetched.passed_over)} passed over")
            if fetched.cleared or fetched.left_there:
                out.print(
                    terminal.shown(f"  {fetched.cleared} moved or deleted there; {fetched.left_there or 'as was asked for'}"), markup=False
                )
            for uid, why in fetched.passed_over:
                out.print(f"  message {uid}: {terminal.shown(why)}", markup=False)


@app.command()
def remove(name: MailboxName, mechanism: MechanismName = None) -> None:
    """Fetch from a mailbox no more. What was taken stays; nothing happens at the server."""
    with house.opened() as home:
        remove_mailbox(run_of(mechanism), name)
        house.settle(home)
    terminal.console().print(f"The mailbox {name} is fetched from no more.", markup=False)
