"""How fast small mails are read, and whether memory stays flat: parse and extraction through the sandbox, and the whole with the database.

The mails say the lines of a generated register (registers.py), one each, in seven languages, with its bodies as the known parties.
`--messages 20000` for the memory over many; `--kept 500` how many go into the database too. Bars: 100 mails a second through parse and
extraction, memory after all messages at most 1.2 times that after the first tenth.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from datetime import time as day_time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil

import sild.config.start  # noqa: F401 - the framework must know its tables before a wing is imported
from registers import generate, rows, write_parties
from sild import sample
from sild.cores.extraction.check import check
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.formats import read_document
from sild.formats.sandbox import Sandbox
from sild.kernel import house
from sild.kernel.identity import actor_named, founder
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.rules import Door
from sild.wings.parties.public import PartyRow, found_mechanism, import_parties, read_mechanism, read_parties

BAR_A_SECOND, BAR_GROWTH = 100.0, 1.2
SEED = 11
NOON = day_time(12)


def letters(count: int) -> list[tuple[str, bytes]]:
    """Small mails in seven languages: each says one line of a generated register (registers.py), with its repeats and near-misses."""
    made = []
    for number, row in enumerate(rows(generate(count, SEED))):
        message = EmailMessage()
        message["From"] = formataddr((row["sent_by"] or "", f"it{number}@lviv.example"))
        message["To"] = "desk@desk.example"
        message["Subject"] = row["reference"] or f"Request {number}"
        message["Date"] = datetime.combine(date.fromisoformat(row["sent_at"]), NOON, tzinfo=UTC)
        message["Message-ID"] = f"<{number}@lviv.example>"
        message.set_content(row["text"])
        made.append((f"{number}.eml", message.as_bytes(policy=SMTP)))
    return made


def parties_of(count: int) -> list[PartyRow]:
    """The bodies that the register of the mails knows."""
    with tempfile.TemporaryDirectory() as folder:
        write_parties(generate(count, SEED), Path(folder) / "parties.csv")
        return read_parties((Path(folder) / "parties.csv").read_bytes(), "parties.csv")


def memory() -> float:
    """What this process holds, in MB."""
    return float(psutil.Process().memory_info().rss) / 1e6


def main() -> int:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--messages", type=int, default=3000)
    words.add_argument("--kept", type=int, default=300)
    told = words.parse_args()
    known = parties_of(told.messages)
    index = BodyIndex(
        tuple(
            Body(name=row.name, aliases=tuple(alias for _, alias in row.aliases), country=row.country, kind=row.kind, sector=row.sector)
            for row in known
        )
    )
    mails = letters(told.messages)
    read_document(*mails[0])
    bare = _timed(lambda: [read_document(name, data) for name, data in mails[:1000]]) / min(1000, len(mails))
    lines, tenth, marks = 0, max(1, len(mails) // 10), []
    began, used = time.perf_counter(), _processor()
    with Sandbox() as sandbox:
        for number, (name, data) in enumerate(mails, 1):
            document = sandbox.read(name, data)
            extraction = extract(ExtractionProblem(document=document, bodies=index))
            check(document, extraction)
            lines += len(extraction.lines)
            if number % tenth == 0:
                marks.append(memory())
        walled = _of_the_sandbox(sandbox)
    whole, used = (time.perf_counter() - began) / len(mails), (_processor() - used + walled) / len(mails)
    kept = _kept(mails[: told.kept], known)
    growth = marks[-1] / marks[0]
    print(f"load of the machine   {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    print(f"bare parser           {1 / bare:,.0f} mails a second, in this process, without the sandbox")
    print(f"parse and extraction  {1 / whole:,.0f} mails a second through the sandbox, one reader (bar: {BAR_A_SECOND:.0f}); {lines} lines")
    print(f"processor             {used * 1e3:.1f} ms a mail, sandbox and its children included: {1 / used:,.0f} a second on one free core")
    print(f"with the database     {1 / kept:,.0f} mails a second kept with lines, history, ledger entry and receipt")
    print(
        f"memory                {marks[0]:.0f} MB after {tenth:,} mails, {marks[-1]:.0f} MB after {len(mails):,} (bar: {BAR_GROWTH} times)"
    )
    print(f"peak                  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
    return int(1 / whole < BAR_A_SECOND or growth > BAR_GROWTH)


def _processor() -> float:
    """Seconds of the processor that this process used."""
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


def _of_the_sandbox(sandbox: Sandbox) -> float:
    """Seconds of the processor that the sandbox used: its server, and each child that read a mail."""
    server = sandbox._server
    if server is None:
        return 0.0
    outer = psutil.Process(server.process.pid)
    return sum(sum(one.cpu_times()[:4]) for one in (outer, *outer.children(recursive=True)))


def _timed(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]  # a callable without arguments
    return time.perf_counter() - began


def _kept(mails: list[tuple[str, bytes]], known: list[PartyRow]) -> float:
    """Seconds a mail, taken in as by a door, in a home of its own."""
    with tempfile.TemporaryDirectory(prefix="sild-intake-") as place:
        os.environ["SILD_HOME"] = str(Path(place) / "home")
        with house.opened() as home, Sandbox() as sandbox:
            spec = read_mechanism(sample.MECHANISM.read_bytes(), "mechanism.yaml")
            found_mechanism(founder(spec.mechanism, started_by="the bench"), spec)
            run = actor_named(spec.mechanism, "run", started_by="the bench")
            import_parties(run, known)
            taking = Taking(run, home, sandbox, Door.MAILBOX)
            taking.index()
            return _timed(lambda: [taking.data(data, name) for name, data in mails]) / len(mails)


if __name__ == "__main__":
    sys.exit(main())
