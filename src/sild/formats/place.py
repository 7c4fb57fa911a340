"""Locators: the name of a place in a message, in the words that people and the truth files use; and plain names of files."""

from __future__ import annotations

from dataclasses import dataclass


def plain_name(name: str) -> str:
    """The name without folders, control characters and lone surrogates, so that it can stand in a sentence and in JSON."""
    sound = name.encode("utf-8", "replace").decode("utf-8")
    last = sound.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[:200]


@dataclass(frozen=True, slots=True)
class Place:
    """Names places in the body (`attachment` is None) or in the attachment of that name."""

    attachment: str | None = None

    @property
    def part(self) -> str:
        """The part's name, and the locator of its running text: "body", "attachment:letter.docx"."""
        return "body" if self.attachment is None else f"attachment:{self.attachment}"

    def row(self, number: int, sheet: str | None = None) -> str:
        """Row `number` (from 1) of a table file; `sheet` is given for every sheet but the first."""
        if sheet is not None:
            return self._inside(f"sheet {sheet} row {number}")
        return f"row {number}" if self.attachment is None else f"{self.part}!{number}"

    def table_row(self, table: int, row: int) -> str:
        """Row `row` of table `table` of a letter, both from 1, the heading row included."""
        return self._inside(f"table {table} row {row}")

    def line(self, number: int) -> str:
        """Line `number` (from 1) of a text; in an attachment only chats are told by the line."""
        return self._inside(f"line {number}")

    def field(self, name: str) -> str:
        """The field `name` of a form."""
        return self._inside(f"field:{name}")

    def margin(self, name: str) -> str:
        """The running head or foot of a letter: "header", "footer", "footnote"."""
        return self._inside(name)

    def _inside(self, words: str) -> str:
        return words if self.attachment is None else f"{self.part}!{words}"
