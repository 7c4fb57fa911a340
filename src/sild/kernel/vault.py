"""The vault: files kept encrypted, each under a key of its own that is itself wrapped by a key of the home.

Whoever forgets a file's wrapped key has wiped the file, in backups of the vault too. AES-256-GCM for both; the file's name is bound
to its content, so that no file stands in for another.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sild.kernel import originals
from sild.kernel.home import Home, kept_secret
from sild.kernel.refusals import Refused

KEY = "vault.key"
FOLDER = "vault"
_NONCE = 12


def lock_away(home: Home, identity: UUID, data: bytes) -> bytes:
    """Keep `data` encrypted under the name `identity`, on the disk when this returns; returns its wrapped key. Raises OSError.

    Each locking away has a file of its own: two at one moment, or one after a wiping, never meet.
    """
    key, name = AESGCM.generate_key(bit_length=256), identity.bytes
    wrapped = _sealed(_home_key(home), key, name)
    place = place_of(home, identity, wrapped)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(_sealed(key, data, name))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place)
    return wrapped


def open_up(home: Home, identity: UUID, wrapped: bytes) -> bytes:
    """The data as it was kept. Raises Refused where file or key are not what was kept."""
    try:
        key = _opened(_home_key(home), wrapped, identity.bytes)
        return _opened(key, place_of(home, identity, wrapped).read_bytes(), identity.bytes)
    except (OSError, InvalidTag, ValueError) as fault:
        raise Refused(
            f"The sealed file {identity} cannot be opened: {type(fault).__name__}. Restore the folder {home.root / FOLDER} "
            f"and the key {KEY} from the same backup."
        ) from fault


def wipe(home: Home, identity: UUID, wrapped: bytes) -> None:
    """Remove the file of this wrapped key. Without the key a copy of it is noise."""
    place_of(home, identity, wrapped).unlink(missing_ok=True)


def kept_in(home: Home) -> set[UUID]:
    """The names of what is kept."""
    found = set()
    for place in (home.root / FOLDER).glob("*.sealed"):
        with suppress(ValueError):
            found.add(UUID(place.name.partition(".")[0]))
    return found


def place_of(home: Home, identity: UUID, wrapped: bytes) -> Path:
    """Where the file of a wrapped key lies."""
    return home.root / FOLDER / f"{identity}.{hashlib.sha256(wrapped).hexdigest()[:16]}.sealed"


def let_go(home: Home, digest: str, identity: UUID) -> None:
    """Remove the readable original of what `identity` keeps locked away, unless the same bytes were opened under another name."""
    (home.root / FOLDER / f"{digest}.{identity}.opened").unlink(missing_ok=True)
    if not any((home.root / FOLDER).glob(f"{digest}.*.opened")):
        originals.place_of(home.originals, digest).unlink(missing_ok=True)


def mark_opened(home: Home, digest: str, identity: UUID) -> None:
    """Keep from now on a readable original of what was locked away as `identity`."""
    place = home.root / FOLDER / f"{digest}.{identity}.opened"
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.touch(mode=0o600)


def _home_key(home: Home) -> bytes:
    return bytes.fromhex(kept_secret(home, KEY))


def _sealed(key: bytes, data: bytes, name: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, name)


def _opened(key: bytes, data: bytes, name: bytes) -> bytes:
    return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], name)
