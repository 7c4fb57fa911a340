"""What changed between two reports of one audience, from what both kept. Pure: words are put to it elsewhere.

Every difference in a watched field is told once; the same facts twice give nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Rows = Mapping[str, list[dict[str, Any]]]
"""Sections by name, each a list of rows with an `id`."""

WATCHED: Mapping[str, tuple[str, ...]] = {
    "needs": ("state", "channel", "quantity", "needed_by", "body", "urgency", "unmatched", "accepted", "disputed", "light"),
    "offers": ("answer", "withdrawn", "quantity", "available_until"),
    "agreements": ("state", "standing", "month"),
    "consignments": ("state", "arrived", "accepted", "disputed", "due"),
    "licences": ("state", "due_on", "expires_on"),
    "lapses": ("on", "quantity"),
    "flows": ("state", "amount", "ended"),
}
"""The fields whose change is news, by section, in the order in which they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChange:
    """Something that is new, gone or different. `field` is "" for what is new or gone; `row` is the row as it is now (or was last)."""

    section: str
    kind: str
    row: Mapping[str, Any]
    field: str = ""
    before: Any = None
    after: Any = None


def differences(before: Rows, after: Rows) -> list[ReportChange]:
    """The changes by section, in each first what is new, then what changed, then what is gone."""
    found: list[ReportChange] = []
    for section, fields in WATCHED.items():
        old = {row["id"]: row for row in before.get(section, [])}
        new = {row["id"]: row for row in after.get(section, [])}
        found += [ReportChange(section=section, kind="new", row=row) for key, row in new.items() if key not in old]
        for key, row in new.items():
            if key in old:
                found += _changed(section, fields, old[key], row)
        found += [ReportChange(section=section, kind="gone", row=row) for key, row in old.items() if key not in new]
    return found


def _changed(section: str, fields: tuple[str, ...], old: Mapping[str, Any], row: Mapping[str, Any]) -> list[ReportChange]:
    return [
        ReportChange(section=section, kind="changed", row=row, field=field, before=old[field], after=row.get(field))
        for field in fields
        # what the kept report did not tell at all is no change
        if field in old and old[field] != row.get(field)
    ]
