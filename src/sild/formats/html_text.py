"""HTML to blocks with nothing loaded and nothing run: paragraphs, headings, list items, table rows, depth of quoting."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from sild.formats.csv_rows import row_block
from sild.formats.limits import Account
from sild.formats.paragraphs import is_list_item, plain_paragraphs
from sild.formats.place import Place
from sild.formats.unreadable import refusal
from sild.values.document import Block, BlockKind

_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "option",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe", "select", "textarea", "audio", "video"}
)
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)|mso-hide\s*:\s*all", re.IGNORECASE
)
# a script may compare a few hundred times before its next ">"
_MOST_OPEN = 400
_SPACES = re.compile(r"[ \t\n\r\f\u00a0]+")


def read_html(text: str, name: str, place: Place, account: Account) -> list[Block]:
    """The blocks of a page as a reader would see them. Raises Unreadable on markup nested beyond the limit."""
    reader = _Reader(name, place, account)
    refuse_endless_tags(text, name)
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, RecursionError, ValueError) as error:
        raise refusal(name, "its HTML is too broken to read", "Ask the sender for plain text or PDF") from error
    reader.end_block()
    if reader.hidden_text:
        account.warn(f"{name}: text that the page hides from its reader was left out")
    return reader.blocks


def refuse_endless_tags(text: str, name: str) -> None:
    """Refuse a page whose tags open and open and never close: the parser looks through the whole rest of it for each. Raises Unreadable."""
    if any(piece.count("<") > _MOST_OPEN for piece in text.split(">")):
        raise refusal(name, "its HTML opens tags that it never closes", "Ask the sender for plain text or PDF")


class _Table:
    """A table being read: its number, the cells of the row at hand, the texts of the cell at hand."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = 0
        self.cells: list[str] | None = None
        self.cell: list[str] | None = None


class _Reader(HTMLParser):
    def __init__(self, name: str, place: Place, account: Account) -> None:
        super().__init__(convert_charrefs=True)
        self.name, self.place, self.account = name, place, account
        self.blocks: list[Block] = []
        self.hidden_text = False
        self._open: list[tuple[str, bool]] = []
        self._unseen = 0
        self._quoted = 0
        self._pre = 0
        self._pieces: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._tables: list[_Table] = []
        self._tables_seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._pieces.append("\n")
            return
        if tag in _BREAKS:
            self.end_block()
        if tag in _VOID:
            return
        if tag in ("td", "th", "tr", "li", "p", "option", "dd", "dt"):
            self._close_implied(tag)
        style = next((value or "" for key, value in attrs if key == "style"), "")
        hidden = tag in _UNSEEN or any(key == "hidden" for key, _ in attrs) or bool(_HIDDEN.search(style))
        self._open.append((tag, hidden))
        self._unseen += hidden
        if len(self._open) > self.account.limits.markup_depth:
            raise refusal(self.name, f"its HTML is nested more than {self.account.limits.markup_depth} deep", "Ask for plain text or PDF")
        self._quoted += tag == "blockquote"
        self._pre += tag == "pre"
        if tag in _HEADINGS:
            self._kind = "heading"
        elif tag == "li":
            self._kind = "list-item"
        self._start_table_part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "br":
            self._pieces.append("\n")
        if tag == "p" and not any(open_tag == "p" for open_tag, _ in self._open):
            self.end_block()
        if not any(open_tag == tag for open_tag, _ in self._open):
            return
        while self._open:
            open_tag, hidden = self._open.pop()
            self._close(open_tag, hidden)
            if open_tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._unseen:
            # what a style hides on purpose is worth a word; what a page never shows is not
            if data.strip() and not any(tag in _UNSEEN for tag, _ in self._open):
                self.hidden_text = True
            return
        self._pieces.append(data if self._pre else _SPACES.sub(" ", data))

    def end_block(self) -> None:
        """Close the paragraph at hand."""
        text, self._pieces = "".join(self._pieces), []
        kind, self._kind = self._kind, "paragraph"
        table = self._tables[-1] if self._tables else None
        if self._pre and table is None:
            # text as it was typed, wrapped as mail programs wrap it
            for one in plain_paragraphs(text):
                self.blocks.append(Block(kind=one.kind, text=one.text, locator=self.place.part, quoted=self._quoted + one.quoted))
            return
        lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
        for text in filter(None, lines):
            if table is not None and table.cell is not None:
                table.cell.append(text)
            else:
                self._add(kind, text)

    def _add(self, kind: BlockKind, text: str) -> None:
        quoted = self._quoted
        while not self._tables and text.startswith(">"):
            text, quoted = text[1:].lstrip(), quoted + 1
        if not text:
            return
        if kind == "paragraph" and is_list_item(text):
            kind = "list-item"
        self.blocks.append(Block(kind=kind, text=text, locator=self.place.part, quoted=quoted))

    def _close_implied(self, tag: str) -> None:
        """End what HTML lets a writer leave open: a cell by the next cell, a row by the next row, an item by the next item."""
        ends = {"td": {"td", "th"}, "th": {"td", "th"}, "tr": {"tr", "td", "th"}}.get(tag, {tag})
        stops = {"table", "ul", "ol", "dl", "div", "blockquote"} - ends
        for index in range(len(self._open) - 1, -1, -1):
            open_tag = self._open[index][0]
            if open_tag in stops:
                return
            if open_tag in ends:
                if tag == "tr" and open_tag != "tr":
                    continue
                while len(self._open) > index:
                    self._close(*self._open.pop())
                return

    def _start_table_part(self, tag: str) -> None:
        if tag == "table":
            if not self._tables:
                self._tables_seen += 1
            self._tables.append(_Table(self._tables_seen))
        elif tag == "tr" and self._tables:
            self._tables[-1].cells = []
        elif tag in ("td", "th") and self._tables:
            if self._tables[-1].cells is None:
                self._tables[-1].cells = []
            self._tables[-1].cell = []

    def _close(self, tag: str, hidden: bool) -> None:
        if tag in _BREAKS:
            self.end_block()
        self._unseen -= hidden
        self._quoted -= tag == "blockquote"
        self._pre -= tag == "pre"
        table = self._tables[-1] if self._tables else None
        if table is None:
            return
        if tag in ("td", "th") and table.cell is not None and table.cells is not None:
            table.cells.append("\n".join(table.cell))
            table.cell = None
        elif tag == "tr":
            self._end_row(table)
        elif tag == "table":
            self._tables.pop()
            if self._tables and self._tables[-1].cell is not None:
                return

    def _end_row(self, table: _Table) -> None:
        cells, table.cells, table.cell = table.cells or [], None, None
        table.row += 1
        outer = next((outer for outer in reversed(self._tables[:-1]) if outer.cell is not None), None)
        filled = [cell for cell in cells if cell.strip()]
        if outer is not None and outer.cell is not None:
            outer.cell.extend(filled)
        elif len(cells) == 1:
            # a table of one column is how mail programs lay out a page, not a table of things
            for text in filter(None, cells[0].split("\n")):
                self._add("paragraph", text)
        else:
            locator = self.place.part if self.place.attachment is None else self.place.table_row(table.number, table.row)
            block = row_block(cells, locator, row=table.row, table=table.number)
            if block is not None:
                self.blocks.append(block)
