"""Whatever stands in a message: nothing raises, every span is verbatim, and the check finds the planted lies."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.drawing import drawn

from sild.cores.extraction.answer import Extraction, lines_json
from sild.cores.extraction.check import check
from sild.cores.extraction.fields.phrases import PhraseBook
from sild.cores.extraction.method.lexicons import book, categories, items, load
from sild.cores.extraction.method.sentences import sentences
from sild.cores.extraction.method.words import bare
from sild.values.document import Block, Document, Envelope, Part

WORDS = """
we need 30 laptops ; просимо 5 серверів та 12 ТБ , ( EDR ) - . ! ? : від 24 %
offer withdraw instead of 14 a SIEM 80 GB per day Brody hospital
для with koolitus ning 1,5 тис. UPS 6 kVA «Дія» Fwd: > --- Forwarded message --- ß ł İ 🚑
"""
PIECES = st.sampled_from([*WORDS.split(), "\n\n", "\u200b", ""])
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join))


@settings(max_examples=drawn(120), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_no_text_raises_and_every_reading_passes_the_check(desk: Any, texts: list[str], subject: str) -> None:
    extraction = desk.mail(*texts, subject=subject, sender=None)
    desk.sheet(tuple(texts), ("Item", "Qty"), tuple(texts), sender=None)
    desk.chat(*[("someone", text) for text in texts])
    assert all(record["message"] == "message" for record in lines_json(_empty(), extraction))


@settings(max_examples=drawn(150), deadline=None)
@given(TEXTS)
def test_folding_keeps_the_length_and_sentences_hold_every_word(text: str) -> None:
    assert len(bare(text)) == len(text)
    found = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert sum(len(s.of(text).split()) for s in found) >= len(text.split()) - 1


def _empty() -> Document:
    return Document(
        name="message",
        sha256="",
        format="made",
        channel="text",
        envelope=Envelope(),
        parts=(Part(name="body", media="text/plain", blocks=()),),
    )


@pytest.fixture
def honest(desk: Any) -> tuple[Document, Extraction]:
    text = "We need 30 laptops for Brody Central Hospital."
    part = Part(name="body", media="text/plain", blocks=(Block(kind="paragraph", text=text, locator="body"),))
    document = Document(name="message", sha256="", format="made", channel="mail", parts=(part,))
    return document, desk.read(document, "Brody Regional Office")


LIES = {
    "evidence moved by a letter": lambda line: replace(
        line, evidence=(replace(line.evidence[0], start=line.evidence[0].start + 1, end=line.evidence[0].end + 1),)
    ),
    "evidence invented": lambda line: replace(line, evidence=(replace(line.evidence[0], text="x" * len(line.evidence[0].text)),)),
    "no evidence": lambda line: replace(line, evidence=()),
    "quantity not in its words": lambda line: replace(line, fields={k: v for k, v in line.fields.items() if k != "quantity"}),
    "unknown category": lambda line: replace(line, category="magic"),
    "a negative number": lambda line: replace(line, quantity=Decimal(-3)),
    "a provider on a request": lambda line: replace(line, provider="Norland"),
    "no item": lambda line: replace(line, item=" "),
    "an item in words that are not there": lambda line: replace(line, item="generator sets"),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_the_check_finds_a_planted_lie(honest: tuple[Document, Extraction], lie: Any) -> None:
    document, extraction = honest
    assert check(document, extraction) == []
    assert check(document, replace(extraction, lines=(lie(extraction.lines[0]),)))


def test_the_check_finds_a_sentence_read_twice_and_noise_with_lines(honest: tuple[Document, Extraction]) -> None:
    document, extraction = honest
    assert check(document, replace(extraction, lines=extraction.lines * 2))
    assert check(document, replace(extraction, noise="newsletter"))


def test_every_entry_of_the_lexicons_can_be_found() -> None:
    assert len(tuple(items().meanings())) > 100
    assert {item.category for item in items().meanings() if item.category} == categories()
    for name in ("cues", "tables", "rows"):
        assert book(name).find("total") is not None
        assert load(name)


@pytest.mark.parametrize("term", ["", "*", "~ word", "word ~"])
def test_a_term_that_can_never_be_met_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match="lexicon term"):
        PhraseBook([(term, "x")], names=True)


def test_a_giant_paragraph_is_clipped_and_the_reader_is_told(desk: Any) -> None:
    read = desk.mail("We need 30 laptops. " + "x" * 200_000, "We need 5 servers. " + "and so on, " * 20_000)
    assert [line.quantity for line in read.lines] == [30, 5]
    assert len(read.remarks) == 2
    assert "characters were read" in read.remarks[0]
