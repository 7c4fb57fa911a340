"""Where each need of the sample ends, and whether the plan owes a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sild.kernel.actor import Actor
from sild.wings.planning.public import PlanSheet
from sild.wings.planning.reads.wording import LEFT_OUT
from sild.wings.register.public import CLOSED, NeedView, need_record, needs


def fates_of(reader: Actor, sheet: PlanSheet, answer: dict[str, Any]) -> dict[UUID, str]:
    """Every need of the register: covered, partly, unmet, left out, or the state in which it ended; empty where a reason is owed."""
    return {need.id: fate(reader, need, sheet, answer) for need in needs(reader)}


def fate(reader: Actor, need: NeedView, sheet: PlanSheet, answer: dict[str, Any]) -> str:
    """Where a need ends, told by the plan's page and by its file alike; empty where either owes the reason."""
    rows = {row.need: row for row in sheet.rows}
    row, short = rows.get(need.id), {UUID(one["need"]): one["reasons"] for one in answer["unmet"]}
    reasons = short.get(need.id, [])
    if any(not (one["limit"] and one["owner"] and one["smallest_change"]) for one in reasons) or row is None:
        return ""
    if need.state in CLOSED or not need.lines:
        return str(need.state) if reason_of_the_end(reader, need) else ""
    told = bool(reasons) and len(row.blockers) == len(reasons) and all(one.sentence and one.owner for one in row.blockers)
    if row.state == "covered":
        return "covered" if not reasons else ""
    if row.state == "not-plannable":
        return "left out" if told and reasons[0]["limit"] in LEFT_OUT else ""
    return row.state if told and row.state in ("partly", "unmet") else ""


def reason_of_the_end(reader: Actor, need: NeedView) -> str:
    """Why a need is asked for no more: the ruling of a gate, the words of the line that took it back, or why a person moved it."""
    record = need_record(reader, need.id)
    rulings = [ruling.reason for ruling in record.rulings if not ruling.passed]
    withdrawn = [line.item or str(line.id) for line in record.lines if line.kind == "withdrawal"]
    moved = [entry.reason for entry in record.beside.history if entry.reason]
    joined = [record.joined_into.title] if record.joined_into is not None else []
    return next(iter([*rulings, *withdrawn, *moved, *joined]), "")
