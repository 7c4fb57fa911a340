"""Questions to money."""

from sild.wings.money.reads.contradictions import (
    CLAIM,
    ClaimRow,
    Contradictions,
    OffRate,
    Readings,
    Reckoned,
    Topic,
    contradictions,
    flows_naming,
)
from sild.wings.money.reads.lists import FlowFilter, FlowSubjects, all_rows, flows_of_offer, list_flows, subjects_of_flows
from sild.wings.money.reads.records import FLOW, FlowView, Step, flow_record
from sild.wings.money.reads.sums import DIMENSIONS, Behind, CountedRow, PotView, TotalsView, rows_behind, totals_of
from sild.wings.money.reads.told import FlowRow

__all__ = [
    "CLAIM",
    "DIMENSIONS",
    "FLOW",
    "Behind",
    "ClaimRow",
    "Contradictions",
    "CountedRow",
    "FlowFilter",
    "FlowRow",
    "FlowSubjects",
    "FlowView",
    "OffRate",
    "PotView",
    "Readings",
    "Reckoned",
    "Step",
    "Topic",
    "TotalsView",
    "all_rows",
    "contradictions",
    "flow_record",
    "flows_naming",
    "flows_of_offer",
    "list_flows",
    "rows_behind",
    "subjects_of_flows",
    "totals_of",
]
