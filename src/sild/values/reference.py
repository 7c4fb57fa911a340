"""The reference of a message: six random signs and a check sign, that a person can read out, copy by hand and type in any case.

No signs that look alike (0 and O, 1 and I, 2 and Z, 5 and S, 6 and G, 8 and B), at least one digit and one letter, so that no word is one.
The check sign is a weighted sum modulo the prime 23: one wrong sign and two swapped neighbours are always noticed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

SIGNS = "34679ACDEFHJKMNPQRTVWXY"
LENGTH = 6
_VALUE = {sign: value for value, sign in enumerate(SIGNS)}
# a keyboard that stands on Cyrillic gives signs that look the same; people do not see the difference
_ALIKE = str.maketrans("АВСЕНКМРТХУасеркмтху", "ABCEHKMPTXYACEPKMTXY")
_CANDIDATE = re.compile(r"(?<![\w@./=-])([0-9A-Za-zА-Яа-я]{3})-?([0-9A-Za-zА-Яа-я]{4})(?![\w@=-])")
_LONGEST_TEXT = 200_000
MOST_FOUND = 20


def new_reference(draw: Callable[[str], str]) -> str:
    """A fresh reference; `draw` gives one sign of those it is handed, at random and so that nobody can foretell it."""
    while True:
        drawn = "".join(draw(SIGNS) for _ in range(LENGTH))
        if any(sign.isdigit() for sign in drawn) and any(sign.isalpha() for sign in drawn):
            return drawn + check_sign(drawn)


def check_sign(drawn: str) -> str:
    """The check sign of six signs."""
    return SIGNS[sum(place * _VALUE[sign] for place, sign in enumerate(drawn, 1)) % len(SIGNS)]


def spelled(reference: str) -> str:
    """The reference as it is shown: three signs, a dash, four signs; "" for none."""
    return f"{reference[:3]}-{reference[3:]}" if reference else ""


def parsed(text: str) -> str | None:
    """The reference that somebody typed, in any case, with or without dash and spaces; None where it is none."""
    plain = re.sub(r"[\s-]", "", text.translate(_ALIKE)).upper()
    if len(plain) != LENGTH + 1 or any(sign not in _VALUE for sign in plain):
        return None
    drawn = plain[:LENGTH]
    mixed = any(sign.isdigit() for sign in drawn) and any(sign.isalpha() for sign in drawn)
    return plain if mixed and plain[LENGTH] == check_sign(drawn) else None


def references_in(text: str) -> tuple[str, ...]:
    """What may be references in a text, in its order, each once; at most twenty. Whether one was ever given, the register knows."""
    found: dict[str, None] = {}
    for told in _CANDIDATE.finditer(text[:_LONGEST_TEXT]):
        reference = parsed(told[1] + told[2])
        if reference is not None:
            found[reference] = None
        if len(found) == MOST_FOUND:
            break
    return tuple(found)
