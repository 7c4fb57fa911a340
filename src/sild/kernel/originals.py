"""The store of originals: every file that arrived, byte for byte, under its SHA-256. Written whole or not at all, never changed."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sild.kernel import clock
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
    # a file that was changed for a link since the folder was looked at is not followed
    with os.fdopen(os.open(source, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        return _keep(store, file)


def keep_bytes(store: Path, data: bytes) -> Original:
    """Write bytes into the store that came by no file. Raises Refused when the disk is full, OSError where it cannot be written."""
    return _keep(store, io.BytesIO(data))


def _keep(store: Path, file: BinaryIO) -> Original:
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=store, prefix="incoming-")
    try:
        summed, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as copy:
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


SWEPT_AFTER_S = 3600.0
"""A half-written copy that is older was left by a process that died; a younger one may be another door's, at work at this moment."""


def sweep(store: Path) -> int:
    """Remove what killed processes left half-copied; returns how many pieces."""
    swept = 0
    for piece in list(store.glob("incoming-*")) if store.exists() else []:
        with suppress(FileNotFoundError):
            if clock.now().timestamp() - piece.stat().st_mtime > SWEPT_AFTER_S:
                piece.unlink()
                swept += 1
    return swept


def safe_name(name: str) -> str:
    """The name without folders, signs that a system takes for its own, or a dot in front; never empty, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = re.sub(r"[^\w.,()+@ -]", "_", last).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 12:
        return f"{stem[:100]}.{ending}"
    return plain[:120] or "message"
