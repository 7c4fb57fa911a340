"""A range, "at least", "up to" and "about" are told with the number, in every language; nothing of it is lost on the way to a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.quantities import best_quantity
from sild.cores.extraction.inexact import SUREST, left_open, open_in, without_open
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.formats import read_document
from sild.wings.intake.rules import doubts_of

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "open_numbers.yaml").read_text(encoding="utf-8"))
LANGUAGES = ("uk", "en", "et", "pl", "de", "fr", "sv")
ROWS = [(language, *row) for language in LANGUAGES for row in CASES[language]]
INDEX = BodyIndex([])


def _read(text: str) -> Any:
    head = "From: a@mail.example\r\nSubject: x\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\n"
    mail = f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    return extract(ExtractionProblem(document=read_document("m.eml", mail.encode()), bodies=INDEX)).lines


@pytest.mark.parametrize(("language", "phrase", "number", "bound"), ROWS, ids=lambda value: str(value))
def test_the_number_tells_what_it_leaves_open(language: str, phrase: str, number: int, bound: str) -> None:
    found = best_quantity(phrase)
    assert found is not None
    assert (found.value, found.number.bound) == (number, bound)
    assert all(part in phrase for part in found.number.told.split())


@pytest.mark.parametrize("phrase", CASES["exact"])
def test_what_is_exact_is_not_called_open(phrase: str) -> None:
    found = best_quantity(phrase)
    assert found is not None and found.number.bound is None


@pytest.mark.parametrize(("language", "phrase", "number", "bound"), ROWS, ids=lambda value: str(value))
def test_the_line_says_it_and_is_trusted_less(language: str, phrase: str, number: int, bound: str) -> None:
    before, behind = CASES["asks"][language]
    (line,) = _read(f"{before}{phrase}{behind}")
    amount = line.fields["quantity"]
    told = open_in(amount.reason)
    assert line.quantity == number and told is not None and told[0] == bound
    assert amount.confidence <= SUREST
    assert bound in {doubt.code for doubt in doubts_of("request", {"quantity": number}, {}, [], amount.reason)}


def test_an_exact_number_and_what_a_change_reaches_are_not_open() -> None:
    (line,) = _read("We ask for 20 laptops.")
    assert open_in(line.fields["quantity"].reason) is None and line.fields["quantity"].confidence > SUREST


def test_the_reason_keeps_its_own_words_beside_what_is_open() -> None:
    reason = left_open('the form\'s field "How many"', "range", "10-15")
    assert open_in(reason) == ("range", "10-15")
    assert without_open(reason) == 'the form\'s field "How many"'
