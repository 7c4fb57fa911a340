"""What is kept of a filled-in sheet: each row is taken, known from an earlier copy, changed since, or to be mended; none is taken twice."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sild.formats.template.matching import match_rows
from sild.kernel.turns import turn_until_commit
from sild.wings.intake.actions.sheet_lines import SheetRead
from sild.wings.intake.models import MessageText
from sild.wings.intake.reads.sheets import earlier_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """What is written beside the text of a message; `passed_over` are the drafts that become no line: their rows were taken before."""

    sheet: Mapping[str, Any]
    book: str
    passed_over: frozenset[int]

    @classmethod
    def of(cls, mechanism: UUID, message: UUID, read: SheetRead | None) -> KeptSheet | None:
        """Match the rows with those of earlier copies, inside the transaction that keeps the message: nobody else does so meanwhile."""
        if read is None:
            return None
        first = read.parts[0].found
        book = next((one.found.book for one in read.parts if one.found.book), "") or uuid.uuid4().hex
        turn_until_commit(mechanism, f"sheet {book}")
        rows = [row for checked in read.parts for row in checked.rows]
        matched, gone = match_rows(rows, earlier_rows(book, but=message))
        kept = []
        for row, one in zip(rows, matched, strict=True):
            place = (row.part, row.block)
            taken = one.outcome == "taken"
            kept.append(
                {
                    "part": row.part,
                    "block": row.block,
                    "outcome": one.outcome,
                    "key": one.earlier.key if one.earlier is not None else secrets.token_hex(8) if taken else "",
                    "content": row.content if not row.faults else "",
                    "position": read.positions.get(place) if taken else None,
                    "before": list(one.earlier.where) if one.earlier is not None else None,
                }
            )
        taken_positions = {row["position"] for row in kept}
        return cls(
            sheet={"version": first.version, "language": first.language, "gone": gone, "rows": kept},
            book=book,
            passed_over=frozenset(read.positions.values()) - taken_positions,
        )

    def write(self, text: MessageText) -> None:
        """Put it beside the text."""
        text.sheet, text.book = dict(self.sheet), self.book
