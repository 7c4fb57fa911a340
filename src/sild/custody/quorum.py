"""A repository's key, split among officers: any `needed` of them open it together, fewer open nothing (Shamir's method, SLIP-39 words).

Each share is sealed to its officer's own key, so that whoever splits it keeps none. The keyring says who holds a share, never what it is.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from sild.custody.faults import CustodyFault
from sild.custody.sealing import recipients_of, seal_bytes

BYTES = 32
LEAST, MOST = 2, 16
"""Fewest who are needed, most who hold a share: one person alone is no quorum, and SLIP-39 numbers sixteen."""
KEYRING = "keyring.json"
LONGEST_SHARE = 4000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """What may be known of a key: its fingerprint, how many of whom are needed, the digest of each sealed share."""

    fingerprint: str
    needed: int
    officers: Mapping[str, str]
    shares: Mapping[str, str]

    def as_json(self) -> str:
        """The keyring as its file holds it."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def fingerprint_of(key: str) -> str:
    """By which a key is known again without telling it: half of a SHA-256, in hex."""
    return hashlib.sha256(b"sild custody key " + key.encode()).hexdigest()[:32]


def make_keyring(folder: Path, officers: Mapping[str, str], needed: int) -> Keyring:
    """Make a random key, split it, seal a share to each officer's public key, and write all into a new folder. The key itself is forgotten.

    Raises CustodyFault for a quorum that is none, a name that cannot be one of a file, and a folder that holds something.
    """
    if not LEAST <= needed <= len(officers) <= MOST:
        raise CustodyFault(f"Name {LEAST} to {MOST} officers and how many of them are needed together, {LEAST} at least.")
    if wrong := [name for name in officers if not _NAME.fullmatch(name)]:
        raise CustodyFault(f"{wrong[0]!r} cannot be the name of a share: letters, digits, dots and strokes alone.")
    if len(set(officers.values())) < len(officers):
        raise CustodyFault("Two officers have the same public key: one person would hold two shares.")
    recipients_of(list(officers.values()))
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError as fault:
        raise CustodyFault(f"{folder} is there already. Name a new folder for the shares.") from fault
    except OSError as fault:
        raise CustodyFault(f"{folder} cannot be made ({fault.strerror}).") from fault
    key = secrets.token_bytes(BYTES)
    [words] = generate_mnemonics(1, [(needed, len(officers))], key)
    digests = {}
    for (name, public), share in zip(officers.items(), words, strict=True):
        sealed = seal_bytes(share.encode() + b"\n", [public])
        (folder / f"share-{name}.age").write_bytes(sealed)
        digests[name] = hashlib.sha256(sealed).hexdigest()
    ring = Keyring(fingerprint=fingerprint_of(key.hex()), needed=needed, officers=dict(officers), shares=digests)
    (folder / KEYRING).write_text(ring.as_json(), encoding="utf-8")
    return ring


def read_keyring(file: Path) -> Keyring:
    """A keyring from its file. Raises CustodyFault."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return Keyring(
            fingerprint=str(told["fingerprint"]), needed=int(told["needed"]), officers=dict(told["officers"]), shares=dict(told["shares"])
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise CustodyFault(f"{file} is no keyring. It is the {KEYRING} that `sild custody keys` made.") from fault


def key_from_shares(shares: Sequence[Path], fingerprint: str = "") -> str:
    """The key, put together from the opened shares of enough officers. Raises CustodyFault for too few, strangers', or mistyped ones."""
    words = []
    for file in shares:
        try:
            words.append(" ".join(file.read_text(encoding="ascii")[:LONGEST_SHARE].split()))
        except (OSError, UnicodeDecodeError) as fault:
            raise CustodyFault(f"{file} cannot be read as a share. Open it first: sild unseal share-NAME.age --key KEYFILE") from fault
    if any(word.startswith("-----BEGIN AGE") for word in words):
        raise CustodyFault("A share is still sealed. Its officer opens it: sild unseal share-NAME.age --key KEYFILE")
    try:
        key: str = combine_mnemonics(words).hex()
    except (MnemonicError, ValueError) as fault:
        raise CustodyFault(f"These shares do not open the key: {_plainly(str(fault), len(words))}") from fault
    if fingerprint and fingerprint_of(key) != fingerprint:
        raise CustodyFault("These shares make a key, but not this repository's. Look at the fingerprint in the keyring.")
    return key


def _plainly(told: str, many: int) -> str:
    """The library's reason without a word of a share."""
    if "number of mnemonics" in told or not many:
        return f"{many} were given, and that is not how many are needed."
    if "checksum" in told.casefold():
        return "a word of one is mistyped."
    return "they are not of one key, or one was given twice."
