"""Published flows beside the checkout: every row is read, and rows make what their sources say, to the cent. Skips without them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from sild.formats.flows import FlowFile, read_flows
from sild.values.flow import FIRM, FlowState
from tests.beside import beside


def read(path: Path) -> FlowFile:
    found = read_flows(path.read_bytes(), path.name)
    assert found.faults == (), path.name
    return found


def test_flows_of_the_tracking_service_make_the_total_that_its_answer_states() -> None:
    tracked = beside("data", "ocha_fts")
    pages = [read(path) for path in sorted((tracked / "input").glob("custom-search-*.json"))]
    flows = {flow.key: flow for page in pages for flow in page.flows}
    stated = {claim.topic.split(":", 2)[2]: claim.amount for page in pages for claim in page.claims}
    incoming = [flow for flow in flows.values() if flow.tags["boundary"] == ("incoming",)]
    assert len(incoming) == stated["incoming:flowCount"]
    single = [flow for flow in incoming if flow.tags["on-boundary"] == ("single",) and flow.state in FIRM]
    assert sum(flow.value or Decimal(0) for flow in single) == stated["incoming:fundingTotal"]


def test_one_flow_is_told_alike_by_answer_and_table() -> None:
    tracked = beside("data", "ocha_fts")
    told = {flow.key: flow for path in sorted((tracked / "input").glob("custom-search-*.json")) for flow in read(path).flows}
    rows = [flow for name in ("incoming", "internal") for flow in read(tracked / f"fts_{name}_funding_afg.csv").flows]
    assert len(rows) == len(told) > 400
    for row in rows:
        one = told[row.key]
        assert (row.amount, row.currency, row.value, row.state, row.on) == (one.amount, one.currency, one.value, one.state, one.on), row.key
        assert (row.giver, row.body) == (one.giver, one.body), row.key


def test_months_of_donors_make_the_sums_of_all_donors() -> None:
    tables = beside("data", "kiel_ust_website", "data")
    months = read(tables / "data_explorer.csv")
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for flow in months.flows:
        if flow.state == FlowState.COMMITTED:
            for kind in (flow.sector, ""):
                sums[flow.tags["month"][0], kind] += flow.amount
    claims = read(tables / "total_allocations.csv").claims
    assert len(claims) > 200
    for claim in claims:
        assert sums[claim.boundary["month"], claim.boundary.get("kind", "")] == claim.amount, claim.label
    assert months.sums == 2 * months.rows and not [claim for claim in months.claims if claim.unit == "EUR"], "each row keeps its own sums"
