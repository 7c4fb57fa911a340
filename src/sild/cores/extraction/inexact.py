"""What a text leaves open about how many: a range, at least, at most, about. The reason of a quantity says which, in fixed sentences.

The number itself stays the one that was written, of a range its upper end, as readers of the sample take it.
"""

from __future__ import annotations

import re
from typing import Literal

Bound = Literal["range", "at-least", "at-most", "about"]
SENTENCES: dict[Bound, str] = {
    "range": "a range, of which the upper end was taken",
    "at-least": "at least so many",
    "at-most": "at most so many",
    "about": "about so many",
}
SUREST = 0.75
"""No quantity that is left open is given with more confidence: it is told first, and no list accepts it unseen."""

_LONGEST = 60
_TOLD = re.compile(rf"; the text says \"(.*)\": ({'|'.join(map(re.escape, SENTENCES.values()))})\Z", re.DOTALL)


def left_open(reason: str, bound: Bound, words: str) -> str:
    """The reason with what the words leave open behind it."""
    return f'{reason}; the text says "{" ".join(words.split())[:_LONGEST]}": {SENTENCES[bound]}'


def open_in(reason: str) -> tuple[Bound, str] | None:
    """What a reason says is left open, and the words that say it; None where the number is exact."""
    told = _TOLD.search(reason)
    return next(((bound, told[1]) for bound, sentence in SENTENCES.items() if sentence == told[2]), None) if told is not None else None


def without_open(reason: str) -> str:
    """The reason alone."""
    return _TOLD.sub("", reason)
