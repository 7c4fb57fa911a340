"""Light, plan and proposal ask one question of a need: whether its endorsement counts today."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sild.kernel.refusals import Refused
from sild.wings.agreements.public import Proposal, propose_agreement
from sild.wings.parties.public import change_mechanism
from sild.wings.planning.public import lights_of_need
from sild.wings.planning.reads.problem import posed_problem
from sild.wings.register.public import Grouping, keep_lines, need_record, place_lines
from tests.cast import MECHANISM
from tests.wings.agreements.conftest import MINISTRY, Table
from tests.wings.readings import reading

DAY = date(2026, 2, 10)
LATER = DAY + timedelta(days=60)


def condition(table: Table) -> tuple[str, str]:
    """The light's word on the endorsement of the only agreement."""
    [row] = lights_of_need(table.cast.officer, table.need).rows
    told = next(one for one in row.light.conditions if one.check == "endorsed")
    return told.verdict, told.code


def propose(table: Table) -> None:
    propose_agreement(table.cast.officer, table.need, table.estonias, Proposal(quantity=Decimal(2)))


def test_what_a_letter_takes_back_is_neither_planned_nor_proposed_until_a_person_rules(table: Table) -> None:
    propose(table)
    assert condition(table) == ("pass", "endorsed-without-end")
    letter = reading(9, "withdrawal", "network-security", "VPN gateways", None, beneficiary=MINISTRY)
    keep_lines(table.cast.run, [letter])
    told = need_record(table.cast.officer, table.need).lines
    place_lines(
        table.cast.run,
        [Grouping(id=table.need, side="need", lines=(*(line.id for line in told), letter.id))],
        among=[*(line.id for line in told), letter.id],
    )
    assert condition(table) == ("unknown", "taken-back")
    posed = posed_problem(table.cast.run, DAY)
    assert [(need.id, limit) for need, limit, _who, _said in posed.left_out_needs] == [(table.need, "taken-back")]
    with pytest.raises(Refused, match="A letter takes the need"):
        propose(table)


def test_a_lapsed_endorsement_is_red_provisional_and_proposes_nothing(table: Table) -> None:
    propose(table)
    let_count(table, LATER)
    assert condition(table) == ("pass", "endorsed")
    let_count(table, LATER + timedelta(days=1))
    assert condition(table) == ("fail", "endorsement-lapsed")
    with pytest.raises(Refused, match="The gates rule again before anything is proposed"):
        propose(table)
    assert not any(need.endorsed for need in posed_problem(table.cast.run, LATER + timedelta(days=1)).problem.needs)


def let_count(table: Table, today: date) -> None:
    """Sixty days from the day of the drill on which it was endorsed."""
    change_mechanism(table.cast.run, MECHANISM.model_copy(update={"endorsement_days": 60, "today": today}))
