"""What contradicts itself is refused with its name; what is right is taken as it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sild.cores.influence import BadProblem, Calendar, Design, Incident, InfluenceProblem, Question, Statement, Stretch, Window

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
ASKED = Question(id="all", window=Window(first=0, last=3))


def a_problem(**changed: object) -> InfluenceProblem:
    given: dict[str, object] = {
        "statements": (Statement(id="s", day=date(2025, 3, 3), who="EE", kind="attribution"),),
        "incidents": (Incident(day=date(2025, 3, 4), country="EE"),),
        "calendar": Calendar(first=FIRST, last=LAST),
        "questions": (ASKED,),
    }
    return InfluenceProblem(**(given | changed))  # type: ignore[arg-type] # the table above is of mixed kinds


def test_a_window_knows_its_length_and_what_lies_before_the_statement() -> None:
    window = Window(first=0, last=3)
    assert (window.days, window.before, window.just_before, str(window)) == (4, (-4, -1), (-2, -1), "0..3")
    assert Window(first=-2, last=2).before == (-7, -3)
    assert Window(first=1, last=1).before == (-2, -1)


def test_the_span_reaches_over_all_windows_and_the_days_before_them() -> None:
    assert a_problem(questions=(ASKED, Question(id="long", window=Window(first=0, last=6)))).span == (-7, 6)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Window(first=3, last=0), "ends before it begins"),
        (lambda: Window(first=-5, last=-2), "lies before the statement"),
        (lambda: Window(first=0, last=99), "further than"),
        (lambda: Stretch(first=LAST, last=FIRST), "before it begins"),
        (lambda: Calendar(first=LAST, last=FIRST), "before it begins"),
        (lambda: Calendar(first=FIRST, last=LAST, gaps=(Stretch(first=FIRST - timedelta(days=1), last=LAST),)), "beyond the calendar"),
        (lambda: Calendar(first=date(1, 1, 1), last=LAST), "check its ends"),
        (lambda: Incident(day=FIRST, count=-1), "counts are 0 or more"),
        (lambda: Statement(id="s", day=FIRST, who="", kind="x"), "nobody who makes it"),
        (lambda: Question(id="", window=ASKED.window), "no id"),
        (lambda: Question(id="q", window=ASKED.window, of_speaker=True, country="EE"), "cannot both be meant"),
        (lambda: Design(alpha=0.0), "alpha"),
        (lambda: Design(stated_ratio=1.0), "more than 1"),
        (lambda: Design(permutations=5), "99 permutations"),
        (lambda: Design(permutations=99, alpha=0.01), "can never reach"),
        (lambda: Design(hole_days=42), "below reach_days"),
        (lambda: Design(stratum_days=7), "at least 14 days"),
        (lambda: a_problem(questions=()), "no question"),
        (lambda: a_problem(questions=(ASKED, ASKED)), "question all is given twice"),
        (lambda: a_problem(incidents=(Incident(day=date(2026, 1, 1)),)), "outside the calendar"),
        (lambda: a_problem(questions=(Question(id="q", window=Window(first=0, last=9)),)), "Raise hole_days"),
        (
            lambda: a_problem(calendar=Calendar(first=FIRST, last=LAST, gaps=(Stretch(first=date(2025, 3, 1), last=date(2025, 3, 9)),))),
            "lies in a gap",
        ),
    ],
)
def test_what_contradicts_itself_is_refused_by_name(make: object, said: str) -> None:
    assert callable(make)
    with pytest.raises(BadProblem, match=said):
        make()
