"""Verbs of the command line that intake owns: `sild run`, and what it needs first."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID, uuid4

from sild.formats.sandbox import Sandbox
from sild.formats.template import TEMPLATE, write_template
from sild.kernel import clock
from sild.kernel.actor import Actor
from sild.kernel.home import Home
from sild.kernel.house import settle
from sild.kernel.identity import actor_named, founder, mechanism_slugs
from sild.kernel.progress import Progress
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn
from sild.wings.intake.actions import RunResult, Taken, run_inbox, watch_folder
from sild.wings.intake.actions.arriving import read_arrived
from sild.wings.intake.actions.fetching import Fetched, count_messages, fetch_mailbox
from sild.wings.intake.actions.receipts import Sender, Sent, send_receipts
from sild.wings.intake.reads import line_records
from sild.wings.intake.reads.mailboxes import MailboxView, mailboxes
from sild.wings.intake.schemas import read_decisions
from sild.wings.parties.public import (
    MechanismFile,
    change_mechanism,
    found_mechanism,
    import_parties,
    mechanism_file,
    read_mechanism,
    read_parties,
)
from sild.wings.planning.public import import_supplement, read_supplement

RUN = "run"
WHOLE_HOME = UUID(int=0)


def read_input(path: Path, what: str) -> bytes:
    """The bytes of a file that a person named. Raises Refused with one line."""
    try:
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise Refused(f"There is no {what} {path}. Check the path and try again.") from problem
    except IsADirectoryError as problem:
        raise Refused(f"{path} is a folder; {what} must be a file.") from problem
    except OSError as problem:
        raise Refused(f"The {what} {path} cannot be read: {problem.strerror}. Give yourself access to it.") from problem


def starter() -> str:
    """The person who started the command, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody without an account"


def ready_actor(mechanism: MechanismFile | None, default: MechanismFile) -> Actor:
    """The run's actor in the mechanism of the home: the given file's (founded when new), else the one that is there, else the default's."""
    slugs = mechanism_slugs()
    spec = mechanism or (None if slugs else default)
    if spec is None and len(slugs) > 1:
        raise Refused(f"This home has several mechanisms ({', '.join(slugs)}). Say which one by its file: --mechanism FILE.")
    if spec is None:
        return actor_named(slugs[0], RUN, started_by=starter())
    if spec.mechanism not in slugs:
        found_mechanism(founder(spec.mechanism, started_by=starter()), spec)
        return actor_named(spec.mechanism, RUN, started_by=starter())
    actor = actor_named(spec.mechanism, RUN, started_by=starter())
    change_mechanism(actor, spec)
    return actor


def take_files(
    default: bytes, *, mechanism: Path | None = None, parties: Path | None = None, supplement: Path | None = None
) -> tuple[Actor, Mapping[str, str]]:
    """Take the files into the home: (the run's actor, what was taken in words). All are read before anything is written."""
    spec = read_mechanism(read_input(mechanism, "mechanism file"), mechanism.name) if mechanism else None
    rows = read_parties(read_input(parties, "parties file"), parties.name) if parties else None
    facts = read_supplement(read_input(supplement, "register supplement"), supplement.name) if supplement else None
    with turn(WHOLE_HOME, "files", wait=True):
        actor = ready_actor(spec, read_mechanism(default, "the mechanism that comes with the desk"))
        told = {"mechanism": mechanism_file(actor).name}
        if rows is not None:
            fresh, changed = import_parties(actor, rows)
            told["parties"] = f"{len(rows)} in the file: {fresh} new, {changed} changed"
        if facts is not None:
            limits, assessments = import_supplement(actor, facts)
            told["supplement"] = f"{limits} new limits, {assessments} new assessments"
    return actor, told


def run_folder(actor: Actor, home: Home, folder: Path, *, decisions: Path | None, today: date | None, progress: Progress) -> RunResult:
    """Run a folder through behind the sandbox, and settle the ledger. Raises Refused."""
    acts = read_decisions(read_input(decisions, "decisions file"), decisions.name).acts if decisions else ()
    spec = mechanism_file(actor)
    with clock.pinned(today or spec.today), _walls(spec) as sandbox:
        try:
            return run_inbox(actor, folder, home, sandbox, today=clock.today(), acts=acts, progress=progress)
        finally:
            settle(home)


@contextmanager
def _walls(spec: MechanismFile) -> Iterator[Sandbox]:
    """The sandbox, as strong as the mechanism needs it. Raises Refused."""
    with Sandbox() as sandbox:
        if sandbox.strength != "bubblewrap" and not spec.exercise:
            raise Refused(
                f"Messages are read behind bubblewrap alone, and it does not work here: {sandbox.reason}. "
                "Install it (apt install bubblewrap), or mark the mechanism as an exercise."
            )
        yield sandbox


def run_of(mechanism: str | None) -> Actor:
    """The run's actor of a mechanism by its short name; None for the only one that there is. Raises Refused."""
    slugs = mechanism_slugs()
    if mechanism is None and len(slugs) != 1:
        told = (
            f"several mechanisms ({', '.join(slugs)}). Say which one: --mechanism NAME"
            if slugs
            else "no mechanism yet. Run sild init first"
        )
        raise Refused(f"This home has {told}.")
    return actor_named(mechanism or slugs[0], RUN, started_by=starter())


def watch_until(actor: Actor, home: Home, folder: Path, *, over: Event, said: Callable[[str, Taken], None]) -> None:
    """Watch a folder behind the sandbox until `over` is set. Raises Refused."""
    spec = mechanism_file(actor)
    with clock.pinned(spec.today), _walls(spec) as sandbox:
        watch_folder(actor, folder, home, sandbox, over=over, said=said)


def write_lines(actor: Actor, result: RunResult, path: Path) -> int:
    """Write `--lines`: one JSON object a line. Returns the number of lines."""
    records = line_records(actor, result.names)
    _write(path, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
    return len(records)


def write_plan(result: RunResult, path: Path) -> None:
    """Write `--plan`."""
    answer: dict[str, Any] = result.plan.answer if result.plan is not None else {}
    _write(path, json.dumps(answer, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise Refused(f"{path} cannot be written: {problem.strerror}. The run itself is done and kept; name another place.") from problem


def fetch_until_empty(actor: Actor, home: Home, mailbox: UUID, *, rounds: int) -> Fetched:
    """Fetch from a mailbox behind the sandbox, several rounds where much waits there. Raises Refused, NotThere."""
    spec = mechanism_file(actor)
    told = Fetched()
    with clock.pinned(spec.today), _walls(spec) as sandbox:
        for _round in range(rounds):
            fetched = fetch_mailbox(actor, mailbox, home, sandbox)
            told.taken += fetched.taken
            told.fresh += fetched.fresh
            told.passed_over += fetched.passed_over
            if not fetched.more:
                break
    return told


def check_mailbox(actor: Actor, home: Home, name: str) -> int:
    """Enter a mailbox and look; returns how many messages lie in its folder. Nothing is taken. Raises Refused, NotThere."""
    return count_messages(actor, named_mailbox(actor, name).id, home)


def named_mailbox(actor: Actor, name: str) -> MailboxView:
    """The mailbox of this name. Raises Refused."""
    for found in mailboxes(actor):
        if found.name == name:
            return found
    raise Refused(f"There is no mailbox {name}. sild mailbox list shows those that there are.")


def read_all_arrived(actor: Actor, home: Home) -> int:
    """Read what arrived behind the sandbox; returns how many messages were new. Raises Refused."""
    spec = mechanism_file(actor)
    with clock.pinned(spec.today), _walls(spec) as sandbox:
        return read_arrived(actor, home, sandbox)


def send_due(actor: Actor, post: Sender) -> Sent:
    """Send the acknowledgements that are due; nothing in an exercise."""
    return send_receipts(actor, post)


def write_sheet_template(path: Path, language: str) -> int:
    """Write an empty sheet template; returns its version. Needs no home. Raises Refused."""
    if language not in TEMPLATE.languages:
        raise Refused(f"The template is there in {', '.join(TEMPLATE.languages)}, not in {language}. Choose one of them.")
    try:
        path.write_bytes(write_template(language, book=uuid4().hex))
    except OSError as problem:
        raise Refused(f"{path} cannot be written: {problem.strerror}. Name another place.") from problem
    return TEMPLATE.version
