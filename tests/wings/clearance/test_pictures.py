"""Licence clocks as lanes: running, paused and ending ones are told apart by pattern and words, and stand in the table."""

from __future__ import annotations

from datetime import date

from sild.formats.drawing.shapes import Box
from sild.wings.clearance.public import picture_of_licences
from sild.wings.clearance.rules import CaseState
from tests.wings.clearance.conftest import Office
from tests.wings.clearance.test_actions import moved, opened
from tests.wings.clearance.test_pages import page

S = CaseState


def test_a_clock_that_runs_is_solid_and_one_that_waits_is_patterned(office: Office) -> None:
    assert "There is no licence case" in picture_of_licences(office.liaison).summary
    case = opened(office)
    way = ((S.CANDIDATE, 12), (S.LICENCE_REQUIRED, 14), (S.APPLIED, 15), (S.INFORMATION_REQUESTED, 20), (S.APPLIED, 25))
    moved(office, case, *((state, date(2026, 1, day)) for state, day in way))
    drawn = picture_of_licences(office.liaison)
    assert drawn.picture is not None
    stays = [(mark.tone, mark.pattern) for mark in drawn.picture.marks if isinstance(mark, Box) and "days" in mark.title]
    assert stays == [("unknown", True), ("unknown", True), ("part", True), ("a", False), ("part", True), ("a", False)]
    cells = dict(zip(drawn.head, drawn.rows[0], strict=True))
    assert (cells["Days with the authority"], cells["Days paused"]) == (21, 5)
    assert "its clock running: 1" in drawn.summary
    text = page(office.cast.officer, "clearance.clocks")[1]
    assert 'role="img"' in text
    assert str(case) in text
    assert "Clocks over time" in page(office.cast.officer, "clearance.board")[1]
    assert "or none that fits" in page(office.cast.officer, "clearance.clocks", state="granted")[1]
    assert picture_of_licences(office.cast.outsider).rows == ()
