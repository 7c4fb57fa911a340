"""Numbers in words, in the seven languages."""

from __future__ import annotations

import pytest

from sild.cores.linkage.method.folding import words
from sild.cores.linkage.method.numerals import spelled


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("двісті сорок ноутбуків, двадцять три для лікарні", "uk", {240, 23}),
        ("просимо три генератори, а не один", "uk", {3}),
        ("two thousand four hundred and five people", "en", {2405}),
        ("zweiundvierzig Router, zweihundertfünfzig Karten", "de", {42, 250}),
        ("kahesaja neljakümnele õele, kolmteist arvutit", "et", {240, 13}),
        ("dwustu czterdziestu laptopów", "pl", {240}),
        ("quatre-vingt-dix postes et soixante-douze clés, mille deux cents cartes", "fr", {90, 72, 1200}),
        ("tusen fyrahundra tjugotre licenser", "sv", {1423}),
        ("seven more, three are not enough", None, {7, 3}),
        ("a letter of " + "hundert" * 5_000, "de", set()),
        ("nothing is counted here", "en", set()),
    ],
)
def test_numbers_in_words_are_read(text: str, language: str | None, numbers: set[int]) -> None:
    assert spelled(words(text), language) == numbers
