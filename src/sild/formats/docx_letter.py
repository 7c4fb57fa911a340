"""Word documents: paragraphs and tables in the order of the text, with what is inserted by tracking, in fields, boxes and notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from sild.formats.csv_rows import row_block
from sild.formats.limits import Account
from sild.formats.paragraphs import is_list_item
from sild.formats.place import Place
from sild.formats.unreadable import refusal
from sild.values.document import Block, BlockKind

_P, _TBL, _TR, _TC, _T = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:t")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# struck out by tracking, field codes, the old-Word twin of a shape; text boxes are read as paragraphs of their own
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = qn("w:txbxContent")
_SKIPPED.add(_FALLBACK)


def read_docx(data: bytes, name: str, place: Place, account: Account) -> list[Block]:
    """Header, text, notes, footer. Raises Unreadable where Word's own structure is missing."""
    try:
        document: Any = docx.Document(io.BytesIO(data))
        return list(_Reader(document, name, place, account).blocks())
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, RecursionError, OSError, SyntaxError) as error:
        # lxml's XMLSyntaxError is a SyntaxError; python-docx answers broken packages with any of the others
        raise refusal(name, "it is a damaged Word document", "Ask the sender to save and send it again, or a PDF") from error


class _Reader:
    def __init__(self, document: Any, name: str, place: Place, account: Account) -> None:
        self.document, self.name, self.place, self.account = document, name, place, account
        self.tables = 0
        self.styles = {style.style_id: style for style in document.styles}

    def blocks(self) -> Iterator[Block]:
        yield from self._margins("header")
        yield from self._container(self.document.element.body, self.place.part)
        yield from self._notes()
        yield from self._margins("footer")

    def _container(self, element: Any, locator: str, depth: int = 0) -> Iterator[Block]:
        if depth > self.account.limits.table_depth:
            raise refusal(self.name, "its text is nested too deep", "Ask the sender for a PDF")
        for child in element:
            if child.tag == _P:
                yield from self._paragraph(child, locator)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo"), qn("w:smartTag")):
                yield from self._container(child, locator, depth + 1)

    def _paragraph(self, element: Any, locator: str) -> Iterator[Block]:
        lines = [line.strip() for line in _text(element).split("\n")]
        kind = self._kind(element)
        for line in filter(None, lines):
            yield Block(kind="list-item" if kind == "paragraph" and is_list_item(line) else kind, text=line, locator=locator)
        for box in _boxes(element):
            yield from self._container(box, locator, 1)

    def _kind(self, element: Any) -> BlockKind:
        properties = element.find(qn("w:pPr"))
        if properties is None:
            return "paragraph"
        style = properties.find(qn("w:pStyle"))
        style_id = "" if style is None else style.get(qn("w:val")) or ""
        known = self.styles.get(style_id)
        title = (known.name if known is not None and known.name else style_id).lower()
        if title.startswith(("heading", "title")) or properties.find(qn("w:outlineLvl")) is not None:
            return "heading"
        if title.startswith("list") or properties.find(qn("w:numPr")) is not None:
            return "list-item"
        return "paragraph"

    def _table(self, element: Any) -> Iterator[Block]:
        self.tables += 1
        table = self.tables
        for number, row in enumerate(_descend(element, _TR), 1):
            texts: list[str] = [""] * _span(row.find(qn("w:trPr")), "w:gridBefore", 0)
            for cell in _descend(row, _TC):
                properties = cell.find(qn("w:tcPr"))
                merge = None if properties is None else properties.find(qn("w:vMerge"))
                # the rest of a cell that spans rows repeats nothing
                covered = merge is not None and merge.get(qn("w:val")) != "restart"
                texts.append("" if covered else _cell_text(cell))
                texts.extend([""] * (_span(properties, "w:gridSpan", 1) - 1))
            block = row_block(texts, self.place.table_row(table, number), row=number, table=table)
            if block is not None:
                yield block

    def _margins(self, which: str) -> Iterator[Block]:
        said: set[str] = set()
        for section in self.document.sections:
            for kind in (which, f"first_page_{which}", f"even_page_{which}"):
                margin = getattr(section, kind)
                if margin.is_linked_to_previous:
                    continue
                for element in margin._element.iter(_P):
                    text = " ".join(_text(element).split())
                    if text and text not in said:
                        said.add(text)
                        yield Block(kind="paragraph", text=text, locator=self.place.margin(which))

    def _notes(self) -> Iterator[Block]:
        for relation in self.document.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes", "/comments")):
                continue
            if relation.reltype.endswith("/comments"):
                self.account.warn(f"{self.name}: it has comments in the margin, which were not read")
                continue
            root = parse_xml(relation.target_part.blob)
            for element in root.iter(_P):
                text = " ".join(_text(element).split())
                if text:
                    yield Block(kind="paragraph", text=text, locator=self.place.margin("footnote"))


def _text(element: Any) -> str:
    pieces: list[str] = []
    pending = list(reversed(element))
    while pending:
        node = pending.pop()
        if node.tag == _T:
            pieces.append(node.text or "")
        elif node.tag in _BREAKS:
            pieces.append(_BREAKS[node.tag])
        elif node.tag not in _SKIPPED and node.tag != _BOX and isinstance(node.tag, str):
            pending.extend(reversed(node))
    return "".join(pieces)


def _boxes(element: Any) -> Iterator[Any]:
    for box in element.iter(_BOX):
        above = list(box.iterancestors())
        inside = above[: above.index(element)] if element in above else above
        if not any(node.tag in (_FALLBACK, _BOX) for node in inside):
            yield box


def _descend(element: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls and tracked insertions."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
            yield from _descend(child, wanted)


def _cell_text(cell: Any) -> str:
    return "\n".join(filter(None, (" ".join(_text(paragraph).split()) for paragraph in cell.iter(_P))))


def _span(properties: Any, tag: str, default: int) -> int:
    found = None if properties is None else properties.find(qn(tag))
    value = "" if found is None else found.get(qn("w:val")) or ""
    return min(int(value), 200) if value.isdigit() else default
