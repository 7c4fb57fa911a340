"""Verbs of intake: keep a message with its lines, run a folder through to a plan, replay an exercise's decisions."""

from sild.wings.intake.actions.closing import ClosedInto, close_message_into
from sild.wings.intake.actions.messages import keep_message, keep_sighting
from sild.wings.intake.actions.refresh import refresh
from sild.wings.intake.actions.replay import note_replay, replay_act
from sild.wings.intake.actions.run import RunResult, run_inbox
from sild.wings.intake.actions.taking import Arrived, Reader, Taken, Taking
from sild.wings.intake.actions.watching import watch_folder

__all__ = [
    "Arrived",
    "ClosedInto",
    "Reader",
    "RunResult",
    "Taken",
    "Taking",
    "close_message_into",
    "keep_message",
    "keep_sighting",
    "note_replay",
    "refresh",
    "replay_act",
    "run_inbox",
    "watch_folder",
]
