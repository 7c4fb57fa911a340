"""RTF as Outlook packs it ([MS-OXRTFCP]): LZFu with a ready dictionary and a checksum, or stored as it is (MELA)."""

from __future__ import annotations

import struct
import zlib

from sild.formats.limits import MEBIBYTE
from sild.formats.unreadable import refusal

# what both sides have in the dictionary before the first byte; part of the format
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
    b"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096
_HEADER = struct.Struct("<II4sI")
_LARGEST = 20 * MEBIBYTE
_AGAIN = "Ask the sender to send the text itself"


def unpacked_rtf(name: str, data: bytes) -> bytes:
    """The RTF inside. Raises Unreadable where the header, the checksum or a reference is wrong, or where it grows beyond 20 MB."""
    if len(data) < _HEADER.size:
        raise refusal(name, "its packed text is cut short", _AGAIN)
    packed_size, raw_size, mark, checksum = _HEADER.unpack_from(data)
    content = data[_HEADER.size : 4 + packed_size]
    if raw_size > _LARGEST:
        raise refusal(name, f"its packed text is larger than {_LARGEST // MEBIBYTE} MB", _AGAIN)
    if mark == b"MELA":
        return data[_HEADER.size : _HEADER.size + raw_size]
    # the format's checksum is CRC-32 without the usual inversions
    if mark != b"LZFu" or zlib.crc32(content, 0xFFFFFFFF) ^ 0xFFFFFFFF != checksum:
        raise refusal(name, "its packed text is damaged (the checksum differs)", _AGAIN)
    return _unpacked(name, content, raw_size)


def _unpacked(name: str, content: bytes, raw_size: int) -> bytes:
    out = bytearray(_DICTIONARY)
    start, end = len(_DICTIONARY), len(_DICTIONARY) + raw_size
    position = 0
    while position < len(content) and len(out) < end:
        control = content[position]
        position += 1
        for bit in range(8):
            if not control >> bit & 1:
                out += content[position : position + 1]
                position += 1
                continue
            reference = int.from_bytes(content[position : position + 2], "big")
            position += 2
            back = (len(out) - (reference >> 4)) % _WINDOW
            if back == 0 or position > len(content):
                return bytes(out[start:end])
            if back > len(out):
                raise refusal(name, "its packed text is damaged (it refers to what is not there)", _AGAIN)
            length = (reference & 0xF) + 2
            source = out[len(out) - back : len(out) - back + length]
            out += (source * (length // len(source) + 1))[:length]
    return bytes(out[start:end])
