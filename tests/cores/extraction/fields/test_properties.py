"""What holds for any text: offsets are verbatim, nothing raises, a formatted number comes back, lexicons are sound."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drawing import drawn

from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.fields.changes import find_change_spans
from sild.cores.extraction.fields.conditions import find_channel, find_conditions
from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.fields.folding import fold, read
from sild.cores.extraction.fields.found import Found
from sild.cores.extraction.fields.languages import language_of, languages
from sild.cores.extraction.fields.markings import find_classification_line, find_marking
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.numbers import find_numbers
from sild.cores.extraction.fields.phrases import lexicon
from sild.cores.extraction.fields.quantities import best_quantity, find_quantities, read_quantity_cell
from sild.cores.extraction.fields.references import find_reference
from sild.cores.extraction.fields.single_service import find_single_service
from sild.cores.extraction.fields.transliteration import kmu55
from sild.cores.extraction.fields.units import unit_of
from sild.cores.extraction.fields.urgency import find_urgency

INDEX = BodyIndex(
    [
        Body("Sumy Regional Military Administration", ("Сумська ОВА", "Sumy RMA"), "UA", "recipient-body"),
        Body("Ministry of Health of Ukraine", ("МОЗ", "MoH"), "UA", "recipient-body"),
        Body("Poland", ("Польща",), "PL", "donor-state"),
    ]
)
WORDS = (
    "1 200|2,5|12–15|(|)|триста|кВт|до|1 березня|2026|№|24-04/5|EUR|TLP:AMBER|Сумська ОВА|МОЗ|laptops|a dozen|zwölf|quatre-vingts|sada|"
    "лише|області|\n|. |, |терміново|x|20TB|Fundacja|GmbH|«|»|'|з|замість|from|instead of|half a|Mio.|per day|шт|лікарня|№ 4|of|Kharkiv"
)
PIECES = st.sampled_from([*WORDS.split("|"), " | "])
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join))


def everything(text: str) -> list[Found]:
    """All that the readers find, after calling each of them."""
    find_channel(text), find_classification_line(text), language_of(text), unit_of(text), fold(text)
    single = [find_marking(text), find_urgency(text), find_single_service(text), best_quantity(text), read_quantity_cell(text, text)]
    change = find_change_spans(text) or ()
    many = [find_numbers(text), find_quantities(text), find_dates(text, date(2026, 1, 20)), find_money(text), find_reference(text)]
    resolved = INDEX.resolve(text)
    return [
        *(hit for hit in single if hit is not None),
        *change,
        *(hit for hits in many for hit in hits),
        *find_conditions(text),
        *INDEX.find_all(text),
        *([resolved] if resolved else []),
    ]


@settings(max_examples=drawn(250), deadline=None)
@given(TEXTS)
def test_whatever_is_found_stands_in_the_text_word_for_word(text: str) -> None:
    for hit in everything(text):
        assert 0 <= hit.start <= hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.verbatim
        assert 0 <= hit.confidence <= 1


HOSTILE = [
    *("", " ", "\n" * 50, "(" * 300, "1" * 400, "1.1" * 200, "№" * 100, "a@" * 100, "\ud800", "İ" * 20, "٣٤ ноутбуки", "½ TB", "²³ ¹"),
    *("e\u0301" * 30, "TLP:" * 60, "«" * 90, "від " * 200, "10-" * 200, "Міністерство " * 100, "1 " * 300, "dix " * 200, "und" * 200),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_without_harm(text: str) -> None:
    for hit in everything(text):
        assert text[hit.start : hit.end] == hit.verbatim


@settings(max_examples=drawn(120), deadline=None)
@given(st.integers(min_value=10, max_value=999_999), st.sampled_from(["{:,}", "sp", "nbsp", "thin", "dot", "plain", "apostrophe"]))
def test_a_formatted_whole_number_comes_back(value: int, style: str) -> None:
    marks = {"sp": " ", "nbsp": "\u00a0", "thin": "\u202f", "dot": ".", "plain": "", "apostrophe": "'", "{:,}": ","}
    shown = f"{value:,}".replace(",", marks[style])
    found = [number for number in find_numbers(f"we ask for {shown} laptops") if number.kind in ("count", "year")]
    assert [number.value for number in found] == [Decimal(value)]
    assert found[0].verbatim == shown


@settings(max_examples=drawn(60), deadline=None)
@given(st.decimals(min_value=1, max_value=900, places=1), st.sampled_from([",", "."]))
def test_a_decimal_comes_back_with_either_mark(value: Decimal, mark: str) -> None:
    (found,) = find_numbers(f"{str(value).replace('.', mark)} TB")
    assert found.value == value


@settings(max_examples=drawn(60), deadline=None)
@given(st.dates(min_value=date(2025, 1, 1), max_value=date(2029, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"]))
def test_a_formatted_day_comes_back(day: date, style: str) -> None:
    (found,) = find_dates(f"до {day.strftime(style)}", date(2026, 1, 20))
    assert (found.day, found.role) == (day, "needed-by")


@settings(max_examples=drawn(100), deadline=None)
@given(st.text(max_size=120))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert all(0 <= word.start < word.end <= len(text) for word in read(text).words)


@settings(max_examples=drawn(80), deadline=None)
@given(st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя' ", max_size=40))
def test_transliterated_ukrainian_is_latin(text: str) -> None:
    assert kmu55(text).replace("'", "").isascii()


def test_a_guess_is_always_one_of_the_known_languages() -> None:
    assert {language_of(text) for text in ("щось", "tere", "dzień dobry", "guten Tag", "bonjour", "hej", "hello", "что-то")} <= set(
        languages()
    )


@pytest.mark.parametrize("path", sorted(p.name for p in (files("sild.cores.extraction") / "lexicon" / "fields").iterdir()))
def test_every_lexicon_says_where_its_words_come_from(path: str) -> None:
    data = lexicon(path.removesuffix(".yaml"))
    assert isinstance(data, dict) and str(data.get("source", "")).strip()
    text = (files("sild.cores.extraction") / "lexicon" / "fields" / path).read_text(encoding="utf-8")
    assert yaml.safe_load(text) is not None
