"""The reader of the tests that need no walls: it reads in this process, as these messages are ours."""

from __future__ import annotations

from dataclasses import dataclass

from sild.formats import read_document
from sild.formats.unpacking import Bundle, unpack
from sild.values.document import Document


@dataclass(frozen=True)
class InProcess:
    """Reads and takes apart without the sandbox."""

    def read(self, name: str, data: bytes) -> Document:
        return read_document(name, data)

    def unpack(self, name: str, data: bytes) -> Bundle | None:
        return unpack(name, data)
