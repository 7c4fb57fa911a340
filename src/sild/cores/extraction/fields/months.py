"""The names of the months in every language of the lexicon, as a phrase book shared by the readers of numbers and days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache

from sild.cores.extraction.fields.phrases import PhraseBook, lexicon


@cache
def month_names() -> PhraseBook[int]:
    """Month names and their inflected and short forms to 1..12."""
    table = lexicon("dates")["months"]
    return PhraseBook((str(form), int(number)) for language in table.values() for number, forms in language.items() for form in forms)


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
