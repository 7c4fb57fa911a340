"""What is inside a signature: files and mails that carry their signed content along (CMS: .p7m, .p7s), told by their own structure.

Whether a signature is true is not looked at here, and nothing says that it was: only the content is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator

SIGNED_MEDIA = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SEQUENCE, _IDENTIFIER, _CONTEXT, _OCTETS, _OCTET_PIECES = 0x30, 0x06, 0xA0, 0x04, 0x24
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_HEAD_BYTES = 64
_DEEPEST = 8
_ENDINGS = (".p7s", ".p7m", ".sig", ".p7b")


def is_signed(data: bytes) -> bool:
    """Whether the bytes begin as signed content does."""
    return data[:1] == b"\x30" and _SIGNED_DATA in data[:_HEAD_BYTES]


def signed_content(data: bytes) -> bytes | None:
    """The content under the signature; None where there is none (a signature that stands beside its file) or the structure is broken."""
    try:
        outer = _only(data, 0, len(data), _SEQUENCE)
        parts = list(_elements(data, *outer))
        if len(parts) < 2 or parts[0][0] != _IDENTIFIER or data[parts[0][1] : parts[0][2]] != _SIGNED_DATA:
            return None
        signed = list(_elements(data, *_only(data, parts[1][1], parts[1][2], _SEQUENCE)))
        # version, digests, then what is signed
        inner = list(_elements(data, signed[2][1], signed[2][2])) if len(signed) > 2 else []
        if len(inner) < 2 or inner[1][0] != _CONTEXT:
            return None
        return b"".join(_octets(data, inner[1][1], inner[1][2], 0)) or None
    except (IndexError, ValueError):
        return None


def name_inside(name: str) -> str:
    """The name of a signed file without the ending that its signature added ("list.xlsx.p7s" is a list.xlsx)."""
    return next((name[: -len(ending)] for ending in _ENDINGS if name.lower().endswith(ending)), name)


def _only(data: bytes, start: int, end: int, tag: int) -> tuple[int, int]:
    found, first, last = next(_elements(data, start, end), (0, 0, 0))
    if found != tag:
        raise ValueError("another element was expected")
    return first, last


def _elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The elements between two places: tag, where the content begins, where it ends. Lengths may be left open, as mail programs do."""
    while start < end:
        tag, length = data[start], data[start + 1]
        start += 2
        if tag == 0 and length == 0:
            return
        if length == 0x80:
            close = _close(data, start, end, 0)
            yield tag, start, close
            start = close + 2
            continue
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[start : start + count], "big")
            start += count
        if start + length > end:
            raise ValueError("an element is cut short")
        yield tag, start, start + length
        start += length


def _close(data: bytes, start: int, end: int, depth: int) -> int:
    """Where an element of open length ends: the place of its end mark."""
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    while start < end:
        tag, length = data[start], data[start + 1]
        if tag == 0 and length == 0:
            return start
        start += 2
        if length == 0x80:
            start = _close(data, start, end, depth + 1) + 2
        elif length & 0x80:
            count = length & 0x7F
            start += count + int.from_bytes(data[start : start + count], "big")
        else:
            start += length
    raise ValueError("an element has no end")


def _octets(data: bytes, start: int, end: int, depth: int) -> Iterator[bytes]:
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    for tag, first, last in _elements(data, start, end):
        if tag == _OCTETS:
            yield data[first:last]
        elif tag == _OCTET_PIECES:
            yield from _octets(data, first, last, depth + 1)
