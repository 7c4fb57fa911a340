"""Long and hostile texts: what the readers do grows no faster than the text."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from time import process_time

import pytest

from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.fields.changes import find_change
from sild.cores.extraction.fields.conditions import find_channel, find_conditions
from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.fields.found import Found
from sild.cores.extraction.fields.languages import language_of
from sild.cores.extraction.fields.markings import find_classification_line, find_marking
from sild.cores.extraction.fields.numbers import find_numbers
from sild.cores.extraction.fields.pieces import LONGEST, pieces_of
from sild.cores.extraction.fields.quantities import best_quantity, find_quantities
from sild.cores.extraction.fields.references import find_reference
from sild.cores.extraction.fields.single_service import find_single_service
from sild.cores.extraction.fields.urgency import find_urgency

SENT = date(2026, 1, 20)
LETTERS = 2 * LONGEST
TIMES = 4
MOST = 2 * TIMES  # a quadratic reader needs TIMES * TIMES
IDLE = 0.15  # seconds of the processor below which a ratio says nothing
INDEX = BodyIndex(
    [Body("Ministry of Health of Ukraine", ("МОЗ", "MoH"), "UA", "recipient-body"), Body("Poland", ("Польща",), "PL", "donor-state")]
)
READERS: dict[str, Callable[[str], object]] = {
    "bodies": INDEX.find_all,
    "a cell's body": INDEX.resolve,
    "quantities": find_quantities,
    "best quantity": best_quantity,
    "single service": find_single_service,
    "dates": lambda text: find_dates(text, SENT),
    "references": find_reference,
    "conditions": find_conditions,
    "channel": find_channel,
    "urgency": find_urgency,
    "changes": find_change,
    "language": language_of,
    "marking": find_marking,
    "classification": find_classification_line,
}
HOSTILE = (
    "x", "ж", "жa", "1", "le", "hundert", "A.", "a@", "1.", "a-1-", "№1/", "(", "\n ", "1 2 ", "EUR 5 ", "12 laptops ", "до 1 березня ",
    "МОЗ Польща ", "терміново ", "не для ЗСУ ", "Міністерство охорони здоров'я просить 12 ноутбуків до 1 березня. ",
)  # fmt: skip


def seconds(reader: Callable[[str], object], unit: str, letters: int) -> float:
    """The least of three runs, each on a text that no cache has seen: what disturbs a run only ever adds to it."""
    times = []
    for run in range(3):
        text = "We request " + unit * (letters // len(unit)) + " laptops" + " " * run
        gc.collect()
        start = process_time()
        reader(text)
        times.append(process_time() - start)
    return min(times)


@pytest.mark.slow  # it weighs processor time against processor time, which a busy machine can disturb
@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_costs_about_four_times_as_much(name: str) -> None:
    READERS[name]("We request 12 laptops")
    for unit in HOSTILE:
        small, large = seconds(READERS[name], unit, LETTERS), seconds(READERS[name], unit, TIMES * LETTERS)
        if large > IDLE:
            assert large <= MOST * small, f"{name} of {unit!r}: {small:.2f} s, then {large:.2f} s"


def test_an_alias_of_many_letters_is_learned_and_found() -> None:
    index = BodyIndex([Body("Long", ("Ж" * 200_000,), "UA", "recipient-body")])
    assert [hit.name for hit in index.find("Просить МОЗ")] == []


@pytest.mark.parametrize("text", ["", "x" * (3 * LONGEST + 1), "a b. " * LONGEST, "\n\n" * LONGEST])
def test_pieces_are_the_text_and_none_is_too_long(text: str) -> None:
    pieces = pieces_of(text)
    assert "".join(piece for _, piece in pieces) == text
    assert all(text[at : at + len(piece)] == piece and len(piece) <= LONGEST for at, piece in pieces)


def test_offsets_in_a_long_text_are_those_of_the_whole_text() -> None:
    text = "МОЗ просить 12 ноутбуків до 1 березня, лише для цивільних, терміново, 5000 EUR, № 24-04/5. " * (2 * LONGEST // 80)
    found: list[Found] = [
        *find_numbers(text),
        *find_quantities(text),
        *find_dates(text, SENT),
        *INDEX.find_all(text),
        *find_conditions(text),
    ]
    found += find_reference(text)
    assert len(found) > LONGEST // 80
    assert all(text[hit.start : hit.end] == hit.verbatim for hit in found)
    last = find_quantities(text)[-1]
    assert text[last.unit_start : last.unit_end].startswith("ноутбук") or last.unit is None
