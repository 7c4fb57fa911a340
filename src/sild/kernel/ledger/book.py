"""The book: the ledger as files. `entries` holds one commitment a line, `checkpoints` one signed note a line, `verifier` the public key.

Files only grow. A line that was torn by a crash lies beyond the last checkpoint and is cut away before the next append.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sild.kernel.ledger.merkle import GrowingTree
from sild.kernel.ledger.note import Checkpoint, NoteRefused, open_note, sign, verifier_line

NAME = "sild-ledger"
LINE = re.compile(rb"(\d+) ([0-9a-f]{64})\n")


class BookDamaged(ValueError):
    """The book is not what was signed; nothing is appended to it and nothing more is signed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the book: where, and what to do about it."""

    where: str
    what: str


TAIL = 65_536
"""How much of the checkpoints' end is looked at for the newest one, in bytes; one takes some hundred."""


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger's folder and, for signing, the key's file."""

    folder: Path
    key_file: Path

    @property
    def entries(self) -> Path:
        return self.folder / "entries"

    @property
    def checkpoints(self) -> Path:
        return self.folder / "checkpoints"

    @property
    def verifier(self) -> Path:
        return self.folder / "verifier"

    def key(self) -> Ed25519PrivateKey:
        """The signing key, made whole or not at all when there is none; the verifier line is made from it when it is missing."""
        if not self.key_file.exists():
            temporary = self.key_file.with_suffix(".new")
            temporary.unlink(missing_ok=True)
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.key_file)
        try:
            key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.key_file.read_text(encoding="ascii").strip()))
        except ValueError as problem:
            raise BookDamaged(f"its key {self.key_file} is no key any more") from problem
        if not self.verifier.exists():
            self.verifier.write_text(verifier_line(NAME, key.public_key()) + "\n", encoding="utf-8")
        return key

    def commitments(self) -> Iterator[str]:
        """The commitments in order, as far as whole and rightly numbered lines go."""
        if not self.entries.exists():
            return
        with self.entries.open("rb") as file:
            for index, line in enumerate(file):
                match = LINE.fullmatch(line)
                if match is None or int(match[1]) != index:
                    return
                yield match[2].decode()

    def length(self) -> int:
        return sum(1 for _ in self.commitments())

    def signed(self) -> int:
        """How many entries the largest signed state covers."""
        return max((state.size for state in self.states([])), default=0)

    def append(self, commitments: Sequence[str]) -> Checkpoint:
        """Append the commitments, sign the new state, and return it. Everything is on disk when this returns."""
        return Pen(self).append(commitments)

    def states(self, findings: list[Finding], witness: str | None = None, verifier: str | None = None) -> list[Checkpoint]:
        """The signed states kept in the book (and the witness's, when given), oldest first; what does not hold goes to `findings`.

        `verifier` is the public key as somebody noted it elsewhere; else the book's own is believed.
        """
        lines = self.checkpoints.read_text(encoding="utf-8", errors="replace").splitlines() if self.checkpoints.exists() else []
        return self.states_in(lines, findings, witness, verifier)

    def states_in(
        self, lines: Sequence[str], findings: list[Finding], witness: str | None = None, verifier: str | None = None
    ) -> list[Checkpoint]:
        """The signed states in these lines of the checkpoints' file; see `states`."""
        if verifier is None:
            verifier = self.verifier.read_text(encoding="utf-8") if self.verifier.exists() else ""
        notes: list[tuple[str, str]] = []
        for number, line in enumerate(lines, 1):
            try:
                notes.append((f"checkpoint {number}", str(json.loads(line)["note"])))
            except (ValueError, KeyError, TypeError):
                if number < len(lines):
                    findings.append(Finding(f"checkpoint {number}", "is not readable"))
        if witness is not None:
            notes.append(("the witness's checkpoint", witness))
        states = []
        for where, note in notes:
            try:
                states.append(open_note(note, verifier))
            except NoteRefused as problem:
                findings.append(Finding(where, str(problem)))
        return states

    def newest(self) -> str | None:
        """The newest signed state that holds, as the note that a witness keeps; None before the first one. Raises OSError."""
        if not self.checkpoints.exists():
            return None
        with self.checkpoints.open("rb") as file:
            file.seek(max(0, self.checkpoints.stat().st_size - TAIL))
            lines = file.read().decode("utf-8", errors="replace").splitlines()
        verifier = self.verifier.read_text(encoding="utf-8")
        for line in reversed(lines):
            with suppress(ValueError, KeyError, TypeError, NoteRefused):
                note = str(json.loads(line)["note"])
                open_note(note, verifier)
                return note
        return None

    def verify(self, witness: str | None = None, verifier: str | None = None) -> tuple[int, list[Finding]]:
        """Recompute every signed state from the entries: (entries counted, findings). None: nothing was changed, dropped or split."""
        findings: list[Finding] = []
        states = self.states(findings, witness, verifier)
        wanted: dict[int, set[bytes]] = {}
        for state in states:
            wanted.setdefault(state.size, set()).add(state.root)
        if not states:
            findings.append(Finding("checkpoints", "holds no signed state that can be read: the ledger proves nothing"))
        for size, roots in wanted.items():
            if len(roots) > 1:
                findings.append(Finding(f"size {size}", "two signed states of one size differ: the ledger was shown in two versions"))
        tree = GrowingTree()
        self._compare(tree, wanted, findings)
        for commitment in self.commitments():
            tree.append(bytes.fromhex(commitment))
            self._compare(tree, wanted, findings)
        largest = max(wanted, default=0)
        if tree.size < largest:
            findings.append(Finding(f"entry {tree.size}", f"is missing or damaged; a signed state promises {largest} entries"))
        if tree.size > largest:
            findings.append(Finding(f"entry {largest}", f"and {tree.size - largest - 1} after it stand under no signed state"))
        return tree.size, findings

    @staticmethod
    def _compare(tree: GrowingTree, wanted: dict[int, set[bytes]], findings: list[Finding]) -> None:
        roots = wanted.get(tree.size)
        if roots is not None and tree.root() not in roots:
            findings.append(Finding(f"entries up to {tree.size}", "do not give the signed root: an entry was changed"))


class Pen:
    """The book opened for appending. It keeps the tree of what stands there, so that an append costs what it adds, not what there is.

    `read` holds the commitments that it has met and nobody took yet. What another pen appended meanwhile is met by `catch_up`.
    """

    def __init__(self, book: Book) -> None:
        """Read the whole book and hold it against what was signed. Raises BookDamaged."""
        self._book = book
        self._tree = GrowingTree()
        self._kept = 0
        self._checkpoints_read = 0
        self.signed = 0
        self.read: list[str] = []
        self.catch_up()

    @property
    def size(self) -> int:
        """How many whole entries stand in the book."""
        return self._tree.size

    def take(self) -> list[str]:
        """The commitments met since the last time, in order."""
        taken, self.read = self.read, []
        return taken

    def catch_up(self) -> None:
        """Read what was added since. Raises BookDamaged where it is not what was signed, or where the book became shorter."""
        promised = self._new_states()
        there = self._book.entries.stat().st_size if self._book.entries.exists() else 0
        if there < self._kept:
            raise BookDamaged(f"it was cut back from {self._kept} to {there} bytes while it was open")
        self._compare(promised)
        if there > self._kept:
            with self._book.entries.open("rb") as file:
                file.seek(self._kept)
                for line in file:
                    match = LINE.fullmatch(line)
                    if match is None or int(match[1]) != self.size:
                        break
                    self._tree.append(bytes.fromhex(match[2].decode()))
                    self._kept += len(line)
                    self.read.append(match[2].decode())
                    self._compare(promised)
        self.signed = max(self.signed, *promised) if promised else self.signed
        if self.size < self.signed:
            raise BookDamaged(f"it holds {self.size} entries where {self.signed} were signed")

    def append(self, commitments: Sequence[str]) -> Checkpoint:
        """Append the commitments, sign the new state, and return it. Everything is on disk when this returns."""
        with self._book.entries.open("ab") as file:
            file.truncate(self._kept)
            file.seek(self._kept)
            for commitment in commitments:
                self._kept += file.write(f"{self.size} {commitment}\n".encode())
                self._tree.append(bytes.fromhex(commitment))
            file.flush()
            os.fsync(file.fileno())
        checkpoint = Checkpoint(NAME, self.size, self._tree.root())
        line = json.dumps({"note": sign(checkpoint, NAME, self._book.key())}, ensure_ascii=False).encode() + b"\n"
        with self._book.checkpoints.open("ab") as file:
            end = file.seek(0, os.SEEK_END)
            if end and not _ends_whole(self._book.checkpoints, end):
                end += file.write(b"\n")
            self._checkpoints_read = end + file.write(line)
            file.flush()
            os.fsync(file.fileno())
        self.signed = self.size
        return checkpoint

    def _new_states(self) -> dict[int, bytes]:
        """The roots that were signed since, by size; a line that is not whole yet is left for the next time."""
        if not self._book.checkpoints.exists():
            return {}
        with self._book.checkpoints.open("rb") as file:
            file.seek(self._checkpoints_read)
            added = file.read()
        whole = added[: added.rfind(b"\n") + 1]
        self._checkpoints_read += len(whole)
        return {state.size: state.root for state in self._book.states_in(whole.decode(errors="replace").splitlines(), [])}

    def _compare(self, promised: dict[int, bytes]) -> None:
        if promised.get(self.size, self._tree.root()) != self._tree.root():
            raise BookDamaged(f"its entries up to {self.size} do not give the root that was signed")


def _ends_whole(path: Path, size: int) -> bool:
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read(1) == b"\n"
