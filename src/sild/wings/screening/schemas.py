"""Screening as programs are told of it and rule."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sild.kernel.shapes import Name, Paging, Reason, Shape, Version
from sild.wings.screening.rules import HitState, Standing


class WantedStandings(Shape):
    """Which parties: of a standing, with words in the name."""

    standing: Literal["", "not-screened", "no-hits", "hits-open", "cleared", "confirmed"] = ""
    q: Name = ""


class ScreenedParty(Shape):
    """Where a party stands: against which list of which day it was screened last, and how many hits are open, cleared, confirmed.

    `renamed`: it goes by other names since; `older_list`: a newer list is there. Then it counts as not screened, unless a hit is open or
    confirmed.
    """

    party: UUID | None
    name: str
    standing: Standing
    list_name: str
    as_of: date | None
    screened_on: date | None
    open: int
    cleared: int
    confirmed: int
    renamed: bool
    older_list: bool
    kind: str
    country: str


class WantedHits(Paging):
    """Which hits: in a state, of a party, with words in one of the names."""

    state: Literal["", "open", "cleared", "confirmed", "gone"] = ""
    party: UUID | None = None
    q: Name = ""


class Hit(Shape):
    """A party that may be an entry of the list: the two names that agree best, and their points of 100."""

    id: UUID
    version: int
    created_at: datetime
    party_id: UUID
    party: str
    party_name: str
    entry_id: str
    entry_name: str
    score: Decimal
    state: HitState
    in_list: bool


class ScorePart(Shape):
    """One reason: the points of all parts of a hit add up to its score."""

    kind: str
    points: Decimal
    party: str
    entry: str


class HitRuling(Shape):
    """What was ruled, on which day and why; without `by` the desk opened it anew, because what was ruled on had changed."""

    on: date
    by: str
    state: HitState
    before: HitState
    reason: str


class Entry(Shape):
    """The entry as the list had it, `type` by the list's own schema; of its `names_in_all` the first are told."""

    type: str = ""
    kind: str = ""
    names: list[str] = []
    weak: list[str] = []
    names_in_all: int = 0
    countries: list[str] = []
    topics: list[str] = []
    programmes: list[str] = []
    births: list[str] = []
    link: str = ""


class WholeHit(Shape):
    """A hit with both sides, its parts, what was ruled, and what may be ruled now."""

    hit: Hit
    party_names: list[str]
    party_kind: str
    party_country: str
    entry: Entry
    parts: list[ScorePart]
    rulings: list[HitRuling]
    following: list[HitState]


class NewRuling(Shape):
    """A ruling: confirmed, cleared, or open again."""

    state: Literal["open", "cleared", "confirmed"]
    version: Version
    reason: Reason


class Fault(Shape):
    """A line of a list that could not be read."""

    line: int
    why: str


class KeptList(Shape):
    """A list as it was provided; `entries` null: it was not read yet. `current`: parties are screened against this one."""

    id: UUID
    version: int
    created_at: datetime
    name: str
    as_of: date
    digest: str
    size: int
    entries: int | None
    names: int
    passed_over: int
    unread: int
    faults: list[Fault]
    withdrawn: bool
    current: bool


class ListWithdrawal(Shape):
    """Why a list is withdrawn."""

    version: Version
    reason: Reason
