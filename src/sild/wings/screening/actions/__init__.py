"""Verbs of screening."""

from sild.wings.screening.actions.erasing import redact_screening
from sild.wings.screening.actions.lists import OFFICERS, ListReader, Loaded, count_list, keep_list, withdraw_list
from sild.wings.screening.actions.ruling import rule_hit
from sild.wings.screening.actions.screening import Screened, ask_screening, screen_parties
from sild.wings.screening.actions.taking_up import TakingUp

__all__ = [
    "OFFICERS",
    "ListReader",
    "Loaded",
    "Screened",
    "TakingUp",
    "ask_screening",
    "count_list",
    "keep_list",
    "redact_screening",
    "rule_hit",
    "screen_parties",
    "withdraw_list",
]
