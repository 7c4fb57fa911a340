"""Blocks on several machines: Dask settles the blocks of a wave on its workers (extra `scale`).

The plan is the one that the method finds alone: a block is settled by the same code, from the part alone, and put back in order.
"""

from __future__ import annotations

from collections.abc import Sequence

from dask.distributed import Client

from sild.cores.allocation.method.blocks import Settling, Spread
from sild.cores.allocation.method.model import Model, Solved

TRIES = 3  # of a block whose worker was lost; it depends on nothing but its part, so another worker finds the same


def on_workers(client: Client) -> Spread:
    """What `Effort.spread` takes to settle blocks on the workers of `client`. What a block raises, this raises."""

    def spread(settling: Settling, parts: Sequence[Model]) -> list[Solved]:
        asked = [client.submit(settling, part, pure=False, retries=TRIES) for part in parts]
        found: list[Solved] = client.gather(asked)  # type: ignore[no-untyped-call] # Dask types few of its functions
        return found

    return spread
