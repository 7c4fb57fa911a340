"""The desk's words for values as wings ask for them: one door to the tables that the templates use (see kernel/said)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from django.utils.translation import get_language

from sild.web.acts import act_in_words
from sild.web.labels import category_label, label_of
from sild.web.templatetags.desk import amount, day
from sild.web.units import counted


class DeskSayings:
    """Words in the language that is active."""

    def label(self, value: str, kind: str) -> str:
        """The words of a value."""
        return label_of(value, kind) if value else ""

    def act(self, name: str) -> str:
        """The words of an act."""
        return act_in_words(name)

    def category(self, code: str) -> str:
        """The name of a category."""
        return category_label(code, get_language() or "en") if code else ""

    def unit(self, name: str, quantity: Decimal | None) -> str:
        """A unit after a quantity."""
        return counted(name, quantity)

    def amount(self, number: Decimal) -> str:
        """A number."""
        return amount(number)

    def day(self, when: date) -> str:
        """A day."""
        return day(when)

    def month(self, when: date) -> str:
        """A month of a year, short."""
        return str(format_date(when, "LLL y", locale=Locale.parse((get_language() or "en").replace("-", "_"))))
