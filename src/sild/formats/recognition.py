"""Text in pictures, read by tesseract where it is installed: through its library, in the very child that reads the file.

Nothing is written and no program is started, so the sandbox's walls stay as they are. Files in this process are read without it.
"""

from __future__ import annotations

import ctypes
import os
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from sild.formats.paragraphs import is_list_item

NEEDS_OCR = "needs OCR"
"""Stands in every refusal and warning over text that only recognition could read; the desk asks again where it can have it."""

_LIBRARIES = (("libtesseract.so.5", "liblept.so.5"), ("libtesseract.so.5", "libleptonica.so.6"), ("libtesseract.so.4", "liblept.so.5"))
_DATA = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
         "/usr/share/tesseract/tessdata", "/usr/local/share/tessdata")  # fmt: skip
_FIRST, _LATIN = ("ukr", "eng"), ("eng", "est", "pol", "deu", "fra", "swe")
RECOGNISED = ("ukr", *_LATIN)
"""The languages that the desk asks tesseract for, by tesseract's names."""
_ONE_THREAD = "OMP_THREAD_LIMIT"
# on a page with less than this share of Cyrillic letters the Latin languages are tried
_CYRILLIC_SHARE = 0.2
_PAGE_SEGMENTATION = 3
_LARGEST_PIXELS = 40_000_000
_NARROW = 1500
_SMALLEST_WIDTH, _SMALLEST_HEIGHT = 200, 60
_WORD_LEVEL = "5"
# a page of which less was made out holds no letter
_FEWEST_LETTERS, _LEAST_SURE = 12, 45
_MOST_FRAMES = 20
# a line that reaches so far is full; a gap of so many heights stands between the cells of a table
_FULL_LINE, _WIDE_GAP = 0.8, 2.5


@dataclass(frozen=True, slots=True)
class Recognised:
    """A paragraph made out in a picture, and how sure tesseract is of its words, in percent."""

    text: str
    sure: int


@dataclass(slots=True)
class Recogniser:
    """Reads pictures until `seconds` of the processor are used up; after that `tired` is true and nothing more is read."""

    languages: tuple[str, ...]
    seconds: float = 25.0
    _handles: dict[tuple[str, ...], Any] = field(default_factory=dict)
    _begun: float = field(default_factory=time.process_time)

    @property
    def tired(self) -> bool:
        """Whether the time for this file is used up."""
        return time.process_time() - self._begun > self.seconds

    def page(self, pixels: Any, width: int, height: int, stride: int) -> list[Recognised]:
        """The paragraphs of a page drawn in grey, 300 dots to the inch."""
        tesseract, _ = _libraries()

        def show(handle: Any) -> None:
            tesseract.TessBaseAPISetImage(handle, pixels, width, height, 1, stride)
            tesseract.TessBaseAPISetSourceResolution(handle, 300)

        return self._read(show)

    def picture(self, data: bytes) -> list[list[Recognised]]:
        """The paragraphs of each frame of a PNG, JPEG or TIFF file; nothing for frames too small or too large to hold a letter."""
        tesseract, leptonica = _libraries()
        found: list[list[Recognised]] = []
        for pix in _frames(leptonica, data):
            handle_of = ctypes.c_void_p(pix)
            try:
                width, height = leptonica.pixGetWidth(handle_of), leptonica.pixGetHeight(handle_of)
                if width < _SMALLEST_WIDTH or height < _SMALLEST_HEIGHT or width * height > _LARGEST_PIXELS or self.tired:
                    continue
                if width < _NARROW:
                    # text on screens is too small for tesseract as it is
                    larger = leptonica.pixScale(handle_of, ctypes.c_float(2.0), ctypes.c_float(2.0))
                    if larger:
                        leptonica.pixDestroy(ctypes.byref(handle_of))
                        handle_of = ctypes.c_void_p(larger)
                image = handle_of
                found.append(self._read(lambda handle, image=image: tesseract.TessBaseAPISetImage2(handle, image)))
            finally:
                leptonica.pixDestroy(ctypes.byref(handle_of))
        return found

    def _read(self, show: Any) -> list[Recognised]:
        first = self._with(tuple(one for one in _FIRST if one in self.languages), show)
        latin = tuple(one for one in _LATIN if one in self.languages)
        letters = [sign for one in first for sign in one.text if sign.isalpha()]
        cyrillic = sum("\u0400" <= sign <= "\u04ff" for sign in letters)
        if first and (cyrillic >= _CYRILLIC_SHARE * len(letters) or len(latin) < 2 or self.tired):
            return first
        return self._with(latin, show) or first

    def _with(self, languages: tuple[str, ...], show: Any) -> list[Recognised]:
        if not languages:
            return []
        tesseract, _ = _libraries()
        handle = self._handle(languages)
        show(handle)
        raw = tesseract.TessBaseAPIGetTsvText(handle, 0)
        if not raw:
            return []
        try:
            return _paragraphs(ctypes.string_at(raw).decode("utf-8", "replace"))
        finally:
            tesseract.TessDeleteText(raw)
            tesseract.TessBaseAPIClear(handle)

    def _handle(self, languages: tuple[str, ...]) -> Any:
        if languages not in self._handles:
            tesseract, _ = _libraries()
            handle = ctypes.c_void_p(tesseract.TessBaseAPICreate())
            if tesseract.TessBaseAPIInit3(handle, str(data_folder()).encode(), "+".join(languages).encode()) != 0:
                raise OSError(f"tesseract does not start with its data for {', '.join(languages)}")
            tesseract.TessBaseAPISetPageSegMode(handle, _PAGE_SEGMENTATION)
            self._handles[languages] = handle
        return self._handles[languages]


def data_folder() -> Path | None:
    """Where the languages of tesseract lie on this system; None where it has none."""
    return next((Path(one) for one in _DATA if any(Path(one).glob("*.traineddata"))), None)


def installed_languages() -> tuple[str, ...]:
    """The languages that tesseract can read here, by its own names ("ukr", "eng", ...); none where library or data is missing."""
    folder = data_folder()
    if folder is None:
        return ()
    try:
        _libraries()
    except OSError:
        return ()
    return tuple(sorted(path.stem for path in folder.glob("*.traineddata") if path.stem in RECOGNISED))


@cache
def _libraries() -> tuple[Any, Any]:
    """Tesseract and the library that opens its pictures. Raises OSError where they are not installed."""
    for reader, pictures in _LIBRARIES:
        # a child may start no thread; the library looks for this once, when it is loaded
        before = os.environ.get(_ONE_THREAD)
        os.environ[_ONE_THREAD] = "1"
        try:
            tesseract, leptonica = ctypes.CDLL(reader), ctypes.CDLL(pictures)
        except OSError:
            continue
        finally:
            if before is None:
                del os.environ[_ONE_THREAD]
            else:
                os.environ[_ONE_THREAD] = before
        pointer, number = ctypes.c_void_p, ctypes.c_int
        for function, result, arguments in (
            (tesseract.TessBaseAPICreate, pointer, []),
            (tesseract.TessBaseAPIInit3, number, [pointer, ctypes.c_char_p, ctypes.c_char_p]),
            (tesseract.TessBaseAPISetPageSegMode, None, [pointer, number]),
            (tesseract.TessBaseAPISetImage, None, [pointer, pointer, number, number, number, number]),
            (tesseract.TessBaseAPISetImage2, None, [pointer, pointer]),
            (tesseract.TessBaseAPISetSourceResolution, None, [pointer, number]),
            (tesseract.TessBaseAPIGetTsvText, pointer, [pointer, number]),
            (tesseract.TessBaseAPIClear, None, [pointer]),
            (tesseract.TessDeleteText, None, [pointer]),
            (leptonica.pixReadMem, pointer, [ctypes.c_char_p, ctypes.c_size_t]),
            (leptonica.pixReadMemFromMultipageTiff, pointer, [ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_size_t)]),
            (leptonica.pixGetWidth, number, [pointer]),
            (leptonica.pixGetHeight, number, [pointer]),
            (leptonica.pixScale, pointer, [pointer, ctypes.c_float, ctypes.c_float]),
            (leptonica.pixDestroy, None, [ctypes.POINTER(pointer)]),
            (leptonica.setMsgSeverity, number, [number]),
        ):
            function.restype, function.argtypes = result, cast(Any, arguments)
        # nobody reads what it would say to the terminal
        leptonica.setMsgSeverity(6)
        return tesseract, leptonica
    raise OSError("tesseract is not installed")


def _frames(leptonica: Any, data: bytes) -> Any:
    if not data.startswith((b"II*\0", b"MM\0*")):
        pix = leptonica.pixReadMem(data, len(data))
        if pix:
            yield pix
        return
    offset = ctypes.c_size_t(0)
    for _ in range(_MOST_FRAMES):
        pix = leptonica.pixReadMemFromMultipageTiff(data, len(data), ctypes.byref(offset))
        if not pix:
            return
        yield pix
        if not offset.value:
            return


@dataclass(slots=True)
class _Line:
    """One line of a picture: its words, how sure each is, its left and right edge, its height, its widest gap."""

    words: list[str] = field(default_factory=list)
    sure: list[float] = field(default_factory=list)
    left: int = 0
    right: int = 0
    height: int = 0
    gap: int = 0

    def add(self, word: str, sure: float, left: int, width: int, height: int) -> None:
        """Put the next word behind the others."""
        if self.words:
            self.gap = max(self.gap, left - self.right)
        else:
            self.left = left
        self.words.append(word)
        self.sure.append(sure)
        self.right, self.height = left + width, max(self.height, height)


def _paragraphs(table: str) -> list[Recognised]:
    """Tesseract's table of words as paragraphs; nothing where too little was made out to be a text."""
    groups: dict[tuple[str, ...], dict[str, _Line]] = {}
    for row in table.split("\n"):
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == _WORD_LEVEL and cells[11].strip():
            line = groups.setdefault(tuple(cells[1:4]), {}).setdefault(cells[4], _Line())
            line.add(cells[11].strip(), float(cells[10]), int(cells[6]), int(cells[8]), int(cells[9]))
    found = [one for lines in groups.values() for one in _joined(list(lines.values()))]
    letters = sum(sign.isalpha() for one in found for sign in one.text)
    weight = sum(len(one.text) for one in found) or 1
    if letters < _FEWEST_LETTERS or sum(one.sure * len(one.text) for one in found) / weight < _LEAST_SURE:
        return []
    return found


def _joined(lines: list[_Line]) -> list[Recognised]:
    """Lines that reach the right edge go on in the next one; list items and rows of a table (wide gaps) stay apart."""
    edge, start = max(line.right for line in lines), min(line.left for line in lines)
    runs: list[list[_Line]] = []
    for line in lines:
        before = runs[-1][-1] if runs else None
        goes_on = (
            before is not None
            and len(lines) > 1
            and before.right - start >= _FULL_LINE * (edge - start)
            and max(before.gap, line.gap) < _WIDE_GAP * line.height
            and not is_list_item(" ".join(line.words))
        )
        if goes_on:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [
        Recognised(" ".join(word for line in run for word in line.words), max(0, round(_mean([one for line in run for one in line.sure]))))
        for run in runs
    ]


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)
