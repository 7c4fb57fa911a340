"""Where a word came from: a piece of a source message, exact to the character."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A verbatim piece of one block of a document.

    `part` is the part's name ("body", "attachment:list.xlsx"); `locator` says the place as a person would
    ("body", "table 1 row 2", "row 5", "line 3", "field:description", "attachment:list.xlsx!4");
    `block` is the index of the block in its part; `start` and `end` are character offsets in the block's text
    (or, where `cell` is given, in that cell's text); `text` is exactly what stands there.
    """

    part: str
    locator: str
    block: int
    start: int
    end: int
    text: str
    cell: int | None = None
    page: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} in {self.locator}: the end lies before the start")
        if len(self.text) != self.end - self.start:
            raise ValueError(f"span {self.start}..{self.end} in {self.locator}: holds {len(self.text)} characters")
