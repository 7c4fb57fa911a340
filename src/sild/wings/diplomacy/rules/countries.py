"""Countries by their English names, as mechanism files and public sources write them."""

from __future__ import annotations

from functools import cache

from babel import Locale

CODE_LETTERS = 2


@cache
def _codes() -> dict[str, str]:
    return {str(name).casefold(): str(code) for code, name in Locale.parse("en").territories.items() if len(str(code)) == CODE_LETTERS}


def country_called(name: str) -> str:
    """The code of a country by its English name: Estonia -> EE; "" for a name that is none."""
    return _codes().get(name.strip().casefold(), "")
