"""How an incident touches a norm, as data."""

from __future__ import annotations

from enum import StrEnum


class NormTouch(StrEnum):
    """What a person says: it goes against the norm, handling it keeps the norm, or it is an open question whether it does."""

    AGAINST = "against-norm"
    KEEPS = "keeps-norm"
    OPEN = "open-norm"
