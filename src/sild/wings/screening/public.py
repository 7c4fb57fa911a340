"""The front door of screening."""

from sild.wings.screening.actions import redact_screening
from sild.wings.screening.reads import HitRow, PartyStanding, hits_naming, hits_waiting, screening_of
from sild.wings.screening.rules import Standing

__all__ = [
    "HitRow",
    "PartyStanding",
    "Standing",
    "hits_naming",
    "hits_waiting",
    "redact_screening",
    "screening_of",
]
