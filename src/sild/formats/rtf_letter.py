"""RTF letters: paragraphs, list items, table rows, notes and margins; and the page or the plain text that Outlook packed into RTF."""

from __future__ import annotations

import re

from sild.formats.csv_rows import row_block
from sild.formats.limits import Account
from sild.formats.paragraphs import is_list_item
from sild.formats.place import Place
from sild.formats.rtf_words import Group, RtfWords
from sild.values.document import Block

_FROM_HTML = re.compile(rb"\\fromhtml1?(?![0-9])")
_HEAD_BYTES = 4096
_MARGINS = {b"header": "header", b"footer": "footer", b"footnote": "footnote"}
_BLANKS = re.compile(r"[ \u00a0]+")


def read_rtf(data: bytes, name: str, place: Place, account: Account) -> list[Block]:
    """The blocks of a letter: body first, then footnotes and margins, as a reader of the paper would see them."""
    letter = _Letter(place)
    words = RtfWords(name, letter, account)
    words.read(data)
    letter.end()
    if letter.hidden:
        account.warn(f"{name}: text that is hidden or struck out was left out")
    if words.left_out & {b"pict", b"nonshppict", b"shppict"}:
        account.warn(f"{name}: its pictures were not read")
    if b"annotation" in words.left_out:
        account.warn(f"{name}: comments in its margin were left out")
    if words.left_out & {b"object", b"objdata"}:
        account.warn(f"{name}: it carries objects of other programs, which were not opened")
    return [*letter.blocks, *letter.margins]


def page_in_rtf(data: bytes, name: str, account: Account) -> str | None:
    """The HTML page that a mail program packed into RTF ([MS-OXRTFEX]); None where the RTF is a letter of its own."""
    if not _FROM_HTML.search(data[:_HEAD_BYTES]):
        return None
    page = _Page()
    RtfWords(name, page, account).read(data)
    return "".join(page.pieces)


class _Letter:
    """Builds blocks; rows of a table inside a table fall into the cell that holds it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.blocks: list[Block] = []
        self.margins: list[Block] = []
        self.hidden = False
        self._pieces: list[str] = []
        self._aside: dict[bytes, list[str]] = {}
        self._item = False
        self._in_table = False
        self._cell: list[str] = []
        self._cells: list[str] = []
        self._table, self._row = 0, 0

    def text(self, text: str, group: Group) -> None:
        if group.hidden:
            self.hidden = self.hidden or bool(text.strip())
        elif group.place in _MARGINS:
            self._aside.setdefault(group.place, []).append(text)
        elif group.place not in (b"listtext", b"pntext"):
            self._pieces.append(text)

    def word(self, word: bytes, number: int | None, group: Group) -> None:  # noqa: ARG002 (a page needs the number, a letter does not)
        if group.place in _MARGINS:
            if word in (b"par", b"line", b"cell", b"row"):
                self._aside.setdefault(group.place, []).append("\n")
        elif word in (b"listtext", b"pntext"):
            self._item = True
        elif word == b"pard":
            self._in_table = False
        elif word in (b"intbl", b"trowd"):
            self._in_table = self._in_table or word == b"intbl"
        elif word in (b"cell", b"nestcell"):
            self._end_cell(nested=word == b"nestcell")
        elif word == b"row":
            self._end_row()
        elif word in (b"par", b"sect", b"page", b"line", b"softline", b"column", b"nestrow"):
            self._end_paragraph(ends=word not in (b"line", b"softline"))

    def closed(self, group: Group) -> None:
        texts = self._aside.pop(group.place, None)
        if texts is None:
            return
        for line in "".join(texts).split("\n"):
            text = _BLANKS.sub(" ", line).strip()
            block = Block(kind="paragraph", text=text, locator=self.place.margin(_MARGINS[group.place]))
            if text and all(one.text != text for one in self.margins):
                self.margins.append(block)

    def end(self) -> None:
        """Close what a file that breaks off has left open."""
        for place in list(self._aside):
            self.closed(Group(place=place))
        if self._cells or self._cell:
            self._end_cell(nested=False)
            self._end_row()
        self._end_paragraph(ends=True)

    def _end_paragraph(self, *, ends: bool) -> None:
        text = _BLANKS.sub(" ", "".join(self._pieces)).strip()
        self._pieces = []
        item, self._item = self._item, False if ends else self._item
        if not text:
            return
        if self._in_table:
            self._cell.append(text)
            return
        self._row = 0
        self.blocks.append(Block(kind="list-item" if item or is_list_item(text) else "paragraph", text=text, locator=self.place.part))

    def _end_cell(self, *, nested: bool) -> None:
        in_table, self._in_table = self._in_table, True
        self._end_paragraph(ends=True)
        if not nested:
            self._cells.append("\n".join(self._cell))
            self._cell = []
        self._in_table = in_table

    def _end_row(self) -> None:
        cells, self._cells, self._cell = self._cells, [], []
        if not self._row:
            self._table += 1
        self._row += 1
        block = row_block(cells, self.place.table_row(self._table, self._row), row=self._row, table=self._table)
        if block is not None:
            self.blocks.append(block)


class _Page:
    """Puts the page together again: what stands in htmltag groups and what stands outside of htmlrtf stretches."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def text(self, text: str, group: Group) -> None:
        if (group.place == b"htmltag" or not group.only_rtf) and group.place not in (*_MARGINS, b"listtext", b"pntext"):
            self.pieces.append(text)

    def word(self, word: bytes, number: int | None, group: Group) -> None:
        if word == b"htmlrtf":
            group.only_rtf = number != 0
        elif word in (b"par", b"line"):
            self.text("\n", group)

    def closed(self, group: Group) -> None:
        """A group of markup ends: nothing to do."""
