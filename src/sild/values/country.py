"""Countries: one code for each, however a source writes it. Two capital letters of ISO 3166, as CLDR lists them."""

from __future__ import annotations

from functools import cache

from babel import Locale

CODE_LETTERS = 2
LANGUAGES = ("en", "uk", "et", "ru")
"""Languages whose names of countries are known."""
NO_COUNTRIES = ("XA", "XB", "ZZ")
"""Codes of CLDR for tests and for what is not known."""


@cache
def _names() -> dict[str, str]:
    """Codes by name, of every language; where two languages differ on a name, the first one has it."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if _is_code(str(code)):
                found.setdefault(str(name).casefold(), str(code))
    return found


@cache
def _codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale.parse("en").territories if _is_code(str(code)))


def _is_code(text: str) -> bool:
    return len(text) == CODE_LETTERS and text.isascii() and text.isalpha() and text not in NO_COUNTRIES


def country_called(name: str) -> str:
    """The code of a country by its name or its code: Estonia, Eesti, ee -> EE; "" for what is none."""
    told = " ".join(name.split())
    return told.upper() if told.upper() in _codes() else _names().get(told.casefold(), "")


def country_or_name(name: str) -> str:
    """The code where the name is a country's, else the name without needless spaces: nothing that a source said is lost."""
    return country_called(name) or " ".join(name.split())


def spellings(name: str) -> tuple[str, ...]:
    """All ways in which lists have kept this country: its code, its names, and what was asked for."""
    code = country_called(name)
    if not code:
        return (name,)
    names = (str(Locale.parse(language).territories.get(code, "")) for language in LANGUAGES)
    return tuple(dict.fromkeys((code, *(one for one in names if one), name)))
