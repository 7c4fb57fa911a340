"""How much a file may unpack to before it is refused: all limits of the readers, as data, and the account kept while one file is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sild.formats.recognition import Recogniser
from sild.formats.unreadable import refusal

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes, counts and depths of one file with everything inside it. A file beyond one of them is refused, never cut in silence."""

    file_bytes: int = 25 * MEBIBYTE
    unpacked_bytes: int = 200 * MEBIBYTE
    zip_ratio: int = 100
    # a small file may pack well for honest reasons (an empty sheet, a style sheet): the ratio counts from this size on
    ratio_counts_from_bytes: int = 4 * MEBIBYTE
    zip_members: int = 2_000
    # messages that one mailbox or archive may hold
    bundle_members: int = 50_000
    mime_depth: int = 20
    mime_parts: int = 500
    container_depth: int = 5
    sheet_cells: int = 2_000_000
    table_depth: int = 20
    markup_depth: int = 400
    pdf_pages: int = 1_000
    pdf_characters: int = 2_000_000
    blocks: int = 200_000
    text_characters: int = 20_000_000


LIMITS = Limits()


@dataclass(slots=True)
class Account:
    """What the reading of one file has used so far, and what its reader should be told (`warnings`)."""

    limits: Limits = LIMITS
    warnings: list[str] = field(default_factory=list)
    unpacked: int = 0
    parts: int = 0
    blocks: int = 0
    characters: int = 0
    spoiled: dict[str, str] = field(default_factory=dict)
    entering: Callable[[str], None] | None = None
    recogniser: Recogniser | None = None

    def warn(self, text: str) -> None:
        """Keep a warning once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def unpack(self, name: str, size: int) -> None:
        """Count `size` unpacked bytes; raises Unreadable past the limit for the whole file."""
        self.unpacked += size
        if self.unpacked > self.limits.unpacked_bytes:
            limit = self.limits.unpacked_bytes // MEBIBYTE
            raise refusal(name, f"it unpacks to more than {limit} MB", "Ask the sender to split it into smaller files")

    def open_part(self, name: str) -> None:
        """Count one part of a mail; raises Unreadable past the limit."""
        self.parts += 1
        if self.parts > self.limits.mime_parts:
            raise refusal(name, f"it has more than {self.limits.mime_parts} parts", "Ask the sender to send its content in fewer files")

    def blocks_read(self, name: str, count: int, characters: int) -> None:
        """Count the blocks and characters that came out; raises Unreadable past the limits."""
        self.blocks += count
        self.characters += characters
        if self.blocks > self.limits.blocks or self.characters > self.limits.text_characters:
            what = f"it holds more than {self.limits.blocks} paragraphs and rows, or {self.limits.text_characters} characters"
            raise refusal(name, what, "Ask the sender to split it into smaller files")
