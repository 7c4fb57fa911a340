"""Files that come for a licence case: what they are, and which of them carries a signature that counts."""

from __future__ import annotations

from enum import StrEnum

LARGEST_FILE = 25 * 1024 * 1024


class CameKind(StrEnum):
    """What came."""

    LICENCE = "licence"
    LETTER = "authority-letter"
    SIGNED = "signed-end-use"
    OTHER = "other-file"


WITH_SIGNATURE = frozenset({CameKind.SIGNED})
"""Of these the day of the signature is written down."""
