"""When a line was told: the chat's moment, the message's, or the day in the letter's head; never a day by which something is wanted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sild.values.document import Block, Document, Envelope, Part
from sild.wings.intake.reads.told import told_at

SENT = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)


def _letter(*paragraphs: str, envelope: Envelope | None = None) -> Document:
    blocks = tuple(Block(kind="paragraph", text=text, locator="body") for text in paragraphs)
    part = Part(name="body", media="text/plain", blocks=blocks)
    return Document(name="a", sha256="0" * 64, format="docx", channel="letter", envelope=envelope or Envelope(), parts=(part,))


@pytest.mark.parametrize(
    "head",
    [
        "Київ, 5 лютого 2026 року",
        "05.02.2026 № 12/3",
        "від 05.02.2026 № 12/3",
        "Tallinn, 5. veebruar 2026",
        "Warszawa, dnia 5 lutego 2026 r.",
        "Wien, am 5. Februar 2026",
        "Paris, le 5 février 2026",
        "Stockholm den 5 februari 2026",
    ],
)
def test_a_letter_without_a_date_of_its_own_takes_the_day_in_its_head(head):
    document = _letter("Ministry of Health", head, "We ask for 22 firewalls.")
    assert told_at(document, "body", "body") == datetime(2026, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize("line", ["Deadline: 5 February 2026", "Термін: 5 березня 2026", "22 firewalls by 05.02.2026 for two halls"])
def test_a_day_by_which_something_is_wanted_is_not_the_day_of_the_letter(line):
    assert told_at(_letter(line, "We ask for 22 firewalls."), "body", "body") is None


def test_the_date_of_the_message_stands_before_the_head_of_the_letter():
    document = _letter("Kyiv, 5 February 2026", "We ask for 22 firewalls.", envelope=Envelope(sent_at=SENT))
    assert told_at(document, "body", "body") == SENT


def test_a_line_of_a_chat_takes_the_moment_of_its_own_message():
    blocks = tuple(
        Block(kind="chat", text=f"{day} terminals", locator=f"line {day}", said_at=datetime(2026, 11, day, 9, 0, tzinfo=UTC))
        for day in (11, 12)
    )
    part = Part(name="body", media="text/plain", blocks=blocks)
    document = Document(name="c", sha256="0" * 64, format="chat", channel="chat", parts=(part,), envelope=Envelope(sent_at=SENT))
    assert told_at(document, "body", "line 12") == datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    assert told_at(document, "body", "line 99") == SENT


def test_nothing_is_guessed_where_nothing_says_it():
    assert told_at(_letter("We ask for 22 firewalls."), "body", "body") is None
    assert told_at(_letter(), "another part", "body") is None
