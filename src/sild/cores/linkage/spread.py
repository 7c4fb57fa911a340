"""Scoring on several machines: Dask maps the disjoint hash partitions of the blocking keys over its workers (extra `scale`).

The answer is the one that `columns.score` gives alone, to the last digit: partitions are scored by the same code and sorted again here.
"""

from __future__ import annotations

from dask.distributed import Client, as_completed

from sild.cores.linkage.columns import Model, Part, Scored, Table, gathered, score
from sild.cores.linkage.columns.relinking import FLOOR

PARTS_A_THREAD = 4  # more parts than threads, so that a part with a crowded key does not keep all others waiting
TRIES = 3  # of a part whose worker was lost; a part depends on nothing but its number, so another worker gives the same


def score_on(client: Client, table: Table, model: Model, parts: int | None = None, floor: float = FLOOR) -> Scored:
    """The pairs that score at least `floor`, scored by the workers of `client` in so many partitions.

    The table and the model are sent once to every worker: 4 bytes a value, and each distinct word. What a part raises, this raises.
    """
    threads: int = sum(client.nthreads().values())  # type: ignore[no-untyped-call] # Dask types few of its functions
    of = parts or max(1, PARTS_A_THREAD * threads)
    held = client.scatter([table, model], broadcast=True, hash=False)  # type: ignore[no-untyped-call] # as above
    asked = [client.submit(score, held[0], held[1], Part(number, of), floor, pure=False, retries=TRIES) for number in range(of)]
    done = as_completed(asked, with_results=True)  # type: ignore[no-untyped-call] # as above
    return gathered(found for _, found in done)
