"""Sealed places: whether a text is an age file in ASCII armour, and how many may open it. The desk has no key and opens nothing.

The form is that of age-encryption.org/v1: a header of stanzas, one for each who may open it, its authentication, then the payload.
"""

from __future__ import annotations

import base64
import binascii
import re

BEGIN, END = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
MOST_SEALED = 20_000
"""Signs of a sealed place; an address for twenty readers takes some 3,000."""
COLUMNS = 64
SMALLEST_PAYLOAD = 32
"""Bytes: a nonce of sixteen and the tag of an empty text."""
_VERSION = b"age-encryption.org/v1\n"
_END_OF_HEADER = re.compile(rb"\n--- [A-Za-z0-9+/]{43}\n")
_STANZA = re.compile(rb"^-> ([!-~]+)", re.MULTILINE)
_NOBODY = re.compile(rb"grease$")
PASSWORD = b"scrypt"


class NotSealed(ValueError):
    """The text is no age file for named readers; says why."""


def readers_of(text: str) -> int:
    """How many named readers can open a sealed place. Raises NotSealed."""
    binary = _binary_of(text)
    if not binary.startswith(_VERSION):
        raise NotSealed("version")
    end = _END_OF_HEADER.search(binary)
    if end is None:
        raise NotSealed("header")
    if len(binary) - end.end() < SMALLEST_PAYLOAD:
        raise NotSealed("payload")
    kinds = [kind for kind in _STANZA.findall(binary[: end.start() + 1]) if not _NOBODY.search(kind)]
    if not kinds:
        raise NotSealed("header")
    if PASSWORD in kinds:
        # whoever hears the password reads it: those are no named people
        raise NotSealed("password")
    return len(kinds)


def _binary_of(text: str) -> bytes:
    """What stands inside of the armour: lines of 64 signs, the last one shorter. Raises NotSealed."""
    lines = text.strip().replace("\r\n", "\n").split("\n")
    if len(text) > MOST_SEALED:
        raise NotSealed("size")
    if len(lines) < 3 or lines[0] != BEGIN or lines[-1] != END:
        raise NotSealed("armour")
    inside = lines[1:-1]
    if any(len(line) != COLUMNS for line in inside[:-1]) or not 0 < len(inside[-1]) <= COLUMNS:
        raise NotSealed("armour")
    try:
        return base64.b64decode("".join(inside), validate=True)
    except binascii.Error as fault:
        raise NotSealed("armour") from fault
