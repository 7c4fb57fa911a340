"""The front door of money."""

from sild.wings.money.actions import (
    NewFlow,
    Worth,
    advance_flow,
    end_flow,
    import_flows,
    move_flows,
    put_under,
    record_flow,
    redact_money,
    show_flow,
    value_flow,
)
from sild.wings.money.reads import FlowFilter, FlowRow, flows_naming, flows_of_offer, list_flows, subjects_of_flows, totals_of
from sild.wings.money.reads.pictures import picture_of_money
from sild.wings.money.rules import FlowState, ShownAs

__all__ = [
    "FlowFilter",
    "FlowRow",
    "FlowState",
    "NewFlow",
    "ShownAs",
    "Worth",
    "advance_flow",
    "end_flow",
    "flows_naming",
    "flows_of_offer",
    "import_flows",
    "list_flows",
    "move_flows",
    "picture_of_money",
    "put_under",
    "record_flow",
    "redact_money",
    "show_flow",
    "subjects_of_flows",
    "totals_of",
    "value_flow",
]
