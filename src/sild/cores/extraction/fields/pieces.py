"""A long text read piece by piece, so that no reader's work grows faster than the text; offsets stay those of the whole text.

A piece ends at a blank line, a line, a sentence or a blank where it can, and else in the middle of a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sild.cores.extraction.fields.found import Found, QuantityFound

P = ParamSpec("P")
F = TypeVar("F", bound=Found)
LONGEST = 4000
_ENDS = ("\n\n", "\n", ". ", "; ", " ")


def pieces_of(text: str) -> list[tuple[int, str]]:
    """The text in pieces of at most LONGEST letters, each with its offset; a short text is one piece."""
    pieces, at = [], 0
    while len(text) - at > LONGEST:
        least, most = at + LONGEST // 2, at + LONGEST
        cuts = (cut + len(mark) for mark in _ENDS if (cut := text.rfind(mark, least, most)) >= 0)
        end = min(next(cuts, most), most)
        pieces.append((at, text[at:end]))
        at = end
    return [*pieces, (at, text[at:])]


def moved(found: F, by: int) -> F:
    """The same piece of text with its offsets shifted."""
    if isinstance(found, QuantityFound):
        unit_start, unit_end = (found.unit_start + by, found.unit_end + by) if found.unit_end else (0, 0)
        number = moved(found.number, by)
        return replace(found, start=found.start + by, end=found.end + by, number=number, unit_start=unit_start, unit_end=unit_end)
    return replace(found, start=found.start + by, end=found.end + by)


def piecewise(reader: Callable[Concatenate[str, P], Iterable[F]]) -> Callable[Concatenate[str, P], list[F]]:
    """A reader of short texts made one of texts of any length."""

    @wraps(reader)
    def read_pieces(text: str, /, *args: P.args, **kwargs: P.kwargs) -> list[F]:
        if len(text) <= LONGEST:
            return list(reader(text, *args, **kwargs))
        return [moved(hit, at) for at, piece in pieces_of(text) for hit in reader(piece, *args, **kwargs)]

    return read_pieces
