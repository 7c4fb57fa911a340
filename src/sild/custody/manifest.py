"""What a folder holds, file by file with size and SHA-256, in an order that is always the same; and how a second folder differs from it."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sild.custody.faults import CustodyFault

_PIECE = 1024 * 1024
MOST_TOLD = 20

Step = Callable[[int], None]
"""Called with the bytes that were read since the last call."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a link: its path from the folder, its size in bytes, SHA-256 (hex) of its bytes, or of where a link points to."""

    path: str
    size: int
    sha256: str
    link: bool = False

    def line(self) -> bytes:
        """The entry as a line of the manifest."""
        told = {"path": self.path, "size": self.size, "sha256": self.sha256} | ({"link": True} if self.link else {})
        return json.dumps(told, ensure_ascii=True, sort_keys=True).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The entries of a folder by path. `digest` is the SHA-256 of all lines: it names the content and nothing else."""

    entries: tuple[Entry, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.entries)

    def as_lines(self) -> bytes:
        """The manifest as its file holds it."""
        return b"".join(one.line() for one in self.entries)

    @property
    def digest(self) -> str:
        """SHA-256 of the lines, in hex."""
        return hashlib.sha256(self.as_lines()).hexdigest()


@dataclass(frozen=True, slots=True)
class Difference:
    """How a folder differs from a manifest: paths that are missing, changed, or there beside what should be."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    beside: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.beside)

    def said(self) -> str:
        """In one sentence, with the first paths."""
        parts = [
            f"{len(paths)} {word} ({', '.join(paths[:MOST_TOLD])}{' ...' if len(paths) > MOST_TOLD else ''})"
            for word, paths in (("missing", self.missing), ("changed", self.changed), ("there beside it", self.beside))
            if paths
        ]
        return "; ".join(parts).encode("utf-8", "backslashreplace").decode() if parts else "nothing differs"


def manifest_of(folder: Path, step: Step = lambda _bytes: None) -> Manifest:
    """Read a folder whole. Raises CustodyFault for what cannot be read, and for what is neither file, folder nor link."""
    return Manifest(tuple(_entry(folder, path, step) for path in sorted(_paths(folder), key=os.fsencode)))


def read_manifest(data: bytes) -> Manifest:
    """A manifest from its lines. Raises CustodyFault."""
    try:
        rows = [json.loads(line) for line in data.splitlines() if line]
        return Manifest(tuple(Entry(str(one["path"]), int(one["size"]), str(one["sha256"]), bool(one.get("link"))) for one in rows))
    except (ValueError, KeyError, TypeError) as fault:
        raise CustodyFault("This is no manifest of a custody copy: a line of it cannot be read.") from fault


def difference(wanted: Manifest, found: Manifest) -> Difference:
    """What differs between what should be and what is."""
    should, here = {one.path: one for one in wanted.entries}, {one.path: one for one in found.entries}
    return Difference(
        missing=tuple(path for path in should if path not in here),
        changed=tuple(path for path in should if path in here and here[path] != should[path]),
        beside=tuple(path for path in here if path not in should),
    )


def _paths(folder: Path) -> Iterator[str]:
    pending = [folder]
    while pending:
        place = pending.pop()
        try:
            found = list(os.scandir(place))
        except OSError as fault:
            raise CustodyFault(f"{place} cannot be read ({fault.strerror}). A copy is whole or none.") from fault
        for one in found:
            if one.is_dir(follow_symlinks=False):
                pending.append(Path(one.path))
            else:
                yield os.path.relpath(one.path, folder)


def _entry(folder: Path, path: str, step: Step) -> Entry:
    place = folder / path
    try:
        mode = place.lstat().st_mode
        if stat.S_ISLNK(mode):
            target = os.fsencode(place.readlink())
            return Entry(path, len(target), hashlib.sha256(target).hexdigest(), link=True)
        if not stat.S_ISREG(mode):
            raise CustodyFault(f"{place} is neither a file nor a link; a copy does not hold it. Move it away, or copy the folder below it.")
        digest, size = hashlib.sha256(), 0
        with place.open("rb") as reader:
            while piece := reader.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                step(len(piece))
    except OSError as fault:
        raise CustodyFault(f"{place} cannot be read ({fault.strerror}). A copy is whole or none.") from fault
    return Entry(path, size, digest.hexdigest())
