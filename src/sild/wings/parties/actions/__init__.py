"""Verbs of the parties wing: the mechanism, organisations by name, and who sits on which seat."""

from sild.wings.parties.actions.demo import seat_demo_people
from sild.wings.parties.actions.mechanism import change_mechanism, found_mechanism
from sild.wings.parties.actions.parties import import_parties, keep_for_review

__all__ = [
    "change_mechanism",
    "found_mechanism",
    "import_parties",
    "keep_for_review",
    "seat_demo_people",
]
