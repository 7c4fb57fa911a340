"""Verbs of the register: keep what was read, place lines in needs and offers, accept, reject, mend, split, rule, answer, release."""

from sild.wings.register.actions.answers import answer_offer
from sild.wings.register.actions.drafts import GIVERS, change_offer_draft, move_offer_draft, note_offered, write_offer_draft
from sild.wings.register.actions.erasing import erase_lines, redact_lines, redact_offer_drafts
from sild.wings.register.actions.gates import rule_gate, set_state
from sild.wings.register.actions.lines import accept_line, keep_lines, reject_line, reopen_line, rule_channel
from sild.wings.register.actions.mending import Part, add_line, join_lines, mend_line, split_line
from sild.wings.register.actions.moving import Moved, move_lines
from sild.wings.register.actions.placing import place_lines
from sild.wings.register.actions.release import apply_release_rule, follow_release_rule

__all__ = [
    "GIVERS",
    "Moved",
    "Part",
    "accept_line",
    "add_line",
    "answer_offer",
    "apply_release_rule",
    "change_offer_draft",
    "erase_lines",
    "follow_release_rule",
    "join_lines",
    "keep_lines",
    "mend_line",
    "move_lines",
    "move_offer_draft",
    "note_offered",
    "place_lines",
    "redact_lines",
    "redact_offer_drafts",
    "reject_line",
    "reopen_line",
    "rule_channel",
    "rule_gate",
    "set_state",
    "split_line",
    "write_offer_draft",
]
