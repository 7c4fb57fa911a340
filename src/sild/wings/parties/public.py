"""The front door of the parties wing."""

from sild.wings.parties.actions import (
    change_mechanism,
    forget_meeting,
    found_mechanism,
    import_parties,
    keep_for_review,
    leave_seat,
    recover,
    redact_parties,
    take_seat,
)
from sild.wings.parties.reads import PartyView, mechanism_file, organisation_ids, parents, parties, parties_with_above, right_below
from sild.wings.parties.rules import (
    DOOR,
    GIVERS,
    MILITARY_SECTORS,
    PRIORITY_CRITERIA,
    MechanismFile,
    PartyKind,
    PartyRow,
    member_ceiling,
    organisation_ceiling,
)
from sild.wings.parties.schemas import fault_of, read_mechanism, read_parties, read_yaml

__all__ = [
    "DOOR",
    "GIVERS",
    "MILITARY_SECTORS",
    "PRIORITY_CRITERIA",
    "MechanismFile",
    "PartyKind",
    "PartyRow",
    "PartyView",
    "change_mechanism",
    "fault_of",
    "forget_meeting",
    "found_mechanism",
    "import_parties",
    "keep_for_review",
    "leave_seat",
    "mechanism_file",
    "member_ceiling",
    "organisation_ceiling",
    "organisation_ids",
    "parents",
    "parties",
    "parties_with_above",
    "read_mechanism",
    "read_parties",
    "read_yaml",
    "recover",
    "redact_parties",
    "right_below",
    "take_seat",
]
