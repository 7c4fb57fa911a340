"""What stands beside what a letter asks for first: second things of a sentence, days told elsewhere, deliveries, corrections in a chat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

TABLE: dict[str, list[list[Any]]] = yaml.safe_load((Path(__file__).parent / "cases" / "second_things.yaml").read_text(encoding="utf-8"))
WRITERS = {"needy": "Brody Regional Office", "giver": "Norland", "firm": "Kettel Systems Ltd"}


def rows(*names: str) -> list[Any]:
    return [pytest.param(*row, id=row[1][:60]) for name in names for row in TABLE[name]]


def read(desk: Any, who: str, text: str) -> list[Any]:
    return list(desk.mail(*(part for part in text.split("\n") if part.strip()), sender=WRITERS[who]).lines)


def told(line: Any) -> list[Any]:
    return [line.kind, line.category, None if line.quantity is None else int(line.quantity)]


@pytest.mark.parametrize(("who", "text", "meant"), rows("lists", "deadlines"))
def test_every_thing_of_a_letter_is_read_with_the_day_by_which_it_is_needed(desk: Any, who: str, text: str, meant: list[Any]) -> None:
    lines = read(desk, who, text)
    assert sorted(map(told, lines), key=str) == sorted((row[:3] for row in meant), key=str)
    for row in meant:
        days = [str(line.needed_by) for line in lines if told(line) == row[:3]]
        assert len(row) < 4 or row[3] in days, row


@pytest.mark.parametrize(("who", "text", "meant"), rows("deliveries"))
def test_an_offer_can_be_had_from_the_day_by_which_it_is_delivered(desk: Any, who: str, text: str, meant: list[Any]) -> None:
    lines = read(desk, who, text)
    assert [told(line) for line in lines] == [row[:3] for row in meant]
    assert [str(line.available_from) if line.available_from else None for line in lines] == [[*row, None][3] for row in meant]


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("нам треба 8 старлінків", "краще 10"),
        ("нам треба 8 старлінків", "хай буде 10"),
        ("we need 8 starlinks", "make it 10"),
        ("we need 8 starlinks", "sorry, 10"),
        ("wir brauchen 8 Starlinks", "lieber 10"),
        ("potrzebujemy 8 starlinków", "lepiej 10"),
        ("vajame 8 starlinki", "parem 10"),
        ("il nous faut 8 starlinks", "plutôt 10"),
        ("vi behöver 8 starlinks", "hellre 10"),
    ],
)
def test_who_corrects_the_number_in_a_chat_asks_once_for_the_new_one(desk: Any, said: str, then: str) -> None:
    read = desk.chat(("Petro", said), ("Petro", then)).lines
    assert [(line.kind, line.category, line.quantity) for line in read] == [("request", "satellite-connectivity", 10)]


def test_somebody_else_s_number_corrects_nothing(desk: Any) -> None:
    read = desk.chat(("Anna", "we need 8 starlinks"), ("Bob", "better 10")).lines
    assert [line.quantity for line in read] == [8]


@pytest.mark.parametrize(
    "text", ["{{7*7}} {% csrf_token %}", "{{config}} {% for x in range(10) %} tokens {% endfor %}", "${7*7} <b>9</b> servers"]
)
def test_a_row_of_signs_is_no_sentence(desk: Any, text: str) -> None:
    assert desk.mail(text).lines == ()
