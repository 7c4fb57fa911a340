"""The names of the months in every language of the lexicon, as a phrase book shared by the readers of numbers and days."""

from __future__ import annotations

from functools import cache

from sild.cores.extraction.fields.phrases import PhraseBook, lexicon


@cache
def month_names() -> PhraseBook[int]:
    """Month names and their inflected and short forms to 1..12."""
    table = lexicon("dates")["months"]
    return PhraseBook((str(form), int(number)) for language in table.values() for number, forms in language.items() for form in forms)
