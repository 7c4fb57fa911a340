"""The front door of diplomacy."""

from sild.wings.diplomacy.actions import redact_diplomacy
from sild.wings.diplomacy.reads import (
    DutyRow,
    TopicRow,
    checked_draft,
    contacts,
    diplomacy_naming,
    duties_due,
    own_country,
    topic_record,
    topic_rows,
)
from sild.wings.diplomacy.rules import FindingKind, norms, topics

__all__ = [
    "DutyRow",
    "FindingKind",
    "TopicRow",
    "checked_draft",
    "contacts",
    "diplomacy_naming",
    "duties_due",
    "norms",
    "own_country",
    "redact_diplomacy",
    "topic_record",
    "topic_rows",
    "topics",
]
