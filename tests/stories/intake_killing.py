"""kill -9 during intake: run, watch, mailboxes (one cleared at its source), reading of what arrived, database, and the served desk.

Every letter that was put anywhere is there once at the end, with its original and its lines; the ledger verifies.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import yaml

import sild.config.start  # noqa: F401 - the framework must know its tables before a wing is imported
from sild import sample
from sild.kernel import house
from sild.kernel.home import Home
from sild.kernel.identity import actor_named, mechanism_slugs
from sild.postgres.supervisor import Server
from sild.wings.intake.actions.arriving import receive_for
from sild.wings.intake.public import messages
from sild.wings.intake.rules import Door
from sild.wings.register.public import lines
from tests.cli.conftest import start
from tests.stories.intake_killing_served import SERVED, kills_while_served
from tests.wings.intake.test_fetching import PASSWORD, USER, Post, running_post

KINDS = ("run", "watch", "fetch", "clear", "read", "database")
ALL_KINDS = (*KINDS, *SERVED)
AT_ONCE = 8
FOLDER, CLEARED = "Requests", "Cleared"
MAILBOXES = {"fetch": ("requests", FOLDER), "clear": ("cleared", CLEARED)}
"""By the kind of kill the name of a mailbox and its folder; the second is emptied at its source by what is fetched."""
TRIES = 4
"""So many times as many tries as kills that are wanted: a command may end before its moment, the database may not be up yet."""


@dataclass
class Outcome:
    """What was killed, what was put in, and what is wrong at the end."""

    killed: Counter[str] = field(default_factory=Counter)
    ended_before: int = 0
    answered: int = 0
    attempts: int = 0
    letters: int = 0
    messages: int = 0
    lines: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class Yard:
    """A home with its doors, and every letter that was put before one, by its digest."""

    home: Path
    place: Path
    post: Post
    draw: random.Random
    put: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    mailed: dict[str, set[str]] = field(default_factory=lambda: {FOLDER: set(), CLEARED: set()})
    number: int = 0

    def letters(self, many: int) -> list[bytes]:
        """Fresh letters, each with one line of its own."""
        made = []
        for _ in range(many):
            text = self.words()
            head = f"From: IT <it{self.number}@lviv.example>\r\nTo: desk@desk.example\r\nSubject: Letter {self.number}\r\n"
            head += f"Date: Mon, 05 Jan 2026 10:00:00 +0200\r\nMessage-ID: <{self.number}@lviv.example>\r\n\r\n"
            data = (head + text + "\r\n").encode()
            self.put[hashlib.sha256(data).hexdigest()] = f"letter {self.number}"
            made.append(data)
        return made

    def words(self) -> str:
        """An ask like no other."""
        self.number += 1
        return f"Lviv City Council asks for {self.number + 1} laptops for its service centres by 1 April 2026."

    def requests(self, many: int) -> list[tuple[str, bytes]]:
        """What is written into the web form, each with a letter as a file."""
        made = [(self.words(), letter) for letter in self.letters(many)]
        self.asked |= {words for words, _letter in made}
        return made

    def into(self, folder: str) -> None:
        """Letters into a folder; every third time as an archive."""
        where = self.place / folder
        where.mkdir(exist_ok=True)
        made = self.letters(AT_ONCE)
        if self.draw.random() < 0.34:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                for number, data in enumerate(made):
                    archive.writestr(f"letter-{number}.eml", data)
            (where / f"letters-{self.number}.zip").write_bytes(packed.getvalue())
            return
        for number, data in enumerate(made):
            (where / f"{self.number}-{number}.eml").write_bytes(data)

    def into_the_mailbox(self, folder: str) -> None:
        """Letters into a folder of the mailbox."""
        with self.post.entered() as client:
            for data in self.letters(AT_ONCE):
                client.append(folder, data)
                self.mailed[folder].add(hashlib.sha256(data).hexdigest())

    def by_the_api(self) -> None:
        """Letters that were answered with a reference: they were promised to be read."""
        with opened(self.home) as home:
            run = actor_named(mechanism_slugs()[0], "run")
            for number, data in enumerate(self.letters(AT_ONCE)):
                receive_for(run, f"by-api-{self.number}-{number}.eml", data, home, Door.API)

    def command(self, kind: str) -> list[str]:
        """The command of a kind, after new letters were put before its door."""
        if kind in ("run", "database"):
            self.into("folder")
            return ["run", str(self.place / "folder")]
        if kind == "watch":
            self.into("watched")
            return ["watch", str(self.place / "watched")]
        if kind in MAILBOXES:
            name, folder = MAILBOXES[kind]
            self.into_the_mailbox(folder)
            return ["mailbox", "fetch", name]
        self.by_the_api()
        return ["read"]


@contextlib.contextmanager
def opened(home: Path) -> Iterator[Home]:
    """The house opened in this process."""
    before = os.environ.get("SILD_HOME")
    os.environ["SILD_HOME"] = str(home)
    try:
        with house.opened() as found:
            yield found
    finally:
        os.environ.pop("SILD_HOME") if before is None else os.environ.update(SILD_HOME=before)


def kills_during_intake(place: Path, points: int, seed: int) -> Outcome:
    """So many kills that were met, at random moments, then all to its end, then the count. Each kind in turn, the served ones last."""
    outcome, began, draw = Outcome(), time.monotonic(), random.Random(seed)
    home = place / "home"
    with running_post(place) as post:
        os.environ["SSL_CERT_FILE"] = str(post.certificate)
        os.environ["SILD_TEST_MAIL"] = PASSWORD
        try:
            with post.entered() as client:
                for _name, folder in MAILBOXES.values():
                    client.create_folder(folder)
            yard = Yard(home, place, post, draw)
            exercise = place / "mechanism.yaml"
            exercise.write_text(_exercise(), encoding="utf-8")
            _expect(start(home, "init", "--mechanism", str(exercise)))
            mailbox = ("--host", "localhost", "--port", str(post.port), "--user", USER, "--security", "starttls")
            for kind, (name, folder) in MAILBOXES.items():
                afterwards = ("--afterwards", "delete" if kind == "clear" else "leave")
                _expect(
                    start(home, "mailbox", "add", name, *mailbox, "--folder", folder, *afterwards, "--password-variable", "SILD_TEST_MAIL")
                )
            longest = dict.fromkeys(KINDS, 5.0)
            commands = round(points * len(KINDS) / len(ALL_KINDS))
            for _try in range(commands * TRIES):
                if outcome.killed.total() < commands:
                    # the kind that was met the least is next, so that each is met as often as any other
                    _kill_once(yard, min(KINDS, key=lambda kind: outcome.killed[kind]), longest, outcome)
            killed, sending = kills_while_served(home, points - commands, draw, yard)
            outcome.killed += killed
            outcome.answered, outcome.attempts = sending.answered, sending.attempts
            outcome.faults += sending.faults
            if outcome.killed.total() != points:
                outcome.faults.append(f"{outcome.killed.total()} kills were met, {points} were wanted")
            _finish(yard)
            _judge(yard, outcome)
        finally:
            os.environ.pop("SSL_CERT_FILE")
            os.environ.pop("SILD_TEST_MAIL")
            start(home, "reset", "--yes")
    outcome.seconds = time.monotonic() - began
    return outcome


def _exercise() -> str:
    """The mechanism that comes with the program as an exercise: people with tokens, whose password is printed, sit in those alone."""
    told = yaml.safe_load(sample.DEFAULT_MECHANISM.read_text(encoding="utf-8"))
    told["exercise"] = told["web_form"] = True
    told["members"].append({"slug": "gate", "name": "Technical gate", "organisation": "secretariat", "roles": ["technical-gate"]})
    return str(yaml.safe_dump(told, allow_unicode=True))


def _expect(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, f"{done.args[3:]}: {done.stderr[-1500:]}"


def _kill_once(yard: Yard, kind: str, longest: dict[str, float], outcome: Outcome) -> None:
    """Start a command and kill it, or the database under it, at a random moment of its life."""
    words = yard.command(kind)
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SILD_TRACE")}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "sild", "--plain", *words],
        env=kept | {"SILD_HOME": str(yard.home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    delay = 0.7 + yard.draw.random() * longest[kind]
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(delay)
    if process.poll() is not None:
        outcome.ended_before += 1
        # the moments are drawn from its real life from now on
        longest[kind] = max(1.0, time.monotonic() - began - 0.7)
        return
    victim = Server(yard.home).pid if kind == "database" else process.pid
    if victim is not None:
        with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
            os.kill(victim, signal.SIGKILL)
            outcome.killed[kind] += 1
    if kind == "database":
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    process.wait(30)


def _finish(yard: Yard) -> None:
    """Everything to its end, undisturbed."""
    _expect(start(yard.home, "run", str(yard.place / "folder")))
    for name, _folder in MAILBOXES.values():
        _expect(start(yard.home, "mailbox", "fetch", name))
    _expect(start(yard.home, "read"))
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SILD_TRACE")}
    with subprocess.Popen(
        [sys.executable, "-m", "sild", "--plain", "watch", str(yard.place / "watched")],
        env=kept | {"SILD_HOME": str(yard.home)},
        stdout=subprocess.PIPE,
        text=True,
    ) as watching:
        files = list((yard.place / "watched").iterdir()) if (yard.place / "watched").exists() else []
        assert watching.stdout is not None
        for _file in files:
            watching.stdout.readline()
        watching.send_signal(signal.SIGTERM)
        watching.wait(60)


def _judge(yard: Yard, outcome: Outcome) -> None:
    """Each letter once, with its original and its line; the ledger whole."""
    with opened(yard.home) as home:
        run = actor_named(mechanism_slugs()[0], "run")
        found, told = messages(run), lines(run)
        originals = {path.name for path in home.originals.glob("??/*")}
        written = {one.digest: _written(home, one.digest) for one in found if one.digest not in yard.put}
    by_digest = Counter(message.digest for message in found)
    by_message = Counter(line.message_id for line in told)
    outcome.letters, outcome.messages, outcome.lines = len(yard.put) + len(yard.asked), len(found), len(told)
    outcome.faults += [
        f"{words!r} was asked by the form and is there {count} times" for words, count in _asked(yard, written) if count != 1
    ]
    outcome.faults += _left_at_the_source(yard)
    for digest, name in yard.put.items():
        if by_digest[digest] != 1:
            outcome.faults.append(f"{name} is there {by_digest[digest]} times")
        if digest not in originals:
            outcome.faults.append(f"the original of {name} is lost")
    for message in found:
        if message.digest not in yard.put and written[message.digest] not in yard.asked:
            outcome.faults.append(f"{message.name} is no letter that was put in")
        elif message.state != "read" or by_message[message.id] != 1:
            outcome.faults.append(f"{message.name} is {message.state} with {by_message[message.id]} lines")
        if len(message.seen_as) != len(set(message.seen_as)):
            outcome.faults.append(f"{message.name} was seen twice under one name")
    verified = start(yard.home, "ledger", "verify")
    if verified.returncode:
        outcome.faults.append(f"the ledger: {verified.stdout}{verified.stderr}"[:500])


def _written(home: Home, digest: str) -> str:
    """What a request of the web form says; "" where the message is none."""
    try:
        told = json.loads((home.originals / digest[:2] / digest).read_bytes())
    except (OSError, ValueError):
        return ""
    return str(told.get("description", "")) if isinstance(told, dict) else ""


def _asked(yard: Yard, written: dict[str, str]) -> list[tuple[str, int]]:
    """How often each request of the form is there."""
    there = Counter(written.values())
    return [(words, there[words]) for words in sorted(yard.asked)]


def _left_at_the_source(yard: Yard) -> list[str]:
    """The mailbox that is emptied by what is fetched must be empty, the other one as full as it was made."""
    faults = []
    with yard.post.entered() as client:
        for kind, (name, folder) in MAILBOXES.items():
            client.select_folder(folder, readonly=True)
            left = {hashlib.sha256(row[b"BODY[]"]).hexdigest() for row in client.fetch(client.search(), ["BODY.PEEK[]"]).values()}
            wanted = yard.mailed[folder] if kind == "fetch" else set()
            if left != wanted:
                faults.append(f"{len(left)} letters lie in the mailbox {name}, {len(left & wanted)} of the {len(wanted)} that should")
    return faults
