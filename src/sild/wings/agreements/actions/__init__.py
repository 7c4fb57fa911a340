"""Verbs of agreements."""

from sild.wings.agreements.actions.arriving import note_arrivals
from sild.wings.agreements.actions.erasing import redact_agreements
from sild.wings.agreements.actions.following import follow_subjects
from sild.wings.agreements.actions.moving import move_agreements
from sild.wings.agreements.actions.no_help import GIVERS, move_no_help, say_no_help, take_no_help_back
from sild.wings.agreements.actions.proposing import Proposal, propose_agreement
from sild.wings.agreements.actions.saying import (
    ASKING,
    GIVING,
    SAYING,
    Saying,
    accept_agreement,
    acknowledge_agreement,
    cannot_help,
    commit_agreement,
    decline_agreement,
    recall_agreement,
    release_agreement,
)
from sild.wings.agreements.actions.showing import name_contributions, show_agreement

__all__ = [
    "ASKING",
    "GIVERS",
    "GIVING",
    "SAYING",
    "Proposal",
    "Saying",
    "accept_agreement",
    "acknowledge_agreement",
    "cannot_help",
    "commit_agreement",
    "decline_agreement",
    "follow_subjects",
    "move_agreements",
    "move_no_help",
    "name_contributions",
    "note_arrivals",
    "propose_agreement",
    "recall_agreement",
    "redact_agreements",
    "release_agreement",
    "say_no_help",
    "show_agreement",
    "take_no_help_back",
]
