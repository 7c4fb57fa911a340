"""Filing: every line stands under its slots, by which new lines find it, from the act that wrote it on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import nullcontext
from uuid import UUID

from django.db import connection, connections

from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, current_actor, on_behalf_of
from sild.kernel.journal import Image, Written
from sild.wings.linkage.migrations._filing import file_all
from sild.wings.linkage.reads.problem import core_line
from sild.wings.linkage.reads.slots import FILE, Filed, rows
from sild.wings.register.public import Line, LineState

SAYS = (
    "kind", "category", "item", "evidence", "quantity", "beneficiary", "provider", "sent_by", "reference", "threads", "subject", "sent_at",
    "unit", "message_digest",
)  # fmt: skip
"""What a line's slots are made from; whether it is rejected decides too, and how closed it is follows by itself (0004_slots)."""


@settles
def _file(written: Sequence[Written]) -> None:
    """File the lines that an act made or changed, as they are at its end; a rejected line stands under no slot."""
    lines: dict[UUID, tuple[Image | None, Image | None]] = {}
    for label, key, before, after in written:
        if label == "register.Line":
            identity = key if isinstance(key, UUID) else UUID(key)
            lines[identity] = (lines[identity][0] if identity in lines else before, after)
    owners: dict[UUID, list[tuple[Image | None, Image]]] = defaultdict(list)
    for before, after in lines.values():
        if after is not None and (before is None or _tells(before) != _tells(after)):
            owners[after["owner_id"]].append((before, after))
    actor = current_actor()
    for owner, changed in owners.items():
        # whoever sees the lines files them: the desk's rules are told to the database where they see more
        theirs = owner != actor.organisation or any(after["marking"] > actor.ceiling for _before, after in changed)
        with on_behalf_of(owner) if theirs else nullcontext():
            _write(changed)


def _tells(image: Image) -> tuple[object, ...]:
    return (image["state"] == LineState.REJECTED, *(image.get(name) for name in SAYS))


def _write(changed: Sequence[tuple[Image | None, Image]]) -> None:
    there = [after["id"] for before, after in changed if before is not None]
    standing = [Line(**after) for _before, after in changed if after["state"] != LineState.REJECTED]
    columns = rows(
        Filed(
            id=line.id,
            mechanism=line.mechanism_id,
            owner=line.owner_id,
            marking=line.marking,
            compartment=line.compartment_id,
            says=core_line(line),
        )
        for line in standing
    )
    with connection.cursor() as cursor:
        if there:
            cursor.execute("delete from linkage_slot where line_id = any(%s)", [there])
        if columns:
            cursor.execute(FILE, columns)


@action("linkage.file-lines", roles=frozenset({Role.SERVICE}), stepwise=True)
def file_lines(actor: Actor) -> int:
    """File all lines of the mechanism anew, those in compartments too, as the role that changes tables: `sild file-lines`.

    Lines file themselves; this is for a home whose keys were lost, and after an update whose notes ask for it. Returns how many.
    """
    return file_all(connections["migrate"], actor.mechanism)
