"""The hash tree of RFC 6962, section 2.1: leaf and node hashes, and the root of a growing list in constant memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf: SHA-256(0x00 || data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class GrowingTree:
    """The tree of the leaves appended so far, kept as its full subtrees: (size, hash), sizes falling powers of two."""

    size: int = 0
    peaks: list[tuple[int, bytes]] = field(default_factory=list)

    def append(self, data: bytes) -> None:
        size, digest = 1, leaf_hash(data)
        while self.peaks and self.peaks[-1][0] == size:
            _, left = self.peaks.pop()
            size, digest = size * 2, node_hash(left, digest)
        self.peaks.append((size, digest))
        self.size += 1

    def root(self) -> bytes:
        """The root hash; of an empty tree, the hash of nothing."""
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        digest = self.peaks[-1][1]
        for _, left in reversed(self.peaks[:-1]):
            digest = node_hash(left, digest)
        return digest


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of a list of leaves."""
    tree = GrowingTree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()
