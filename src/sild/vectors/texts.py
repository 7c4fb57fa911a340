"""Texts as the model gets them: plain letters of one form, no longer than the model can use, and their digest."""

from __future__ import annotations

import hashlib
import unicodedata

LONGEST = 1000
"""Signs of a text that count, about 300 pieces of the model's 512: what stands behind them is cut off. A line is 110 long on average."""

# as much as is looked at of a text before it is made plain: one sign may become eighteen
_LOOKED_AT = 4 * LONGEST


def cleaned(text: str) -> str:
    """The text in compatibility form (NFKC), white space as single spaces, without control signs and halves of signs, cut to LONGEST.

    The model's own reader makes room for four signs for each byte; one Arabic ligature becomes eighteen there and writes over its
    memory. In compatibility form nothing grows any more.
    """
    plain = unicodedata.normalize("NFKC", text[:_LOOKED_AT])
    kept = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in plain if not _unreadable(sign))
    return " ".join(kept.split())[:LONGEST].rstrip()


def _unreadable(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cs", "Cn", "Co")


def content_digest(identity: str, text: str) -> bytes:
    """By what a vector is found again: 32 bytes of the model's identity and the cleaned text."""
    return hashlib.sha256(f"{identity}\0{cleaned(text)}".encode()).digest()
