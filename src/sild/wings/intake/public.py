"""The front door of intake."""

from sild.wings.intake.actions import RunResult, Taken, run_inbox
from sild.wings.intake.actions.fetching import MailboxSettings, add_mailbox, remove_mailbox
from sild.wings.intake.reads import MessageView, line_records, messages
from sild.wings.intake.reads.inbox import InboxPage, Wanted, inbox
from sild.wings.intake.reads.mailboxes import mailboxes
from sild.wings.intake.rules import Waiting
from sild.wings.intake.schemas import read_decisions

__all__ = [
    "InboxPage",
    "MailboxSettings",
    "MessageView",
    "RunResult",
    "Taken",
    "Waiting",
    "Wanted",
    "add_mailbox",
    "inbox",
    "line_records",
    "mailboxes",
    "messages",
    "read_decisions",
    "remove_mailbox",
    "run_inbox",
]
