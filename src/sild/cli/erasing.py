"""`sild held` and `sild erase`: what is held on a person, and taking words out for good."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from sild.cli.intake import MechanismName
from sild.kernel import house, terminal
from sild.wings.intake.commands import run_of
from sild.wings.intake.public import Erased, erase_message, erase_person, held_on, message_by_name

app = typer.Typer(
    help="Take words out of the desk for good. What was committed to the ledger stays, and nobody can read it.", no_args_is_help=True
)

Reason = Annotated[str, typer.Option("--reason", help="Why: it stays in the ledger. It must not hold what is erased.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask. Nothing brings the words back.")]
Words = Annotated[list[str], typer.Argument(help="Names and addresses of the person, each in quotes, in every form that is to go.")]


def held(words: Words, mechanism: MechanismName = None) -> None:
    """Print what is held on a person, as JSON, to hand out to them."""
    with house.opened():
        told = held_on(run_of(mechanism), words)
    typer.echo(json.dumps(told, ensure_ascii=False, indent=1))


@app.command()
def message(
    name: Annotated[str, typer.Argument(help="Its reference, its identifier, or the name of the file in which it came.")],
    reason: Reason,
    whole: Annotated[bool, typer.Option("--whole", help="Its lines too: they are rejected and say nothing any more.")] = False,
    yes: Yes = False,
    mechanism: MechanismName = None,
) -> None:
    """Erase the words of a message. Its lines keep what the register states (what, how many, for which body) unless you say --whole."""
    with house.opened() as home:
        actor = run_of(mechanism)
        found = message_by_name(actor, name)
        what = f"the message {found.name or found.id}" + (" with all its lines" if whole else "")
        if _sure(what, yes=yes):
            _tell(erase_message(actor, found.id, reason=reason, whole=whole))
            house.settle(home)


@app.command()
def person(words: Words, reason: Reason, yes: Yes = False, mechanism: MechanismName = None) -> None:
    """Blot a person's names and addresses out of messages, lines, notes and history. Originals that hold them are not kept."""
    with house.opened() as home:
        actor = run_of(mechanism)
        told = held_on(actor, words)
        many = f"{len(told['messages'])} messages, {len(told['notes'])} notes and {len(told['reasons'])} reasons"
        if _sure(f"these words in {many}", yes=yes):
            _tell(erase_person(actor, words, reason=reason))
            house.settle(home)


def _sure(what: str, *, yes: bool) -> bool:
    """Whether the person at the terminal means it."""
    return yes or typer.confirm(terminal.shown(f"Erase {what} for good?"), abort=True)


def _tell(erased: Erased) -> None:
    told = f"Erased: {erased.messages} messages, {erased.images} images of history, {erased.reasons} reasons."
    terminal.console().print(f"{told} Backups from before hold them still.", markup=False)
