"""A new line checked against a register of 1,000 to 1,000,000 lines, as an officer sees it, under policies: how long, and how it grows.

In a throwaway cluster: a generated register (bench/registers.py) fills the tables as the desk would have them, with the slots of every line
and the index of words. Its last lines are held back; each is then kept by the desk's own action and checked by the desk's own read, the one
behind the triage page and the API, the vector of its words included where the model is installed. Times are those of that read with its
transaction: by the clock, and by the processor of this process, of the model's and of the database's. Said too: what keeping a line takes,
and how often its true need was met and was the one proposed. Bar: p95 at most 100 ms at the largest register. `--sizes 1000,10000` for
fewer, `--new 100` for fewer new lines, `--svg FILE` for a picture of the growth.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

import sild.config.start  # noqa: F401 - the framework must know its tables before a wing is imported
from increment_plot import plot
from registers import Register, generate, rows
from sild.cores.linkage.method.slots import kept_slots
from sild.cores.linkage.problem import Line as CoreLine
from sild.kernel import house
from sild.kernel.actor import Actor, Role, acting
from sild.postgres.roles import SUPERUSER
from sild.postgres.supervisor import Server
from sild.postgres.throwaway import throwaway_cluster
from sild.values.marking import Marking
from sild.wings.linkage.public import likely_repeats
from sild.wings.linkage.reads.checking import checked
from sild.wings.linkage.reads.slots import numbers
from sild.wings.linkage.reads.vectors import embedder, model_key
from sild.wings.register.public import LineReading, keep_lines

SIZES, NEW, BAR_MS, AT_A_TIME, SEED = (1_000, 10_000, 100_000, 1_000_000), 300, 100.0, 5_000, 5
MECHANISM, DESK = (uuid.UUID(int=number) for number in (1, 2))
TABLES = (
    "linkage_slot",
    "linkage_vector",
    "register_line",
    "register_line_shown",
    "register_need",
    "parties_party",
    "kernel_change",
    "kernel_act",
)

STAGED = """create unlogged table staged (n int, id uuid, need int, kind text, category text, item text, quantity numeric, unit text,
  beneficiary text, sent_by text, needed_by date, reference text, thread text, language text, said text, message text, digest text,
  sent_at timestamptz, additional boolean)"""
NEEDS = f"""insert into register_need (id, mechanism_id, owner_id, marking, releasable_to, created_at, version, title, category,
  beneficiary, quantity, unit, channel, urgency, state, first_asked, provisional, words, joined_lines, taken_back)
select md5('need' || need)::uuid, '{MECHANISM}', '{DESK}', 2, '{{}}', min(sent_at), 1, min(item), min(category),
  coalesce(min(beneficiary), ''), min(quantity), '', 'civil', '', 'captured', min(sent_at), true, array['need', 'n' || need], '{{}}', false
from staged group by need"""
LINES = f"""insert into register_line (id, mechanism_id, owner_id, marking, releasable_to, created_at, version, message_id,
  message_name, message_digest, sent_at, position, part, locator, state, kind, category, item, quantity, unit, beneficiary,
  beneficiary_known, provider, sent_by, relayed_by, value_currency, conditions, channel, urgency, tlp, language, reference, threads,
  subject, additional, evidence, fields, words, need_id)
select id, '{MECHANISM}', '{DESK}', 2, '{{}}', sent_at, 1, md5(message)::uuid,
  n || '.eml', md5(digest) || md5(digest), sent_at, n % 7, 'body', 'body', case when n % 3 = 0 then 'draft' else 'accepted' end, kind,
  category, item, quantity, coalesce(unit, ''), coalesce(beneficiary, ''),
  true, '', coalesce(sent_by, ''), '', '', '[]', 'civil', '', '', language, coalesce(reference, ''),
  case when thread is null then '[]' else jsonb_build_array(thread) end, '', additional,
  jsonb_build_array(jsonb_build_object('part', 'body', 'locator', 'body', 'block', 0, 'start', 0, 'end', length(said), 'text', said)),
  jsonb_build_object('quantity', jsonb_build_object('value', quantity, 'confidence', 0.9), 'item', jsonb_build_object('value', item)),
  array['item', 'r' || n, 'c' || (n % 1000)], md5('need' || need)::uuid from staged"""
PARTY = """copy parties_party (id, mechanism_id, owner_id, marking, releasable_to, created_at, version, name, aliases, country, kind,
  sector, parent, status, met_in) from stdin"""
# what other lines' vectors say is nothing here: as many bytes are read and compared as if they said something
VECTORS = f"""insert into linkage_vector (line_id, mechanism_id, owner_id, marking, compartment_id, model, digest, vector)
select id, '{MECHANISM}', '{DESK}', 2, null, %s, sha256(id::text::bytea), decode(repeat(md5(id::text), 24), 'hex') from staged"""
SLOT = "copy linkage_slot (slot, told_at, line_id, mechanism_id, owner_id, marking, compartment_id) from stdin"


@dataclass(frozen=True, slots=True)
class Told:
    """What checking new lines took at one size, in ms; `met` and `right` are shares of those whose need was told before."""

    lines: int
    clock: list[float]
    processor: list[float]
    here: float
    model: float
    database: float
    keeping: list[float]
    met: float
    right: float

    def p95(self) -> float:
        return statistics.quantiles(self.clock, n=20)[-1]

    def processor_p95(self) -> float:
        return statistics.quantiles(self.processor, n=20)[-1]


def officer() -> Actor:
    """An officer of the desk, up to AMBER; lines are kept by the same hands."""
    return Actor(
        person=uuid.uuid4(),
        name="an officer",
        organisation=DESK,
        mechanism=MECHANISM,
        roles=frozenset({Role.OFFICER, Role.SERVICE}),
        ceiling=Marking.AMBER,
    )


def identity(place: int) -> uuid.UUID:
    """Ids as a desk has them: without order."""
    return uuid.UUID(bytes=hashlib.blake2b(str(place).encode(), digest_size=16).digest(), version=4)


def moment(row: dict[str, Any]) -> datetime:
    """Letters of a day come at their own minutes, all lines of a letter at one."""
    told = datetime.combine(date.fromisoformat(row["sent_at"]), datetime.min.time(), UTC)
    return told + timedelta(seconds=int(hashlib.blake2b(row["message"].encode(), digest_size=4).hexdigest(), 16) % 86_400)


def core_of(place: int, row: dict[str, Any]) -> CoreLine:
    """The line as the desk's own reading of the row gives it to the core."""
    return CoreLine(
        id=str(identity(place)),
        kind=row["kind"],
        message=row["message"],
        digest=row["digest"],
        sent_at=moment(row),
        category=row["category"],
        item=row["item"],
        evidence=row["text"],
        quantity=None if row["quantity"] is None else Decimal(row["quantity"]),
        unit=row["unit"],
        beneficiary=row["beneficiary"],
        sent_by=row["sent_by"],
        reference=row["reference"],
        threads=(row["thread"],) if row["thread"] else (),
    )


def slots_as_text(chunk: list[tuple[int, dict[str, Any]]]) -> str:
    """The rows of slots of some lines, as COPY reads them."""
    told = []
    for place, row in chunk:
        line = core_of(place, row)
        ends = f"{line.sent_at}\t{line.id}\t{MECHANISM}\t{DESK}\t2\t\\N\n"
        told += [f"{number}\t{ends}" for number in set(numbers(MECHANISM, DESK, kept_slots(line)))]
    return "".join(told)


def chunks(told: Iterable[tuple[int, dict[str, Any]]]) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    rest = iter(told)
    while some := list(islice(rest, AT_A_TIME)):
        yield some


def fill(server: Server, register: Register, held: int) -> list[tuple[int, dict[str, Any]]]:
    """All but the last lines of the register in the tables; returns those that were held back, each with its place."""
    begun = time.monotonic()
    known = len(register) - held
    indexes = server.query()(
        "select indexname, indexdef from pg_indexes where tablename in ('register_line', 'linkage_slot', 'register_need')"
        " and indexname not in (select conname from pg_constraint)"
    )
    with closing(psycopg.connect(**server.conninfo(SUPERUSER), autocommit=True)) as owner, multiprocessing.Pool(2) as hands:
        for statement in (f"truncate {', '.join(TABLES)} cascade", "drop table if exists staged", STAGED):
            owner.execute(statement)
        for name, _definition in indexes:
            owner.execute(f'drop index "{name}"')
        # rows as they are, without a look for what each refers to
        owner.execute("set session_replication_role = replica")
        owner.execute("set maintenance_work_mem = '1GB'")
        with owner.cursor() as cursor:
            with cursor.copy(PARTY) as copy:
                for place, party in enumerate(register.bodies):
                    copy.write_row(_party(place, party))
            told = list(enumerate(rows(register)))
            back, standing = told[known:], told[:known]
            with cursor.copy("copy staged from stdin") as copy:
                for place, row in standing:
                    copy.write_row(_staged(place, row))
            for statement in (NEEDS, LINES):
                cursor.execute(statement)
            if embedder().identity:
                cursor.execute(VECTORS, [model_key(embedder())])
            with cursor.copy(SLOT) as copy:
                for text in hands.imap_unordered(slots_as_text, chunks(standing)):
                    copy.write(text)
        for _name, definition in indexes:
            owner.execute(definition)
        for statement in ("drop table staged", "vacuum analyze"):
            owner.execute(statement)
        sizes = "pg_total_relation_size('linkage_slot'), pg_total_relation_size('register_line')"
        slots, size, lines = owner.execute(f"select count(*), {sizes} from linkage_slot").fetchone() or (0, 0, 0)
    print(
        f"\n{known} lines, {len(register.bodies)} bodies, {slots} slots ({size / 1e6:.0f} MB beside {lines / 1e6:.0f} MB of lines)"
        f" in {time.monotonic() - begun:.0f} s; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return back


def _party(place: int, party: dict[str, str]) -> tuple[Any, ...]:
    names = [[column.removeprefix("names_"), told] for column, told in party.items() if column.startswith("names_") and told]
    aliases = psycopg.types.json.Json(names)
    columns = (party["canonical_name"], aliases, party["country"], party["kind"], party["sector"], party["parent"], "known", "{}")
    return (identity(-1 - place), MECHANISM, DESK, 2, "{}", datetime.now(UTC), 1, *columns)


def _staged(place: int, row: dict[str, Any]) -> tuple[Any, ...]:
    said = ("kind", "category", "item", "quantity", "unit", "beneficiary", "sent_by", "needed_by")
    told = ("reference", "thread", "language", "text", "message", "digest")
    need = int(row["need"].removeprefix("need-"))
    return (place, identity(place), need, *(row[name] for name in (*said, *told)), moment(row), None)


def reading(place: int, row: dict[str, Any]) -> LineReading:
    """A line held back, as a door hands it in."""
    return LineReading(
        id=identity(place),
        message_id=uuid.UUID(hashlib.md5(row["message"].encode(), usedforsecurity=False).hexdigest()),
        message_name=f"{place}.eml",
        message_digest=2 * hashlib.md5(row["digest"].encode(), usedforsecurity=False).hexdigest(),
        sent_at=moment(row),
        position=place % 7,
        part="body",
        locator="body",
        kind=row["kind"],
        category=row["category"],
        item=row["item"],
        quantity=None if row["quantity"] is None else Decimal(row["quantity"]),
        unit=row["unit"] or "",
        beneficiary=row["beneficiary"] or "",
        sent_by=row["sent_by"] or "",
        needed_by=date.fromisoformat(row["needed_by"]) if row["needed_by"] else None,
        channel="civil",
        language=row["language"],
        reference=row["reference"] or "",
        threads=(row["thread"],) if row["thread"] else (),
        evidence=({"part": "body", "locator": "body", "block": 0, "start": 0, "end": len(row["text"]), "text": row["text"]},),
    )


def spent(process: int) -> float:
    """Seconds of processor that another process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def spent_by_model() -> float:
    """Seconds of processor of the model's process, which this one started behind its walls."""
    found, fresh = [], [os.getpid()]
    while fresh:
        # each thread has children of its own
        children = [
            child for task in Path(f"/proc/{fresh[0]}/task").iterdir() for child in (task / "children").read_text(encoding="ascii").split()
        ]
        fresh = [*fresh[1:], *map(int, children)]
        found += map(int, children)
    return sum(spent(child) for child in found if b"bin/postgres" not in Path(f"/proc/{child}/cmdline").read_bytes())


def measure(size: int, held: list[tuple[int, dict[str, Any]]]) -> Told:
    """Each line that was held back is kept, then checked; the first tenth opens what the others find open and does not count."""
    actor = officer()
    clock: list[float] = []
    keeping: list[float] = []
    processor: list[float] = []
    here = model = database = 0.0
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        backend = cursor.fetchone()[0]
    for number, (place, row) in enumerate(held):
        line = reading(place, row)
        begun = time.perf_counter()
        keep_lines(actor, [line])
        kept, ours, models, theirs = time.perf_counter(), time.process_time(), spent_by_model(), spent(backend)
        likely_repeats(actor, [line.id])
        if number >= len(held) // 10:
            clock.append((time.perf_counter() - kept) * 1000)
            keeping.append((kept - begun) * 1000)
            here, database = here + time.process_time() - ours, database + spent(backend) - theirs
            model += spent_by_model() - models
            processor.append((time.process_time() - ours + spent_by_model() - models + spent(backend) - theirs) * 1000)
    met, right = found_again(actor, held)
    here, model, database = (one * 1000 / len(clock) for one in (here, model, database))
    return Told(size, clock, processor, here, model, database, keeping, met, right)


def found_again(actor: Actor, held: list[tuple[int, dict[str, Any]]]) -> tuple[float, float]:
    """Of the lines whose need was told before, the shares that met a line of it, and that would be put into it."""
    known = met = right = 0
    # a line that was held back stands in no need yet: the proposal may name it as well as the need that it belongs to
    fresh = {identity(place): uuid.UUID(hashlib.md5(_need_of(row), usedforsecurity=False).hexdigest()) for place, row in held}
    for place, _row in held:
        need = fresh[identity(place)]
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("select exists (select from register_line where need_id = %s)", [need])
            if not cursor.fetchone()[0]:
                continue
            found = checked(actor, [identity(place)])[identity(place)]
        known += 1
        met += any(line.need_id == need for line in found.others.values())
        through = found.others.get(found.proposal.through or "")
        right += through is not None and (through.need_id or fresh[through.id]) == need
    return met / max(1, known), right / max(1, known)


def _need_of(row: dict[str, Any]) -> bytes:
    return f"need{int(row['need'].removeprefix('need-'))}".encode()


def tell(one: Told) -> None:
    print(
        f"{one.lines:>9} lines: check p50 {statistics.median(one.clock):.1f} ms, p95 {one.p95():.1f}, longest {max(one.clock):.1f};"
        f" processor p50 {statistics.median(one.processor):.1f}, p95 {one.processor_p95():.1f}: {one.here:.1f} here,"
        f" {one.model:.1f} of the model, {one.database:.1f} of the database;"
        f" keeping it p50 {statistics.median(one.keeping):.1f}; true need met {one.met:.3f},"
        f" proposed {one.right:.3f}; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default=",".join(map(str, SIZES)))
    options.add_argument("--new", type=int, default=NEW)
    options.add_argument("--svg", type=Path, help="draw the growth here")
    asked = options.parse_args()
    found = []
    print(f"vectors: {embedder().identity or embedder().lacking}")
    with tempfile.TemporaryDirectory() as home:
        os.environ["SILD_HOME"] = home
        with throwaway_cluster() as server, house.connected(server):
            for size in map(int, asked.sizes.split(",")):
                held = fill(server, generate(size + asked.new, SEED), asked.new)
                one = measure(size, held)
                found.append(one)
                tell(one)
    print(f"\n{'lines':>9}{'p50 ms':>9}{'p95 ms':>9}{'processor':>11}{'p95':>7}{'growth':>8}")
    for one in found:
        used = statistics.median(one.processor)
        grown = used / statistics.median(found[0].processor)
        print(f"{one.lines:>9}{statistics.median(one.clock):>9.1f}{one.p95():>9.1f}{used:>11.1f}{one.processor_p95():>7.1f}{grown:>8.2f}")
    embedder().close()
    if asked.svg is not None:
        plot([(one.lines, statistics.median(one.clock), one.p95(), statistics.median(one.processor)) for one in found], asked.svg)
    return int(found[-1].p95() > BAR_MS)


if __name__ == "__main__":
    sys.exit(main())
