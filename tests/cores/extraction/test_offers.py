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


@pytest.mark.parametrize(
    "opening", ["In answer to your letter on assistance in this field.", "Suite à votre demande du mois passé.", "Bitte nur an Behörden."]
)
def test_a_giver_that_only_mentions_asking_gives_what_its_letter_tells_of(desk: Any, opening: str) -> None:
    read = desk.mail(opening, "Eighteen UPS units are delivered to Brody Central Hospital in March.", sender="Norland").lines
    assert [(line.of, line.quantity, line.provider) for line in read] == [("offer", 18, "Norland")]


def test_a_giver_that_says_what_it_was_asked_for_passes_it_on(desk: Any) -> None:
    read = desk.mail(
        "Brody Central Hospital has asked our embassy for the following:", "- 18 UPS units", "- 4 routers", sender="Norland"
    ).lines
    assert [(line.of, line.quantity, line.beneficiary) for line in read] == [
        ("request", 18, "Brody Central Hospital"),
        ("request", 4, "Brody Central Hospital"),
    ]


@pytest.mark.parametrize(
    ("said", "quantity", "category"),
    [
        ("La Norlande met à la disposition de ses partenaires 15 stations de travail.", 15, "end-user-devices"),
        ("Nous prenons aussi en charge 4 postes de travail.", 4, "end-user-devices"),
        ("We offer log analytics for 100 GB per day.", 100, "log-monitoring"),
    ],
)
def test_usual_words_of_giving_and_of_things_are_known(desk: Any, said: str, quantity: int, category: str) -> None:
    read = desk.mail(said, sender="Norland").lines
    assert [(line.of, line.quantity, line.category) for line in read] == [("offer", quantity, category)]
