"""The method: names taken apart, found by their words, compared in full."""

from sild.cores.screening.method.index import ListIndex
from sild.cores.screening.method.screening import screen, screen_against

__all__ = ["ListIndex", "screen", "screen_against"]
