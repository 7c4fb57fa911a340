"""Dossiers: which audience gets what, and with which marking a paper for it is printed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sild.values.marking import Marking
from sild.wings.attribution.rules.evidence import EvidenceAudience

MOST_DOSSIERS = 200
LANGUAGES = ("en", "uk")
"""In which languages a dossier can be made."""
INSIDE = frozenset({EvidenceAudience.SERVICES, EvidenceAudience.MINISTERS})
"""Who is told how the case was worked on: its title, what bodies owed, the hypotheses. All others are told the evidence for them alone."""
PRINTED: Mapping[EvidenceAudience, Marking] = {
    EvidenceAudience.CO_ATTRIBUTING: Marking.AMBER_STRICT,
    EvidenceAudience.SANCTIONS_FILE: Marking.AMBER,
    EvidenceAudience.COURT: Marking.AMBER,
    EvidenceAudience.PUBLIC: Marking.CLEAR,
}
"""The marking of a paper for those outside: a person said of each item, with a reason, that they may be shown it. The desk's own rule."""


def printed_marking(audience: EvidenceAudience, case: Marking) -> Marking:
    """The marking of a paper about a case: inside that of the case, outside that of the audience."""
    return PRINTED.get(audience, case)


def content_digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of a kept content, in hexadecimal digits."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
