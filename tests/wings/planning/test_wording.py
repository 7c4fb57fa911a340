"""A plan's sentences name needs and offers as the reader's language joins and quotes."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from sild.wings.planning.reads.wording import in_words, record_in_words


@pytest.mark.parametrize(
    ("kept", "english", "ukrainian"),
    [
        ("“laptops” by Sweden", "“laptops” by Sweden", "«laptops» (Sweden)"),
        ("“laptops” for Odesa City Council", "“laptops” for Odesa City Council", "«laptops» (Odesa City Council)"),
        ("“keys “FIDO2” by post” by Sweden", "“keys “FIDO2” by post” by Sweden", "«keys “FIDO2” by post» (Sweden)"),
        ("“laptops”", "“laptops”", "«laptops»"),
        ("Odesa City Council", "Odesa City Council", "Odesa City Council"),
        ("", "", ""),
    ],
)
def test_a_record_is_named_in_the_readers_language(kept: str, english: str, ukrainian: str) -> None:
    with override("en"):
        assert record_in_words(kept) == english
    with override("uk"):
        assert record_in_words(kept) == ukrainian


def test_a_sentence_holds_the_name_so() -> None:
    said = {"text": "{offer}: {amount} more", "with": {"offer": "“laptops” by Sweden", "amount": "5"}}
    with override("uk"):
        assert in_words(said) == "«laptops» (Sweden): ще 5."
