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
from sild.wings.linkage.reads.slots import FILE, Filed, made_as, rows
from sild.wings.register.public import Line, LineState

SAYS = (
    "kind", "category", "item", "evidence", "quantity", "beneficiary", "provider", "sent_by", "reference", "threads", "subject", "sent_at",
    "unit", "message_digest",
)  # fmt: skip
"""What a line's slots are made from; whether it is rejected decides too, and how closed it is follows by itself (0004_slots)."""

# the first lines of an organisation: from now on it is known how its slots were made
_NOTED = """with noted as (insert into linkage_slotedition (mechanism_id, owner_id, edition, upto, closed)
  values (%s, %s, %s, null, %s) on conflict (mechanism_id, owner_id) do nothing) """
_MADE = """insert into linkage_slotedition (mechanism_id, owner_id, edition, upto, closed)
  select distinct mechanism_id, owner_id, %s, null::uuid, %s from register_line where mechanism_id = %s
  on conflict (mechanism_id, owner_id) do update set edition = excluded.edition, upto = null, closed = excluded.closed"""


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
    Filing([Line(**after) for _before, after in changed], [after["id"] for before, after in changed if before is not None]).write()


class Filing:
    """Writes the slots of lines of one owner within an act, in the place of what stands there of those named."""

    def __init__(self, lines: Sequence[Line], instead_of: Sequence[UUID]) -> None:
        self.lines = lines
        self.instead_of = instead_of

    def write(self) -> None:
        """Write them; a rejected line stands under none."""
        columns = rows(
            Filed(
                id=line.id,
                mechanism=line.mechanism_id,
                owner=line.owner_id,
                marking=line.marking,
                compartment=line.compartment_id,
                says=core_line(line),
            )
            for line in self.lines
            if line.state != LineState.REJECTED
        )
        with connection.cursor() as cursor:
            if self.instead_of:
                cursor.execute("delete from linkage_slot where line_id = any(%s)", [list(self.instead_of)])
            if columns:
                cursor.execute(_NOTED + FILE, [self.lines[0].mechanism_id, self.lines[0].owner_id, made_as(), made_as(), *columns])


@action("linkage.file-lines", roles=frozenset({Role.SERVICE}), stepwise=True)
def file_lines(actor: Actor) -> int:
    """File all lines of the mechanism anew, those in compartments too, as the role that changes tables: `sild file-lines`.

    Lines file themselves, and the worker those in the open after an update; this is for a home whose keys were lost, and for
    compartments. Returns how many.
    """
    many = file_all(connections["migrate"], actor.mechanism)
    with connections["migrate"].cursor() as cursor:
        cursor.execute(_MADE, [made_as(), made_as(), actor.mechanism])
    return many
