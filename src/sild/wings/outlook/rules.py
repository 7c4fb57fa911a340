"""What a body can still take in, what goes dark when, and on whom many depend: as pure functions over rows that are listed with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

NOTHING = Decimal(0)
MONTHS_AHEAD = 12
"""How far ahead capacity is drawn and edited."""
LAPSES_AHEAD_DAYS = 550
"""How far ahead the calendar of what lapses looks: a year and a half, in which a budget can still be asked for."""
SOON_DAYS = 90
LARGEST_CAPACITY = 10_000_000
LONGEST_TEXT, LONGEST_REASON = 300, 2000


class TermKind(StrEnum):
    """What runs out."""

    LICENCE = "licence"
    MAINTENANCE = "maintenance"
    WARRANTY = "warranty"
    HOSTING = "hosting"
    SERVICE = "service"


KEPT_UP = frozenset({TermKind.MAINTENANCE, TermKind.WARRANTY})
"""What keeps a thing going that is there: more such things replace neither."""


class TermState(StrEnum):
    """A term runs until its day, or was ended before: what it kept is not needed any more."""

    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of a body: what it can take in (None: nobody said), what the plan brings, and how much of that is committed.

    Of a resource that stays taken the plan's part is all that has come by then, and `carried` says that the capacity was told of an
    earlier month. `silent`: how many pieces come of which nobody said what one takes.
    """

    month: date
    capacity: Decimal | None
    planned: Decimal
    committed: Decimal
    source: str = ""
    as_of: date | None = None
    carried: bool = False
    silent: Decimal = NOTHING

    @property
    def left(self) -> Decimal | None:
        """What could still come; below 0 where more is planned than can be taken in; None where nobody said how much can."""
        return None if self.capacity is None else self.capacity - self.planned

    @property
    def over(self) -> bool:
        """Whether more is planned than can be taken in."""
        return self.left is not None and self.left < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceMonths:
    """The months of a body for one resource: people, training, racks, power."""

    name: str
    months: tuple[Month, ...]

    @property
    def told(self) -> bool:
        """Whether anybody said what the body has of it, in any month."""
        return any(one.capacity is not None for one in self.months)

    @property
    def over(self) -> int:
        """In how many months more is planned than the body has."""
        return sum(one.over for one in self.months)


def month_of(day: date, later: int = 0) -> date:
    """The first day of the month that lies so many months after a day's."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Something that a body uses until a day. `id` names the term or the consignment; `in_use` None: nobody said."""

    id: UUID
    on: date
    kind: str
    title: str
    body: str
    category: str
    giver: str
    unit: str
    quantity: Decimal | None
    in_use: Decimal | None
    told_by: str
    differs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Something that a plan brings to a body in a month."""

    body: str
    category: str
    unit: str
    month: date
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What lapses, and what comes instead: `in_time` is planned to arrive by the month of the lapse, `late` after it; `dark` is what is
    not replaced in time, None where nobody said how much lapses. `again` is the first month in which more comes."""

    running: Running
    in_time: Decimal
    late: Decimal
    dark: Decimal | None
    again: date | None


def forecast(running: Sequence[Running], arrivals: Iterable[Arrival]) -> list[Outlook]:
    """What goes dark, by day. An arrival replaces what lapses first of the same body, category and unit, and is counted once; no
    arrival replaces maintenance or a warranty."""
    left: dict[tuple[str, str, str], list[tuple[date, Decimal]]] = defaultdict(list)
    for coming in sorted(arrivals, key=lambda coming: coming.month):
        left[coming.body, coming.category, coming.unit].append((coming.month, coming.quantity))
    found = []
    for one in sorted(running, key=lambda one: (one.on, one.title, str(one.id))):
        in_time, late, again = NOTHING, NOTHING, None
        wanted = (one.quantity or NOTHING) if one.kind not in KEPT_UP else NOTHING
        rest: list[tuple[date, Decimal]] = []
        for month, quantity in left[one.body, one.category, one.unit]:
            taken = min(quantity, wanted)
            wanted -= taken
            if taken and month <= one.on:
                in_time += taken
            elif taken:
                late, again = late + taken, again or month
            if quantity > taken:
                rest.append((month, quantity - taken))
        left[one.body, one.category, one.unit] = rest
        dark = None if one.quantity is None else one.quantity - in_time
        found.append(Outlook(running=one, in_time=in_time, late=late, dark=dark, again=again))
    return found


class Source(StrEnum):
    """Where a dependence was read: planned by the desk, agreed by its sides, or in use until a day."""

    PLANNED = "planned"
    AGREED = "agreed"
    RUNNING = "running"


class Leaning(StrEnum):
    """How one depends on another: as who gives, or as who makes or runs what is used."""

    GIVER = "giver"
    VENDOR = "vendor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """A body that leans on a name for something: one row, listed under every sum that counts it."""

    body: str
    name: str
    link: Leaning
    category: str
    title: str
    quantity: Decimal | None
    unit: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole in one category and unit: `quantity` of `whole`."""

    category: str
    unit: str
    quantity: Decimal
    whole: Decimal

    @property
    def percent(self) -> Decimal:
        """The part in hundredths."""
        return (100 * self.quantity / self.whole).quantize(Decimal("0.1")) if self.whole else NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """An offer of the same category from somebody else that is still open."""

    offer: UUID
    title: str
    provider: str
    category: str
    quantity: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """A name on which `bodies` of `of_bodies` lean, with its shares, the rows that they add up, and what else is offered."""

    name: str
    link: Leaning
    bodies: tuple[str, ...]
    of_bodies: int
    shares: tuple[Share, ...]
    rows: tuple[Dependence, ...]
    alternatives: tuple[Alternative, ...]

    @property
    def largest(self) -> Decimal:
        """The largest of its shares, in hundredths."""
        return max((share.percent for share in self.shares), default=NOTHING)


FEWEST_BODIES = 2
"""On whom one body alone leans is no shared dependence."""


def concentrations(rows: Sequence[Dependence], offers: Sequence[Alternative]) -> list[Concentration]:
    """Names on which several bodies lean, those with most bodies first. Each share adds up listed rows of one category and unit."""
    wholes: dict[tuple[Leaning, str, str], Decimal] = defaultdict(Decimal)
    held: dict[tuple[Leaning, str], list[Dependence]] = defaultdict(list)
    for row in rows:
        held[row.link, row.name].append(row)
        wholes[row.link, row.category, row.unit] += row.quantity or NOTHING
    # who gives is told of every row, who makes it of some: the whole of a category is what all givers give of it
    for _link, category, unit in list(wholes):
        wholes[Leaning.VENDOR, category, unit] = max(wholes[Leaning.VENDOR, category, unit], wholes[Leaning.GIVER, category, unit])
    every = len({row.body for row in rows})
    found = []
    for (link, name), mine in held.items():
        bodies = tuple(sorted({row.body for row in mine}))
        if len(bodies) >= FEWEST_BODIES:
            alternatives = tuple(one for one in offers if one.category in {row.category for row in mine} and not _same(one, name))
            shares = _shares(link, mine, wholes)
            found.append(
                Concentration(
                    name=name, link=link, bodies=bodies, of_bodies=every, shares=shares, rows=tuple(mine), alternatives=alternatives
                )
            )
    return sorted(found, key=lambda one: (-len(one.bodies), -one.largest, one.name, one.link))


def _same(offer: Alternative, name: str) -> bool:
    return name.casefold() in (offer.provider.casefold(), "") or name.casefold() in offer.title.casefold()


def _shares(link: Leaning, mine: Sequence[Dependence], wholes: dict[tuple[Leaning, str, str], Decimal]) -> tuple[Share, ...]:
    parts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in mine:
        if row.quantity is not None:
            parts[row.category, row.unit] += row.quantity
    shares = [
        Share(category=category, unit=unit, quantity=quantity, whole=wholes[link, category, unit])
        for (category, unit), quantity in parts.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-share.percent, share.category, share.unit)))
