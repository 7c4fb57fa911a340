"""Makes the slots of lines that are there already, compartments too: past the policies, as the role that changes tables."""

from __future__ import annotations

import json
import uuid
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from sild.wings.linkage.reads.problem import core_line
from sild.wings.linkage.reads.slots import FILE, Filed, rows

AT_A_TIME = 1000
COLUMNS = (
    "id", "mechanism_id", "owner_id", "marking", "compartment_id", "state", "message_digest", "position", "sent_at", "kind", "category",
    "item", "quantity", "unit", "beneficiary", "provider", "sent_by", "needed_by", "reference", "threads", "subject", "language", "channel",
    "additional", "changes", "evidence", "conditions", "created_at", "relayed_by", "available_from", "available_until",
)  # fmt: skip
LISTS = ("threads", "evidence", "conditions")


def file_all(connection: BaseDatabaseWrapper, mechanism: uuid.UUID | None = None) -> int:
    """File all lines (of a mechanism) anew, some at a time, each time for good where no transaction is open. Returns how many."""
    filed, after = 0, uuid.UUID(int=0)
    while True:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            # a line that is changed meanwhile is waited for, and files itself where it comes after
            where = "id > %s" + ("" if mechanism is None else " and mechanism_id = %s")
            cursor.execute(
                f"select {', '.join(COLUMNS)} from register_line where {where} order by id limit {AT_A_TIME} for share",
                [after, *([] if mechanism is None else [mechanism])],
            )
            found = [_line(row) for row in cursor.fetchall()]
            if not found:
                return filed
            cursor.execute("delete from linkage_slot where line_id = any(%s)", [[line.id for line in found]])
            columns = rows(_filed(line) for line in found if line.state != "rejected")
            if columns:
                cursor.execute(FILE, columns)
            filed, after = filed + len(found), found[-1].id


def _line(row: tuple[Any, ...]) -> Any:
    line = SimpleNamespace(**dict(zip(COLUMNS, row, strict=True)))
    for name in LISTS:
        value = getattr(line, name)
        setattr(line, name, json.loads(value) if isinstance(value, str) else value)
    return line


def _filed(line: Any) -> Filed:
    return Filed(
        id=line.id,
        mechanism=line.mechanism_id,
        owner=line.owner_id,
        marking=line.marking,
        compartment=line.compartment_id,
        says=core_line(line),
    )
