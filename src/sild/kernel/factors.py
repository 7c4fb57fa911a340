"""Second factors: their secrets lie in the database under a key that lies in the home, and their codes open once."""

from __future__ import annotations

import base64
import hashlib
from uuid import UUID

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.core.cache import cache

from sild.kernel import home as homes
from sild.kernel.home import kept_secret
from sild.kernel.identity import digest_of_secret

KEY = "factors.key"
CODE_LIVES_S = 120
SEALED = ("secret", "seed")
"""Where an authenticator's row keeps what was sealed: of an app, of recovery codes."""


class Unreadable(RuntimeError):
    """What was sealed was not sealed with the key of this home."""


def seal(text: str) -> str:
    """The text under the key of the home."""
    return _lock().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises Unreadable where another key sealed it."""
    try:
        return _lock().decrypt(sealed.encode()).decode()
    except InvalidToken as problem:
        raise Unreadable("a second factor was sealed with another key than keys/factors.key of this home") from problem


def unreadable_factors() -> int:
    """How many second factors the key of this home does not open: their people need a recovery, or the key comes back from the backup."""
    count = 0
    for data in Authenticator.objects.values_list("data", flat=True).iterator():
        try:
            for name in SEALED:
                if name in data:
                    unseal(data[name])
        except Unreadable:
            count += 1
    return count


def first_use(account: UUID, code: str) -> bool:
    """Whether the code opens for the first time; remembers it where every server process sees it."""
    return bool(cache.add(f"factor-used:{account}:{digest_of_secret(''.join(code.split()))}", True, timeout=CODE_LIVES_S))


def _lock() -> Fernet:
    kept = kept_secret(homes.current(), KEY)
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(bytes.fromhex(kept)).digest()))
