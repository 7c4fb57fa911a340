"""Questions to intake: what is kept, the inbox as people see it, one message beside what was read from it."""

from sild.wings.intake.reads.inbox import InboxPage, InboxRow, Wanted, following, inbox
from sild.wings.intake.reads.kept import MessageView, limit_of, line_records, messages, pending_acts, without_text
from sild.wings.intake.reads.opened import FieldView, LineView, Opened, note_opening, open_message, original_of, text_of
from sild.wings.intake.reads.sealed import SealedView, in_sealing_room, sealed_digests, sealed_messages

__all__ = [
    "FieldView",
    "InboxPage",
    "InboxRow",
    "LineView",
    "MessageView",
    "Opened",
    "SealedView",
    "Wanted",
    "following",
    "in_sealing_room",
    "inbox",
    "limit_of",
    "line_records",
    "messages",
    "note_opening",
    "open_message",
    "original_of",
    "pending_acts",
    "sealed_digests",
    "sealed_messages",
    "text_of",
    "without_text",
]
