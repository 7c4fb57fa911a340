"""What a change says of the earlier message is kept with its words: the place in its list, the old day, the old quantity."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sild.cores.extraction.fields.earlier import find_old_day, find_place

SENT = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Please change item no. 2 of our list.", "item no. 2"), ("Просимо змінити поз. 4 нашого листа.", "поз. 4"),
        ("Palun muutke punkti 5.", "punkti 5"), ("Prosimy o zmianę poz. nr 12.", "poz. nr 12"), ("Bitte ändern Sie Zeile 3.", "Zeile 3"),
        ("Ligne 7 : 20 au lieu de 30.", "Ligne 7"), ("Rad 4 ska vara 12.", "Rad 4"), ("Рядок № 3 прохання вилучити.", "Рядок № 3"),
        ("We need 5 items.", None), ("Between point 1 and point 2.", None), ("Position 12.5 is wrong.", None), ("п'ять ноутбуків", None),
    ],
)  # fmt: skip
def test_a_place_in_an_earlier_list_is_found_in_seven_languages(text: str, place: str | None) -> None:
    at = find_place(text)
    assert (text[at[0] : at[1]] if at else None) == place


@pytest.mark.parametrize(
    "text",
    [
        "We need them by 1 April instead of 15 March.", "The delivery was postponed from 15 March 2026 to 1 April 2026.",
        "Просимо змінити строк з 15 березня на 1 квітня.", "Замість 15 березня просимо до 1 квітня.",
        "Statt bis 15. März brauchen wir sie bis 1. April.", "Zamiast do 15 marca prosimy do 1 kwietnia.",
        "Palume 15. märtsi asemel 1. aprilliks.",
    ],
)  # fmt: skip
def test_the_day_that_holds_no_more_is_told_from_the_new_one(text: str) -> None:
    old = find_old_day(text, SENT)
    assert old is not None and old.day == date(2026, 3, 15)


@pytest.mark.parametrize("text", ["We need them by 1 April.", "The exercise runs from 15 March to 1 April.", "From March to April."])
def test_a_day_beside_no_change_is_no_old_one(text: str) -> None:
    assert find_old_day(text, SENT) is None


def test_a_change_keeps_place_day_and_quantity_with_the_words_they_stand_on(desk: Any) -> None:
    read = desk.mail("Please change item no. 2 of our list: we now need 30 laptops instead of 22, by 1 April instead of 15 March.")
    [line] = read.lines
    assert (line.kind, line.quantity) == ("update", 30)
    assert (line.changes.old_quantity, line.changes.earlier, line.changes.old_day) == (22, "item no. 2", date(2026, 3, 15))
    assert line.fields["earlier_place"].span.text == "item no. 2"
    assert line.fields["earlier_day"].span.text == "15 March"


def test_a_plain_request_points_to_nothing_earlier(desk: Any) -> None:
    [line] = desk.mail("Under item no. 2 of the programme we need 30 laptops by 1 April.").lines
    assert line.changes is None
    assert not {"earlier_place", "earlier_day"} & set(line.fields)
