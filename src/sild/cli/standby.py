"""`sild standby`: a second cluster that follows the first, the switch-over between them, and the return."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from django.db import DatabaseError

from sild.cli.exits import Exit
from sild.kernel import home as homes
from sild.kernel import house, terminal
from sild.kernel.identity import actor_named, mechanism_slugs
from sild.kernel.refusals import Refused
from sild.postgres.connection import read_password
from sild.postgres.faults import DatabaseFault
from sild.postgres.places import write_private
from sild.postgres.standby import ABROAD, HOME, Pair, Standing, made, opened, place_of, standing
from sild.postgres.standby_exercise import exercise
from sild.postgres.standby_moves import Moved, promote, switch, take_back
from sild.postgres.standby_programs import debian_programs, embedded_programs
from sild.postgres.standby_settings import GUARD, Shape
from sild.wings.continuity.public import MoveMade, StandbyMoveKind, note_move
from sild.wings.intake.commands import RUN, starter

app = typer.Typer(
    help="A standby of the whole database: made, watched, switched to and returned from (docs/how-to/standby.md).",
    no_args_is_help=True,
    rich_markup_mode=None,
)

FolderOption = Annotated[
    Path | None, typer.Option("--folder", help="Folder of the pair. Default: one of this home's, the same at every call.")
]
ByOption = Annotated[str, typer.Option("--by", help="Who decided it, by name.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]
CLIENTS_PORTS = Path("/proc/sys/net/ipv4/ip_local_port_range")
STATES = {
    "streaming": "the standby follows",
    "behind": "the standby is connected and catches up",
    "away": "no standby is connected",
    "lost": "the standby stayed away too long: its log is gone, sild standby return copies it anew",
    "alone": "the primary was promoted without the other one, which is fenced",
    "down": "the primary does not answer: sild standby start, or sild standby promote behind a fence",
}


@app.callback()
def root() -> None:
    """A standby of the whole database: made, watched, switched to and returned from (docs/how-to/standby.md)."""


@app.command()
def make(
    folder: FolderOption = None,
    programs: Annotated[
        Path | None, typer.Option("--programs", help="Folder of a PostgreSQL, such as /usr/lib/postgresql/15. Default: Debian's newest.")
    ] = None,
    port: Annotated[int, typer.Option("--port", min=1024, max=65535, help="Port of the first cluster, home.")] = 5433,
    standby_port: Annotated[int, typer.Option("--standby-port", min=1024, max=65535, help="Port of the second, abroad.")] = 5434,
    asynchronous: Annotated[
        bool,
        typer.Option("--asynchronous", help="No write waits for the standby: quicker, and what it did not get is lost with the primary."),
    ] = False,
    slot_mb: Annotated[
        int, typer.Option("--slot-mb", min=64, max=10_000_000, help="So much log is kept for a standby that is away, in MB.")
    ] = 1024,
) -> None:
    """Make two clusters on this machine, the second following the first, and print how the desk reaches them."""
    if port == standby_port:
        raise DatabaseFault("Both clusters would have the same port: name two.")
    for one in (port, standby_port):
        refuse_port_of_clients(one)
    found = debian_programs(programs)
    if not found.tls:
        raise DatabaseFault(
            f"The programs at {found.binaries.folder} speak no TLS: a desk needs Debian's. For an exercise: sild standby exercise."
        )
    home = homes.current().prepare()
    shape = Shape(synchronous=not asynchronous, slot_mb=slot_mb)
    pair = made(folder or place_of(home.root), found, (port, standby_port), shape, _say)
    passwords = home.keys / "passwords"
    passwords.mkdir(mode=0o700, exist_ok=True)
    write_private(passwords / GUARD, read_password(pair.keys / "passwords", GUARD) + "\n")
    out = terminal.console()
    out.print(f"The pair stands at {pair.folder}. Both clusters start again with sild standby start.", markup=False)
    out.print("The desk's address, which finds whichever is the primary:", markup=False)
    out.print(f"  DATABASE_URL='{pair.address()}'", markup=False)
    out.print("Once, to make the desk's roles and tables, as the administrator over the private socket:", markup=False)
    word = f"$(cat {pair.keys / 'passwords' / 'sild_superuser'})"
    out.print(
        f'  DATABASE_URL="postgresql://sild_superuser:{word}@:{port}/sild?host={pair.primary.folder / "socket"}" sild init', markup=False
    )
    if shape.synchronous:
        out.print("And SILD_STANDBY=refuse (or go-on) for every process of the desk: sild serve then runs the guard.", markup=False)


@app.command()
def start(folder: FolderOption = None) -> None:
    """Start both clusters, as after a start of the machine. One that a person fenced off does not start."""
    pair = _pair(folder)
    with pair.turn():
        pair.start(_say)


@app.command()
def stop(folder: FolderOption = None) -> None:
    """Stop both clusters, the primary first, so that the standby has everything."""
    pair = _pair(folder)
    with pair.turn():
        pair.stop(_say)


@app.command()
def status(
    folder: FolderOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object, for monitoring.")] = False,
) -> None:
    """Say who is the primary, whether the standby follows, how far behind it is, and what it is worth. Ends with 1 when it is not well."""
    pair = _pair(folder)
    found = standing(pair)
    out = terminal.console()
    if as_json:
        out.print(json.dumps(_told(found), ensure_ascii=False), markup=False)
    else:
        for line in _lines(found):
            out.print(line, markup=False)
    if found.state != "streaming" or found.synchronous != pair.kept.shape.synchronous or found.refusing:
        raise typer.Exit(Exit.FINDINGS)


@app.command("switch")
def switch_over(by: ByOption, reason: ReasonOption, folder: FolderOption = None) -> None:
    """The planned switch-over: writes stop, the standby gets the last record, takes over, and the former primary follows it."""
    moved = switch(_pair(folder), by, reason, _say)
    _tell(moved)
    write_down(_made(StandbyMoveKind.PLANNED, moved, by), reason)


@app.command("promote")
def promote_standby(
    by: ByOption,
    reason: ReasonOption,
    fenced: Annotated[str, typer.Option("--fenced", help="How the old primary was switched off or cut: your word, kept with your name.")],
    folder: FolderOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """The unplanned switch-over. You state that the old primary is off or cut; while it answers, nothing is promoted."""
    pair = _pair(folder)
    if not yes:
        typer.confirm(f"{pair.primary.name} is off or cut ({fenced}), and {by} answers for it?", abort=True)
    moved = promote(pair, by, reason, fenced, _say)
    _tell(moved)
    write_down(_made(StandbyMoveKind.UNPLANNED, moved, by, fenced), reason)


@app.command("return")
def return_former(
    by: ByOption,
    reason: ReasonOption,
    folder: FolderOption = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Copy everything anew, and keep the former primary's data beside it.")] = False,
) -> None:
    """Have the former primary, or a standby that stayed away too long, follow again. To bring the work home, switch afterwards."""
    moved = take_back(_pair(folder), by, reason, _say, fresh=fresh)
    _tell(moved)
    write_down(_made(StandbyMoveKind.RETURNED, moved, by), reason)


@app.command("exercise")
def play(
    rows: Annotated[int, typer.Option("--rows", min=10, max=5_000_000, help="Rows of the made-up register.")] = 10_000,
    port: Annotated[
        int, typer.Option("--port", min=1024, max=65534, help="Port of the first cluster; the second has the next one.")
    ] = 5443,
    embedded: Annotated[
        bool, typer.Option("--embedded", help="With the programs that Sild brings: without TLS, over a private socket.")
    ] = False,
) -> None:
    """Play the data embassy with a made-up register: set up, follow, work abroad, lose the place, return, and count before and after."""
    programs = embedded_programs() if embedded else debian_programs()
    out = terminal.console()
    refuse_port_of_clients(port)
    refuse_port_of_clients(port + 1)
    found = exercise(programs, (port, port + 1), rows, _say)
    out.print(
        f"PostgreSQL {programs.binaries.major}, {'over TLS' if found.over_tls else 'over a private socket, without TLS'}:", markup=False
    )
    for one in found.counts:
        out.print(f"  {one.when}, {one.where}: {one.rows} rows, digest {one.digest[:12]}", markup=False)
    for move, seconds in found.moves:
        out.print(f"  {move}: writes stood still for {seconds:.2f} s", markup=False)
    out.print("Every row came home, and both sides hold the same." if found.whole else "The counts do NOT agree.", markup=False)
    if not found.whole:
        raise typer.Exit(Exit.FINDINGS)


def refuse_port_of_clients(port: int) -> None:
    """Raise DatabaseFault for a port that the system gives to clients: one of them could hold it while the cluster is down."""
    try:
        low, high = (int(word) for word in CLIENTS_PORTS.read_text().split())
    except (OSError, ValueError):
        return
    if low <= port <= high:
        raise DatabaseFault(f"Port {port} is one of those that this system gives to clients ({low} to {high}): name one below {low}.")


def _made(kind: StandbyMoveKind, moved: Moved, by: str, how: str = "") -> MoveMade:
    stopped = moved.writes_stopped_s or None
    return MoveMade(kind=kind, primary=moved.primary, person=by, how=how, stopped=stopped, taken_back=moved.taken_back_bytes)


def write_down(move: MoveMade, reason: str) -> bool:
    """Put a move into the desk's ledger, in each mechanism of this home; the move stands also where that cannot be done now."""
    out = terminal.console()
    if not os.environ.get("DATABASE_URL", "").strip():
        out.print("No desk was told: DATABASE_URL is not set. The move stands in events.jsonl of the pair's folder.", markup=False)
        return False
    try:
        home = house.join("sequencer")
        for slug in mechanism_slugs():
            note_move(actor_named(slug, RUN, started_by=starter()), move, reason=reason)
        house.settle(home)
    except (Refused, DatabaseFault, DatabaseError) as fault:
        out.print(f"The move stands, and the desk could not be told: {terminal.shown(str(fault).strip().splitlines()[0])}", markup=False)
        return False
    return True


def _pair(folder: Path | None) -> Pair:
    return opened(folder or place_of(homes.current().root))


def _say(text: str) -> None:
    terminal.console().print(f"  {text}", markup=False)


def _tell(moved: Moved) -> None:
    out = terminal.console()
    out.print(f"{moved.primary} is the primary, {moved.standby} the other one (timeline {moved.timeline}).", markup=False)
    if moved.writes_stopped_s:
        out.print(f"Writes stood still for {moved.writes_stopped_s:.1f} s.", markup=False)
    if moved.taken_back_bytes:
        out.print(f"{moved.taken_back_bytes} bytes of log that the new primary never got were taken back.", markup=False)


def _told(found: Standing) -> dict[str, object]:
    return {
        "state": found.state,
        "primary": found.primary,
        "standby": found.standby,
        "synchronous": found.synchronous,
        "refusing_writes": found.refusing,
        "lag_bytes": found.lag_bytes,
        "lag_seconds": found.lag_s,
        "log_left_for_standby_bytes": found.slot_left_bytes,
        "timeline": found.timeline,
        "fenced_by": found.fence.person if found.fence else None,
    }


def _lines(found: Standing) -> list[str]:
    where = {HOME: "at home", ABROAD: "abroad"}
    lines = [
        f"state: {found.state}: {STATES[found.state]}",
        f"primary: {found.primary} ({where[found.primary]}), timeline {found.timeline or '?'}",
    ]
    if found.state == "down":
        return lines
    lines.append(f"synchronous: {'yes, every write waits for the standby' if found.synchronous else 'no, no write waits for a standby'}")
    if found.lag_bytes is not None:
        lines.append(f"behind: {found.lag_bytes} bytes" + (f", {found.lag_s:.2f} s" if found.lag_s is not None else ""))
    if found.slot_left_bytes is not None:
        lines.append(f"log that may still be kept for it: {found.slot_left_bytes // (1 << 20)} MB")
    if found.refusing:
        lines.append("writes are refused")
    if found.fence is not None:
        lines.append(f"fenced: {found.standby}, by {found.fence.person} at {found.fence.at}: {found.fence.how} ({found.fence.reason})")
    return [terminal.shown(line) for line in lines]
