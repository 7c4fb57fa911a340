"""Public files of flows are read exactly, and what is none of them is refused with what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sild.formats.flows import NotFlows, read_flows
from sild.formats.flows.facts import number_in
from sild.formats.table_sheet import table_sheet
from sild.values.flow import FlowState
from tests.wings.money.made import FACTS, fts_answer, fts_flow, kiel_months, kiel_totals


def test_an_answer_keeps_the_original_amount_its_rate_and_its_row() -> None:
    flow = fts_flow(7, 606796, originalAmount=500000, originalCurrency="EUR", exchangeRate=0.824, status="paid", parentFlowId=3)
    found = read_flows(fts_answer([flow, fts_flow(8, 0, status="pledge")], 606796, 2), "answer.json")
    first, second = found.flows
    assert (first.amount, first.currency, first.value, first.value_currency, first.rate) == (
        Decimal(500000),
        "EUR",
        Decimal(606796),
        "USD",
        Decimal("0.824"),
    )
    assert (first.state, second.state) == (FlowState.DISBURSED, FlowState.PLEDGED)
    assert (first.giver, first.body, first.parent, first.within) == ("Estonia", "A fund", "3", False)
    assert (first.on, first.begins, first.ends, first.as_of) == (date(2025, 3, 1), date(2025, 1, 1), date(2025, 12, 31), date(2025, 3, 2))
    assert first.raw["originalAmount"] == 500000
    assert {claim.topic.rsplit(":", 1)[1] for claim in found.claims} == {"fundingTotal", "pledgeTotal", "flowCount"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"status": "maybe"}, "state 'maybe'"),
        ({"amountUSD": "much"}, "'much' is no number"),
        ({"amountUSD": "NaN"}, "no amount"),
        ({"amountUSD": "1e40"}, "no amount"),
        ({"originalAmount": 5, "originalCurrency": "euro"}, "ISO 4217"),
        ({"sourceObjects": [5]}, "no list of objects"),
        ({"id": ""}, "no id"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_others_are_kept(change: dict[str, object], says: str) -> None:
    found = read_flows(fts_answer([fts_flow(1, 5) | change, fts_flow(2, 6)], 6, 1), "answer.json")
    assert [flow.key for flow in found.flows] == ["2"] and len(found.faults) == 1 and says in found.faults[0]


def test_months_become_allocations_and_promises_in_whole_euros() -> None:
    found = read_flows(
        kiel_months("Estonia,EST,2024,12,0.002646,0,0.001,0.001646,0.002645,-0.000001,31,0.01", "Malta,MLT,2024,1,0,0,0,0,0,0,20,0"),
        "months.csv",
    )
    told = {flow.key.rsplit(":", 1)[1]: flow for flow in found.flows}
    assert {name: flow.amount for name, flow in told.items()} == {
        "humanitarian": Decimal(1_000_000),
        "military": Decimal(1_646_000),
        "to_be_allocated": Decimal(-1000),
    }
    assert told["to_be_allocated"].state == FlowState.PLEDGED and told["military"].state == FlowState.COMMITTED
    assert (told["military"].begins, told["military"].ends) == (date(2024, 12, 1), date(2024, 12, 31))
    assert (found.rows, found.empty, found.sums) == (2, 1, 4)
    assert all("product" in claim.label for claim in found.claims), "the sums within the rows hold, so nothing is claimed of them"


def test_a_row_that_breaks_its_own_sum_says_so_as_a_claim() -> None:
    found = read_flows(kiel_months("Estonia,EST,2024,2,0.5,0.1,0.1,0.1,0.6,0.2,31,0.01"), "months.csv")
    said = {claim.topic.rsplit(":", 1)[1]: claim for claim in found.claims}
    assert "its parts make 0.3" in said["total"].said and said["total"].boundary["giver"] == "Estonia"
    assert said["commitments"].amount == Decimal(600_000_000) and "make 0.7" in said["commitments"].said


def test_totals_and_facts_become_claims() -> None:
    month = read_flows(kiel_totals("2024,2,0.3,0.1,0.1,0.1"), "totals.csv").claims
    assert [claim.amount for claim in month] == [Decimal(300_000_000), *[Decimal(100_000_000)] * 3]
    assert month[0].boundary == {"series": "kiel-ust", "month": "2024-02", "states": "committed"}
    facts = read_flows(FACTS.encode(), "facts.yaml")
    assert [(claim.topic, claim.said, claim.amount, claim.at_least) for claim in facts.claims] == [
        ("fact:launch", "2023-12-20", None, False),
        ("fact:launch", "2023-12-23", None, False),
        ("fact:total", "241700000 EUR", Decimal(241_700_000), False),
        ("fact:total", "over 240 million EUR", Decimal(240_000_000), True),
    ]
    assert facts.empty == 1 and facts.claims[0].cited == ("https://one.invalid/launch",)


@pytest.mark.parametrize(
    ("said", "amount", "unit", "at_least"),
    [
        ("over 210 million USD", Decimal(210_000_000), "USD", True),
        ("1,250,000", Decimal(1_250_000), "", False),
        ("0.5 bn EUR", Decimal("500000000.0"), "EUR", False),
        ("about 30", None, "", False),
        ("once, 2024", None, "", False),
        ("2023-12-20", None, "", False),
        ("1" * 40, None, "", False),
    ],
)
def test_a_number_is_read_only_from_words_that_are_one(said: str, amount: Decimal | None, unit: str, at_least: bool) -> None:
    assert number_in(said) == (amount, unit, at_least)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"{", b"[]", b'{"data": {}}', b"meta: [", b"meta: 1\n", b"a,b\n1,2\n", b'"', b"{" * 5000, b"id,status\n\x00,x\n"],
)
def test_what_is_no_file_of_flows_is_refused_with_its_name(data: bytes) -> None:
    with pytest.raises(NotFlows, match="odd file"):
        read_flows(data, "odd file")


def test_a_table_with_rows_of_other_lengths_is_refused() -> None:
    with pytest.raises(NotFlows, match="row 2 has 2 cells"):
        read_flows(kiel_totals("2024,2"), "totals.csv")


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    data = table_sheet(["a", "b"], [["=1+1", True], [None, 5], ["+380", "12.50"]], datetime(2026, 2, 10, tzinfo=UTC))
    assert data.startswith(b"PK") and b"<f>" not in data
