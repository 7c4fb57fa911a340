"""Chats: who an author is, what a yes makes of a question, numbers that come later, and answers of giving."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


def brief(read: Any) -> list[tuple[str, str | None, Decimal | None, str | None]]:
    """Kind, category, quantity and beneficiary of each line."""
    return [(line.kind, line.category, line.quantity, line.beneficiary) for line in read.lines]


HOSPITAL, WATER = "Brody Central Hospital", "Halych Water Works"


def test_an_author_is_the_body_that_he_calls_his_own(desk: Any) -> None:
    read = desk.chat(("БЦЛ", "ми Бродівська центральна лікарня, вітаю"), ("БЦЛ", "нам треба 12 ноутбуків"))
    assert brief(read) == [("request", "end-user-devices", 12, HOSPITAL)]


def test_an_author_is_the_body_that_he_says_yes_to(desk: Any) -> None:
    read = desk.chat(("БЛ айті", "потрібні 12 ноутбуків"), ("Coordinator", "Brody hospital, right?"), ("БЛ айті", "так"))
    assert brief(read) == [("request", "end-user-devices", 12, HOSPITAL)]


def test_the_number_that_the_counting_came_to_wins(desk: Any) -> None:
    read = desk.chat(("Brody hospital", "треба старлінки на машини. рахували: 22 екіпажі, значить 22"))
    assert brief(read) == [("request", "satellite-connectivity", 22, HOSPITAL)]


def test_a_yes_makes_the_questions_words_a_request_of_who_says_it(desk: Any) -> None:
    read = desk.chat(
        ("Halych waterworks", "our office licences are pirated, 35 machines"),
        ("Lantern", "you want office licences, 35?"),
        ("Halych waterworks", "yes please"),
    )
    assert brief(read) == [("request", "software-licences", 35, WATER)]


def test_asks_go_on_over_the_authors_next_lines_and_the_echo_is_no_line(desk: Any) -> None:
    read = desk.chat(
        ("Halych waterworks", "hello, we need"),
        ("Halych waterworks", "12 laptops"),
        ("Halych waterworks", "and 3 generators"),
        ("Coordinator", "12 laptops and 3 generators, noted"),
    )
    assert brief(read) == [("request", "end-user-devices", 12, WATER), ("request", "power-continuity", 3, WATER)]


def test_an_answer_of_giving_offers_what_was_asked_for(desk: Any) -> None:
    read = desk.chat(("Halych waterworks", "we need 5 generators"), ("Kettel", "we can give 3"))
    assert brief(read) == [("request", "power-continuity", 5, WATER), ("offer", "power-continuity", 3, WATER)]
    assert read.lines[1].provider == "Kettel Systems Ltd"


def test_answers_to_a_question_who_needs_are_requests(desk: Any) -> None:
    read = desk.chat(("Coordinator", "who needs generators?"), ("Halych waterworks", "we do, 4"), ("Brody hospital", "and us 2"))
    assert brief(read) == [("request", "power-continuity", 4, WATER), ("request", "power-continuity", 2, HOSPITAL)]


def test_an_author_who_corrects_his_number_has_one_line(desk: Any) -> None:
    read = desk.chat(("Halych waterworks", "we need 5 generators"), ("Halych waterworks", "sorry, 6 not 5"), ("Coordinator", "ok 6"))
    assert brief(read) == [("request", "power-continuity", 6, WATER)]


def test_an_offer_with_a_question_behind_it_stays_an_offer(desk: Any) -> None:
    read = desk.chat(("Kettel", "we could donate 20 laptops. who needs?"), ("Brody hospital", "sounds good"))
    assert [(line.kind, line.provider, line.quantity) for line in read.lines] == [("offer", "Kettel Systems Ltd", 20)]


def test_a_giver_told_of_by_another_is_the_giver(desk: Any) -> None:
    read = desk.chat(("Lantern", "from us: Kettel is donating 120 laptops"))
    assert [(line.kind, line.provider, line.quantity) for line in read.lines] == [("offer", "Kettel Systems Ltd", 120)]


def test_what_has_come_is_no_request_and_what_has_not_come_is(desk: Any) -> None:
    assert desk.chat(("Brody hospital", "the 40 laptops arrived, thank you")).lines == ()
    read = desk.chat(("Brody hospital", "40 ноутбуків ще не приїхали, чекаємо"))
    assert brief(read) == [("request", "end-user-devices", 40, HOSPITAL)]
