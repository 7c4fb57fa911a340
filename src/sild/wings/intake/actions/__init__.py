"""Verbs of intake: keep a message with its lines, run a folder through to a plan, replay an exercise's decisions."""

from sild.wings.intake.actions.messages import keep_message, keep_sighting
from sild.wings.intake.actions.refresh import refresh
from sild.wings.intake.actions.replay import note_replay, replay_act
from sild.wings.intake.actions.run import RunResult, run_inbox
from sild.wings.intake.actions.triage import accept_lines, reject_line_of

__all__ = [
    "RunResult",
    "accept_lines",
    "keep_message",
    "keep_sighting",
    "note_replay",
    "refresh",
    "reject_line_of",
    "replay_act",
    "run_inbox",
]
