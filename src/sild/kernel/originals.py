"""The store of originals: every file that arrived, byte for byte, under its SHA-256. Written whole or not at all, never changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sild.kernel.refusals import Refused

CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Original:
    """A kept file: its digest (hex SHA-256), its size in bytes, where it lies."""

    digest: str
    size: int
    path: Path


def digest_of(source: Path) -> tuple[str, int]:
    """SHA-256 and size of a file, read in pieces. Raises OSError."""
    summed, size = hashlib.sha256(), 0
    with source.open("rb") as file:
        while piece := file.read(CHUNK):
            summed.update(piece)
            size += len(piece)
    return summed.hexdigest(), size


def place_of(store: Path, digest: str) -> Path:
    """Where an original with the digest lies."""
    return store / digest[:2] / digest


def keep(store: Path, source: Path) -> Original:
    """Copy a file into the store; the digest is of what was copied. Raises Refused when the disk is full, OSError when unreadable."""
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    # a file that was changed for a link since the folder was looked at is not followed
    opened = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        handle, temporary = tempfile.mkstemp(dir=store, prefix="incoming-")
    except OSError:
        os.close(opened)
        raise
    try:
        summed, size = hashlib.sha256(), 0
        with os.fdopen(opened, "rb") as file, os.fdopen(handle, "wb") as copy:
            while piece := file.read(CHUNK):
                summed.update(piece)
                size += len(piece)
                _write(copy.fileno(), piece, store)
            os.fsync(copy.fileno())
        digest = summed.hexdigest()
        target = place_of(store, digest)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        Path(temporary).replace(target)
        for folder in (target.parent, store):
            _settle(folder)
        return Original(digest, size, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Have the names in a folder on the disk, not only the files' contents."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(handle: int, piece: bytes, store: Path) -> None:
    view = memoryview(piece)
    while view:
        try:
            view = view[os.write(handle, view) :]
        except OSError as problem:
            free = shutil.disk_usage(store).free // 1_000_000
            raise Refused(
                f"The original cannot be kept in {store}: {problem.strerror} ({free} MB free). Free some space and run again."
            ) from problem


def sweep(store: Path) -> int:
    """Remove what a killed run left half-copied; returns how many pieces."""
    left = list(store.glob("incoming-*")) if store.exists() else []
    for piece in left:
        piece.unlink(missing_ok=True)
    return len(left)
