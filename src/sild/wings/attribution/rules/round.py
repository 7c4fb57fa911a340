"""Co-attribution rounds: levels of support, and the digest by which a slice is frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum

MOST_INVITED, MOST_SLICES = 60, 200


class SupportLevel(StrEnum):
    """How far a State goes, from the furthest: the ladder of the reference (attribution_frameworks, support-levels)."""

    OWN_ATTRIBUTION = "own-attribution"
    JOINT_ATTRIBUTION = "joint-attribution"
    SUPPORTS_ATTRIBUTION = "supports-attribution"
    CONDEMNS_ACT = "condemns-act"
    SOLIDARITY_OR_CONCERN = "solidarity-or-concern"
    TAKES_NOTE = "takes-note"
    NO_STATEMENT = "no-statement"
    DECLINES = "declines"


class SliceProposalState(StrEnum):
    """Where a proposal to let evidence out stands."""

    PROPOSED = "proposed"
    LET_OUT = "let-out"
    DECLINED = "declined"


def slice_digest(told: Mapping[str, object]) -> str:
    """The SHA-256 of a slice's words, whatever their order."""
    return hashlib.sha256(json.dumps(dict(told), sort_keys=True, ensure_ascii=False).encode()).hexdigest()
