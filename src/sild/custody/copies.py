"""Custody copies whole: made from a folder, verified where they lie, restored from custody alone, taken away; each with a receipt.

A copy is restic's snapshot of the folder and, beside it in the same repository, the manifest of what the folder held. So a copy is held
against what it should be without anything but the repository and its key.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sild.custody.faults import CustodyFault
from sild.custody.manifest import Manifest, difference, manifest_of, read_manifest
from sild.custody.quorum import fingerprint_of
from sild.custody.restic import Repository, Snapshot

COPY, MANIFEST = "sild-copy", "sild-manifest"
FORM = "sild-custody-receipt-1"
MANIFEST_NAME = "sild-manifest.jsonl"

Check = Callable[[Path], str]
"""Looks at a restored folder; returns what does not work, "" where it works."""


class Watch(Protocol):
    """Who is told how far it is: a stage with the bytes that it reads (0: not known), then bytes as they are read."""

    def stage(self, words: str, total: int) -> None:
        """A new stage begins."""

    def step(self, done: int) -> None:
        """So many bytes more."""


class Silent:
    """Nobody watches."""

    def stage(self, words: str, total: int) -> None:
        """Nothing."""

    def step(self, done: int) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was done: `deed` is copied, verified or restored, `sound` whether all was as the manifest says, `found` what was not.

    `copy` is restic's name of the snapshot, `manifest` the digest of what the folder held, `key` the fingerprint of the key; `began` and
    `ended` are moments in UTC, `seconds` how long it took by the clock. It holds no key, no share and no word of the data.
    """

    deed: str
    name: str
    repository: str
    copy: str
    manifest: str
    files: int
    bytes: int
    key: str
    began: str
    ended: str
    seconds: float
    sound: bool = True
    found: str = ""
    checked_by: str = ""
    form: str = FORM

    def as_json(self) -> str:
        """The receipt as its file holds it."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def make_copy(repository: Repository, folder: Path, name: str, watch: Watch | None = None) -> Receipt:
    """Copy a folder into a repository under a name. Raises CustodyFault, also where the folder changed meanwhile."""
    clock, bars = _Clock(), watch or Silent()
    if not folder.is_dir():
        raise CustodyFault(f"There is no folder {folder} to copy.")
    repository.make()
    stands = _stands(folder)
    bars.stage("Reading what the folder holds", sum(size for size, _when in stands.values()))
    manifest = manifest_of(folder, bars.step)
    if not manifest.entries:
        raise CustodyFault(f"{folder} holds no file. Name the folder that is to be copied.")
    bars.stage("Copying", manifest.size)
    done = [0]

    def further(now: int) -> None:
        bars.step(max(0, now - done[0]))
        done[0] = max(done[0], now)

    tags = [COPY, f"name={_tag(name)}", f"manifest={manifest.digest}"]
    snapshot = repository.copy(folder, tags, further)
    if changed := sorted(path for path, stand in _stands(folder).items() if stands.get(path) != stand):
        repository.forget([snapshot])
        raise CustodyFault(
            f"{folder / changed[0]} changed while it was copied, so this is no copy of one moment. Stop what writes there, and start again."
        )
    repository.put(MANIFEST_NAME, manifest.as_lines(), [MANIFEST, f"copy={snapshot}"])
    return clock.receipt("copied", name, repository, snapshot, manifest)


def copies(repository: Repository) -> list[tuple[str, Snapshot]]:
    """The copies of a repository with their names, the oldest first. Raises CustodyFault."""
    return [(_named(one), one) for one in repository.snapshots(COPY)]


def verify_copy(repository: Repository, name: str, watch: Watch | None = None) -> Receipt:
    """Read all that the repository stores and look whether the newest copy of the name and its manifest are whole. Raises CustodyFault."""
    clock, bars = _Clock(), watch or Silent()
    bars.stage("Reading every byte of the repository", 0)
    wrong = repository.verify()
    # a repository that is damaged may not give the manifest either: what is wrong is told first
    try:
        snapshot, manifest = _newest(repository, name)
    except CustodyFault as fault:
        if not wrong:
            raise
        return replace(clock.receipt("verified", name, repository, "", Manifest(())), sound=False, found=f"{wrong[0]} ({fault})"[:2000])
    receipt = clock.receipt("verified", name, repository, snapshot, manifest)
    return replace(receipt, sound=False, found="; ".join(wrong)[:2000]) if wrong else receipt


def restore_copy(repository: Repository, name: str, target: Path, *, check: Check | None = None, watch: Watch | None = None) -> Receipt:
    """Write the newest copy of a name into an empty folder and hold each file against the manifest that lies in custody.

    `check` looks at the restored folder and returns what does not work, "" where it works. Raises CustodyFault.
    """
    clock, bars = _Clock(), watch or Silent()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CustodyFault(f"{target} is not empty. A copy is restored into an empty folder, so that nothing is mixed.")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    snapshot, manifest = _newest(repository, name)
    bars.stage("Restoring", 0)
    repository.restore(snapshot, target)
    bars.stage("Holding each file against the manifest", manifest.size)
    wrong = difference(manifest, manifest_of(target, bars.step))
    found = wrong.said() if wrong else ""
    receipt = clock.receipt("restored", name, repository, snapshot, manifest)
    if check is not None and not found:
        found = check(target)
    return replace(
        receipt,
        sound=not found,
        found=found[:2000],
        ended=_now(),
        seconds=clock.seconds(),
        checked_by="files" if check is None else "files and a check",
    )


def take_away(repository: Repository, name: str) -> int:
    """Take all copies of a name away for good; returns how many. Raises CustodyFault where there is none."""
    gone = [one.id for called, one in copies(repository) if called == name]
    if not gone:
        raise CustodyFault(f"There is no copy called {name!r} at {repository.address}.")
    beside = [one.id for one in repository.snapshots(MANIFEST) if any(tag.removeprefix("copy=") in gone for tag in one.tags)]
    repository.forget([*gone, *beside])
    return len(gone)


def _newest(repository: Repository, name: str) -> tuple[str, Manifest]:
    found = [one for called, one in copies(repository) if called == name]
    if not found:
        raise CustodyFault(f"There is no copy called {name!r} at {repository.address}. See what is there: sild custody list")
    newest = found[-1]
    beside = [one for one in repository.snapshots(MANIFEST) if f"copy={newest.id}" in one.tags]
    if not beside:
        raise CustodyFault(f"The copy {newest.id[:8]} has no manifest: it was broken off. Make it again; what is stored is used.")
    manifest = read_manifest(repository.read(beside[-1].id, MANIFEST_NAME))
    if f"manifest={manifest.digest}" not in newest.tags:
        raise CustodyFault(f"The manifest beside the copy {newest.id[:8]} is not the one that it was made with. Do not use this copy.")
    return newest.id, manifest


def _stands(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of the last change of each file, by which a change while copying shows."""
    found = {}
    for path in folder.rglob("*"):
        told = path.lstat()
        if not path.is_dir() or path.is_symlink():
            found[str(path.relative_to(folder))] = (told.st_size, told.st_mtime_ns)
    return found


def _tag(name: str) -> str:
    if not name.strip() or "," in name or len(name) > 200 or any(not sign.isprintable() for sign in name):
        raise CustodyFault("A copy has a name of at most 200 letters, without a comma.")
    return name.strip()


def _named(snapshot: Snapshot) -> str:
    return next((tag.removeprefix("name=") for tag in snapshot.tags if tag.startswith("name=")), "")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class _Clock:
    """When it began; makes the receipt when it is done."""

    def __init__(self) -> None:
        self.began, self.started = _now(), time.monotonic()

    def seconds(self) -> float:
        return round(time.monotonic() - self.started, 3)

    def receipt(self, deed: str, name: str, repository: Repository, snapshot: str, manifest: Manifest) -> Receipt:
        return Receipt(
            deed=deed,
            name=name,
            repository=repository.address,
            copy=snapshot,
            manifest=manifest.digest if manifest.entries else "",
            files=len(manifest.entries),
            bytes=manifest.size,
            key=fingerprint_of(repository.key),
            began=self.began,
            ended=_now(),
            seconds=self.seconds(),
        )
