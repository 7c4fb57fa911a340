"""A word that only opens a sentence is no part of a body's name, in any language; a name that opens a sentence stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.body_elements import elements_of

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "openings.yaml").read_text(encoding="utf-8"))
LANGUAGES = ("en", "uk", "et", "pl", "de", "fr", "sv")
TELLING = 0.45  # below it a body is a mere hint
INDEX = BodyIndex([])


def _named(text: str) -> list[str]:
    return [body.name for body in INDEX.find_all(text) if body.score > TELLING]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_ask_offer_or_courtesy_before_a_kind_of_body_makes_a_name(language: str) -> None:
    openings, bodies = CASES[language]["openings"], CASES[language]["bodies"]
    texts = [f"{opening} {body}" for opening in openings for body in bodies]
    assert {text: _named(text) for text in texts if _named(text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_wherever_a_sentence_point_or_subject_begins(language: str) -> None:
    body = CASES[language]["bodies"][0]
    texts = [f"{place}{opening} {body}" for place in CASES["places"] for opening in CASES[language]["openings"]]
    assert {text: _named(text) for text in texts if _named(text)} == {}


@pytest.mark.parametrize(("text", "name"), [*CASES["names"], *CASES["firms"]], ids=lambda value: value)
def test_a_name_that_begins_a_sentence_stays_whole(text: str, name: str) -> None:
    assert _named(text) == [name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_opening_sounds_like_a_town_or_state(language: str) -> None:
    found = {word: [e.key for e in elements_of(word) if e.kind in ("place", "country")] for word in CASES[language]["openings"]}
    assert {word: keys for word, keys in found.items() if keys} == {}


def test_the_table_holds_asks_and_offers_of_every_language() -> None:
    assert all(len(CASES[language]["openings"]) >= 25 and len(CASES[language]["bodies"]) >= 6 for language in LANGUAGES)
