"""Lights across needs: one flat row for each match, as the page, the API and the files list them; and the lights of a plan's deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.planning.reads.gate import MatchLight, NeedLights, lights_of
from sild.wings.planning.reads.sheet import Given, PlanRow
from sild.wings.planning.rules import Check, GateVerdict

CHECK_COLUMNS = tuple((check.value.replace("-", "_"), check) for check in Check)
"""The column of each condition in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LitMatch:
    """A match with its light: `verdict` of all, what blocks first, the earliest day.

    `blocker`, `why`, `mover` and `who` are empty where all pass. The columns of conditions hold pass, fail or unknown;
    `keep` are the conditions to keep, one a line.
    """

    need: UUID
    title: str
    body: str
    category: str
    offer: UUID | None
    offer_title: str
    provider: str
    agreement: UUID | None
    quantity: Decimal
    unit: str
    month: date | None
    verdict: str
    blocker: str
    why: str
    mover: str
    who: str
    earliest: date | None
    civil: str
    endorsed: str
    offered: str
    objections: str
    conditions: str
    screened: str
    licensed: str
    end_use: str
    absorption: str
    requester: str
    giver: str
    keep: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LitMatches:
    """The rows that were asked for, and how many of all have each verdict."""

    rows: tuple[LitMatch, ...]
    counts: dict[str, int]


@read
def lit_matches(actor: Actor, *, verdict: str = "", blocker: str = "") -> LitMatches:
    """Every match that is planned or agreed, what cannot be delivered first; narrowed to a verdict and to what blocks first."""
    every = [_flat(need, row) for need in lights_of(actor) for row in need.rows]
    every.sort(key=lambda row: (_ORDER.index(row.verdict), str(row.month or ""), row.title, str(row.need), str(row.offer)))
    rows = [row for row in every if verdict in ("", row.verdict) and blocker in ("", row.blocker)]
    return LitMatches(rows=tuple(rows), counts={one: sum(row.verdict == one for row in every) for one in _ORDER})


_ORDER = (GateVerdict.FAIL.value, GateVerdict.UNKNOWN.value, GateVerdict.PASS.value)


def _flat(need: NeedLights, row: MatchLight) -> LitMatch:
    first, said = row.light.blocker, {one.check: one.verdict.value for one in row.light.conditions}
    return LitMatch(
        need=need.need,
        title=need.title,
        body=need.body,
        category=need.category,
        offer=row.offer,
        offer_title=row.title,
        provider=row.provider,
        agreement=row.agreement,
        quantity=row.quantity,
        unit=row.unit,
        month=row.month,
        verdict=row.light.verdict.value,
        blocker=first.check.value if first is not None else "",
        why=first.code if first is not None else "",
        mover=first.mover.value if first is not None and first.mover is not None else "",
        who=first.who if first is not None else "",
        earliest=row.light.earliest,
        keep="\n".join(f"{one.text} ({one.stand})" if one.stand else one.text for one in row.keep),
        **{column: said[check] for column, check in CHECK_COLUMNS},
    )


@read
def with_lights(actor: Actor, rows: Sequence[PlanRow]) -> list[PlanRow]:
    """Rows of a plan with the light of each delivery whose offer the reader sees; where it was agreed on, that of the agreement."""
    told = {need.need: need.rows for need in lights_of(actor, {row.need for row in rows})} if rows else {}
    return [replace(row, given=tuple(_with_light(one, told.get(row.need, ())) for one in row.given)) for row in rows]


def _with_light(given: Given, rows: Iterable[MatchLight]) -> Given:
    same = [row for row in rows if row.offer is not None and row.offer == given.offer]
    # of several agreements on one offer the one of the month speaks, else the last that was made
    same.sort(key=lambda row: row.month == given.month)
    return replace(given, light=same[-1].light) if same else given
