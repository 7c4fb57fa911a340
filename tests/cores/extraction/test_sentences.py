"""Single sentences in every language, from a table that a domain expert can extend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "sentences.yaml").read_text(encoding="utf-8"))
WRITERS = {"needy": "Brody Regional Office", "giver": "Norland", "firm": "Kettel Systems Ltd"}
CASES = [pytest.param(*row, id=f"{language}: {row[1]}") for language, rows in TABLE.items() for row in rows]


@pytest.mark.parametrize(("who", "text", "lines"), CASES)
def test_a_sentence_says_what_a_person_reads_in_it(desk: Any, who: str, text: str, lines: list[list[Any]]) -> None:
    read = desk.mail(text, sender=WRITERS[who]).lines
    assert [[line.kind, line.category, None if line.quantity is None else int(line.quantity)] for line in read] == lines


KINDS: dict[str, dict[str, list[str]]] = yaml.safe_load((Path(__file__).parent / "cases" / "categories.yaml").read_text(encoding="utf-8"))
ASKING = {
    "en": "We need {}.", "uk": "Просимо надати {}.", "et": "Palume {}.", "pl": "Prosimy o {}.", "de": "Wir benötigen {}.",
    "fr": "Nous demandons {}.", "sv": "Vi behöver {}.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("category", "language"), [(category, language) for category, languages in KINDS.items() for language in languages]
)
def test_a_thing_falls_into_its_category_in_every_language(desk: Any, category: str, language: str) -> None:
    for phrase in KINDS[category][language]:
        read = desk.mail(ASKING[language].format(phrase)).lines
        assert [line.category for line in read] == [category], phrase


QUIET: list[list[str]] = yaml.safe_load((Path(__file__).parent / "cases" / "quiet.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("who", "subject", "text"), [pytest.param(*row, id=row[1]) for row in QUIET])
def test_a_message_that_neither_asks_nor_offers_holds_no_line(desk: Any, who: str, subject: str, text: str) -> None:
    assert desk.mail(text, subject=subject, sender=WRITERS.get(who)).lines == ()
