"""Pictures as attachments or alone, and pages of a PDF that are pictures: read by recognition, or refused with the word that says so."""

from __future__ import annotations

from typing import Any

from sild.formats.limits import Account
from sild.formats.place import Place
from sild.formats.recognition import NEEDS_OCR, Recognised
from sild.formats.unreadable import refusal
from sild.values.document import Block

PICTURES = {b"\x89PNG": ("a PNG picture", "image/png"), b"\xff\xd8\xff": ("a JPEG picture", "image/jpeg"),
            b"II*\0": ("a TIFF picture", "image/tiff"), b"MM\0*": ("a TIFF picture", "image/tiff")}  # fmt: skip
_DOTS = 300 / 72
_LARGEST_PIXELS = 30_000_000


def read_picture(data: bytes, name: str, place: Place, account: Account) -> list[Block]:
    """The paragraphs in a picture. Raises Unreadable where recognition is not to be had, and where there is no text in it."""
    words = next((words for mark, (words, _) in PICTURES.items() if data.startswith(mark)), "a picture")
    recogniser = account.recogniser
    if recogniser is None:
        raise refusal(name, f"it is {words}: it {NEEDS_OCR}", "Type what it says, or have tesseract installed and put it in again")
    frames = recogniser.picture(data)
    blocks = [block for number, frame in enumerate(frames, 1) for block in _blocks(frame, number, place)]
    if recogniser.tired:
        account.warn(f"{name}: the time for text recognition ran out; what is missing was not read")
    if not blocks:
        raise refusal(name, f"it is {words} in which no text was found", "Look at it in the original")
    for number, frame in enumerate(frames, 1):
        _tell(name, number, frame, account)
    return blocks


def read_page(page: Any, number: int, name: str, place: Place, account: Account) -> list[Block]:
    """The paragraphs of a page of a PDF that has no text layer; nothing where recognition is not to be had or finds nothing."""
    recogniser = account.recogniser
    if recogniser is None or recogniser.tired or next(page.get_objects(max_depth=2), None) is None:
        return []
    width, height = page.get_size()
    scale = min(_DOTS, (_LARGEST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        frame = recogniser.page(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    finally:
        bitmap.close()
    _tell(name, number, frame, account)
    return _blocks(frame, number, place)


def _blocks(frame: list[Recognised], number: int, place: Place) -> list[Block]:
    return [Block(kind="paragraph", text=one.text, locator=place.part, page=number, recognised=min(100, one.sure)) for one in frame]


def _tell(name: str, number: int, frame: list[Recognised], account: Account) -> None:
    if frame:
        sure = round(sum(one.sure * len(one.text) for one in frame) / sum(len(one.text) for one in frame))
        account.warn(f"{name}: page {number} is a picture, read by text recognition ({sure} % sure): compare it with the original")
