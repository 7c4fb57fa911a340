"""`sild seal`, `sild unseal`, `sild seal-key`: files that only named people open. Needs no home, no database and no network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sild.custody import sealing
from sild.kernel import terminal


def seal(
    file: Annotated[Path, typer.Argument(help="The file to seal.")],
    to: Annotated[list[str], typer.Option("--to", help="Public key, age1..., of somebody who may open it. May be given several times.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the sealed file goes. Default: beside the file, with .age at its end.")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="As text that can be pasted into a form or a mail, such as where a host stands.")
    ] = False,
) -> None:
    """Seal a file for people: whoever holds none of the named keys reads nothing of it. The file itself stays; destroy it yourself."""
    target = out or file.with_name(f"{file.name}.age")
    sealing.seal_file(file, target, to, armoured=text)
    terminal.console().print(f"Sealed for {len(to)}: {target}. {file} is as it was.", markup=False)


def unseal(
    file: Annotated[Path, typer.Argument(help="The sealed file.")],
    key: Annotated[Path, typer.Option("--key", help="Your key file, as sild seal-key made it.")],
    out: Annotated[Path | None, typer.Option("--out", help="Where what is inside goes. Default: the name without .age.")] = None,
) -> None:
    """Open a sealed file with your key, into a new file that only you read."""
    target = out or (file.with_suffix("") if file.suffix == ".age" else file.with_name(f"{file.name}.open"))
    sealing.unseal_file(file, target, key)
    terminal.console().print(f"Opened: {target}", markup=False)


def seal_key(
    file: Annotated[Path, typer.Argument(help="The new key file. Keep it where nobody else reads it, and a copy in a safe.")],
) -> None:
    """Make a key of your own. Give its public half to those who seal for you; what is sealed for it is lost with it."""
    public = sealing.new_key(file)
    out = terminal.console()
    out.print(f"Your key: {file}. Nobody else reads it, and nobody can make it again.", markup=False)
    out.print(f"Its public half, for those who seal for you: {public}", markup=False)
