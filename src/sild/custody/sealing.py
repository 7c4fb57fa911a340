"""Files sealed for people with age (age-encryption.org/v1): whoever holds none of the named keys reads nothing, this machine included."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage import x25519

from sild.custody.faults import CustodyFault

LONGEST_KEY_FILE = 20_000
MOST_RECIPIENTS = 100


def new_key(file: Path) -> str:
    """Make a key and write it to a new file that its owner alone reads; returns the public half, "age1...". Raises CustodyFault."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as fault:
        raise CustodyFault(f"{file} is there already, and a key is never written over. Name another file.") from fault
    except OSError as fault:
        raise CustodyFault(f"{file} cannot be written ({fault.strerror}). Name another place.") from fault
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(f"# public key: {public}\n{identity}\n")
        out.flush()
        os.fsync(out.fileno())
    return public


def read_keys(file: Path) -> list[x25519.Identity]:
    """The keys of a file, as age writes them. Raises CustodyFault for a file without any, and for one that others may read."""
    try:
        mode, text = file.stat().st_mode, file.read_text(encoding="utf-8")[:LONGEST_KEY_FILE]
    except (OSError, UnicodeDecodeError) as fault:
        raise CustodyFault(f"{file} cannot be read as a key file. It is the one that `sild seal-key` made.") from fault
    if mode & 0o077:
        raise CustodyFault(f"Others may read the key {file}. Take that away first: chmod 600 {file}")
    keys = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            try:
                keys.append(x25519.Identity.from_str(line.strip()))
            except pyrage.IdentityError as fault:
                raise CustodyFault(f"{file} holds a line that is no age key. It is the file that `sild seal-key` made.") from fault
    if not keys:
        raise CustodyFault(f"{file} holds no key. It is the file that `sild seal-key` made.")
    return keys


def recipients_of(names: Sequence[str]) -> list[x25519.Recipient]:
    """The public keys that are named. Raises CustodyFault for none, and for one that is no public key."""
    if not names or len(names) > MOST_RECIPIENTS:
        raise CustodyFault(f"Name those who may open it, one to {MOST_RECIPIENTS}: --to age1...")
    found = []
    for name in names:
        if name.strip().upper().startswith("AGE-SECRET-KEY-"):
            raise CustodyFault(
                "That is a secret key. Give its public half, age1..., and make a new key: the secret one stood on a command line."
            )
        try:
            found.append(x25519.Recipient.from_str(name.strip()))
        except pyrage.RecipientError as fault:
            raise CustodyFault(
                f"{name.strip()[:80]!r} is no public key. It begins with age1 and is told by whoever holds the secret half."
            ) from fault
    return found


def seal_bytes(data: bytes, names: Sequence[str], *, armoured: bool = True) -> bytes:
    """Bytes sealed for the named public keys, as text (ASCII armour) or not. Raises CustodyFault."""
    return bytes(pyrage.encrypt(data, recipients_of(names), armored=armoured))


def unseal_bytes(data: bytes, key: Path) -> bytes:
    """The bytes inside, opened with a key file. Raises CustodyFault where it is not sealed for that key, or was changed."""
    keys = read_keys(key)
    try:
        return bytes(pyrage.decrypt(data, keys))
    except pyrage.DecryptError as fault:
        raise CustodyFault(_unopened("It", key)) from fault


def seal_file(source: Path, target: Path, names: Sequence[str], *, armoured: bool = False) -> None:
    """Seal a file of any size into a new one. Raises CustodyFault; nothing is left behind then."""
    recipients = recipients_of(names)
    with _whole(source, target) as (reader, writer):
        pyrage.encrypt_io(reader, writer, recipients, armored=armoured)


def unseal_file(source: Path, target: Path, key: Path) -> None:
    """Open a sealed file into a new one that its owner alone reads. Raises CustodyFault; nothing is left behind then."""
    keys = read_keys(key)
    try:
        with _whole(source, target) as (reader, writer):
            pyrage.decrypt_io(reader, writer, keys)
    except (pyrage.DecryptError, OSError) as fault:
        # the library tells a changed piece as a fault of reading that bears no number
        if isinstance(fault, OSError) and fault.errno is not None:
            raise CustodyFault(f"{target} could not be written whole ({fault.strerror}). Make room, and try again.") from fault
        raise CustodyFault(_unopened(str(source), key)) from fault


def _unopened(what: str, key: Path) -> str:
    return f"{what} is not sealed for the key in {key}, was changed since it was sealed, or is no age file. Ask whoever sealed it."


@contextmanager
def _whole(source: Path, target: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """A source to read and a target that appears under its name only when it was written whole."""
    if target.exists():
        raise CustodyFault(f"{target} is there already, and nothing is written over. Name another file with --out.")
    try:
        reader = source.open("rb")
    except OSError as fault:
        raise CustodyFault(f"{source} cannot be read ({fault.strerror}).") from fault
    with reader:
        try:
            handle, name = tempfile.mkstemp(prefix=".sild-", dir=target.absolute().parent)
        except OSError as fault:
            raise CustodyFault(f"There is no folder to write {target} into, or you may not write there.") from fault
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as writer:
                yield reader, writer
                writer.flush()
                os.fsync(writer.fileno())
            os.link(beside, target)
        finally:
            beside.unlink(missing_ok=True)
