"""What people write down in diplomacy. Each act can be undone, and belongs to the organisation that did it."""

from sild.wings.diplomacy.actions.contacts import NewContact, answer_ping, confirm_contact, keep_contact, ping_contact, retire_contact
from sild.wings.diplomacy.actions.duties import NewDuty, discharge_duty, end_duty, keep_duty
from sild.wings.diplomacy.actions.erasing import redact_diplomacy
from sild.wings.diplomacy.actions.implementing import NewImplementation, log_implementation, move_implementation
from sild.wings.diplomacy.actions.positions import NewPosition, NewTreatyStep, keep_position, keep_treaty_step, take_back
from sild.wings.diplomacy.reads.told import WRITERS

__all__ = [
    "WRITERS",
    "NewContact",
    "NewDuty",
    "NewImplementation",
    "NewPosition",
    "NewTreatyStep",
    "answer_ping",
    "confirm_contact",
    "discharge_duty",
    "end_duty",
    "keep_contact",
    "keep_duty",
    "keep_position",
    "keep_treaty_step",
    "log_implementation",
    "move_implementation",
    "ping_contact",
    "redact_diplomacy",
    "retire_contact",
    "take_back",
]
