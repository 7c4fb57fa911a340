"""The front door of intake."""

from sild.wings.intake.actions import RunResult, Taken, run_inbox
from sild.wings.intake.reads import MessageView, line_records, messages
from sild.wings.intake.reads.inbox import InboxPage, Wanted, inbox
from sild.wings.intake.rules import Waiting
from sild.wings.intake.schemas import read_decisions

__all__ = [
    "InboxPage",
    "MessageView",
    "RunResult",
    "Taken",
    "Waiting",
    "Wanted",
    "inbox",
    "line_records",
    "messages",
    "read_decisions",
    "run_inbox",
]
