"""Precedents as programs are told of them, and what they may ask."""

from __future__ import annotations

from typing import Literal

from sild.kernel.shapes import Shape, Word


class WantedPrecedents(Shape):
    """What is known of the event beside its incidents; empty: unknown. Nothing of it is kept."""

    sector: Word = ""
    effect: Literal["", "theft", "money", "disruption", "destruction", "physical", "defacement", "influence", "attempt"] = ""
    actor: Literal["", "RU", "CN", "KP", "IR", "BY", "criminal"] = ""


class LikePart(Shape):
    """What one coded factor adds to likeness, from 0 to 1."""

    factor: str
    ours: list[str]
    theirs: list[str]
    adds: float


class LikePrecedent(Shape):
    """A precedent with how like it is. `left_out`: factors of which nothing is known on one side; no severity factor is known of any."""

    id: str
    label: str
    happened: str
    said: str
    measures: list[str]
    responses: list[str]
    note: str
    parts: list[LikePart]
    left_out: list[str]
    own_state_spoke: bool
    as_of: str
    sources: list[str]
    from_memory: bool


class ResponsePrecedents(Shape):
    """The likest precedents. `not_picked`: kinds of at least half of them that nothing picked can be; `not_then`: picked options that none
    of them had; `enough` false: too little is known to say so. It decides nothing."""

    ours: dict[str, list[str]]
    unknown: list[str]
    rows: list[LikePrecedent]
    then: dict[str, int]
    enough: bool
    not_picked: dict[str, int]
    not_then: list[str]
    not_compared: list[str]
