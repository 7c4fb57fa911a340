"""A list is whole and without doubles for each reader, in whatever slices; what is hidden is not in it, by no filter and no word."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from sild.kernel.actor import acting
from sild.kernel.finding import found_in
from sild.kernel.listing import as_csv, harmless, key_of, plain
from sild.kernel.refusals import Refused
from sild.kernel.scope import VISIBLE
from sild.postgres.supervisor import Server
from sild.wings.register.public import LineFilter, keep_lines, list_lines, list_needs, list_offers
from tests.cast import Cast
from tests.wings.readings import reading


def many(cast: Cast, first: int, last: int, **fields: object) -> set[uuid.UUID]:
    """Keep lines number `first` to `last`; returns their identifiers."""
    readings = [reading(number, "request", "training", f"course {number}", number, **fields) for number in range(first, last + 1)]
    keep_lines(cast.run, readings)
    return {one.id for one in readings}


def walked(cast: Cast, limit: int, wanted: LineFilter | None = None) -> list[uuid.UUID]:
    """The whole list, slice by slice."""
    seen: list[uuid.UUID] = []
    after = ""
    while True:
        found = list_lines(cast.officer, wanted, after=after, limit=limit)
        seen += [row.id for row in found.rows]
        after = found.after
        if not after:
            return seen


@pytest.mark.parametrize("limit", [1, 7, 20, 200])
def test_slices_hold_every_record_once(cast: Cast, limit: int) -> None:
    made = many(cast, 1, 20)
    assert sorted(walked(cast, limit)) == sorted(made)
    assert sorted(walked(cast, limit, LineFilter(category="training"))) == sorted(made)
    assert sorted(walked(cast, limit, LineFilter(text="course"))) == sorted(made)


def test_what_arrives_while_somebody_reads_does_not_double_and_hides_nothing(cast: Cast) -> None:
    before = many(cast, 1, 10)
    first = list_lines(cast.officer, limit=4)
    many(cast, 11, 15)
    rest, after = [], first.after
    while after:
        found = list_lines(cast.officer, after=after, limit=4)
        rest += [row.id for row in found.rows]
        after = found.after
    seen = [row.id for row in first.rows] + rest
    assert len(seen) == len(set(seen))
    assert set(seen) == before


def test_the_newest_stand_first(cast: Cast) -> None:
    many(cast, 1, 3)
    late = many(cast, 4, 4)
    assert {list_lines(cast.officer, limit=1).rows[0].id} == late


def test_a_wrong_place_is_refused_and_a_right_one_of_another_list_shows_nothing_hidden(cast: Cast) -> None:
    with pytest.raises(Refused, match="no such place"):
        list_lines(cast.officer, after="here")
    many(cast, 1, 3)
    row = list_lines(cast.officer, limit=1).rows[0]
    assert list_lines(cast.donor, after=key_of(row.created_at, row.id)).rows == ()


def test_no_filter_and_no_word_finds_what_is_not_for_the_reader(cast: Cast) -> None:
    many(cast, 1, 3, provider="Kestrel Endpoint Inc.")
    for stranger in (cast.donor, cast.seller, cast.outsider):
        assert list_lines(stranger).rows == ()
        assert list_lines(stranger, LineFilter(category="training")).rows == ()
        assert list_lines(stranger, LineFilter(text="course")).rows == ()
        assert list_lines(stranger, LineFilter(provider="Kestrel Endpoint Inc.")).rows == ()
        assert list_needs(stranger).rows == ()
        assert list_offers(stranger).rows == ()


def test_what_is_above_the_ceiling_is_in_no_list(cast: Cast) -> None:
    many(cast, 1, 2)
    many(cast, 3, 4, tlp="TLP:RED")
    low = [row.marking for row in list_lines(cast.auditor).rows]
    assert all(marking <= cast.auditor.ceiling for marking in low)
    assert len(list_lines(cast.officer, LineFilter(text="course")).rows) == 4
    assert len(list_lines(cast.auditor, LineFilter(text="course")).rows) == len(low)


def test_text_that_looks_like_a_reader_or_a_value_is_only_words(cast: Cast) -> None:
    many(cast, 1, 2)
    for text in (f"@{cast.officer.organisation}", "category=training", "{a,b}", "') or true --", "%s", "\\", '"'):
        assert list_lines(cast.donor, LineFilter(text=text)).rows == ()
        list_lines(cast.officer, LineFilter(text=text))


def test_the_gates_of_lists_repeat_the_policy_word_for_word(cast: Cast, server: Server) -> None:
    for table in ("register_need", "register_offer", "register_line"):
        [(body,)] = server.query()(f"select prosrc from pg_proc where proname = 'found_{table}'")
        asked = [question.removeprefix("(terms @@ wanted) is true and ") for question in body.split(f" from {table} where ")[1:]]
        assert sum(question.startswith(f"{VISIBLE} and ") for question in asked) == 6
        others = [question for question in asked if not question.startswith(f"{VISIBLE} and ")]
        assert [question.split(" ", 3)[:3] for question in others] == [["owner_id", "=", "me"], *2 * [["ctid", "=", "any(array(select"]]]
        assert body.count(f" {table} ") == body.count(f" from {table} where ") == 9
    assert VISIBLE in str(found_in("register_need", []).sql)


def test_without_an_actor_the_gates_answer_nothing(cast: Cast, server: Server) -> None:
    many(cast, 1, 2)
    asked = "select count(*) from gate.found_register_line('course', '{}', null, null, null, null, 10)"
    assert server.query("sild_app")(asked) == [(0,)]
    with acting(cast.officer):
        assert len(list_lines(cast.officer).rows) == 2


@dataclass(frozen=True)
class Row:
    """A row with one of each kind of value."""

    id: uuid.UUID
    item: str
    quantity: Decimal | None
    on: date
    flag: bool


def test_a_row_is_json_and_a_cell_without_formulas() -> None:
    row = Row(id=uuid.UUID(int=7), item='=cmd|"calc"', quantity=Decimal("1200.000"), on=date(2026, 12, 15), flag=True)
    assert plain(row) == {"id": str(uuid.UUID(int=7)), "item": '=cmd|"calc"', "quantity": "1200", "on": "2026-12-15", "flag": True}
    [head, cells] = list(csv.reader(io.StringIO(as_csv([row], [("item", "Item"), ("quantity", "Quantity")]).decode("utf-8-sig"))))
    assert (head, cells) == (["Item", "Quantity"], ['\'=cmd|"calc"', "1200"])


@pytest.mark.parametrize(
    ("cell", "kept"), [("=1", "'=1"), ("+1 a", "'+1 a"), ("@x", "'@x"), ("-5", "-5"), ("-x", "'-x"), ("a=b", "a=b"), (5, 5)]
)
def test_cells_are_harmless(cell: object, kept: object) -> None:
    assert harmless(cell) == kept
