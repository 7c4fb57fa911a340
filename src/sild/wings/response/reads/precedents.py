"""Precedents beside a response: the likest by what is coded, what was done then, and where the picked options depart from it.

Nothing is kept of what is asked here, and nothing is decided: a departure is a question to people, no fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.diplomacy.public import own_country
from sild.wings.response.reads.essentials import incidents_of
from sild.wings.response.reads.responses import PickedRow, response_record
from sild.wings.response.rules import (
    FACTORS,
    LIKEST,
    RESPONSE_OF,
    Likeness,
    OptionState,
    Precedent,
    likeness,
    precedents,
)
from sild.wings.signals.public import IncidentView, Precision

LEAST_KNOWN = 2
"""Factors that are known on our side before anything is said of departures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedentRow:
    """A precedent with how like it is; `spoke`: the reader's own State said something then."""

    fact: Precedent
    likeness: Likeness
    spoke: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedentsView:
    """The likest precedents. `ours` is what the event is compared by (empty: unknown), `unknown` the factors of which nothing is known.

    `then` counts kinds of response among the likest; `not_picked` are those of at least half of them that no picked option can be,
    `not_then` picked options that none of the likest had, `not_compared` those of no coded kind. `enough`: enough is known to say so.
    """

    response_id: UUID
    ours: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...]
    rows: tuple[PrecedentRow, ...]
    then: tuple[tuple[str, int], ...]
    enough: bool
    not_picked: tuple[tuple[str, int], ...]
    not_then: tuple[PickedRow, ...]
    not_compared: tuple[PickedRow, ...]


@read
def precedents_of(actor: Actor, response_id: UUID, asked: Mapping[str, tuple[str, ...]] | None = None) -> PrecedentsView:
    """The likest precedents of a response, by its incidents and by what the reader says of it (`asked`, by factor). Raises NotThere."""
    record = response_record(actor, response_id)
    told = _told(incidents_of(actor, record.row.case, record.row.incident))
    own = own_country(actor)
    ours = {**told, "country": (own,) if own else (), **{name: value for name, value in (asked or {}).items() if value}}
    rows = ranked(ours, own)
    then = Counter(kind for one in rows for kind in one.fact.responses)
    picked = [one for one in record.picked if one.state != OptionState.DROPPED]
    can_be = {kind for one in picked for kind in RESPONSE_OF.get(one.option, ())}
    enough = sum(bool(value) for value in ours.values()) >= LEAST_KNOWN and bool(rows)
    common = tuple((kind, count) for kind, count in then.most_common() if 2 * count >= len(rows))
    compared = [one for one in picked if one.option in RESPONSE_OF]
    return PrecedentsView(
        response_id=response_id,
        ours=ours,
        unknown=tuple(factor for factor in FACTORS if not ours.get(factor)),
        rows=rows,
        then=tuple(then.most_common()),
        enough=enough,
        not_picked=tuple((kind, count) for kind, count in common if kind not in can_be) if enough else (),
        not_then=tuple(one for one in compared if not {*RESPONSE_OF[one.option]} & {*then}) if enough else (),
        not_compared=tuple(one for one in picked if one.option not in RESPONSE_OF),
    )


def ranked(ours: Mapping[str, tuple[str, ...]], own: str) -> tuple[PrecedentRow, ...]:
    """The likest, most first; of two alike the younger. None that shares nothing."""
    rows = [
        PrecedentRow(fact=one, likeness=likeness(ours, one.coded), spoke=any(each.by == own for each in one.attributions))
        for one in precedents()
    ]
    found = [one for one in rows if one.likeness.evidence > 0]
    found.sort(key=lambda one: (-one.likeness.evidence, -int(one.fact.coded["year"][0]), one.fact.id))
    return tuple(found[:LIKEST])


def _told(found: Sequence[IncidentView]) -> dict[str, tuple[str, ...]]:
    """What incidents say of themselves: sectors, and the year in which the first began."""
    sectors = tuple(dict.fromkeys(sector for one in found for sector in one.row.sectors))
    years = [one.row.begins.year for one in found if one.row.begins is not None and one.row.begins_precision != Precision.UNKNOWN]
    return {"sector": sectors, "year": (str(min(years)),) if years else ()}
