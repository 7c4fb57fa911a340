"""Questions and gaps made from the data, and the two files that they come from."""

from __future__ import annotations

from datetime import date

import pytest

from sild.cores.influence import BadProblem, Calendar, Incident, Statement, Stretch, Window, questions, silences
from sild.cores.influence.shape import ShapeRefused, incidents_from_csv, statements_from_csv

WINDOW = Window(first=0, last=3)
TOLD = [
    Statement(id="a", day=date(2025, 3, 3), who="EE", kind="attribution"),
    Statement(id="b", day=date(2025, 3, 4), who="EE", kind="attribution", topic="grid"),
    Statement(id="c", day=date(2025, 3, 5), who="UA", kind="aid"),
]
SEEN = [
    Incident(day=date(2025, 3, 3), country="PL", count=2),
    Incident(day=date(2025, 3, 9), country="UA", count=9),
    Incident(day=date(2025, 3, 9)),
]


def test_each_value_gets_its_question_those_with_most_first() -> None:
    assert [one.id for one in questions(TOLD, SEEN, [WINDOW], by="country")] == ["days 0..3, country UA", "days 0..3, country PL"]
    assert [one.kind for one in questions(TOLD, SEEN, [WINDOW], by="kind")] == ["attribution", "aid"]
    assert [one.topic for one in questions(TOLD, SEEN, [WINDOW], by="topic")] == ["grid"]


def test_what_narrows_stands_in_each_question() -> None:
    (one,) = questions(TOLD, SEEN, [WINDOW], by="who", where={"kind": "aid", "country": "UA"})
    assert (one.who, one.kind, one.country) == ("UA", "aid", "UA")
    assert one.id == "days 0..3, kind aid, country UA, who UA"
    assert [statement.id for statement in TOLD if one.takes_statement(statement)] == ["c"]


def test_speakers_are_asked_about_together_and_two_windows_are_two_questions() -> None:
    asked = questions(TOLD, SEEN, [WINDOW, Window(first=0, last=0)], by="speaker")
    assert [(one.of_speaker, str(one.window)) for one in asked] == [(True, "0..3"), (True, "0..0")]


def test_too_many_questions_and_unknown_properties_are_refused() -> None:
    many = [Incident(day=date(2025, 3, 3), country=f"C{number}") for number in range(61)]
    for make, said in (
        (lambda: questions(TOLD, many, [WINDOW], by="country"), "61 questions are too many"),
        (lambda: questions(TOLD, SEEN, [WINDOW], by="colour"), "no property"),
        (lambda: questions(TOLD, SEEN, [WINDOW], where={"colour": "red"}), "no property"),
        (lambda: questions(TOLD, SEEN, [WINDOW], by="sector"), "no record says its sector"),
        (lambda: silences(SEEN, Calendar(first=date(2025, 3, 1), last=date(2025, 3, 9)), 0), "choose 1 or more"),
    ):
        with pytest.raises(BadProblem, match=said):
            make()


def test_silence_is_told_by_its_length_and_never_within_a_gap() -> None:
    gap = Stretch(first=date(2025, 3, 6), last=date(2025, 3, 6))
    calendar = Calendar(first=date(2025, 3, 1), last=date(2025, 3, 12), gaps=(gap,))
    found = [(one.first.day, one.last.day) for one in silences(SEEN, calendar, 2)]
    assert found == [(1, 2), (4, 5), (7, 8), (10, 12)]
    assert [(one.first.day, one.last.day) for one in silences(SEEN, calendar, 3)] == [(10, 12)]


def test_files_are_read_by_their_headings() -> None:
    first, second = statements_from_csv("Who,Date,note,ID\nEE,2025-03-03,x,one\n\nUA,2025-03-04,y,\n")
    assert (first.id, first.who, first.day, first.kind) == ("one", "EE", date(2025, 3, 3), "statement")
    assert second.id == "2025-03-04 UA (line 4)"
    (one,) = incidents_from_csv("day,country,count\n2025-03-03,,7\n")
    assert (one.count, one.country) == (7, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column day"),
        ("day\n", "no incidents"),
        ("day,count\n2025-13-01,1\n", "line 2: '2025-13-01' is not a day"),
        ("day,count\n2025-03-01,1.5\n", "no whole number"),
        ("day,count\n,1\n", "day is missing or empty"),
        ('day,count\n2025-03-01,"1\n', "is not CSV"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(ShapeRefused, match=said):
        incidents_from_csv(text)


def test_a_statement_told_twice_is_refused() -> None:
    with pytest.raises(ShapeRefused, match="stands already above"):
        statements_from_csv("day,who,id\n2025-03-03,EE,a\n2025-03-04,EE,a\n")
