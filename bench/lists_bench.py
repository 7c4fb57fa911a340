"""Lists and searches of the register under its policies, against the same predicate written by hand, at a thousand and a million lines.

In a throwaway cluster: lines are generated in the database, then the desk's own reads ask for them, and the same rows are asked for by a
role that no policy binds, with the predicate in WHERE. Bars: the work of the whole mix at most 1.2 times that by hand; the newest 50
in at most 2 ms in the database, also for a reader who sees one line in a hundred. `--lines 100000` for fewer.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection

import sild.config.start  # noqa: F401 - the framework must know its tables before a wing is imported
from sild.kernel import house
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.finding import NEWEST
from sild.kernel.listing import Asked, slice_of
from sild.kernel.words import asked_for
from sild.postgres.roles import MIGRATE, SUPERUSER
from sild.postgres.supervisor import Server
from sild.postgres.throwaway import throwaway_cluster
from sild.values.marking import Marking
from sild.wings.register.reads import LINES

RATIO, NEWEST_MS, TIMES, PAGE, LONG_MS = 1.2, 2.0, 15, 50, 2000.0
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
    """One reader's sums in ms: under policies and by hand; the newest 50; the most that a question cost more than by hand."""

    ours: float
    hand: float
    newest: float
    extra: float


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


def predicate(organisation: uuid.UUID) -> str:
    """Who sees a line, written by hand with the reader's values in it."""
    return (
        f"mechanism_id = '{MECHANISM}' and marking <= 2 and (compartment_id is null or compartment_id = any('{{}}'::uuid[]))"
        f" and (owner_id = '{organisation}' or ('{organisation}' = any(releasable_to)"
        " and (embargo_until is null or embargo_until <= now())))"
    )


def in_database(ask: Callable[[str], Any]) -> float:
    """Milliseconds of planning and running, as the database tells them: the median of some askings, the first left out."""
    taken: list[float] = []
    while len(taken) <= TIMES and not (len(taken) > 2 and sum(taken) > LONG_MS):
        [told] = ask("explain (analyze, timing off, format json) ")
        taken.append(told["Planning Time"] + told["Execution Time"])
    return statistics.median(taken[1:])


def by_hand(asked: Asked, organisation: uuid.UUID) -> str:
    """The same question with the predicate in WHERE, over the same columns and indexes."""
    facets = [f"{name}={value}" for name, value in asked.facets.items()]
    terms = [f"terms @> array{facets!r}"] if facets else []
    terms += [f"terms && array{list(forms)!r}" for forms in asked_for(asked.text)]
    return f"select {COLUMNS} from register_line where {' and '.join([predicate(organisation), *terms])} {NEWEST} limit {PAGE + 1}"


def asked_by_the_desk(asked: Asked) -> tuple[int, float]:
    """How many rows the desk's own read finds, and what its statement costs in the database."""
    kept: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        kept.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        rows = slice_of(LINES, asked, limit=PAGE).rows
    [(sql, values)] = kept

    def ask(head: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(head + sql, values)
            told = cursor.fetchone()[0]
            return json.loads(told) if isinstance(told, str) else told

    return len(rows), in_database(ask)


def measure(server: Server, who: str, organisation: uuid.UUID) -> Told:
    """Print every question for one reader; returns the sums under policies and by hand, and the newest 50."""
    actor = reader(organisation)
    ours_all, hand_all, newest, extra = 0.0, 0.0, 0.0, []
    with closing(psycopg.connect(**server.conninfo(MIGRATE), autocommit=True, prepare_threshold=None)) as hand:
        for name, asked in QUESTIONS.items():
            sql = by_hand(asked, organisation)
            with acting(actor):
                found, ours = asked_by_the_desk(asked)
            there = len(hand.execute(sql).fetchall())
            theirs = in_database(lambda head, sql=sql: hand.execute(head + sql).fetchone()[0])
            if found != min(there, PAGE):
                sys.exit(f"{name} for {who}: the desk finds {found} lines, the predicate by hand {there}")
            print(f"{who:22}{name:22}{found:5}{ours:10.2f}{theirs:10.2f}{ours / theirs:8.2f}", flush=True)
            ours_all, hand_all = ours_all + ours, hand_all + theirs
            newest = ours if name == "newest" else newest
            extra.append(ours - theirs)
    return Told(ours_all, hand_all, newest, max(extra))


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
            print(f"{'reader':22}{'question':22}{'rows':>5}{'desk ms':>10}{'hand ms':>10}{'ratio':>8}")
            told[many] = [
                measure(server, who, organisation)
                for who, organisation in (("sees nearly all", DESK), ("sees 1 %", COMPANY), ("sees 1 %, all old", OLD))
            ]
    missed = False
    for many, readers in told.items():
        ours, theirs = sum(one.ours for one in readers), sum(one.hand for one in readers)
        slowest, extra = max(one.newest for one in readers), max(one.extra for one in readers)
        print(f"{many} lines: the mix {ours:.1f} ms, by hand {theirs:.1f} ms, ratio {ours / theirs:.2f}", end="; ")
        print(f"the most that one question cost more {extra:.2f} ms; newest {PAGE}, slowest reader {slowest:.2f} ms")
        missed |= slowest > NEWEST_MS or (many == lines and ours > RATIO * theirs)
    if missed:
        print(f"missed: at most {RATIO} times the predicate by hand over the mix, newest {PAGE} in at most {NEWEST_MS} ms")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
