"""References: typed in any way they are the same, and a slip of the pen is no other message's."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.values.reference import LENGTH, SIGNS, new_reference, parsed, references_in, spelled

CHANCE = random.Random(7)
MANY = sorted({new_reference(CHANCE.choice) for _ in range(300)})


@pytest.mark.parametrize("write", [str.lower, spelled, lambda text: f" {text[:3]} {text[3:]} ", lambda text: spelled(text).lower()])
def test_however_it_is_typed_it_is_the_same(write: object) -> None:
    assert all(parsed(write(reference)) == reference for reference in MANY)  # type: ignore[operator]  # one of the ways above


def test_signs_of_a_cyrillic_keyboard_that_look_the_same_are_the_same() -> None:
    for reference in MANY:
        assert parsed(reference.translate(str.maketrans("ACEHKMPTX", "АСЕНКМРТХ"))) == reference


def test_one_wrong_sign_or_two_swapped_neighbours_are_always_noticed() -> None:
    for reference in MANY[:60]:
        for place in range(LENGTH + 1):
            wrong = {reference[:place] + sign + reference[place + 1 :] for sign in SIGNS} - {reference}
            assert all(parsed(one) is None for one in wrong)
            swapped = reference[:place] + reference[place : place + 2][::-1] + reference[place + 2 :]
            assert swapped == reference or parsed(swapped) is None


def test_it_is_found_in_a_subject_and_a_sentence_and_nowhere_else() -> None:
    reference = MANY[0]
    for text in (f"Re: [{spelled(reference)}] received", f"to your {reference.lower()}, thank you", f"номер {spelled(reference)}."):
        assert references_in(text) == (reference,)
    for text in (
        f"x{reference}",
        f"{reference}9",
        f"https://a.example/{reference}",
        f"{reference}@a.example",
        "COMMIT 200 laptops, TRAFFIC",
    ):
        assert references_in(text) == ()


@given(st.text(max_size=400))
def test_any_text_holds_only_what_could_have_been_given(text: str) -> None:
    assert all(parsed(found) == found for found in references_in(text))


def test_it_holds_a_digit_and_a_letter_so_that_no_word_is_one() -> None:
    assert all(any(sign.isdigit() for sign in one[:6]) and any(sign.isalpha() for sign in one[:6]) for one in MANY)
    assert len(MANY) == 300, "drawn at random, they do not repeat"
