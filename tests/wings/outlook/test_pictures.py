"""Deliveries over absorption, and the one calendar of renewals: drawn from what the reader sees, with tables of the same numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sild.formats.drawing.shapes import Box
from sild.wings.outlook.actions import StatedMonth, keep_term, state_capacity
from sild.wings.outlook.public import picture_of_deliveries, picture_of_renewals
from sild.wings.outlook.reads.pictures import table_of_capacity
from sild.wings.planning.public import picture_of_supply
from tests.wings.outlook.conftest import COURT, MINISTRY, Ahead
from tests.wings.outlook.test_outlook import page, term


def test_months_under_the_deliveries_stand_in_the_table_too(ahead: Ahead) -> None:
    officer = ahead.cast.officer
    state_capacity(ahead.cast.asker, MINISTRY, [StatedMonth(month=date(2026, 3, 1), amount=Decimal(1))], source="our IT department")
    drawn = picture_of_deliveries(officer)
    assert drawn.picture is not None
    assert "Consignments: 0" in drawn.summary
    table = table_of_capacity(officer, body=MINISTRY)
    assert sum(row[3] for row in table.rows if isinstance(row[3], Decimal)) == 20
    assert picture_of_deliveries(officer, body="nobody of that name").picture is None
    status, text = page(officer, "outlook.deliveries", body=MINISTRY)
    assert status == 200
    assert "today" in text
    assert COURT not in text.partition("<figure")[2], "the picture of one body names no other"


def test_the_calendar_draws_what_goes_dark_and_says_it_in_words(ahead: Ahead) -> None:
    keep_term(ahead.cast.officer, term(title="<b>mail</b> licences", ends_on=date(2026, 5, 31)), reason="the contract says so")
    drawn = picture_of_renewals(ahead.cast.officer)
    assert drawn.picture is not None
    assert [mark.tone for mark in drawn.picture.marks if isinstance(mark, Box) and "31 May 2026" in mark.title] == ["unknown"]
    assert drawn.rows[0][:3] == (date(2026, 5, 31), "<b>mail</b> licences", MINISTRY)
    text = page(ahead.cast.officer, "outlook.sustainment")[1]
    assert 'class="desk-drawing"' in text
    assert "Things that lapse until" in text
    assert "<b>mail" not in text


def test_need_by_supply_adds_up_to_what_is_planned(ahead: Ahead) -> None:
    drawn = picture_of_supply(ahead.cast.officer)
    [row] = drawn.rows
    cells = dict(zip(drawn.head, row, strict=True))
    given = [cell for name, cell in cells.items() if name in ("Estonia", "Latvia")]
    assert cells["Asked"] == 30
    assert sum(cell for cell in given if isinstance(cell, Decimal)) == cells["Planned"]
    assert cells["Gap"] == 30 - Decimal(str(cells["Planned"]))
    assert len(picture_of_supply(ahead.cast.officer, by_need=True).rows) == 2
    for query in ({}, {"by": "need"}, {"category": "network-security"}, {"category": "none of that name"}):
        status, text = page(ahead.cast.officer, "planning.supply", **query)
        assert status == 200
        assert ('role="img"' in text) is (query != {"category": "none of that name"})
    assert picture_of_supply(ahead.cast.outsider).picture is None, "a plan that nobody shared"
