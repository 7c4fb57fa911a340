"""Questions about diplomacy: norms and measures with what was done, clocks, contacts, who agrees with whom, treaties."""

from sild.wings.diplomacy.reads.country import own_country
from sild.wings.diplomacy.reads.duties import DutyRow, duties, duties_due
from sild.wings.diplomacy.reads.erasing import diplomacy_naming
from sild.wings.diplomacy.reads.positions import (
    CheckedDraft,
    StateOnTopic,
    StateWord,
    TopicRow,
    TopicView,
    checked_draft,
    position_states,
    said_lines,
    topic_record,
    topic_rows,
    words_of,
)
from sild.wings.diplomacy.reads.subjects import ContactRow, Entry, SubjectRow, SubjectView, contacts, entries, subject_record, subject_rows
from sild.wings.diplomacy.reads.treaties import StateRow, TreatyView, treaty_record, treaty_rows

__all__ = [
    "CheckedDraft",
    "ContactRow",
    "DutyRow",
    "Entry",
    "StateOnTopic",
    "StateRow",
    "StateWord",
    "SubjectRow",
    "SubjectView",
    "TopicRow",
    "TopicView",
    "TreatyView",
    "checked_draft",
    "contacts",
    "diplomacy_naming",
    "duties",
    "duties_due",
    "entries",
    "own_country",
    "position_states",
    "said_lines",
    "subject_record",
    "subject_rows",
    "topic_record",
    "topic_rows",
    "treaty_record",
    "treaty_rows",
    "words_of",
]
