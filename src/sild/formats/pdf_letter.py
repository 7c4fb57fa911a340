"""PDF files with a text layer: lines by their position on the page, put back into paragraphs, list items and tables; filled forms."""

from __future__ import annotations

from typing import Any

import pypdfium2

from sild.formats.limits import Account
from sild.formats.pdf_form import page_fields
from sild.formats.pdf_layout import PageItem, layout_blocks, page_items
from sild.formats.picture import read_page
from sild.formats.place import Place
from sild.formats.recognition import NEEDS_OCR
from sild.formats.unreadable import refusal
from sild.values.document import Block


def read_pdf(data: bytes, name: str, place: Place, account: Account) -> list[Block]:
    """The blocks of all pages, each with its page, then the filled fields. Raises Unreadable on encryption, damage, pictures alone."""
    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise refusal(name, "it is encrypted with a password", "Ask the sender for a copy without a password") from error
        raise refusal(name, "it is a damaged PDF", "Ask the sender to send it again") from error
    try:
        document.init_forms()
        items, fields, pictures = _pages(document, name, place, account)
        if document.count_attachments() > 0:
            account.warn(f"{name}: it carries files inside itself, which were not read")
    except pypdfium2.PdfiumError as error:
        raise refusal(name, "one of its pages is damaged", "Ask the sender to send it again") from error
    finally:
        document.close()
    if not items and not fields and not any(pictures.values()):
        if account.recogniser is not None and not account.recogniser.tired:
            raise refusal(name, "it has no text layer, and in its pictures of pages no text was found", "Look at it in the original")
        raise refusal(name, f"it has no text layer, only pictures of pages: it {NEEDS_OCR}", "Scan it with text recognition, or type it")
    return [*_in_order(layout_blocks(items, place), pictures), *fields]


def _in_order(blocks: list[Block], pictures: dict[int, list[Block]]) -> list[Block]:
    """The blocks with those of pages that are pictures put where their pages stand."""
    for number, recognised in pictures.items():
        place = next((index for index, block in enumerate(blocks) if (block.page or 0) > number), len(blocks))
        blocks[place:place] = recognised
    return blocks


def _pages(document: Any, name: str, place: Place, account: Account) -> tuple[list[PageItem], list[Block], dict[int, list[Block]]]:
    pages = len(document)
    if pages > account.limits.pdf_pages:
        raise refusal(name, f"it has more than {account.limits.pdf_pages} pages", "Ask the sender for the pages that matter")
    items: list[PageItem] = []
    fields: list[Block] = []
    seen: set[str] = set()
    blank: list[int] = []
    pictures: dict[int, list[Block]] = {}
    characters = 0
    for index in range(pages):
        page = document[index]
        found, count = page_items(page, index + 1)
        filled = page_fields(document, page, index + 1, place, seen)
        recognised = [] if found or filled else read_page(page, index + 1, name, place, account)
        page.close()
        characters += count
        if characters > account.limits.pdf_characters:
            limit = account.limits.pdf_characters
            raise refusal(name, f"it holds more than {limit} characters", "Ask the sender for the pages that matter")
        items.extend(found)
        fields.extend(filled)
        if recognised:
            pictures[index + 1] = recognised
        elif not found and not filled:
            blank.append(index + 1)
    for number in blank if items or fields or pictures else ():
        account.warn(f"{name}: page {number} has no text layer and was not read (it may be a picture that {NEEDS_OCR})")
    return items, fields, pictures
