"""How much work linking does: pairs compared are counted, not seconds, on tables and on streams of letters about one thing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from sild.cores.linkage import Judgement, Line, Relation, check, link
from sild.cores.linkage.answer import LOOK_ALIKES_OF_A_LINE, LookAlike
from sild.cores.linkage.method.candidates import PARTNERS, SIBLINGS, TABLE, candidates
from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.reading import read

from .lines import line, problem

HOSPITAL = "Uman Regional Hospital"
EMBASSY = "Embassy of Ukraine in Latvia"


def row(number: int, message: str, day: int = 0, **told: Any) -> Line:
    """A row of a table: the same body and category throughout, a model of its own."""
    from_table: dict[str, Any] = {
        "category": "end-user-devices",
        "item": f"laptop model X{number}",
        "evidence": f"laptop model X{number}; {number + 5}",
        "quantity": number % 50 + 5,
        "unit": "laptop",
        "beneficiary": HOSPITAL,
        "sent_by": HOSPITAL,
    }
    return line_of(f"{message}-{number:05d}", message, day, **(from_table | told))


def line_of(name: str, message: str, day: int, **told: Any) -> Line:
    return line(name, day, message=message, digest=f"digest of {message}", **told)


def pairs_of(lines: list[Line]) -> list[tuple[str, str]]:
    """The ids of the lines that are compared with each other."""
    kin = Kin(problem())
    readings = sorted((read(told, kin, "need") for told in lines), key=lambda reading: reading.order)
    return [(readings[early].line.id, readings[late].line.id) for early, late in candidates(readings, kin)]


def compared(lines: list[Line]) -> Counter[str]:
    """How many earlier lines each line is compared with."""
    return Counter(late for _, late in pairs_of(lines))


def test_the_rows_of_a_table_are_not_compared_with_each_other() -> None:
    assert sum(compared([row(number, "sheet") for number in range(2000)]).values()) == 0


def test_the_lines_of_a_letter_are_compared_with_each_other() -> None:
    assert sum(compared([row(number, "letter") for number in range(TABLE)]).values()) == TABLE * (TABLE - 1) // 2


def test_rows_that_repeat_verbatim_meet_the_few_before_them() -> None:
    met = compared([row(number, "sheet", item="40 laptops", evidence="40 laptops", quantity=40) for number in range(200)])
    assert max(met.values()) == SIBLINGS


def test_rows_under_a_number_of_their_own_meet_and_rows_under_the_letter_s_number_do_not() -> None:
    few = [row(number, "sheet", reference="17/559" if number < 3 else None) for number in range(200)]
    assert sum(compared(few).values()) == 3
    assert max(compared([row(number, "sheet", reference="17/559") for number in range(200)]).values()) <= SIBLINGS


@pytest.mark.parametrize("kind", ["request", "update"])
def test_no_line_of_a_stream_about_one_body_and_thing_meets_more_than_its_share(kind: str) -> None:
    met = compared([row(number, f"letter-{number}", number, kind=kind if number % 2 else "request") for number in range(600)])
    assert max(met.values()) == PARTNERS


def test_a_line_meets_what_shares_most_with_it_however_many_others_came_between() -> None:
    first = row(7, "first", 0, quantity=1337)
    others = [row(number, f"letter-{number}", number, quantity=3) for number in range(1, 400)]
    last = row(7, "last", 500, quantity=1337, sent_by=EMBASSY)
    answer = link(problem(first, *others, last))
    assert answer.cluster_of()["first-00007"] == answer.cluster_of()["last-00007"]


def test_a_table_that_comes_again_by_another_hand_joins_row_by_row() -> None:
    table = [row(number, "sheet") for number in range(120)]
    again = [row(number, "passed-on", 3, sent_by=EMBASSY) for number in range(120)]
    asked = problem(*table, *again)
    answer = link(asked)
    assert check(asked, answer) == ()
    pairs = {tuple(cluster.lines) for cluster in answer.clusters}
    assert pairs == {(f"sheet-{number:05d}", f"passed-on-{number:05d}") for number in range(120)}


def test_a_row_meets_the_row_of_an_earlier_table_that_names_the_same_model() -> None:
    table = [row(number, "sheet") for number in range(300)]
    again = [row(number, "corrected", 3, sent_by=EMBASSY, quantity=number % 50 + 6) for number in range(300)]
    met = {pair for pair in pairs_of([*table, *again]) if pair[0][-5:] == pair[1][-5:]}
    assert met == {(f"sheet-{number:05d}", f"corrected-{number:05d}") for number in range(300)}


def test_people_may_join_two_rows_of_a_table() -> None:
    ruling = Judgement(line_a="sheet-00001", line_b="sheet-00002", relation=Relation.SAME_AS)
    asked = problem(*(row(number, "sheet") for number in range(60)), judgements=(ruling,))
    answer = link(asked)
    assert check(asked, answer) == ()
    assert len(answer.clusters) == 59


def test_look_alikes_are_the_nearest_few_of_each_line_and_the_answer_counts_the_rest() -> None:
    stream = [row(number, f"letter-{number}", number, quantity=3 * 7**number, sent_by=None) for number in range(60)]
    asked = problem(*stream)
    answer = link(asked)
    assert check(asked, answer) == ()
    shown = Counter(line for alike in answer.look_alikes for line in (alike.line_a, alike.line_b))
    assert max(shown.values()) == LOOK_ALIKES_OF_A_LINE
    assert answer.look_alikes_left_out > 0


def test_a_ruling_is_shown_beyond_the_nearest_few() -> None:
    stream = [row(number, f"letter-{number}", number, quantity=3 * 7**number, sent_by=None) for number in range(60)]
    rulings = tuple(
        Judgement(line_a=stream[0].id, line_b=other.id, relation=Relation.NOT_THE_SAME) for other in stream[1 : LOOK_ALIKES_OF_A_LINE + 9]
    )
    asked = problem(*stream, judgements=rulings)
    answer = link(asked)
    assert check(asked, answer) == ()
    assert sum(stream[0].id in (alike.line_a, alike.line_b) for alike in answer.look_alikes) >= len(rulings)


def test_the_check_finds_a_line_with_too_many_look_alikes() -> None:
    stream = [row(number, f"letter-{number}", number, quantity=3 * 7**number, sent_by=None) for number in range(60)]
    asked = problem(*stream)
    answer = link(asked)
    reasons = answer.look_alikes[0].reasons
    score = sum(reason.weight for reason in reasons)
    many = tuple(LookAlike(line_a=stream[0].id, line_b=other.id, score=score, reasons=reasons, why="?") for other in stream[1:30])
    assert any("29 look-alikes" in finding for finding in check(asked, replace(answer, look_alikes=many)))
