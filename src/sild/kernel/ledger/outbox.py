"""The outbox: an act's entry, put down in the act's own transaction. What rolls back leaves no entry."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from sild.kernel import clock
from sild.kernel.actor import Actor
from sild.kernel.history import LedgerEntry


def commitment_of(salt: str, plain: str) -> str:
    """SHA-256 over salt and entry: shows that the entry was this one, tells nothing about it to who lacks the salt."""
    return hashlib.sha256(bytes.fromhex(salt) + plain.encode()).hexdigest()


def put(actor: Actor, entry: dict[str, Any]) -> None:
    """Queue an entry for the book."""
    plain = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    salt = secrets.token_hex(16)
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                mechanism_id=actor.mechanism,
                owner_id=actor.organisation,
                queued_at=clock.now(),
                plain=plain,
                salt=salt,
                commitment=commitment_of(salt, plain),
            )
        ]
    )
