"""What the desk knows of a body, who claims a name, and where a text says it: the records that the finders of bodies share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sild.cores.extraction.fields.body_elements import Element

ADJECTIVE = 0.35  # "Danish grant" hints at Denmark no more than this


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the list of parties gives it; `country` is an ISO 3166 code, `kind` such as "recipient-body", "donor-state", "company"."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    kind: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A body that a name may mean; `direct` where the list says so, else derived by leaving out the country or turning the order."""

    body: Body
    direct: bool
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    start: int
    end: int
    claims: tuple[Claim, ...]
    score: float
    length: int


def beside(text: str, elements: Sequence[Element], at: int, step: int) -> Element | None:
    """The next element that is no filler on that side, unless a comma or a sentence's end stands between."""
    index = at + step
    while 0 <= index < len(elements) and elements[index].kind in ("filler", "legal"):
        index += step
    if not 0 <= index < len(elements):
        return None
    left, right = (elements[at], elements[index]) if step > 0 else (elements[index], elements[at])
    gap = text[left.end : right.start]
    stopped = any(mark in gap for mark in ";:!?|\n.") or ("," in gap and elements[index].kind != "place") or len(gap) > 16
    return None if stopped else elements[index]
