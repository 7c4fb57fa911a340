"""How many examples are drawn where properties are tried: a third in `make test`, all of them in `make test-all`."""

from __future__ import annotations

FEWEST = 20
few = False
"""Whether the long sets are left out of this run; said before the tests are collected."""


def drawn(examples: int) -> int:
    """All of so many examples, or a third of them, and never fewer than 20 of those that there are."""
    return min(examples, max(examples // 3, FEWEST)) if few else examples
