"""Questions to intake: what is kept, the inbox as people see it, one message beside what was read from it."""

from sild.wings.intake.reads.asking import question_for
from sild.wings.intake.reads.inbox import InboxPage, InboxRow, Wanted, following, inbox
from sild.wings.intake.reads.kept import MessageView, limit_of, line_records, messages, pending_acts, without_text
from sild.wings.intake.reads.opened import FieldView, LineView, Opened, note_opening, open_message, original_of, text_of
from sild.wings.intake.reads.places import hints_of
from sild.wings.intake.reads.sealed import SealedView, in_sealing_room, is_sealed, sealed_messages, sealed_state
from sild.wings.intake.reads.suggested import suggested
from sild.wings.intake.reads.sure import LEVELS, SureLines, sure_lines, sureness_of

__all__ = [
    "LEVELS",
    "FieldView",
    "InboxPage",
    "InboxRow",
    "LineView",
    "MessageView",
    "Opened",
    "SealedView",
    "SureLines",
    "Wanted",
    "following",
    "hints_of",
    "in_sealing_room",
    "inbox",
    "is_sealed",
    "limit_of",
    "line_records",
    "messages",
    "note_opening",
    "open_message",
    "original_of",
    "pending_acts",
    "question_for",
    "sealed_messages",
    "sealed_state",
    "suggested",
    "sure_lines",
    "sureness_of",
    "text_of",
    "without_text",
]
