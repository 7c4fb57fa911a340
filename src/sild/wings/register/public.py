"""The front door of the register."""

from sild.wings.register.actions import accept_line, apply_release_rule, keep_lines, place_lines, reject_line, rule_channel, rule_gate
from sild.wings.register.models import Line
from sild.wings.register.reads import NeedView, OfferView, lines, needs, offers, rulings
from sild.wings.register.rules import CLOSED, Channel, Grouping, LineReading, LineState, NeedState

__all__ = [
    "CLOSED",
    "Channel",
    "Grouping",
    "Line",
    "LineReading",
    "LineState",
    "NeedState",
    "NeedView",
    "OfferView",
    "accept_line",
    "apply_release_rule",
    "keep_lines",
    "lines",
    "needs",
    "offers",
    "place_lines",
    "reject_line",
    "rule_channel",
    "rule_gate",
    "rulings",
]
