"""Files that somebody looked at and has not decided on: kept for a day under the seat that sent them, so that nobody sends one twice.

A file is found again by its digest, by the same seat alone. What is taken in is kept by whoever takes it in, not here.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.actor import Actor
from sild.kernel.home import current
from sild.kernel.refusals import Refused

KEPT = timedelta(days=1)
DIGEST = re.compile(r"[0-9a-f]{64}")


def keep_looked_at(actor: Actor, data: bytes) -> str:
    """Keep a file's bytes for a day; returns the digest (SHA-256, hex) by which the same seat finds them. What is older goes."""
    place = _place(actor)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(place.parent)
    digest = hashlib.sha256(data).hexdigest()
    file = place / digest
    file.touch(mode=0o600)
    file.write_bytes(data)
    return digest


def looked_at(actor: Actor, digest: str) -> bytes:
    """The bytes that this seat looked at. Raises Refused where they are not kept any more, or never were."""
    file = _place(actor) / digest
    if not DIGEST.fullmatch(digest) or not file.is_file():
        raise Refused(_("The file is not kept any more: choose it again."))
    return file.read_bytes()


def let_go(actor: Actor, digest: str) -> None:
    """Forget a file that was decided on."""
    if DIGEST.fullmatch(digest):
        (_place(actor) / digest).unlink(missing_ok=True)


def _place(actor: Actor) -> Path:
    return current().root / "looked-at" / str(actor.person)


def _sweep(root: Path) -> None:
    oldest = (clock.now() - KEPT).timestamp()
    for file in root.glob("*/*"):
        # somebody else may decide on it, or sweep, at the same moment
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < oldest:
                file.unlink()
