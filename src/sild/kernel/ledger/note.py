"""Signed checkpoints, in the signed-note format of C2SP (signed-note, tlog-checkpoint) with Ed25519 keys."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"


class NoteRefused(ValueError):
    """A note that is malformed or whose signature does not hold."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of the tree: its name, its size and its root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read a checkpoint's text. Raises NoteRefused."""
        lines = text.split("\n")
        try:
            root = base64.b64decode(lines[2], validate=True)
            if len(lines) < 4 or len(root) != 32 or not lines[1].isdigit():
                raise NoteRefused("a checkpoint has three lines: name, size, root")
            return cls(lines[0], int(lines[1]), root)
        except (IndexError, binascii.Error) as problem:
            raise NoteRefused("a checkpoint has three lines: name, size, root") from problem


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier_line(name: str, key: Ed25519PublicKey) -> str:
    """The public key as one line: name+id+key."""
    public = key.public_bytes_raw()
    return f"{name}+{_key_id(name, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"


def sign(checkpoint: Checkpoint, name: str, key: Ed25519PrivateKey) -> str:
    """The checkpoint as a signed note."""
    text = checkpoint.text()
    signature = _key_id(name, key.public_key().public_bytes_raw()) + key.sign(text.encode())
    return f"{text}\n— {name} {base64.b64encode(signature).decode()}\n"


def open_note(note: str, verifier: str) -> Checkpoint:
    """The checkpoint of a note whose signature by `verifier` holds. Raises NoteRefused."""
    try:
        name, key_id, encoded = verifier.strip().split("+", 2)
        public = base64.b64decode(encoded, validate=True)
        text, signatures = note.split("\n\n", 1)
    except (ValueError, binascii.Error) as problem:
        raise NoteRefused("the note or the public key is malformed") from problem
    if public[:1] != ED25519 or _key_id(name, public[1:]).hex() != key_id:
        raise NoteRefused("the public key does not fit its own id")
    text += "\n"
    for line in signatures.splitlines():
        words = line.split(" ")
        if len(words) != 3 or words[0] != "—" or words[1] != name:
            continue
        try:
            raw = base64.b64decode(words[2], validate=True)
            if raw[:4].hex() != key_id:
                continue
            Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], text.encode())
        except (InvalidSignature, binascii.Error, ValueError) as problem:
            raise NoteRefused("the signature does not hold: the checkpoint or the key was changed") from problem
        return Checkpoint.parse(text)
    raise NoteRefused(f"the note carries no signature by {name}")
