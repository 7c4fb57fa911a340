"""`sild receipts`: the acknowledgements to senders. They are queued with the messages, held in an exercise, and sent by the worker."""

from __future__ import annotations

from typing import Annotated

import typer

from sild.cli.intake import MechanismName
from sild.kernel import house, terminal
from sild.kernel.post import post_office
from sild.kernel.refusals import Refused
from sild.wings.intake.commands import run_of, send_due
from sild.wings.intake.public import receipts

app = typer.Typer(help="Acknowledgements to senders: what is queued, held, sent.", no_args_is_help=True)


@app.command("list")
def show(
    state: Annotated[str, typer.Option("--state", help="Only those that are queued, held, sending, sent or failed.")] = "",
    mechanism: MechanismName = None,
) -> None:
    """The newest two hundred acknowledgements with their state, and why one is held. Officers release them on their page."""
    out = terminal.console()
    with house.opened() as home:
        found = receipts(run_of(mechanism), state=state)
        sends = post_office(home) is not None
    if not sends:
        out.print("No server is named by which they could be sent: SILD_SMTP and SILD_MAIL_FROM name one.", markup=False)
    for one in found:
        why = f" ({one.why})" if one.why else ""
        fault = f": {one.fault}" if one.fault else ""
        out.print(terminal.shown(f"{one.reference}  {one.state}{why}{fault}  {one.language}  {one.to}"), markup=False)
    if not found:
        out.print("No acknowledgement is in this list.", markup=False)


@app.command()
def send(mechanism: MechanismName = None) -> None:
    """Send what is due now; the worker does it by itself. An exercise sends nothing."""
    with house.opened() as home:
        post = post_office(home)
        if post is None:
            raise Refused("No server is named by which they could be sent. Set SILD_SMTP and SILD_MAIL_FROM.")
        done = send_due(run_of(mechanism), post)
        house.settle(home)
    terminal.console().print(f"{done.sent} acknowledgements sent, {done.failed} not taken by the server.", markup=False)
