"""The Ukrainian catalogue has one word for each thing of the desk, sets signs as Ukrainian does, and whole words in every plural form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).resolve().parents[2] / "src" / "sild" / "web" / "locale" / "uk" / "LC_MESSAGES" / "django.po"
LETTER = "[А-ЩЬЮЯҐЄІЇа-щьюяґєії]"


def _said() -> Iterator[tuple[str, str]]:
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, locale="uk", domain="django"):
            if message.id:
                told = message.id if isinstance(message.id, str) else message.id[0]
                for string in message.string if isinstance(message.string, list | tuple) else [message.string]:
                    yield told, string


SAID = list(_said())


@pytest.mark.parametrize(
    ("other_words", "instead"),
    [
        (r"відсік|закрит\w+ кімнат", "закрите коло: compartment"),
        (r"ліцензійн\w+ справ", "справа про ліцензію: licence case"),
        (r"орган\w* ліцензування", "орган експортного контролю: licensing authority"),
        (r"контакт\w* з питань ліцензій", "відповідальний за ліцензії: licence liaison"),
        (r"\bсхвал", "погодити, погодження: endorse"),
        (r"зобов’язано", "взято зобов’язання: committed"),
        (r"\bофіцер|\bслужбовець|\bпрацівник", "посадова особа: officer"),
        (r"\bпульт|\bбюро\b", "система (desk), офіс (office)"),
        (r"\bробітник", "фоновий процес: worker"),
        (r"\bпозначк", "маркування: marking"),
        (r"гриф\w* секретності", "гриф обмеження доступу: classification line"),
        (r"\bочіку\w* на\b", "чекає на: waits for"),
        (r"\(-ла\)|\(-ця\)", "a form without gender, such as -но, -то"),
    ],
)
def test_one_thing_has_one_word(other_words: str, instead: str) -> None:
    found = [string for _, string in SAID if re.search(other_words, string, re.IGNORECASE)]
    assert found == [], f"say {instead} (docs/reference/ukrainian-terms.md)"


def test_apostrophes_quotation_marks_and_dashes_are_ukrainian() -> None:
    assert [string for _, string in SAID if re.search(f"{LETTER}['`ʼ]{LETTER}", string)] == [], "the apostrophe is ’"
    assert [string for _, string in SAID if re.search("[“”„]", string)] == [], "quotation marks are «»"
    assert [string for _, string in SAID if re.search(f"{LETTER} – {LETTER}", string)] == [], "— stands between words, – between numbers"


def test_a_text_is_no_single_letter() -> None:
    # a word given as three plural forms falls apart into its letters
    assert [(told, string) for told, string in SAID if re.fullmatch(LETTER, string.strip()) and len(told) > 2] == []
