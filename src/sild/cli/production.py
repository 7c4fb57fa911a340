"""`sild init` for real data: a mechanism that is no exercise, nobody but its first officer; or an empty database for a restore."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import typer
from django.urls import reverse

from sild import sample
from sild.cli import doctor
from sild.cli.exits import Exit
from sild.kernel import house, terminal
from sild.kernel.identity import actor_named, mechanism_slugs
from sild.kernel.loopback import is_loopback
from sild.kernel.refusals import Refused
from sild.wings.intake.commands import RUN, read_input, starter, take_files
from sild.wings.parties.commands import demo_sign_ins, invite_first_officer
from sild.wings.parties.public import mechanism_file, read_mechanism

GUIDE = "docs/how-to/production.md"


def found_production(mechanism: Path | None, parties: Path | None, register: Path | None, officer_email: str | None) -> None:
    """Found the mechanism of real data, prove how the desk runs, and print one link for its first officer. Safe to run again.

    Raises Refused for an exercise, for a home that holds one, and for a desk that only this machine could reach.
    """
    if mechanism is None or parties is None or not officer_email:
        raise Refused("--production needs --mechanism FILE, --parties FILE and --officer-email ADDRESS. Name all three.")
    spec = read_mechanism(read_input(mechanism, "mechanism file"), mechanism.name)
    if spec.exercise:
        raise Refused(f"{mechanism} describes an exercise (exercise: true): it is not for real data. Use sild init without --production.")
    host = public_host()
    refuse_open_database()
    out = terminal.console()
    with house.opened() as home:
        _refuse_exercises()
        _, told = take_files(sample.DEFAULT_MECHANISM.read_bytes(), mechanism=mechanism, parties=parties, supplement=register)
        house.settle(home)
        out.print(f"The home is ready: {home.root}", markup=False)
        for what, words in told.items():
            out.print(f"  {what}: {words}", markup=False)
        findings = doctor.examine_home(home)
        red = doctor.tell([finding for finding in findings if not finding.ok])
        out.print(f"The doctor: {len(findings)} findings, {red} red", markup=False)
        if red:
            out.print("Nobody is invited while a finding is red. Mend it and run the same command again.", markup=False)
            raise typer.Exit(Exit.FINDINGS)
        path = reverse("web.join", args=[invite_first_officer(spec, officer_email, started_by=starter())])
        house.settle(home)
    out.print(
        f"The first officer takes the seat by this link; whoever opens it first has it, so hand it over in person:\n\n  https://{host}{path}\n"
    )


def prepare_for_restore(given: Iterable[Path | None]) -> None:
    """Make roles and an empty database at DATABASE_URL and nothing else. Raises Refused."""
    if any(given):
        raise Refused("--for-restore takes no files: mechanism, parties and register come with the backup.")
    terminal.console().print(f"The database {house.prepare_empty_database()} is ready for the backup.", markup=False)


def public_host() -> str:
    """The first name in SILD_HOSTS that other machines know. Raises Refused where only this machine could reach the desk."""
    for name in os.environ.get("SILD_HOSTS", "").split(","):
        if name.strip() and not is_loopback(name) and not name.strip().endswith(".localhost"):
            if not os.environ.get("SILD_PROXIES", "").strip("0 "):
                raise Refused(f"SILD_PROXIES is 0: a desk for real data stands behind a TLS proxy. Set it to 1; see {GUIDE}.")
            return name.strip()
    raise Refused(f"SILD_HOSTS names no host but this machine's own: set it to the name that people will type; see {GUIDE}.")


def refuse_open_database() -> None:
    """Raise Refused unless DATABASE_URL names a cluster that is reached over proven TLS or a socket of this machine."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        raise Refused(f"Real data stand in a cluster of your own: set DATABASE_URL; see {GUIDE}.")
    words = parse_qs(urlsplit(url).query)
    socket = words.get("host", [urlsplit(url).hostname or ""])[0].startswith("/")
    if not socket and words.get("sslmode") != ["verify-full"]:
        raise Refused(
            "DATABASE_URL does not ask for proven TLS: add sslmode=verify-full and sslrootcert=FILE to it, or name a socket's directory."
        )


def _refuse_exercises() -> None:
    for slug in mechanism_slugs():
        if mechanism_file(actor_named(slug, RUN)).exercise:
            raise Refused(
                f"This home holds the exercise {slug}: real data do not stand beside it. Name an empty SILD_HOME and a new database."
            )
    if demo_sign_ins():
        raise Refused("This home holds demo people, whose passwords are known. Name an empty SILD_HOME and a new database.")
