"""What waits for a person, told by wings that the first page does not know: each declares a read, and the page collects what it finds.

A read takes the actor, returns at most so many things and one more, the most urgent first, and nothing that the actor may not see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sild.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingItem:
    """One thing that waits: the record, a second one where it is a pair, its title ("" where it has none), what is said beside it."""

    model: str
    id: UUID
    other: UUID | None = None
    title: str = ""
    detail: str = ""
    urgent: bool = False


Waits = Callable[[Actor, int], Sequence[WaitingItem]]

WAITS: dict[str, dict[str, Waits]] = defaultdict(dict)
"""By kind of group ("approvals") the reads that fill it, by name."""


def waits(kind: str, name: str) -> Callable[[Waits], Waits]:
    """Declare `body(actor, most)` as what fills a group of the first page, under the name of its wing's read ("response.listing")."""

    def decorate(body: Waits) -> Waits:
        WAITS[kind][name] = body
        return body

    return decorate


def declared(actor: Actor, kind: str, most: int) -> list[WaitingItem]:
    """What the wings tell of a kind, at most so many and one more of each read, what is urgent first."""
    found = [item for _name, read in sorted(WAITS[kind].items()) for item in read(actor, most)]
    return sorted(found, key=lambda item: not item.urgent)
