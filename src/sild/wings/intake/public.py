"""The front door of intake."""

from sild.wings.intake.actions import RunResult, Taken, run_inbox
from sild.wings.intake.actions.erasing import Erased, erase_message, erase_person
from sild.wings.intake.actions.fetching import MailboxSettings, add_mailbox, remove_mailbox
from sild.wings.intake.reads import MessageView, line_records, messages
from sild.wings.intake.reads.correspondence import receipts, replies
from sild.wings.intake.reads.held import held_on, message_by_name
from sild.wings.intake.reads.inbox import InboxPage, Wanted, inbox
from sild.wings.intake.reads.mailboxes import mailboxes
from sild.wings.intake.reads.sealed import sealed_messages
from sild.wings.intake.reads.seen import messages_seen
from sild.wings.intake.reads.waiting import WaitingGroup, what_waits
from sild.wings.intake.rules import Waiting
from sild.wings.intake.schemas import read_decisions

__all__ = [
    "Erased",
    "InboxPage",
    "MailboxSettings",
    "MessageView",
    "RunResult",
    "Taken",
    "Waiting",
    "WaitingGroup",
    "Wanted",
    "add_mailbox",
    "erase_message",
    "erase_person",
    "held_on",
    "inbox",
    "line_records",
    "mailboxes",
    "message_by_name",
    "messages",
    "messages_seen",
    "read_decisions",
    "receipts",
    "remove_mailbox",
    "replies",
    "run_inbox",
    "sealed_messages",
    "what_waits",
]
