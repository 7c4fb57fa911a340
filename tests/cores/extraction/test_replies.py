"""What people answer to a notice: four words in seven languages at the beginning of their own words, and nothing that is doubtful."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sild.cores.extraction.replies import reply_in
from sild.formats import read_document


def answer(text: str, subject: str = "Re: [K7M-PQ3X]"):
    head = f"From: a@b.example\nSubject: {subject}\nDate: Mon, 05 Jan 2026 10:00:00 +0200\nMIME-Version: 1.0\n"
    head += "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return reply_in(read_document("answer.eml", (head + text).encode()))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ACK", "received"),
        ("ack, thank you", "received"),
        ("ACCEPT", "accept"),
        ("COMMIT 200", "commit"),
        ("DECLINE no budget this year", "decline"),
        ("Dear colleagues,\n\nWe accept your offer with thanks.", "accept"),
        ("Підтверджуємо отримання вашого листа.", "received"),
        ("Шановні колеги!\n\nПриймаємо вашу пропозицію.", "accept"),
        ("Зобов’язуємося надати 30 ноутбуків", "commit"),
        ("На жаль не можемо: немає ліцензії.", "decline"),
        ("Kinnitame kättesaamist.", "received"),
        ("Keeldume, sest laos ei ole.", "decline"),
        ("Potwierdzamy odbiór wiadomości.", "received"),
        ("Zobowiązujemy się przekazać 12 sztuk.", "commit"),
        ("Wir nehmen das Angebot an.", "accept"),
        ("Leider können wir nicht liefern.", "decline"),
        ("Nous accusons réception de votre message.", "received"),
        ("Nous nous engageons à fournir 5 routeurs.", "commit"),
        ("Vi avböjer erbjudandet.", "decline"),
        ("Mottaget, tack.", "received"),
    ],
)
def test_usual_words_are_understood(text: str, word: str) -> None:
    told = answer(text)
    assert told is not None and told.word == word


@pytest.mark.parametrize(
    "text",
    [
        "We need 40 laptops.",
        "Not accepted.",
        "Can you accept 40?",
        "Accept 40 or 50?",
        "> ACCEPT\n\nWhat does this mean?",
        "Acknowledgements are due to all who came.",
        "Ok",
        "Thank you. ACCEPT was the word that you used.",
        "Приймальня міністра просить надіслати лист.",
        "",
    ],
)
def test_what_is_doubtful_is_none(text: str) -> None:
    assert answer(text or "-- \nJ. Doe") is None


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("COMMIT 200", 200),
        ("COMMIT 1 200 licences", 1200),
        ("commit 1,200", 1200),
        ("COMMIT 2.5", Decimal("2.5")),
        ("COMMIT 20 now and 30 later", None),
        ("COMMIT", None),
        ("Gwarancja: COMMIT 5", None),
    ],
)
def test_a_quantity_is_read_where_there_is_only_one(text: str, quantity: object) -> None:
    told = answer(text)
    assert (told.quantity if told is not None else None) == quantity


def test_a_refusal_keeps_its_reason_with_the_lines_that_follow() -> None:
    told = answer("DECLINE: no export licence.\nWe asked in December.\n\n> COMMIT 200")
    assert told is not None
    assert told.reason == "no export licence. We asked in December."
    assert told.evidence.startswith("DECLINE")
