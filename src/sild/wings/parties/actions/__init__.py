"""Verbs of the parties wing: the mechanism, organisations by name, and who sits on which seat."""

from sild.wings.parties.actions.demo import seat_demo_people
from sild.wings.parties.actions.mechanism import change_mechanism, found_mechanism
from sild.wings.parties.actions.parties import forget_meeting, import_parties, keep_for_review, redact_parties
from sild.wings.parties.actions.people import (
    Link,
    ask_recovery,
    confirm_link,
    invite_member,
    leave_seat,
    recover,
    take_seat,
    vacate_seat,
    withdraw_invitation,
)

__all__ = [
    "Link",
    "ask_recovery",
    "change_mechanism",
    "confirm_link",
    "forget_meeting",
    "found_mechanism",
    "import_parties",
    "invite_member",
    "keep_for_review",
    "leave_seat",
    "recover",
    "redact_parties",
    "seat_demo_people",
    "take_seat",
    "vacate_seat",
    "withdraw_invitation",
]
