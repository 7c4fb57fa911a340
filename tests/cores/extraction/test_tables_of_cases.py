"""Tables of cases that a domain expert can extend: sentences by what they do, things by their words, whole letters, foreign sheets.

One test for each language, letter or sheet, which names every case that is misread.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.method.mentions import head_of, mentions

WRITERS = {"needy": "Brody Regional Office", "giver": "Norland", "firm": "Kettel Systems Ltd"}


def table(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))


TURNS: dict[str, list[Any]] = table("turns")
WORDS: dict[str, dict[str, list[str]]] = table("words")
RARER_WORDS: dict[str, list[str]] = table("rarer_words")
WORDINGS: dict[str, dict[str, list[str]]] = table("wordings")
SEVERAL: list[tuple[str, str, list[str]]] = table("several")
LAPTOPS = {
    "en": "14 laptops", "uk": "14 ноутбуків", "et": "14 sülearvutit", "pl": "14 laptopów", "de": "14 Notebooks",
    "fr": "14 ordinateurs portables", "sv": "14 bärbara datorer",
}  # fmt: skip
LETTERS: list[dict[str, Any]] = table("letters")
SHEETS: list[dict[str, Any]] = table("sheets")


def said(lines: Any) -> list[list[Any]]:
    return [[line.kind, line.category, None if line.quantity is None else int(line.quantity)] for line in lines]


@pytest.mark.parametrize("language", sorted(TURNS))
def test_sentences_say_what_they_do(desk: Any, language: str) -> None:
    read = [(text, said(desk.mail(text, sender=WRITERS[who]).lines), lines) for who, text, lines in TURNS[language]]
    assert [case for case in read if case[1] != case[2]] == []


@pytest.mark.parametrize("category", sorted(WORDS))
def test_things_are_known_by_their_words_in_seven_languages(category: str) -> None:
    assert set(WORDS[category]) == {"en", "uk", "et", "pl", "de", "fr", "sv"}
    heads = [(language, word, head_of(mentions(word))) for language, words in WORDS[category].items() for word in words]
    assert [(language, word) for language, word, head in heads if head is None or head.item.category != category] == []


@pytest.mark.parametrize("category", sorted(RARER_WORDS))
def test_things_are_known_by_rarer_words_too(category: str) -> None:
    heads = [(word, head_of(mentions(word))) for word in RARER_WORDS[category]]
    assert [word for word, head in heads if head is None or head.item.category != category] == []


@pytest.mark.parametrize("kind", sorted(WORDINGS))
def test_whoever_writes_the_wording_tells_who_asks_and_who_gives(desk: Any, kind: str) -> None:
    told = [(language, w.replace("{}", LAPTOPS[language])) for language, wordings in WORDINGS[kind].items() for w in wordings]
    assert [
        text for _, text in told if said(desk.mail(text[0].upper() + text[1:], sender=None).lines) != [[kind, "end-user-devices", 14]]
    ] == []


def test_a_sentence_of_several_things_holds_a_line_for_each(desk: Any) -> None:
    read = [(text, said(desk.mail(text, sender=WRITERS[who]).lines), categories) for who, text, categories in SEVERAL]
    assert [case for case in read if sorted(str(category) for _, category, _ in case[1]) != sorted(case[2])] == []


@pytest.mark.parametrize("letter", [pytest.param(letter, id=f"{letter['who']}: {letter['subject']}") for letter in LETTERS])
def test_a_letter_holds_its_lines_and_no_others(desk: Any, letter: dict[str, Any]) -> None:
    read = desk.mail(*letter["text"], sender=WRITERS.get(letter["who"]), subject=letter["subject"])
    assert sorted(said(read.lines), key=str) == sorted(letter["lines"], key=str)


@pytest.mark.parametrize("sheet", [pytest.param(sheet, id=" ".join(sheet["rows"][0])[:50]) for sheet in SHEETS])
def test_a_foreign_sheet_is_read_row_by_row(desk: Any, sheet: dict[str, Any]) -> None:
    read = desk.sheet(*(tuple(row) for row in sheet["rows"]), sender=WRITERS[sheet["who"]])
    found = [[*one, line.beneficiary] for one, line in zip(said(read.lines), read.lines, strict=True)]
    wanted = [[*line[:3], line[3] or one[3]] for line, one in zip(sorted(sheet["lines"], key=str), sorted(found, key=str), strict=False)]
    assert sorted(found, key=str) == wanted
