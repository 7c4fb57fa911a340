"""Generalised keys: the few coarse values by which two records on two sides of a wall are compared, and how often one may ask.

Coarse on purpose: a hit says that something of this sort, for this house, of this size, about this time may be there, and no more.
What a single answer can give away is reckoned in docs/explanation/overlap.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

FAMILIES: Mapping[str, frozenset[str]] = {
    "defence": frozenset(
        {"endpoint-protection", "network-security", "ddos-protection", "email-security", "identity-access", "ot-security"}
    ),
    "watch": frozenset({"log-monitoring", "threat-intelligence", "vulnerability-management", "security-assessment"}),
    "response": frozenset({"incident-response", "digital-forensics", "expert-secondment"}),
    "data": frozenset({"backup-storage", "cloud-hosting", "colocation-hosting"}),
    "lines": frozenset({"secure-communications", "satellite-connectivity", "network-equipment"}),
    "machines": frozenset({"end-user-devices", "server-hardware", "power-continuity"}),
    "programs": frozenset({"software-licences", "egovernance-platforms"}),
    "skills": frozenset({"training", "exercises", "legal-policy-advice"}),
}
"""Categories of assistance that are taken for one here. A category that stands in none is compared with nothing."""

WINDOW_MONTHS = 6
"""Two records are compared when they were told at most so many calendar months apart."""
LOWEST_BAND, HIGHEST_BAND = -2, 14
"""Half powers of ten: from a third of one to ten million; what lies beyond counts as the outermost band."""
UNKNOWN = "?"
ANYBODY, ANY_HOUSE = "-", "*"
"""The house of an offer that is for anybody, and the value under which an offer stands whatever its house."""
STATES = frozenset({"donor-state"})
"""Kinds of parties that are no house: what stands directly below a state is the house."""
SHORTEST_S = 0.1
"""How long an answer takes at least, so that its time does not tell how much was compared."""


class Side(StrEnum):
    """What is compared with what: needs with needs, offers with offers."""

    NEED = "need"
    OFFER = "offer"


SIDE_OF_KIND = {"request": Side.NEED, "offer": Side.OFFER}
"""The side of a line, by its kind; what changes, withdraws or asks is not compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generalised:
    """What is left of a record: its side, category and family, house ("" where it names none), band of quantity (None: unknown), month.

    Where the house is known the family is compared; an offer for anybody is compared by its category, or it would meet nearly every other.
    """

    side: Side
    category: str
    family: str
    house: str
    band: int | None
    month: int

    @property
    def comparable(self) -> bool:
        """Whether there is enough to compare: the family, and for a need whose it is."""
        return bool(self.family and (self.house or self.side is Side.OFFER))


def generalised(side: Side, *, category: str, house: str, quantity: Decimal | None, told_at: datetime) -> Generalised:
    """A record with all but the coarse taken away. `told_at` has a time zone; months are those of UTC."""
    moment = told_at.astimezone(UTC)
    return Generalised(
        side=side,
        category=category,
        family=family_of(category),
        house=folded(house),
        band=band_of(quantity),
        month=moment.year * 12 + moment.month - 1,
    )


def family_of(category: str) -> str:
    """The family of a category, "" where it has none."""
    return next((name for name, members in FAMILIES.items() if category in members), "")


def band_of(quantity: Decimal | None) -> int | None:
    """The half power of ten below a quantity (3 to 10 is band 1, 10 to 31 band 2); None for nothing and for what is not said."""
    if quantity is None or quantity <= 0:
        return None
    power = quantity.adjusted()
    # the square root of ten parts each power of ten in two
    band = 2 * power + (quantity.scaleb(-power) ** 2 >= 10)
    return min(max(band, LOWEST_BAND), HIGHEST_BAND)


def house_of(body: str, parents: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """The highest party above a body that is no state: a hospital's ministry or region. A body that nobody knows is its own house."""
    walked = {body}
    while (upper := parents.get(body, "")) and upper not in walked and kinds.get(upper) not in STATES:
        walked.add(upper)
        body = upper
    return body


def folded(name: str) -> str:
    """A name without what two people write differently: case, width, spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def values_written(record: Generalised) -> tuple[str, ...]:
    """The values under which a record is kept; none where there is too little of it."""
    if not record.comparable:
        return ()
    band = UNKNOWN if record.band is None else str(record.band)
    return tuple(_value(record, house, band, record.month) for house in _houses_written(record))


def values_asked(record: Generalised) -> tuple[str, ...]:
    """The values that a question looks for: the record's own with what lies beside it."""
    if not record.comparable:
        return ()
    return tuple(
        _value(record, house, band, month)
        for house in _houses_asked(record)
        for band in _bands_asked(record.band)
        for month in range(record.month - WINDOW_MONTHS, record.month + WINDOW_MONTHS + 1)
    )


def _houses_written(record: Generalised) -> Iterator[str]:
    yield record.house or ANYBODY
    if record.side is Side.OFFER:
        yield ANY_HOUSE


def _houses_asked(record: Generalised) -> Iterator[str]:
    if not record.house:
        yield ANY_HOUSE
        return
    yield record.house
    if record.side is Side.OFFER:
        yield ANYBODY


def _bands_asked(band: int | None) -> Iterator[str]:
    yield UNKNOWN
    around = range(LOWEST_BAND, HIGHEST_BAND + 1) if band is None else range(band - 1, band + 2)
    yield from (str(one) for one in around)


def _value(record: Generalised, house: str, band: str, month: int) -> str:
    sort = record.category if house in (ANYBODY, ANY_HOUSE) else record.family
    return "\x1f".join((record.side, sort, house, band, str(month)))


def day_of(moment: datetime) -> datetime:
    """When the day of a moment began; limits count by days of UTC."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def next_day(moment: datetime) -> datetime:
    """When one may ask again."""
    return day_of(moment) + timedelta(days=1)
