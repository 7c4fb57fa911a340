"""The text of a message as it may be shown: escaped, with the words that fields were read from marked, and nothing that acts.

Signs that nobody sees (controls, marks that turn the writing direction) are written out as U+202E. A long text is cut to what
stands around the marked words; how much was left out is said in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sild.values.document import Block, Document, Part
from sild.values.span import Span

LONG_BLOCK = 3_000
"""Characters of one block beyond which it is cut."""

AROUND = 400
"""Characters shown on either side of marked words in a block that is cut."""

LONG_TEXT = 40_000
"""Characters of a message beyond which blocks without marked words are left out."""

WHOLE_TEXT = 2_000_000
"""Characters that a page shows at most; the rest stands in the original."""

JOINT = " | "
"""Between the cells of a row in the row's own text."""
WIDEST_GAP = 12
"""So many empty cells in a row are shown."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of one block (or cell) with the name that lights them up: the line's and field's, "l1-quantity"."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A block as it is shown: `cells` for a row, `text` for anything else; `index` is its number in its part.

    `role` is set for what is no matter of its own, `origin` is whose words a chat message hands on.
    """

    kind: str
    text: SafeString
    cells: tuple[tuple[int, SafeString], ...]
    author: SafeString
    said_at: datetime | None
    name: SafeString
    quoted: int
    locator: str
    index: int
    role: str
    origin: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """The body or an attachment. `number` counts attachments from 1, 0 for the body; `left_out` counts blocks that are not shown."""

    number: int
    name: SafeString
    media: str
    subject: SafeString
    sender: SafeString
    unread: SafeString
    blocks: tuple[BlockView, ...]
    left_out: int


@dataclass(slots=True)
class _Sheet:
    """What is being written: how many characters may still be shown without marks, which names have their anchor."""

    room: int
    whole: bool
    anchored: set[str] = field(default_factory=set)


def parts_of(document: Document, spans: Mapping[str, Sequence[Span]], *, whole: bool = False) -> tuple[PartView, ...]:
    """The parts with the spans of each name marked. `whole`: nothing is left out up to WHOLE_TEXT characters."""
    by_place: dict[tuple[str, int, int | None], list[Marked]] = {}
    for name, found in spans.items():
        for span in found:
            by_place.setdefault((span.part, span.block, span.cell), []).append(Marked(span.start, span.end, name))
    sheet = _Sheet(WHOLE_TEXT if whole else LONG_TEXT, whole)
    return tuple(_part(part, number, by_place, sheet) for number, part in enumerate(document.parts))


def is_cut(parts: Iterable[PartView]) -> bool:
    """Whether something was left out."""
    return any(part.left_out or any("desk-left-out" in text for block in part.blocks for text in _texts(block)) for part in parts)


def _texts(block: BlockView) -> list[SafeString]:
    return [block.text, *(text for _column, text in block.cells)]


def _part(part: Part, number: int, by_place: Mapping[tuple[str, int, int | None], list[Marked]], sheet: _Sheet) -> PartView:
    shown, left_out = [], 0
    for index, block in enumerate(part.blocks):
        cells = [column.column for column in block.cells]
        marked = any((part.name, index, place) in by_place for place in (None, *cells))
        if sheet.room <= 0 and not marked:
            left_out += 1
            continue
        shown.append(_block(part.name, index, block, by_place, sheet))
    envelope = part.envelope
    return PartView(
        number=number,
        name=inert(part.name.removeprefix("attachment:")),
        media=part.media,
        subject=inert(envelope.subject if envelope else ""),
        sender=inert(f"{envelope.sender_name} <{envelope.sender_address}>" if envelope else ""),
        unread=inert(part.unread or ""),
        blocks=tuple(shown),
        left_out=left_out,
    )


def _with_gaps(cells: Sequence[tuple[int, SafeString]]) -> tuple[tuple[int, SafeString], ...]:
    """A row's cells with its empty ones between them, so that each stands below its heading; a wide gap stays open."""
    found: list[tuple[int, SafeString]] = []
    onward = 0
    for column, text in cells:
        if column - onward <= WIDEST_GAP:
            found += [(empty, SafeString("")) for empty in range(onward, column)]
        found.append((column, text))
        onward = column + 1
    return tuple(found)


def _block(part: str, index: int, block: Block, by_place: Mapping[tuple[str, int, int | None], list[Marked]], sheet: _Sheet) -> BlockView:
    whole_row = by_place.get((part, index, None), [])
    cells: list[tuple[int, SafeString]] = []
    text = SafeString("")
    if block.cells and block.text == JOINT.join(cell.text for cell in block.cells):
        at = 0
        for cell in block.cells:
            inside = [Marked(max(0, mark.start - at), min(len(cell.text), mark.end - at), mark.name) for mark in whole_row]
            cells.append((cell.column, _written(cell.text, [*inside, *by_place.get((part, index, cell.column), [])], sheet)))
            at += len(cell.text) + len(JOINT)
    else:
        text = _written(block.text, whole_row, sheet)
    return BlockView(
        kind=block.kind,
        text=text,
        cells=_with_gaps(cells),
        author=inert(block.author or ""),
        said_at=block.said_at,
        name=inert(block.name or ""),
        quoted=min(block.quoted, 5),
        locator=block.locator,
        index=index,
        role=block.role or "",
        origin=inert(block.origin or ""),
    )


def _written(text: str, marks: Sequence[Marked], sheet: _Sheet) -> SafeString:
    """The text with its marks, cut to what stands around them where it is long."""
    kept = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    windows = [(0, len(text))] if len(text) <= (sheet.room if sheet.whole else LONG_BLOCK) else _windows(kept, len(text))
    written: list[SafeString] = []
    at = 0
    for start, end in windows:
        if start > at:
            written.append(_left_out(start - at))
        written.append(_with_marks(text, start, end, kept, sheet.anchored))
        sheet.room -= end - start
        at = end
    if at < len(text):
        written.append(_left_out(len(text) - at))
    return mark_safe("".join(written))  # noqa: S308 - every piece was escaped


def _windows(marks: Sequence[Marked], length: int) -> list[tuple[int, int]]:
    """Stretches around the marks, and the beginning; those that touch are one."""
    wanted = sorted([(0, 2 * AROUND), *((max(0, mark.start - AROUND), min(length, mark.end + AROUND)) for mark in marks)])
    joined = [wanted[0]]
    for start, end in wanted[1:]:
        if start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _with_marks(text: str, start: int, end: int, marks: Sequence[Marked], anchored: set[str]) -> SafeString:
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = sorted({start, end, *(edge for mark in here for edge in (mark.start, mark.end) if start < edge < end)})
    pieces: list[SafeString] = []
    for left, right in pairwise(edges):
        names = sorted({mark.name for mark in here if mark.start <= left and right <= mark.end})
        words = inert(text[left:right])
        if not names:
            pieces.append(words)
            continue
        fresh = [name for name in names if name not in anchored]
        anchored.update(fresh)
        # one element has one id: the other fields that begin here get an empty anchor before it
        anchors = format_html_join("", '<span id="from-{}"></span>', ((name,) for name in fresh[1:]))
        identity = format_html(' id="from-{}"', fresh[0]) if fresh else SafeString("")
        pieces.append(format_html('{}<mark class="span"{} data-field="{}">{}</mark>', anchors, identity, " ".join(names), words))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece was escaped


def inert(text: str) -> SafeString:
    """The text escaped, each sign that nobody sees written out."""
    pieces = []
    at = 0
    for hit in _UNSEEN.finditer(text):
        pieces.append(conditional_escape(text[at : hit.start()]))
        pieces.append(format_html('<span class="desk-sign">U+{}</span>', f"{ord(hit.group()):04X}"))
        at = hit.end()
    pieces.append(conditional_escape(text[at:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece was escaped


def _left_out(count: int) -> SafeString:
    told = ngettext("… {count} character left out …", "… {count} characters left out …", count).format(count=count)
    return format_html('<span class="desk-left-out" title="{}">{}</span>', _("It stands in the original."), told)
