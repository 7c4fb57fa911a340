"""Outlook files as Outlook lays them out: a small writer of compound files, of .msg properties, of winmail.dat and of packed RTF."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime

SECTOR, MINI, FREE, END, FAT = 512, 64, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = dict[str, "bytes | Tree"]
Properties = dict[int, "str | bytes | int | bool | datetime"]


def compound(tree: Tree) -> bytes:
    """A compound file of these storages (dicts) and streams (bytes)."""
    entries: list[list[object]] = [["Root Entry", 5, tree, FREE, FREE, FREE]]
    _enter(entries, 0)
    mini, mini_fat, big = bytearray(), [], bytearray()
    fat: list[int] = []
    places: list[tuple[int, int]] = []
    for _, kind, content, *_ in entries:
        if kind != 2:
            places.append((FREE, 0))
            continue
        assert isinstance(content, bytes)
        target, chain, size = (mini, mini_fat, MINI) if len(content) < 4096 else (big, fat, SECTOR)
        start = len(chain) if content else END
        count = -(-len(content) // size)
        target += content.ljust(count * size, b"\0")
        chain += [*range(start + 1, start + count), END] if count else []
        places.append((start, len(content)))
    mini_start, mini_size = _chained(big, fat, bytes(mini))
    places[0] = (mini_start, mini_size)
    directory = b"".join(_entry(entry, place) for entry, place in zip(entries, places, strict=True))
    directory_start, _ = _chained(big, fat, directory)
    mini_fat_start, mini_fat_size = _chained(big, fat, struct.pack(f"<{len(mini_fat)}I", *mini_fat), b"\xff")
    fat_count = 1
    while fat_count * 128 < len(fat) + fat_count:
        fat_count += 1
    first = len(fat)
    fat += [FAT] * fat_count
    fat += [FREE] * (fat_count * 128 - len(fat))
    big += struct.pack(f"<{len(fat)}I", *fat)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_count,
        directory_start, 0, 4096, mini_fat_start, -(-mini_fat_size // SECTOR), END, 0)  # fmt: skip
    sectors = [*range(first, first + fat_count), *[FREE] * (109 - fat_count)]
    return head + struct.pack("<109I", *sectors) + bytes(big)


def _enter(entries: list[list[object]], parent: int) -> None:
    tree = entries[parent][2]
    assert isinstance(tree, dict)
    before = parent
    for name in sorted(tree, key=lambda one: (len(one), one.upper())):
        entries.append([name, 2 if isinstance(tree[name], bytes) else 1, tree[name], FREE, FREE, FREE])
        # a chain to the right is a tree too, if an uneven one
        entries[before][5 if before == parent else 4] = len(entries) - 1
        before = len(entries) - 1
        if not isinstance(tree[name], bytes):
            _enter(entries, before)


def _entry(entry: list[object], place: tuple[int, int]) -> bytes:
    name, kind, _, left, right, child = entry
    raw = str(name).encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<HBBIII16x4x16xIQ", len(raw), kind, 1, left, right, child, *place)


def _chained(big: bytearray, fat: list[int], content: bytes, fill: bytes = b"\0") -> tuple[int, int]:
    if not content:
        return END, 0
    start, count = len(fat), -(-len(content) // SECTOR)
    big += content.ljust(count * SECTOR, fill)
    fat += [*range(start + 1, start + count), END]
    return start, len(content)


def ticks(moment: datetime) -> int:
    """A moment as Outlook counts it."""
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def msg(
    properties: Properties, recipients: tuple[Properties, ...] = (), attachments: tuple[Properties | Tree, ...] = (), eight_bit: str = ""
) -> bytes:
    """A .msg file; attachments are properties, with an inner message under 0x3701. `eight_bit` is the set of its texts."""
    return compound(msg_tree(properties, recipients, attachments, eight_bit))


def msg_tree(
    properties: Properties,
    recipients: tuple[Properties, ...] = (),
    attachments: tuple[Properties | Tree, ...] = (),
    eight_bit: str = "",
    head: int = 32,
) -> Tree:
    """The storages and streams of a message; `head` is 24 for one inside another."""
    tree = _property_tree(properties, eight_bit, head)
    for number, one in enumerate(recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = _property_tree(one, eight_bit, 8)
    for number, one in enumerate(attachments):
        inner = one.get(0x3701)
        plain = {key: value for key, value in one.items() if not isinstance(value, dict)}
        below = _property_tree(plain, eight_bit, 8)  # type: ignore[arg-type]  # what is left are properties
        if isinstance(inner, dict):
            below["__substg1.0_3701000D"] = inner
        tree[f"__attach_version1.0_#{number:08X}"] = below
    return tree


def _property_tree(properties: Properties, eight_bit: str, head: int) -> Tree:
    table, tree = bytearray(head), {}
    for number, value in properties.items():
        if isinstance(value, str):
            kind, raw = (0x1E, value.encode(eight_bit)) if eight_bit else (0x1F, value.encode("utf-16-le"))
        elif isinstance(value, bytes):
            kind, raw = 0x102, value
        else:
            kind = 0xB if isinstance(value, bool) else 3 if isinstance(value, int) else 0x40
            number_value = ticks(value) if isinstance(value, datetime) else int(value)
            table += struct.pack("<HHIQ", kind, number, 6, number_value)
            continue
        table += struct.pack("<HHIQ", kind, number, 6, len(raw))
        tree[f"__substg1.0_{number:04X}{kind:04X}"] = raw
    return {"__properties_version1.0": bytes(table), **tree}


def packed(rtf: bytes) -> bytes:
    """RTF as LZFu with literals and one reference back into the ready dictionary."""
    content = bytearray()
    for start in range(0, len(rtf), 8):
        piece = rtf[start : start + 8]
        content += bytes([0]) + piece
    content += bytes([1]) + struct.pack(">H", (207 + len(rtf)) % 4096 << 4)
    checksum = zlib.crc32(bytes(content), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return struct.pack("<II4sI", len(content) + 12, len(rtf), b"LZFu", checksum) + content


def tnef(properties: Properties, *attachments: tuple[str, bytes], codepage: int = 1251) -> bytes:
    """A winmail.dat with these properties of the message and these files."""
    out = b"\x78\x9f\x3e\x22\x01\x00" + _attribute(1, 0x69007, struct.pack("<II", codepage, 0))
    if properties:
        out += _attribute(1, 0x69003, _tnef_properties(properties))
    for name, data in attachments:
        out += _attribute(2, 0x69002, bytes(14)) + _attribute(2, 0x18010, name.encode("cp1251") + b"\0") + _attribute(2, 0x6800F, data)
        out += _attribute(2, 0x69005, _tnef_properties({0x3707: name}))
    return out


def _attribute(level: int, number: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(value)) + value + struct.pack("<H", sum(value) % 65_536)


def _tnef_properties(properties: Properties) -> bytes:
    out = struct.pack("<I", len(properties))
    for number, value in properties.items():
        if isinstance(value, str | bytes):
            kind, raw = (0x1F, value.encode("utf-16-le") + b"\0\0") if isinstance(value, str) else (0x102, value)
            out += struct.pack("<HHII", kind, number, 1, len(raw)) + raw + bytes(-len(raw) % 4)
        elif isinstance(value, datetime):
            out += struct.pack("<HHQ", 0x40, number, ticks(value))
        else:
            out += struct.pack("<HHI", 3, number, int(value))
    return out
