"""Lists and searches of the register under its policies, against the same predicate written by hand, at a thousand and a million lines.

In a throwaway cluster: lines are generated in the database, then the desk's own reads ask for them, and the same rows are asked for by a
role that no policy binds, with the predicate in WHERE, over the same columns and indexes: once with the values written in, once as a
prepared statement, and the quicker of the two counts. The ways take turns; the least of each counts, medians stand beside it. Bars: each
question at most 1.2 times that by hand, or at most 0.15 ms more; the newest 50 in at most 2 ms in the database, also for a reader who
sees one line in a hundred. `--lines 100000` for fewer.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import astuple, dataclass
from typing import Any

import psycopg
from django.db import connection

import sild.config.start  # noqa: F401 - the framework must know its tables before a wing is imported
from sild.kernel import house
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.finding import NEWEST
from sild.kernel.listing import Asked, slice_of
from sild.kernel.words import asked_for
from sild.postgres.roles import APP, MIGRATE, SUPERUSER
from sild.postgres.supervisor import Server
from sild.postgres.throwaway import throwaway_cluster
from sild.values.marking import Marking
from sild.wings.register.reads import LINES

RATIO, FLOOR_MS, NEWEST_MS, TIMES, PAGE, LONG_MS = 1.2, 0.15, 2.0, 40, 50, 2000.0
MECHANISM, DESK, COMPANY, OLD, OTHER = (uuid.UUID(int=number) for number in range(1, 6))
COLUMNS = ", ".join(dict.fromkeys(("id", "created_at", *LINES.columns)))

# One line in a hundred is another organisation's, one is released to a company, and the oldest hundredth to one whose lines are all old.
GENERATE = f"""insert into register_line (id, mechanism_id, owner_id, marking, releasable_to, created_at, version, message_id, message_name,
  message_digest, sent_at, position, part, locator, state, kind, category, item, quantity, unit, beneficiary, beneficiary_known, provider,
  sent_by, relayed_by, value_currency, conditions, channel, urgency, tlp, language, reference, threads, subject, evidence, fields, words)
select gen_random_uuid(), '{MECHANISM}', case when r[1] %% 100 = 0 then '{OTHER}' else '{DESK}' end::uuid, 2,
  case when r[2] %% 100 = 0 then array['{COMPANY}']::uuid[] when g <= %(all)s / 100 then array['{OLD}']::uuid[] else '{{}}' end,
  timestamptz '2026-01-01' + g * interval '10 seconds', 1, gen_random_uuid(), g || '.eml', md5(g::text) || md5(g::text),
  timestamptz '2026-01-01' + g * interval '10 seconds', g %% 7, 'body', 'body',
  (array['draft', 'accepted', 'accepted', 'rejected'])[1 + r[3] %% 4], (array['request', 'offer', 'update'])[1 + r[4] %% 3],
  'category-' || r[5] %% 27, 'item ' || r[6] %% 1000, r[7] %% 500, 'licence', 'Body ' || r[8] %% 500, true, 'Giver ' || r[9] %% 300,
  'a sender', '', '', '[]', 'civil', (array['', 'low', 'normal', 'high', 'critical'])[1 + r[10] %% 5], '',
  (array['en', 'uk', 'et'])[1 + r[11] %% 3],
  'ref-' || g, '[]', 'subject ' || r[12] %% 5000,
  jsonb_build_array(jsonb_build_object('part', 'body', 'start', 0, 'end', 40, 'text', 'the words that show line ' || g)),
  jsonb_build_object('quantity', jsonb_build_object('value', g, 'confidence', 0.9), 'item', jsonb_build_object('value', 'item')),
  array['item', 'n' || r[6] %% 1000, 'body', 'b' || r[8] %% 500, 'giver', 'g' || r[9] %% 300, 'ref', 'r' || g, 'subject',
    's' || r[12] %% 5000]
    || case when r[13] %% 20 = 0 then array['twentieth'] else '{{}}' end
from generate_series(%(first)s::int, %(last)s::int) g
cross join lateral (select array(select abs(hashint4(g * 16 + one)) from generate_series(1, 13) one)) as random(r)"""


QUESTIONS = {
    "newest": Asked(),
    "state": Asked(facets={"state": "draft"}),
    "category": Asked(facets={"category": "category-5"}),
    "category and state": Asked(facets={"category": "category-5", "state": "draft"}),
    "one body": Asked(facets={"beneficiary": "Body 7"}),
    "a rare word": Asked(text="r77"),
    "one in 5,000": Asked(text="s17"),
    "one in 20": Asked(text="twentieth"),
    "every line": Asked(text="item"),
    "two words": Asked(text="n850 b350"),
    "a word, a category": Asked(text="twentieth", facets={"category": "category-5"}),
    "no such word": Asked(text="zzzz"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What one reader's questions took, in ms: under policies and by hand in all, the newest 50, and the questions over the bars."""

    ours: float
    hand: float
    newest: float
    over: tuple[str, ...]


def reader(organisation: uuid.UUID) -> Actor:
    """Somebody of an organisation, up to AMBER."""
    return Actor(
        person=uuid.uuid4(),
        name="a reader",
        organisation=organisation,
        mechanism=MECHANISM,
        roles=frozenset({Role.OFFICER}),
        ceiling=Marking.AMBER,
    )


def by_hand(asked: Asked) -> str:
    """The same question as a programmer would write it, with the predicate in WHERE; its parameters are numbered."""
    words = "" if asked.nothing else " and terms @@ $4"
    return (
        f"select {COLUMNS} from register_line where mechanism_id = $1 and marking <= $2"
        " and (compartment_id is null or compartment_id = any('{}'::uuid[]))"
        f" and (owner_id = $3 or ($3 = any(releasable_to) and (embargo_until is null or embargo_until <= now()))){words}"
        f" {NEWEST} limit {PAGE + 1}"
    )


def values_of(asked: Asked, organisation: uuid.UUID) -> list[str]:
    """The parameters of `by_hand`, as SQL."""
    facets = [(f"{name}={value}",) for name, value in asked.facets.items()]
    groups = ["(" + " | ".join(f"''{term}''" for term in group) + ")" for group in [*facets, *asked_for(asked.text)]]
    return [f"'{MECHANISM}'::uuid", "2", f"'{organisation}'::uuid", *([f"'{' & '.join(groups)}'::tsquery"] if groups else [])]


def kept_statement(asked: Asked) -> str:
    """The desk's own statement for a question, with its values written in, as its read sends it."""
    kept: list[str] = []

    def keep(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        kept.append(context["cursor"].cursor.mogrify(sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        slice_of(LINES, asked, limit=PAGE)
    [statement] = kept
    return statement


def as_reader(server: Server, actor: Actor) -> psycopg.Connection[Any]:
    """A connection of the desk's role on which the reader acts; the desk's own says it anew in each transaction."""
    desk = psycopg.connect(**server.conninfo(APP), autocommit=True, prepare_threshold=None)
    settings = {"mechanism": actor.mechanism, "organisation": actor.organisation, "ceiling": int(actor.ceiling), "compartments": "{}"}
    for name, value in settings.items():
        desk.execute("select set_config(%s, %s, false)", [f"sild.{name}", str(value)])
    return desk


Ask = Callable[[str], list[Any]]
"""Asks a question with a head such as EXPLAIN before it."""


def asking(there: psycopg.Connection[Any], statement: str) -> Ask:
    """The way to ask this statement over a connection."""
    return lambda head: there.execute(head + statement).fetchall()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a way to ask took in ms: planning and running, the least and the median; the least over the connection."""

    least: float
    median: float
    fetched: float


def in_turns(ways: list[Ask]) -> list[Taken]:
    """What each way takes; they take turns, so that what else the machine does comes over all of them."""
    told: list[list[tuple[float, float]]] = [[] for _way in ways]
    begun = time.monotonic()
    while len(told[0]) <= TIMES and not (len(told[0]) > 2 and (time.monotonic() - begun) * 1000 > LONG_MS):
        for one, ask in zip(told, ways, strict=True):
            [[[plan]]] = ask("explain (analyze, timing off, buffers off, format json) ")
            asked_at = time.perf_counter()
            ask("")
            one.append((plan["Planning Time"] + plan["Execution Time"], (time.perf_counter() - asked_at) * 1000))
    taken = []
    for way in told:
        # the first is left out: it opens what the others find open
        inside, fetched = zip(*way[1:], strict=True)
        taken.append(Taken(min(inside), statistics.median(inside), min(fetched)))
    return taken


def measure(server: Server, who: str, organisation: uuid.UUID) -> Told:
    """Print every question for one reader and say what it took."""
    ours_all, hand_all, newest, over = 0.0, 0.0, 0.0, []
    actor = reader(organisation)
    with (
        closing(psycopg.connect(**server.conninfo(MIGRATE), autocommit=True, prepare_threshold=None)) as hand,
        closing(as_reader(server, actor)) as app,
        acting(actor),
    ):
        for number, (name, asked) in enumerate(QUESTIONS.items()):
            sql, values = by_hand(asked), values_of(asked, organisation)
            written = sql
            for place, value in enumerate(values, start=1):
                written = written.replace(f"${place}", value)
            hand.execute(f"prepare q{number}(uuid, int, uuid{', tsquery' if len(values) > 3 else ''}) as {sql}")
            desk = asking(app, kept_statement(asked))
            by_values, by_name = asking(hand, written), asking(hand, f"execute q{number}({', '.join(values)})")
            rows = desk("")
            if rows != by_values(""):
                sys.exit(f"{name} for {who}: the desk finds {len(rows)} lines, and by hand there are others")
            ours, written_in, by_parameters = in_turns([desk, by_values, by_name])
            theirs = Taken(*(min(pair) for pair in zip(astuple(written_in), astuple(by_parameters), strict=True)))
            print(f"{who:20}{name:20}{min(len(rows), PAGE):4}{ours.least:9.3f}{theirs.least:9.3f}{ours.least / theirs.least:7.2f}", end="")
            print(f"{ours.least - theirs.least:9.3f}{ours.median:9.3f}{theirs.median:9.3f}", end="")
            print(f"{ours.fetched:9.2f}{theirs.fetched:9.2f}{ours.fetched / theirs.fetched:7.2f}", flush=True)
            ours_all, hand_all = ours_all + ours.least, hand_all + theirs.least
            newest = ours.median if asked.nothing else newest
            if ours.least > max(RATIO * theirs.least, theirs.least + FLOOR_MS):
                over.append(f"{name} for {who}")
    return Told(ours_all, hand_all, newest, tuple(over))


def fill(server: Server, lines: int, present: int) -> None:
    """Lines up to a number, generated in the database; indexes are laid aside meanwhile, statistics are taken after."""
    begun = time.monotonic()
    indexes = server.query()(
        "select indexname, indexdef from pg_indexes where tablename = 'register_line' and indexname <> 'register_line_pkey'"
    )
    server.execute([f'drop index "{name}"' for name, _definition in indexes])
    with closing(psycopg.connect(**server.conninfo(MIGRATE), autocommit=True)) as migrate:
        for first in range(present + 1, lines + 1, 50_000):
            migrate.execute(GENERATE, {"all": lines, "first": first, "last": min(lines, first + 49_999)})
    with closing(psycopg.connect(**server.conninfo(SUPERUSER), autocommit=True)) as owner:
        for statement in ("set maintenance_work_mem = '1GB'", *(definition for _name, definition in indexes)):
            owner.execute(statement)
        owner.execute("vacuum analyze register_line")
        owner.execute("vacuum analyze register_line_shown")
    print(f"\n{lines} lines in {time.monotonic() - begun:.0f} s", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=1_000_000)
    lines = options.parse_args().lines
    told: dict[int, list[Told]] = {}
    present = 0
    with throwaway_cluster() as server, house.connected(server):
        # by hand one index serves every reader; the desk has one for each reader's own and one for what is shown to them
        server.execute(["create index by_hand on register_line (mechanism_id, created_at desc, id desc)"])
        for many in (1000, lines):
            fill(server, many, present)
            present = many
            print(
                f"{'reader':20}{'question':20}rows{'desk':>9}{'hand':>9}{'ratio':>7}{'more':>9}{'medians':>18}{'fetched':>18}{'ratio':>7}"
            )
            told[many] = [
                measure(server, who, organisation)
                for who, organisation in (("sees nearly all", DESK), ("sees 1 %", COMPANY), ("sees 1 %, all old", OLD))
            ]
    missed = False
    for many, readers in told.items():
        ours, theirs = sum(one.ours for one in readers), sum(one.hand for one in readers)
        slowest, over = max(one.newest for one in readers), [name for one in readers for name in one.over]
        print(f"{many} lines: the mix {ours:.1f} ms, by hand {theirs:.1f} ms; newest {PAGE}, slowest reader {slowest:.2f} ms", end="; ")
        print(f"over {RATIO} times and {FLOOR_MS} ms more: {', '.join(over) or 'none'}")
        missed |= slowest > NEWEST_MS or (many == lines and bool(over))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
