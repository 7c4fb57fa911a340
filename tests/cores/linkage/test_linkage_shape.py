"""A file of extracted lines: what is read of it, what is never looked at, and how a fault is told."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from sild.cores.linkage import LinkageProblem, link
from sild.cores.linkage.shape import ShapeRefused, lines_from_jsonl, links_to_jsonl

FIRST = {"id": "a", "kind": "request", "text": "Forty laptops for the mobile offices.", "quantity": 40, "unit": "laptop"}
AGAIN = FIRST | {"id": "b", "text": "We repeat: forty laptops for the mobile offices.", "sent_by": "Ministry"}


def written(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def test_every_field_is_taken_over_and_a_truth_beside_them_is_never_read() -> None:
    told = {
        "sent_at": "2026-01-05",
        "needed_by": "2026-03-01",
        "category": "end-user-devices",
        "beneficiary": "Pension Fund",
        "place": "Lviv",
        "thread": "t1",
    }
    (line,) = lines_from_jsonl(written(FIRST | told | {"item": "laptops", "need": "n1", "relation": None, "difficulty": 7}))
    assert (line.id, line.kind, line.quantity, line.unit, line.place) == ("a", "request", Decimal(40), "laptop", "Lviv")
    assert line.sent_at is not None and line.sent_at.isoformat() == "2026-01-05T00:00:00+00:00"
    assert line.needed_by is not None and line.needed_by.isoformat() == "2026-03-01"
    assert line.item == "" and line.threads == ("t1",) and line.evidence == FIRST["text"]


def test_the_truth_and_the_reading_of_a_line_change_no_answer() -> None:
    plain = lines_from_jsonl(written(FIRST, AGAIN))
    beside = lines_from_jsonl(written(FIRST | {"need": "x", "item": "phones"}, AGAIN | {"need": "y", "relation": "withdraws"}))
    assert links_to_jsonl(plain, link(LinkageProblem(lines=tuple(plain)))) == links_to_jsonl(
        beside, link(LinkageProblem(lines=tuple(beside)))
    )


def test_lines_of_one_sender_day_and_thread_stand_in_one_message_and_others_in_their_own() -> None:
    sent = {"sent_by": "Ministry", "sent_at": "2026-01-05"}
    rows = [FIRST | sent | {"id": name} | more for name, more in (("a", {"thread": "t"}), ("b", {"thread": "t"}), ("c", {}), ("d", {}))]
    messages = [line.message for line in lines_from_jsonl(written(*rows))]
    assert messages[0] == messages[1] and len(set(messages)) == 3


def test_links_are_told_for_every_line_questions_too() -> None:
    lines = lines_from_jsonl(written(FIRST, AGAIN, FIRST | {"id": "q", "kind": "question", "text": "May we ask for laptops?"}))
    told = [json.loads(row) for row in links_to_jsonl(lines, link(LinkageProblem(lines=tuple(lines)))).splitlines()]
    assert [row["id"] for row in told] == ["a", "b", "q"]
    assert told[0]["relation"] is None and told[0]["need"] == told[1]["need"] and told[1]["relation"] == "same-as"
    assert told[2] == {"id": "q", "need": None, "relation": None}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "line 2 is not JSON"),
        ("[1]", "line 2 is no JSON object"),
        ("[" * 100_000, "line 2 is not JSON"),
        ({"id": "b", "kind": "request"}, "line 2: text is missing"),
        (FIRST, "line 2: the id 'a' stands already in line 1"),
        (AGAIN | {"kind": "wish"}, "line 2: kind 'wish' is none of request, update"),
        (AGAIN | {"quantity": "many"}, "line 2: quantity 'many' is no number"),
        (AGAIN | {"quantity": -1}, "line 2: quantity '-1' is no number"),
        (AGAIN | {"quantity": True}, "line 2: quantity 'True' is no number"),
        (AGAIN | {"quantity": "1e400"}, "line 2: quantity '1e400' is no number"),
        (AGAIN | {"sent_at": "05.01.2026"}, "line 2: sent_at '05.01.2026' is no date: write it as 2026-02-10"),
        (AGAIN | {"unit": 3}, "line 2: unit is 3, which is no text"),
        (AGAIN | {"text": "\ud800"}, "line 2: text holds half a sign"),
        (AGAIN | {"channel": "naval"}, "line 2: channel 'naval' is neither civil nor military"),
        ({"text": "x" * 1_000_001}, "line 2 is longer than 1000000 characters"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_what_to_do(row: object, said: str) -> None:
    with pytest.raises(ShapeRefused, match="line 2") as refusal:
        lines_from_jsonl(written(FIRST, row))
    assert said in str(refusal.value)


def test_a_file_without_lines_is_refused() -> None:
    with pytest.raises(ShapeRefused, match="holds no lines"):
        lines_from_jsonl("\n \n")
