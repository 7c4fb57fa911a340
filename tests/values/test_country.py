"""Countries have one code each, however they are written."""

from __future__ import annotations

import pytest

from sild.values.country import country_called, country_or_name, spellings


@pytest.mark.parametrize("told", ["EE", "ee", "Estonia", " estonia ", "Eesti", "Естонія"])
def test_a_country_has_one_code_however_it_is_written(told: str) -> None:
    assert country_called(told) == "EE"


@pytest.mark.parametrize("told", ["", "Europe", "NATO", "ZZ", "150"])
def test_what_is_no_country_has_no_code_and_keeps_its_name(told: str) -> None:
    assert (country_called(told), country_or_name(told)) == ("", told)


def test_a_country_is_looked_for_under_all_that_lists_have_kept() -> None:
    assert {"EE", "Estonia", "Естонія"} <= set(spellings("Eesti"))
    assert spellings("NATO") == ("NATO",)
