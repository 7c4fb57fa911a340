"""Verbs of money."""

from sild.wings.money.actions.erasing import redact_money
from sild.wings.money.actions.following import follow_readers
from sild.wings.money.actions.importing import ImportResult, import_flows
from sild.wings.money.actions.moving import move_flows
from sild.wings.money.actions.recording import NewFlow, Worth, advance_flow, end_flow, put_under, record_flow, show_flow, value_flow

__all__ = [
    "ImportResult",
    "NewFlow",
    "Worth",
    "advance_flow",
    "end_flow",
    "follow_readers",
    "import_flows",
    "move_flows",
    "put_under",
    "record_flow",
    "redact_money",
    "show_flow",
    "value_flow",
]
