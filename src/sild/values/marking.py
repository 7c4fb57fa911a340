"""Marking: how far a record may travel, as an ordered value (Traffic Light Protocol 2.0, FIRST, August 2022).

A record made from others is marked at least as high as the highest of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Marking(IntEnum):
    """The five labels of TLP 2.0, from the most open to the most closed."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def label(self) -> str:
        """The label as TLP 2.0 writes it, such as TLP:AMBER+STRICT."""
        return "TLP:" + self.name.replace("_", "+")

    @classmethod
    def parse(cls, text: str) -> Marking:
        """Read "TLP:AMBER+STRICT", "amber", "TLP: WHITE" (the 1.0 name of CLEAR). Raises ValueError on anything else."""
        word = text.strip().upper().removeprefix("TLP").lstrip(": -").replace("+", "_").replace(" ", "_").replace("__", "_")
        word = {"WHITE": "CLEAR"}.get(word, word)
        try:
            return cls[word]
        except KeyError:
            raise ValueError(f"{text!r} is not a TLP 2.0 label (CLEAR, GREEN, AMBER, AMBER+STRICT, RED)") from None


def highest(markings: Iterable[Marking], default: Marking = Marking.AMBER) -> Marking:
    """The marking of something made from records so marked; `default` where there are none."""
    return max(markings, default=default)
