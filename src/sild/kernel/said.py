"""How values are said in the reader's language, for pictures and papers that wings make: the words themselves are the desk's.

The house has one table of words, above the wings; the settings name who reads it (SAYINGS), so that no wing leans upward.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from sild.formats.drawing.shapes import Wording


class Sayings(Protocol):
    """What a value is called in the language that is active now."""

    def label(self, value: str, kind: str) -> str:
        """The words of a state, role, kind or relation; `kind` says of what."""

    def act(self, name: str) -> str:
        """What an act is called, such as "ruled at a gate"; an act that has no words keeps its name."""

    def category(self, code: str) -> str:
        """The name of a category of assistance, "" for none."""

    def unit(self, name: str, quantity: Decimal | None) -> str:
        """What a quantity counts, in the form that the number asks for."""

    def amount(self, number: Decimal) -> str:
        """A number as the language writes it."""

    def day(self, when: date) -> str:
        """15 Dec 2026."""

    def month(self, when: date) -> str:
        """Dec 2026, of any day of that month."""


@cache
def said() -> Sayings:
    """Who says it."""
    return cast("Sayings", import_string(settings.SAYINGS)())


def wording(title: str, summary: str) -> Wording:
    """The words that every picture needs."""
    sayings = said()
    # the place stays: the builder knows how many there are
    others = _("{count} others")
    return Wording(title=title, summary=summary, others=others, number=sayings.amount, month=sayings.month, day=sayings.day)
