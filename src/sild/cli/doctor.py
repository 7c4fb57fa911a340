"""`sild doctor`: proves the running configuration, finding by finding."""

from __future__ import annotations

import os

import typer

from sild.cli.exits import Exit
from sild.formats.recognition import RECOGNISED
from sild.formats.sandbox import Sandbox, prove
from sild.kernel import clock, house, replicated, terminal
from sild.kernel import home as homes
from sild.kernel.factors import unreadable_factors
from sild.kernel.home import Home
from sild.kernel.identity import actor_named, mechanism_slugs
from sild.kernel.jobs import queue_health
from sild.kernel.ledger.sequencer import book_of, commitments_numbered
from sild.kernel.originals import SWEPT_AFTER_S, place_of
from sild.kernel.refusals import Refused
from sild.kernel.scope import GATES, UNSCOPED_TABLES
from sild.postgres.doctor import Finding, examine, examine_own_cluster
from sild.postgres.standby_guard import ABOUT, State
from sild.postgres.supervisor import Server
from sild.postgres.table_findings import examine_tables
from sild.wings.intake.commands import RUN
from sild.wings.intake.public import messages
from sild.wings.linkage.public import model_state, stale_lines_asked
from sild.wings.parties.commands import demo_fault, demo_sign_ins


def doctor() -> None:
    """Prove how this home runs: database, roles, policies, files, ledger, sandbox. Ends with 1 when anything is not right."""
    home = homes.current()
    if not home.keys.is_dir():
        raise Refused(f"There is no desk at {home.root}. Run sild init there first, or set SILD_HOME to the desk that you mean.")
    terminal.console().print(f"The desk at {home.root}", markup=False)
    with house.opened() as home:
        findings = examine_home(home)
        held = mechanism_slugs()
    red = tell(findings)
    terminal.console().print(f"{len(findings)} findings, {red} red; mechanisms: {', '.join(held) or 'none yet'}", markup=False)
    if red:
        raise typer.Exit(Exit.FINDINGS)


def examine_home(home: Home) -> list[Finding]:
    """Everything that the doctor looks at, in a home whose house is open."""
    return [
        *_database(home),
        *_files(home),
        *_sandbox(),
        _vectors(),
        _slots(home),
        *_ledger(home),
        *_jobs(),
        *_originals(home, mechanism_slugs()),
        *_standby(home),
        *_people(),
    ]


def _standby(home: Home) -> list[Finding]:
    """What the guard saw last, where the desk is told to have a standby."""
    if replicated.choice() is None:
        return []
    look = replicated.look_of(home)
    if look is None or not look.fresh:
        return [Finding("standby.guard", False, "no guard looks after the standby", "Start sild guard, or sild serve, which runs it.")]
    behind = "" if look.behind_bytes is None else f", {look.behind_bytes} bytes behind"
    state = State(look.state) if look.state in {*State} else None
    what = f"{ABOUT[state] if state else 'the database does not answer the guard'}, since {look.since:%Y-%m-%d %H:%M} UTC{behind}"
    well = state in (State.SYNCHRONOUS, State.ASYNCHRONOUS)
    return [Finding("standby.guard", well, what, "" if well else "sild standby status says what to do (docs/how-to/standby.md).")]


def tell(findings: list[Finding]) -> int:
    """Print the findings; returns how many are red."""
    out = terminal.console()
    for finding in findings:
        mark = "[green]ok  [/]" if finding.ok else "[bold red]RED [/]"
        out.print(mark, end="")
        out.print(f"{finding.code}: {finding.what}", markup=False)
        if not finding.ok:
            out.print(f"     {finding.next_step}", markup=False)
    return sum(not finding.ok for finding in findings)


def _database(home: Home) -> list[Finding]:
    with house.administrator(home) as query:
        own = bool(os.environ.get("DATABASE_URL", "").strip())
        findings = examine_own_cluster(query) if own else examine(Server(home.root))
        return [*findings, *examine_tables(query, UNSCOPED_TABLES, GATES)]


def _files(home: Home) -> list[Finding]:
    open_ones = [str(folder) for folder in (home.root, home.originals, home.ledger, home.keys) if folder.stat().st_mode & 0o077]
    return [
        Finding(
            "home.private",
            not open_ones,
            f"others may enter {', '.join(open_ones)}" if open_ones else f"{home.root} is its owner's alone",
            "Take the rights away: chmod 700 on each." if open_ones else "",
        )
    ]


def _sandbox() -> list[Finding]:
    with Sandbox() as sandbox:
        strong = sandbox.strength == "bubblewrap"
        holes = prove(sandbox)
        what = "hostile files are read behind bubblewrap" if strong else f"hostile files are read behind limits alone: {sandbox.reason}"
        return [
            Finding(
                "sandbox.walls",
                strong,
                what,
                "" if strong else "Install bubblewrap (apt install bubblewrap); until then read exercise data only.",
            ),
            Finding(
                "sandbox.proof",
                not holes,
                "; ".join(holes) if holes else "a child that tried reached no network, no home and no database",
                "Read exercise data only until this holds; see docs/explanation/reading.md." if holes else "",
            ),
            _recognition(sandbox.recognises),
        ]


def _vectors() -> Finding:
    """Without the model the desk is sound, only slower to see one need in two languages: it says so, and is not red."""
    state = model_state()
    if state.lacking:
        return Finding("vectors.model", not state.wrong, state.lacking, "Run make install, then sild doctor." if state.wrong else "")
    return Finding(
        "vectors.model", True, f"what lines mean is compared by {state.identity}, its file as it should be, behind {state.walls}"
    )


def _slots(home: Home) -> Finding:
    """Lines that stand under slots of an older lexicon are found by fewer new ones until they are filed anew: said, and not red."""
    with house.administrator(home) as query:
        [(waiting, closed)] = query(stale_lines_asked())
    told = []
    if int(waiting):
        told.append(f"{waiting} lines stand under slots of an older lexicon: the worker files them anew, or sild file-lines at once")
    if int(closed):
        told.append(f"{closed} lines in compartments do, or did at the last update: sild file-lines files them anew")
    return Finding("linkage.slots", True, "; ".join(told) or "lines stand under slots of the lexicon as it is")


def _recognition(languages: tuple[str, ...]) -> Finding:
    """Without tesseract the desk is sound, only blind to pictures: scans are quarantined, and say why."""
    missing = [one for one in RECOGNISED if one not in languages]
    if not languages:
        what = (
            "text in pictures is not read: tesseract is not installed; scans are quarantined (apt install tesseract-ocr, and its languages)"
        )
    else:
        what = f"text in pictures is read in {', '.join(languages)}" + (f"; not installed: {', '.join(missing)}" if missing else "")
    return Finding("sandbox.recognition", True, what)


def _ledger(home: Home) -> list[Finding]:
    book = book_of(home)
    if not book.verifier.exists():
        return [Finding("ledger.holds", True, "no entries yet")]
    entries, faults = book.verify()
    what = f"{entries} entries, every signed state holds" if not faults else f"{faults[0].where}: {faults[0].what}"
    step = "Keep the home as it is and compare with a backup of the ledger."
    numbered = commitments_numbered()
    same = list(book.commitments()) == numbered
    told = (
        f"book and database hold the same {entries} entries"
        if same
        else f"the book holds {entries} entries, the database {len(numbered)}, or others"
    )
    return [Finding("ledger.holds", not faults, what, "" if not faults else step), Finding("ledger.same", same, told, "" if same else step)]


def _jobs() -> list[Finding]:
    health = queue_health()
    told = [f"{health.failed} jobs failed within a day"] * bool(health.failed)
    told += [f"{health.late} wait for longer than an hour"] * bool(health.late)
    step = "Let the worker run (sild serve, or sild worker) and read its lines; what failed is asked for again by the next act."
    return [Finding("jobs.done", not told, "; ".join(told) or "no job failed within a day, none waits for long", step if told else "")]


def _originals(home: Home, held: list[str]) -> list[Finding]:
    digests = [message.digest for slug in held for message in messages(actor_named(slug, RUN)) if not message.erased]
    lost = [digest for digest in digests if not place_of(home.originals, digest).exists()]
    what = (
        f"all {len(digests)} originals are there"
        if not lost
        else f"{len(lost)} of {len(digests)} originals are gone, the first is {lost[0]}"
    )
    step = "" if not lost else "Run the folder that they came from again, or restore the backup."
    return [Finding("originals.there", not lost, what, step), _unknown_originals(home)]


def _unknown_originals(home: Home) -> Finding:
    """Files of the store that no row of any wing tells of: their door was ended between file and row, or its answer was taken back."""
    code, told = "originals.known", "every file of the store is told of by a row"
    with house.administrator(home) as query:
        if not query("select 1 from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)"):
            return Finding(code, True, "not looked at: that takes an administrator who sees all rows (DATABASE_URL with a user)")
        columns = query(
            "select format('select %I as digest from %I', c.column_name, c.table_name) as asked from information_schema.columns c"
            " join information_schema.tables t using (table_schema, table_name)"
            " where t.table_type = 'BASE TABLE' and c.table_schema = 'public' and c.character_maximum_length = 64"
        )
        known = {row[0] for row in query(" union ".join(asked for (asked,) in columns))}
    settled = clock.now().timestamp() - SWEPT_AFTER_S
    alone = sorted(
        path for path in home.originals.glob("??/*") if len(path.name) == 64 and path.name not in known and path.stat().st_mtime < settled
    )
    if alone:
        told = f"{len(alone)} files of the store are told of by no row; look at the first, and put it in again: {alone[0]}"
    return Finding(code, True, told)


def _people() -> list[Finding]:
    fault = demo_fault()
    there = len(demo_sign_ins())
    what = fault or (f"{there} demo people, in a home of exercises, on this machine alone" if there else "no demo people")
    step = "Serve it on 127.0.0.1 and keep exercises alone in it; real work takes a home of its own (sild init --production)."
    lost = unreadable_factors()
    told = f"{lost} second factors were sealed with another key" if lost else "the home's key opens every second factor"
    put_back = "Put keys/factors.key back from the backup that the database came from; else their people need a recovery by two officers."
    return [
        Finding("people.demo", not fault, what, step if fault else ""),
        Finding("people.factors", not lost, told, put_back if lost else ""),
    ]
