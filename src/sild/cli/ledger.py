"""`sild ledger`: verify the book. Needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sild.cli.exits import Exit
from sild.kernel import home as homes
from sild.kernel import terminal
from sild.kernel.ledger.sequencer import book_of
from sild.kernel.refusals import Refused

app = typer.Typer(help="The ledger: every act, in a tree that nobody can edit in silence.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def root() -> None:
    """The ledger: every act, in a tree that nobody can edit in silence."""


@app.command()
def verify(
    witness: Annotated[
        Path | None, typer.Option("--witness", help="A checkpoint that somebody else kept: shows a ledger told in two versions.")
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", help="The public key as you noted it elsewhere: shows a key that was changed.")
    ] = None,
) -> None:
    """Recompute every signed state of the ledger from its entries. Needs no database."""
    home = homes.current()
    book = book_of(home)
    if not book.verifier.exists():
        raise Refused(f"There is no ledger in {home.root}. Run `sild init` first, or set SILD_HOME.")
    note = None
    if witness is not None:
        try:
            note = witness.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            raise Refused(f"The witness's checkpoint {witness} cannot be read: {problem}.") from problem
    if key is not None and key.count("+") < 2:
        raise Refused("The key is not a verifier line: it reads sild-ledger+ID+KEY, as sild ledger verify prints it.")
    entries, findings = book.verify(note, key)
    out = terminal.console()
    for finding in findings:
        out.print(f"{finding.where}: {finding.what}", markup=False)
    if findings:
        raise typer.Exit(Exit.FINDINGS)
    newest = max(book.states([]), key=lambda state: state.size)
    out.print(f"{entries} entries; every signed state holds.", markup=False)
    out.print(f"root {newest.root.hex()}", markup=False)
    out.print(f"key  {book.verifier.read_text(encoding='utf-8').strip()}", markup=False)
    out.print("Note these three lines elsewhere: they show later whether the ledger was cut back or written anew.", markup=False)
