"""OpenDocument texts: paragraphs, headings, list items and tables in the order of the text, with running heads, feet and notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import odfdo

from sild.formats.csv_rows import row_block
from sild.formats.limits import Account
from sild.formats.paragraphs import is_list_item
from sild.formats.place import Place
from sild.formats.unreadable import refusal
from sild.values.document import Block, BlockKind

_SPACES = {"text:tab": "\t", "text:line-break": "\n"}
# struck out by tracking, remarks, and drawings' own descriptions
_SKIPPED = frozenset({"office:annotation", "office:annotation-end", "text:tracked-changes", "svg:title", "svg:desc", "text:note-citation"})
_MOST_REPEATS = 200


def read_odt(data: bytes, name: str, place: Place, account: Account) -> list[Block]:
    """Header, text, footer. Raises Unreadable where the package or its content is broken or encrypted."""
    try:
        document: Any = odfdo.Document(io.BytesIO(data))
        manifest = document.get_part("META-INF/manifest.xml")
        if manifest is not None and b"encryption-data" in manifest.serialize():
            raise refusal(name, "it is encrypted with a password", "Ask the sender for a copy without a password")
        return list(_Reader(document, name, place, account).blocks())
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, RecursionError, OSError, SyntaxError) as error:
        raise refusal(name, "it is a damaged OpenDocument text", "Ask the sender to save and send it again, or a PDF") from error


class _Reader:
    def __init__(self, document: Any, name: str, place: Place, account: Account) -> None:
        self.document, self.name, self.place, self.account = document, name, place, account
        self.tables = 0

    def blocks(self) -> Iterator[Block]:
        yield from self._margins("header")
        yield from self._container(self.document.body, "paragraph", 0)
        yield from self._margins("footer")

    def _container(self, element: Any, kind: BlockKind, depth: int) -> Iterator[Block]:
        if depth > self.account.limits.table_depth:
            raise refusal(self.name, "its text is nested too deep", "Ask the sender for a PDF")
        for child in element.children:
            tag = child.tag
            if tag == "text:p":
                yield from self._paragraph(child, kind)
            elif tag == "text:h":
                yield from self._paragraph(child, "heading")
            elif tag in ("text:list-item", "text:list-header"):
                yield from self._container(child, "list-item", depth + 1)
            elif tag == "table:table":
                yield from self._table(child)
            elif tag == "text:tracked-changes":
                self.account.warn(f"{self.name}: it has tracked changes; what was struck out was not read")
            elif tag not in _SKIPPED:
                yield from self._container(child, kind, depth + 1)

    def _paragraph(self, element: Any, kind: BlockKind) -> Iterator[Block]:
        for line in filter(None, (line.strip() for line in _text(element).split("\n"))):
            found: BlockKind = "list-item" if kind == "paragraph" and is_list_item(line) else kind
            yield Block(kind=found, text=line, locator=self.place.part)

    def _table(self, element: Any) -> Iterator[Block]:
        self.tables += 1
        table, number = self.tables, 0
        for row in _descend(element, "table:table-row"):
            texts: list[str] = []
            for cell in row.children:
                if cell.tag in ("table:table-cell", "table:covered-table-cell"):
                    text = "" if cell.tag == "table:covered-table-cell" else _cell_text(cell)
                    texts.extend([text] * _repeats(cell, "table:number-columns-repeated"))
            for _ in range(_repeats(row, "table:number-rows-repeated")):
                number += 1
                block = row_block(texts, self.place.table_row(table, number), row=number, table=table)
                if block is not None:
                    yield block

    def _margins(self, which: str) -> Iterator[Block]:
        said: set[str] = set()
        if "styles.xml" not in self.document.container.parts:
            return  # the part is optional (ODF 1.3, part 2, 3.1): texts made by programs often come without it
        styles = self.document.get_part("styles")
        for margin in styles.get_elements(f"//style:{which}"):
            for paragraph in margin.get_elements("descendant::text:p"):
                text = " ".join(_text(paragraph).split())
                if text and text not in said:
                    said.add(text)
                    yield Block(kind="paragraph", text=text, locator=self.place.margin(which))


def _text(element: Any) -> str:
    pieces: list[str] = [element.text or ""]
    for child in element.children:
        tag = child.tag
        if tag == "text:s":
            count = child.get_attribute("text:c") or "1"
            pieces.append(" " * min(int(count), 100))
        elif tag in _SPACES:
            pieces.append(_SPACES[tag])
        elif tag not in _SKIPPED:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    # line ends of the XML itself are spaces, those of text:line-break are not
    return "".join(pieces)


def _descend(element: Any, wanted: str) -> Iterator[Any]:
    for child in element.children:
        if child.tag == wanted:
            yield child
        elif child.tag in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from _descend(child, wanted)


def _cell_text(cell: Any) -> str:
    paragraphs = cell.get_elements("descendant::text:p | descendant::text:h")
    return "\n".join(filter(None, (" ".join(_text(paragraph).split()) for paragraph in paragraphs)))


def _repeats(element: Any, attribute: str) -> int:
    value = element.get_attribute(attribute) or "1"
    return min(int(value), _MOST_REPEATS) if str(value).isdigit() else 1
