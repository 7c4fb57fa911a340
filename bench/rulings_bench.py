"""A person's click about two lines among 2,500 to 100,000, and the queue in which such pairs wait, under policies.

In a throwaway cluster: a generated register (bench/registers.py) fills the tables. Up to 5,000 lines are linked by the desk; larger ones
are given links of their true needs and look-alikes beside them, as many links as lines. Then pairs are looked at, ruled on, taken back by
undo, and the first page of the queue is asked for: by the clock, and by the processor of this process. Said too, where the desk linked:
how many lines a whole linking moves after all rulings. Bars: a ruling in less than a second and the queue's first page in 300 ms, by the
least of several tries. `--sizes 2500` for fewer.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any

import psycopg

import sild.config.start  # noqa: F401 - the framework must know its tables before a wing is imported
from increment_bench import DESK, MECHANISM, fill, officer
from registers import generate
from sild.cores.linkage.problem import Relation
from sild.kernel import house
from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.identity import founder
from sild.kernel.undo import undo
from sild.postgres.roles import SUPERUSER
from sild.postgres.supervisor import Server
from sild.postgres.throwaway import throwaway_cluster
from sild.wings.linkage.models import Link
from sild.wings.linkage.public import link_register, queue, rule_pair
from sild.wings.linkage.reads import pair
from sild.wings.parties.public import MechanismFile, found_mechanism
from sild.wings.register.public import lines

SIZES, TRIES, SEED, LINKED = (2_500, 100_000), 12, 5, 5_000
RULING_S, QUEUE_S = 1.0, 0.3
DRILL = {
    "mechanism": "bench",
    "name": "A bench",
    "exercise": True,
    "as_of": date(2026, 2, 1),
    "source": "written for this bench",
    "scope": {"channels": ["civil"], "handed_over_to": "nobody"},
    "organisations": [{"slug": "desk", "name": "The desk", "office": "secretariat"}],
    "members": [{"slug": "officer", "name": "An officer", "organisation": "desk", "roles": ["officer"]}],
    "gates": [{"name": "technical-review", "role": "officer", "question": "feasible?"}],
    "priority": {"severity": 1},
}

# The links of true needs, told one after the other, then look-alikes of one category and body. Of the needs some are endorsed or at gates,
# of the lines some are urgent; scores spread as those of linked registers do.
REASONS = """'[{"comparison": "prior", "level": "base", "value_a": "-", "value_b": "-", "weight": -2.6, "sentence": "-"}]'::jsonb"""
COLUMNS = """id, mechanism_id, owner_id, marking, releasable_to, created_at, version, line_a_id, line_b_id, relation, score, reasons,
  joined, why_apart"""
OWNED = f"gen_random_uuid(), '{MECHANISM}', '{DESK}', 2, '{{}}', now(), 1"
JOINED = f"""insert into linkage_link ({COLUMNS})
select {OWNED}, early, late, 'same-as', round((-1 + 14 * random())::numeric, 6), {REASONS}, true, '' from (
  select lag(id) over told early, id late from register_line where need_id is not null
  window told as (partition by need_id order by sent_at, id)) pairs
where early is not null"""
ALIKE = f"""insert into linkage_link ({COLUMNS})
select {OWNED}, early, late, 'look-alike', round((-4 + 8 * random())::numeric, 6), {REASONS}, false, 'too little speaks for it' from (
  select lag(id, 3) over told early, lag(need_id, 3) over told first, id late, need_id from register_line
  window told as (partition by beneficiary order by sent_at, id)) pairs
where early is not null and first <> need_id limit (select greatest(0, %s - count(*)) from linkage_link)"""
STATES = (
    """update register_need set state = coalesce((array['endorsed', 'technical-review'])[1 + abs(hashtext(id::text)) % 12], 'captured')"""
)
URGENT = "update register_line set urgency = 'high' where abs(hashtext(id::text)) % 9 = 0"


def given_links(server: Server, most: int) -> None:
    """Links of a register that is too large to be linked here."""
    with closing(psycopg.connect(**server.conninfo(SUPERUSER), autocommit=True)) as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute(JOINED)
        owner.execute(ALIKE, [most])
        for statement in (STATES, URGENT, "vacuum analyze"):
            owner.execute(statement)


def timed(times: dict[str, list[tuple[float, float]]], what: str, ask: Callable[[], Any]) -> Any:
    begun, used = time.perf_counter(), time.process_time()
    found = ask()
    times[what].append((time.perf_counter() - begun, time.process_time() - used))
    return found


def measure(actor: Actor) -> tuple[dict[str, list[tuple[float, float]]], list[tuple[Any, Any, Relation]]]:
    """Some links that join are ruled apart, some look-alikes together; each is looked at, ruled on and taken back."""
    times: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with acting(actor):
        kept = list(Link.objects.order_by("line_b__message_name", "line_a__message_name").values_list("line_a_id", "line_b_id", "joined"))
    chance = random.Random(SEED)
    asked = [
        (*ends, Relation.NOT_THE_SAME if joined else Relation.SAME_AS)
        for joined in (True, False)
        for *ends, is_joined in chance.sample(kept, len(kept))[: 40 * TRIES]
        if is_joined is joined
    ]
    asked = [one for said in (Relation.NOT_THE_SAME, Relation.SAME_AS) for one in [one for one in asked if one[2] is said][: TRIES // 2]]
    for early, late, said in asked:
        timed(times, "look at a pair", lambda pair_of=(early, late): pair(actor, *pair_of))
        timed(times, "rule on it", lambda one=(early, late, said): rule_pair(actor, *one, reason="a bench"))
        act = last_act()
        assert act is not None
        timed(times, "take it back", lambda act=act: undo(actor, act, reason="a bench"))
        timed(times, "queue, first page", lambda: queue(actor))
    for shown in ("links", "look-alikes", "ruled", "conflicts"):
        for _turn in range(3):
            timed(times, f"queue, {shown}", lambda shown=shown: queue(actor, shown))
    later = queue(actor)
    for _turn in range(3):
        later = timed(times, "queue, later pages", lambda after=later.after: queue(actor, after=after))
    return times, asked


def moved_by_a_whole_linking(actor: Actor, asked: list[tuple[Any, Any, Relation]]) -> int:
    """How many lines go elsewhere when all is linked after the rulings."""
    for early, late, said in asked:
        rule_pair(actor, early, late, said, reason="a bench")
    before = {line.id: line.need_id for line in lines(actor)}
    link_register(actor)
    return sum(before[line.id] != line.need_id for line in lines(actor))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default=",".join(map(str, SIZES)))
    asked = options.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as home:
        os.environ["SILD_HOME"] = home
        with throwaway_cluster() as server, house.connected(server):
            actor = officer()
            found_mechanism(
                replace(founder("bench", started_by="bench"), mechanism=MECHANISM, organisation=DESK), MechanismFile.model_validate(DRILL)
            )
            for size in map(int, asked.sizes.split(",")):
                fill(server, generate(size, SEED), 0)
                if size <= LINKED:
                    link_register(actor)
                else:
                    given_links(server, size)
                times, ruled = measure(actor)
                for what, taken in times.items():
                    clock, used = zip(*taken, strict=True)
                    print(
                        f"{size:>8} {what:<22} median {statistics.median(clock) * 1000:6.0f} ms, least {min(clock) * 1000:5.0f};"
                        f" processor {statistics.median(used) * 1000:5.0f} ms",
                        flush=True,
                    )
                missed |= min(times["rule on it"])[0] > RULING_S or min(times["queue, first page"])[0] > QUEUE_S
                if size <= LINKED:
                    print(f"{size:>8} a whole linking after {len(ruled)} rulings moves {moved_by_a_whole_linking(actor, ruled)} lines")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
