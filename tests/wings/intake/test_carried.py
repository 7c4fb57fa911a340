"""What a message carries about itself, and what is asked of its sender: in words, nothing of it acted upon."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from sild.values.document import Block, Document, Envelope, Part, Stretch
from sild.wings.intake.pages.carried import carried_by
from sild.wings.intake.reads import LineView, Opened, hints_of, question_for
from sild.wings.intake.reads.asking import LONGEST, questions
from sild.wings.intake.reads.places import places_of
from sild.wings.intake.rules import Doubt, Waiting

ORIGINAL = Envelope(subject="Ask <b>", sender_name="Oksana", sender_address="o@hospital.example", sent_at=datetime(2026, 1, 5, tzinfo=UTC))
ROW = Block(kind="row", text="Laptops | 25 | Lviv", locator="row 2")
TEXT = Block(kind="paragraph", text="We ask for 25\u00a0 laptops and 25 tablets; gnp\u202e.exe", locator="body", recognised=61)


def document(**changes: Any) -> Document:
    part = Part(
        name="body", media="text/plain", blocks=(TEXT, ROW), stretches=(Stretch(kind="forwarded", start=1, end=2, envelope=ORIGINAL),)
    )
    envelope = Envelope(automatic="an automatic reply", authentication=("mx.example; spf=fail <x>",))
    return dataclasses.replace(
        Document(name="a.eml", sha256="0" * 64, format="eml", channel="mail", envelope=envelope, parts=(part,)), **changes
    )


def test_what_the_mail_says_of_itself_is_shown_as_received_and_escaped() -> None:
    told = carried_by(document())
    assert told["automatic"] == "an automatic reply"
    assert told["authentication"] == ["mx.example; spf=fail &lt;x&gt;"]
    assert (told["forwarded"][0]["sender"], told["forwarded"][0]["subject"]) == ("Oksana &lt;o@hospital.example&gt;", "Ask &lt;b&gt;")
    assert told["recognised"] == 61
    assert carried_by(None) == carried_by(document(envelope=Envelope(), parts=()))


@pytest.mark.parametrize(
    ("words", "hints", "found"),
    [
        ("25 laptops", "", ["25\u00a0 laptops"]),
        ("WE ASK\n25 tablets", "", ["We ask", "25 tablets"]),
        ("25", "0.0.20", ["25"]),
        ("Laptops 25 Lviv", "", ["Laptops | 25 | Lviv"]),
        ("gnpU+202E.exe", "", ["gnp\u202e.exe"]),
        (" | ", "", []),
    ],
)
def test_words_are_found_where_they_stand(words: str, hints: str, found: list[str]) -> None:
    places = places_of(document(), words, hints_of(hints))
    assert [span.text for span in places.spans] == found
    assert all(document().holds(span) for span in places.spans)
    if hints:
        assert places.spans[0].start >= 20


def test_words_that_stand_nowhere_are_named() -> None:
    assert places_of(document(), "25 dragons\n25 tablets").missing == ("25 dragons",)


def line(language: str, *doubts: Doubt, kind: str = "request", item: str = "laptops") -> LineView:
    return LineView(
        id=uuid4(), number=1, version=1, state="draft", kind=kind, category="", item=item, marking=2, language=language, need_id=None,
        offer_id=None, fields=(), evidence=(), doubts=doubts, lost=0, sureness=1.0, added_by="",
    )  # fmt: skip


def opened(subject: str = "A request") -> Opened:
    return Opened(
        id=uuid4(), name="a.eml", digest="", size=1, format="eml", channel="mail", subject=subject, sender="", sent_at=None,
        arrived_at=datetime(2026, 3, 1, tzinfo=UTC), state=Waiting.WAITING, why="", again=False, own=True, marking=2, version=1,
        document=None, lines=(), remarks=(), seen_as=(),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["uk", "en", "et", "pl", "de", "fr", "sv"])
def test_every_language_has_every_question(language: str) -> None:
    assert questions()[language].keys() == questions()["en"].keys()
    asked = question_for(opened(), line(language, Doubt("no-quantity", "quantity"), Doubt("unknown-body", "beneficiary", "KMP {x}")))
    words = questions()[language]
    assert words["no-quantity"] in asked
    assert words["no-date"] in asked
    assert "KMP {x}" in asked
    assert "A request" in asked


def test_what_is_known_is_not_asked_and_a_question_never_grows_too_long() -> None:
    assert question_for(opened(), line("en", kind="update")).endswith(":")
    assert "available" in question_for(opened(), line("xx", kind="offer"))
    long = question_for(opened("word " * 200), line("uk", Doubt("no-quantity", "quantity"), item="річ " * 90))
    assert len(long) <= LONGEST
    assert "\n" not in long
