"""PDF files with a text layer: lines by their position on the page, put back into paragraphs, list items and tables."""

from __future__ import annotations

import pypdfium2

from sild.formats.limits import Account
from sild.formats.pdf_layout import PageItem, layout_blocks, page_items
from sild.formats.place import Place
from sild.formats.unreadable import refusal
from sild.values.document import Block


def read_pdf(data: bytes, name: str, place: Place, account: Account) -> list[Block]:
    """The blocks of all pages, each with its page. Raises Unreadable on encryption, damage, and on pictures without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise refusal(name, "it is encrypted with a password", "Ask the sender for a copy without a password") from error
        raise refusal(name, "it is a damaged PDF", "Ask the sender to send it again") from error
    try:
        pages = len(document)
        if pages > account.limits.pdf_pages:
            raise refusal(name, f"it has more than {account.limits.pdf_pages} pages", "Ask the sender for the pages that matter")
        items: list[PageItem] = []
        blank: list[int] = []
        characters = 0
        for index in range(pages):
            found, count = page_items(document[index], index + 1)
            characters += count
            if characters > account.limits.pdf_characters:
                limit = account.limits.pdf_characters
                raise refusal(name, f"it holds more than {limit} characters", "Ask the sender for the pages that matter")
            items.extend(found)
            if not found:
                blank.append(index + 1)
    except pypdfium2.PdfiumError as error:
        raise refusal(name, "one of its pages is damaged", "Ask the sender to send it again") from error
    finally:
        document.close()
    if not items:
        raise refusal(name, "it has no text layer, only pictures of pages: it needs OCR", "Scan it with text recognition, or type it")
    for number in blank:
        account.warn(f"{name}: page {number} has no text layer and was not read (it may be a picture that needs OCR)")
    return layout_blocks(items, place)
