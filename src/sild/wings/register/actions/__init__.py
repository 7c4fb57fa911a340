"""Verbs of the register: keep what was read, place lines in needs and offers, accept, reject, rule."""

from sild.wings.register.actions.gates import rule_gate
from sild.wings.register.actions.lines import accept_line, keep_lines, reject_line, rule_channel
from sild.wings.register.actions.placing import place_lines
from sild.wings.register.actions.release import apply_release_rule, follow_release_rule

__all__ = [
    "accept_line",
    "apply_release_rule",
    "follow_release_rule",
    "keep_lines",
    "place_lines",
    "reject_line",
    "rule_channel",
    "rule_gate",
]
