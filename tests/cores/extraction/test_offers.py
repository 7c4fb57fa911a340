"""Offers: to whom they may go, from when and until when, in text and in tables."""

from __future__ import annotations

from typing import Any

import pytest

TO_WHOM = [
    ("We offer 12 tablets for hospitals.", {"category-earmark"}),
    ("We offer 12 tablets to a school or a library.", {"category-earmark"}),
    ("Передамо 12 планшетів для лікарень.", {"category-earmark"}),
    ("Przekażemy 12 tabletów, tylko służba zdrowia.", {"category-earmark"}),
    ("Wir bieten 12 Tablets für Krankenhäuser an.", {"category-earmark"}),
    ("Nous offrons 12 tablettes pour les écoles.", {"category-earmark"}),
    ("Vi erbjuder 12 surfplattor för sjukhus.", {"category-earmark"}),
    ("Pakume koolidele 12 tahvelarvutit.", {"category-earmark"}),
    ("We offer 12 tablets. Neither can go to anything in uniform.", {"civil-only"}),
    ("Передамо 12 планшетів, але без військових.", {"civil-only"}),
    ("Przekażemy 12 tabletów, z wyłączeniem wojska.", {"civil-only"}),
    ("Nous offrons 12 tablettes, l'usage militaire est exclu.", {"civil-only"}),
    ("We offer 12 tablets. Export rules apply.", {"needs-export-licence"}),
    ("Передамо 12 планшетів для військових адміністрацій.", set()),
    ("We offer 12 tablets and thank you for your patience.", set()),
]


@pytest.mark.parametrize(("said", "codes"), TO_WHOM, ids=[said[:44] for said, _ in TO_WHOM])
def test_to_whom_an_offer_may_go_is_read(desk: Any, said: str, codes: set[str]) -> None:
    (line,) = desk.mail(said, sender="Norland").lines
    assert {condition.code for condition in line.conditions} == codes


def test_a_group_named_for_one_thing_is_no_condition_of_another(desk: Any) -> None:
    read = desk.mail("We offer 12 tablets for schools.", "We also offer 4 routers.", sender="Norland").lines
    assert [{condition.code for condition in line.conditions} for line in read] == [{"category-earmark"}, set()]


def test_a_column_of_days_tells_from_when_the_rows_can_be_had(desk: Any) -> None:
    read = desk.sheet(
        ("Item", "Quantity", "Ready"),
        ("Tablets", "12", "15.02.2026"),
        ("Training course", "8", "16-20.03.2026"),
        ("Security exercise", "1", "April"),
        sender="Norland",
    ).lines
    days = [(str(line.available_from), str(line.available_until)) for line in read]
    assert days == [("2026-02-15", "None"), ("2026-03-16", "2026-03-20"), ("2026-04-01", "2026-04-30")]


def test_a_column_of_last_days_tells_until_when(desk: Any) -> None:
    read = desk.sheet(
        ("Item", "Quantity", "Valid until"), ("Tablets", "12", "15.02.2026"), ("Routers", "4", "March"), sender="Norland"
    ).lines
    assert [(line.available_from, str(line.available_until)) for line in read] == [(None, "2026-02-15"), (None, "2026-03-31")]


def test_a_course_in_a_month_is_from_its_first_day_to_its_last(desk: Any) -> None:
    (line,) = desk.mail("We offer a training course for 12 people in September.", sender="Norland").lines
    assert (str(line.available_from), str(line.available_until)) == ("2026-09-01", "2026-09-30")
