"""A word is found in every case and ending that the stems know, in both scripts, and is not taken for another word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.kernel.words import LONGEST_READ, LONGEST_WORD, MOST_ASKED, MOST_WORDS, asked_for, forms_of, words_of

SAME = [
    ("ліцензії", "ліцензій"),
    ("навчання", "навчань"),
    ("сервери", "серверів"),
    ("Міністерство", "міністерства"),
    ("здоров’я", "здоров'ю"),
    ("кібербезпека", "кібербезпеки"),
    ("обладнання", "обладнанням"),
    ("ноутбуки", "ноутбуків"),
    ("licences", "licence"),
    ("routers", "ROUTER"),
    ("trainings", "training"),
    ("litsentsid", "litsentsi"),
    ("ruuterit", "ruuterid"),
    ("koolitus", "koolituse"),
    ("serwerów", "serwery"),
    ("licencji", "licencje"),
]
OTHERS = [("сервер", "сервіс"), ("server", "service"), ("router", "routing"), ("licence", "leave"), ("мережа", "медик")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_endings_of_a_word_share_a_form(one: str, other: str) -> None:
    assert set(forms_of(one)) & set(forms_of(other))


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_words_share_none(one: str, other: str) -> None:
    assert not set(forms_of(one)) & set(forms_of(other))


def test_a_text_without_words_asks_for_nothing() -> None:
    assert asked_for("  – … !? ") == []
    assert words_of(["", "—"]) == []


def test_hostile_length_is_cut() -> None:
    assert all(len(form) <= LONGEST_WORD for form in forms_of("x" * 10_000))
    assert len(words_of([" ".join(f"w{number}" for number in range(5000))])) <= MOST_WORDS * 8
    assert len(asked_for(" ".join(f"w{number}" for number in range(500)))) == MOST_ASKED


@given(st.text(max_size=80))
def test_a_text_is_found_by_each_of_its_own_words(text: str) -> None:
    kept = set(words_of([text]))
    assert all(kept & set(forms) for forms in asked_for(text))


@given(st.text(max_size=80))
def test_forms_hold_nothing_but_small_latin_letters_and_digits(text: str) -> None:
    """A form can neither end a list of terms nor pass for a reader (@) or a value (=)."""
    assert all(form.isascii() and form.isalnum() and form == form.lower() for form in words_of([text]))


def test_a_line_of_a_million_letters_is_found_by_its_beginning_and_costs_no_more_than_a_word() -> None:
    forms_of.cache_clear()
    assert words_of(["a" * 1_000_000]) == words_of(["a" * LONGEST_READ])
    assert asked_for("a" * 1_000_000) == asked_for("a" * LONGEST_READ)
    assert forms_of.cache_info().currsize == 1
