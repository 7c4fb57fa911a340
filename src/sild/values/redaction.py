"""Redaction: words are blotted out with as many signs as they had, so that every other place in the text stays where it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

BLOT = "█"
SHORTEST = 4
"""A shorter word stands in too many others to be blotted out everywhere."""


def pattern_of(words: Sequence[str]) -> re.Pattern[str]:
    """What finds the words in any case. Raises ValueError for none, and for one that is too short."""
    told = sorted({word.strip() for word in words if word.strip()}, key=len, reverse=True)
    if not told:
        raise ValueError("name at least one word")
    short = next((word for word in told if len(word) < SHORTEST), None)
    if short is not None:
        raise ValueError(f"{short!r} is too short: it stands in too many other words. Give at least {SHORTEST} signs")
    return re.compile("|".join(re.escape(word) for word in told), re.IGNORECASE)


def redacted(value: Any, pattern: re.Pattern[str]) -> Any:
    """The value, a text or plain data, with the words blotted out; keys of mappings stay."""
    if isinstance(value, str):
        return pattern.sub(lambda found: BLOT * len(found.group()), value)
    if isinstance(value, Mapping):
        return {key: redacted(inner, pattern) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(inner, pattern) for inner in value]
    return value
