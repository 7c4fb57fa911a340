"""How fast messages are read, how the cost grows with their size, and whether memory stays flat; bare parsers beside it as the limit.

    python bench/reading_bench.py [--svg PLOT.svg] [--messages 20000] [--files-only]

Every kind of file is made in growing sizes and read several times; mails, chats and sheets that go on asking also with their lines found.
The best time of the processor counts. `grows` is the slope of log time over log size between the three largest files: 1.0 is linear. The
bare parsers do no more than give their text: no paragraphs, tables, marks or checks; where no parser of a kind is installed, the least
that any reader must do stands in its place (for chats and texts: to decode and to split). A zip and a mailbox are taken apart and each
message in them is read; beside them stands the taking apart alone. Memory is of this process after so many mails, read
one after the other as a run reads them.
Bars: no kind grows faster than 1.2; 100 small mails a second through reading and extraction; memory at most 2 % above the first.
"""

from __future__ import annotations

import argparse
import csv
import email
import io
import mailbox
import math
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from email.policy import compat32, default
from functools import partial
from html.parser import HTMLParser
from itertools import count, islice
from pathlib import Path
from typing import Any
from xml.parsers import expat

import docx
import odfdo
import olefile
import pypdfium2
import python_calamine

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.formats.made import mail, open_document, word, workbook, zipped
from tests.formats.outlook_maker import msg
from tests.formats.pdf_maker import paragraph, pdf
from tests.formats.rarer_seeds import old_workbook, open_workbook

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.formats import read_document
from sild.formats.sandbox import Sandbox
from sild.formats.unpacking import unpack

LINE = "We need 8 UPS units and 12 routers for the regional hospital before the end of March, 3 kVA each."
UK = "Просимо надати 8 джерел безперебійного живлення для обласної лікарні до 15 березня."
SIZES = (1, 2, 4, 8, 16, 32)
SIZES_WITH_LINES = (1, 2, 4, 8, 16)
THINGS = ("laptops", "UPS units", "routers", "diesel generators", "servers", "firewalls", "switches", "tablets")
WITH_LINES = " + lines"
BEST_OF = 3
STEEPEST, LEAST_A_SECOND, MOST_MEMORY = 1.2, 100.0, 1.02


def _text(size: int) -> str:
    return "\n\n".join((LINE if number % 2 else UK) for number in range(50 * size))


def _chat(size: int) -> bytes:
    return "".join(f"[{1 + n % 28:02}.01.2026, 20:31:00] Olena {n % 9}: {UK}\n" for n in range(100 * size)).encode()


def _letter(size: int) -> bytes:
    def fill(document: Any) -> None:
        for number in range(50 * size):
            document.add_paragraph(f"{number} {LINE}")

    return word(fill)


def _rtf(size: int) -> bytes:
    return b"{\\rtf1\\ansi\\ansicpg1251 " + b"\\'cf\\u1087? %s\\par " % LINE.encode() * (50 * size) + b"}"


def _page(size: int) -> bytes:
    return (
        "<html><body>"
        + "".join(f"<p>{LINE}</p><table><tr><td>UPS</td><td>{n}</td></tr></table>" for n in range(50 * size))
        + "</body></html>"
    ).encode()


def _letters(size: int) -> list[bytes]:
    return [bytes(mail(f"{LINE}\n\n{UK}\n", f"Needs {n}", Message_ID=f"<{n}@x.example>")) for n in range(25 * size)]


def _read(name: str, data: bytes) -> None:
    """One file, or each message of one that holds several."""
    bundle = unpack(name, data)
    for one, inner in [(member.name, member.data) for member in bundle.members] if bundle is not None else [(name, data)]:
        read_document(one, inner)


KINDS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "mail": ("m.eml", lambda size: bytes(mail(_text(size)))),
    "msg": ("m.msg", lambda size: msg({0x37: "s", 0x1000: _text(size)})),
    "html": ("p.html", _page),
    "rtf": ("l.rtf", _rtf),
    "chat": ("c.txt", _chat),
    "csv": ("l.csv", lambda size: "Потреба;Обсяг\n".encode() + "".join(f"{UK};{n}\n" for n in range(100 * size)).encode()),
    "docx": ("l.docx", _letter),
    "xlsx": ("l.xlsx", lambda size: workbook([["Item", "Number", "For"]] + [[LINE + str(n), n, "hospital"] for n in range(100 * size)])),
    "pdf": ("l.pdf", lambda size: pdf(*[paragraph(70, 780, [LINE[:80]] * 45) for _ in range(2 * size)])),
    "txt": ("t.txt", lambda size: _text(size).encode()),
    "odt": ("l.odt", lambda size: open_document(*[odfdo.Paragraph(f"{n} {LINE}") for n in range(50 * size)])),
    "ods": ("l.ods", lambda size: open_workbook([(f"{LINE} {n}", n) for n in range(100 * size)])),
    "xls": ("l.xls", lambda size: old_workbook([(f"{LINE} {n}", n) for n in range(100 * size)])),
    "zip": ("l.zip", lambda size: zipped({f"{n}.eml": letter for n, letter in enumerate(_letters(size))})),
    "mbox": ("l.mbox", lambda size: b"".join(b"From a@b.example Tue Feb 10 09:30:00 2026\n" + one + b"\n" for one in _letters(size))),
}  # fmt: skip


def _ask(number: int) -> str:
    """One ask of many, no two alike: what says the same is one line, and would cost less than a letter that goes on asking."""
    if number % 2:
        return f"The district hospital no. {number} needs {number % 90 + 2} {THINGS[number % 8]} before the end of March."
    return f"Просимо надати {number % 90 + 2} ноутбуків для школи № {number} до 15 березня."


def _asking_mail(asks: range) -> bytes:
    return bytes(mail("\n\n".join(map(_ask, asks))))


def _asking_chat(asks: range) -> bytes:
    return "".join(f"[{1 + n % 28:02}.01.2026, 20:31:00] Olena {n % 9}: {_ask(n)}\n" for n in asks).encode()


def _asking_sheet(asks: range) -> bytes:
    return workbook([["Item", "Number", "For"]] + [[f"{THINGS[n % 8]}, lot {n}", n % 90 + 2, f"school {n}"] for n in asks])


ASKING: dict[str, tuple[str, Callable[[range], bytes]]] = {
    "mail": ("m.eml", _asking_mail),
    "chat": ("c.txt", _asking_chat),
    "xlsx": ("l.xlsx", _asking_sheet),
}


def _bare_pdf(data: bytes) -> None:
    document: Any = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()


def _bare_docx(data: bytes) -> None:
    for one in docx.Document(io.BytesIO(data)).paragraphs:
        assert one.text is not None


def _bare_sheet(data: bytes) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _bare_msg(data: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        for path in file.listdir():
            assert file.openstream(path).read() is not None


def _bare_page(data: bytes) -> None:
    texts: list[str] = []
    parser = HTMLParser()
    parser.handle_data = texts.append  # type: ignore[method-assign]  # what a subclass would do, without its own class
    parser.feed(data.decode())


def _bare_odt(data: bytes) -> None:
    texts: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = texts.append
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parser.Parse(archive.read("content.xml"), True)


def _bare_zip(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            archive.read(name)


def _bare_mailbox(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        for message in mailbox.mbox(file.name):
            message.get_payload(decode=True)


BARE: dict[str, tuple[str, Callable[[bytes], object]]] = {
    "email, compat32": ("mail", lambda data: email.message_from_bytes(data, policy=compat32).get_payload(decode=True)),
    "email, default": ("mail", lambda data: email.message_from_bytes(data, policy=default).get_content()),  # type: ignore[attr-defined]  # EmailMessage
    "pypdfium2": ("pdf", _bare_pdf),
    "python-docx": ("docx", _bare_docx),
    "calamine": ("xlsx", _bare_sheet),
    "calamine, ods": ("ods", _bare_sheet),
    "calamine, xls": ("xls", _bare_sheet),
    "olefile": ("msg", _bare_msg),
    "html.parser": ("html", _bare_page),
    "csv.reader": ("csv", lambda data: list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=";"))),
    "split, chat": ("chat", lambda data: data.decode().splitlines()),
    "split, txt": ("txt", lambda data: data.decode().splitlines()),
    "split, rtf": ("rtf", lambda data: data.decode("ascii").split("\\")),
    "zipfile, expat": ("odt", _bare_odt),
    "zipfile": ("zip", _bare_zip),
    "mailbox.mbox": ("mbox", _bare_mailbox),
}


def unpacked(data: bytes) -> int:
    """The bytes of a file; of a zip container those that it unpacks to, for equal lines pack to nothing."""
    if not data.startswith(b"PK"):
        return len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(info.file_size for info in archive.infolist())


def best(act: Callable[[], object], tries: int = BEST_OF) -> float:
    """Seconds of the processor in the fastest of a few tries: what else the machine does, does not count."""
    found = math.inf
    for _ in range(tries):
        start = time.process_time()
        act()
        found = min(found, time.process_time() - start)
    return found


def growth(missed: list[str]) -> dict[str, list[tuple[int, float]]]:
    """For each kind the sizes in bytes with the seconds of reading."""
    # what an empty file holds is taken off: Word puts a megabyte of styles into each
    curves: dict[str, list[tuple[int, float]]] = {}
    print(f"{'':18}{'kB/s':>10}{'grows':>8}   seconds for the largest")
    for kind, (name, make) in KINDS.items():
        curve, empty = [], unpacked(make(0))
        for size in SIZES:
            data = make(size)
            curve.append((unpacked(data) - empty, best(lambda name=name, data=data: _read(name, data))))
        curves[kind] = curve
        _told(kind, curve, missed)
    for words, (kind, act) in BARE.items():
        data = KINDS[kind][1](SIZES[-1])
        seconds = best(lambda act=act, data=data: act(data))
        print(
            f"  {words:16}{unpacked(data) / seconds / 1000:10,.0f}   {curves[kind][-1][1] / seconds:16.1f} times as fast as reading {kind}"
        )
    return curves


def _told(kind: str, curve: list[tuple[int, float]], missed: list[str]) -> None:
    (small, first), (large, last) = curve[-3], curve[-1]
    slope = math.log(last / first) / math.log(large / small)
    if slope > STEEPEST:
        missed.append(f"{kind} grows by {slope:.2f}")
    print(f"{kind:18}{large / last / 1000:10,.0f}{slope:8.2f}   {last:.3f} s for {large / 1000:,.0f} kB", flush=True)


def growth_with_lines(missed: list[str]) -> dict[str, list[tuple[int, float]]]:
    """For messages that go on asking, the sizes in bytes with the seconds of reading and finding their lines.

    Each try is a message that was not read before, as every message is: what the reader remembers of the last one would make short
    messages free and leave long ones, which are more than it remembers, to be read anew.
    """
    index, curves = BodyIndex(()), {}
    for kind, (name, make) in ASKING.items():
        curve, empty, firsts = [], unpacked(make(range(0))), count(1000, 1000)
        _lines(name, make(range(25)), index)
        for size in SIZES_WITH_LINES:
            tries = [make(range(first, first + 25 * size)) for first in islice(firsts, BEST_OF)]
            curve.append((unpacked(tries[0]) - empty, min(best(partial(_lines, name, data, index), 1) for data in tries)))
        curves[kind + WITH_LINES] = curve
        _told(kind + WITH_LINES, curve, missed)
    return curves


def _lines(name: str, data: bytes, index: BodyIndex) -> None:
    extract(ExtractionProblem(document=read_document(name, data), bodies=index))


def small_mails(count: int, missed: list[str]) -> None:
    """Mails a second through reading alone, and through reading and extraction; memory of the process on the way."""
    body = f"Good day,\n\n{LINE}\n\n{UK}\n\nBest regards,\nOlena Bondar\nHead of department\n"
    mails = [bytes(mail(f"{body}\nReference {n}\n", f"Needs of the city {n}", Message_ID=f"<{n}@x.example>")) for n in range(200)]
    start = time.process_time()
    for data in mails:
        email.message_from_bytes(data, policy=compat32).get_payload(decode=True)
    bare = len(mails) / (time.process_time() - start)
    start = time.process_time()
    for data in mails:
        email.message_from_bytes(data, policy=default).get_content()  # type: ignore[attr-defined]  # EmailMessage
    print(f"{'email, compat32':24}{bare:8,.0f} small mails a second; policy.default {len(mails) / (time.process_time() - start):,.0f}")
    start = time.process_time()
    documents = [read_document("m.eml", data) for data in mails]
    reading = time.process_time() - start
    print(f"{'read':24}{len(mails) / reading:8,.0f}")
    index = BodyIndex(())
    start = time.process_time()
    for document in documents:
        extract(ExtractionProblem(document=document, bodies=index))
    extracting = time.process_time() - start
    both = len(mails) / (reading + extracting)
    print(f"{'extracted':24}{len(mails) / extracting:8,.0f}; both {both:,.0f}")
    if both < LEAST_A_SECOND:
        missed.append(f"{both:.0f} small mails a second")
    memories: list[float] = []
    start = time.process_time()
    for number in range(1, count + 1):
        read_document("m.eml", mails[number % len(mails)].replace(b"Reference", b"Reference %d" % number))
        if number in (count // 20, count // 4, count // 2, count):
            rate, memory = number / (time.process_time() - start), resource_kilobytes() / 1024
            memories.append(memory)
            print(f"{number:10,} mails read, {rate:8,.0f} a second, {memory:7.1f} MB in memory")
    if memories[-1] > MOST_MEMORY * memories[0]:
        missed.append(f"memory grew from {memories[0]:.0f} to {memories[-1]:.0f} MB")
    with Sandbox() as sandbox:
        sandbox.read("m.eml", mails[0])
        start = time.perf_counter()
        for data in mails:
            sandbox.read("m.eml", data)
        print(f"{'read in the sandbox':24}{len(mails) / (time.perf_counter() - start):8,.0f} by the clock, {sandbox.strength}")


def resource_kilobytes() -> int:
    """What the process holds in memory now."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def plot(curves: dict[str, list[tuple[int, float]]], target: Path) -> None:
    """Seconds over bytes on logarithmic axes, a line a kind; a grey line shows what linear is."""
    width, height, left, bottom = 760, 460, 70, 50
    points = [point for curve in curves.values() for point in curve]
    low_x, high_x = math.log10(min(x for x, _ in points)), math.log10(max(x for x, _ in points))
    low_y, high_y = math.floor(math.log10(min(y for _, y in points))), math.ceil(math.log10(max(y for _, y in points)))

    def place(size: float, seconds: float) -> str:
        x = left + (math.log10(size) - low_x) / (high_x - low_x) * (width - left - 110)
        y = height - bottom - (math.log10(seconds) - low_y) / (high_y - low_y) * (height - bottom - 20)
        return f"{x:.1f},{y:.1f}"

    colours = ("#0b5394", "#b45f06", "#38761d", "#741b47", "#134f5c", "#7f6000", "#351c75", "#990000", "#444444", "#2e7d7d",
               "#a64d79", "#6aa84f", "#cc4125", "#674ea7", "#999900")  # fmt: skip
    dashed = {kind: colours[list(KINDS).index(kind.removesuffix(WITH_LINES))] for kind in curves if kind.endswith(WITH_LINES)}
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" role="img">']
    out.append("<title>Seconds of reading, dotted: with finding the lines, over the size of the file; both axes are logarithmic</title>")
    for power in range(math.ceil(low_x), math.floor(high_x) + 1):
        x, y = place(10.0**power, 10.0**low_y).split(",")
        out.append(f'<line x1="{x}" y1="20" x2="{x}" y2="{y}" stroke="#ddd"/>')
        out.append(f'<text x="{x}" y="{float(y) + 18}" text-anchor="middle">{10**power / 1000:g} kB</text>')
    for power in range(low_y, high_y + 1):
        x, y = place(10.0**low_x, 10.0**power).split(",")
        out.append(f'<line x1="{x}" y1="{y}" x2="{width - 110}" y2="{y}" stroke="#ddd"/>')
        out.append(f'<text x="{left - 6}" y="{float(y) + 4}" text-anchor="end">{10.0**power:g} s</text>')
    start, end, base = 10.0**low_x, 10.0**high_x, 10.0 ** (low_y + 0.3)
    linear = f"{place(start, base)} {place(end, min(base * end / start, 10.0**high_y))}"
    out.append(f'<polyline points="{linear}" fill="none" stroke="#bbb" stroke-dasharray="6 4"/>')
    names: list[tuple[float, float, str, str]] = []
    for kind, curve in curves.items():
        colour = dashed.get(kind) or colours[list(KINDS).index(kind)]
        style = ' stroke-dasharray="2 3"' if kind in dashed else ""
        line = " ".join(place(size, seconds) for size, seconds in curve)
        x, y = place(*curve[-1]).split(",")
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{style}/>')
        names.append((float(x) + 6, float(y) + 4, kind, colour))
    out += [f'<text x="{x}" y="{y:.1f}" fill="{colour}">{kind}</text>' for x, y, kind, colour in apart(names)]
    target.write_text("\n".join([*out, "</svg>\n"]), encoding="utf-8")


def apart(names: list[tuple[float, float, str, str]]) -> list[tuple[float, float, str, str]]:
    """Names at the ends of curves, moved down where one would stand on another."""
    placed: list[tuple[float, float, str, str]] = []
    for x, y, kind, colour in sorted(names, key=lambda name: name[1]):
        beside = [other for other in placed if other[0] < x + 7 * len(kind) and x < other[0] + 7 * len(other[2])]
        placed.append((x, max([y, *(other[1] + 12 for other in beside)]), kind, colour))
    return placed


def main() -> int:
    """Measure, print, and draw where a file is named; 1 where a bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--files-only", action="store_true", help="measure the readers and the bare parsers alone")
    chosen = parser.parse_args()
    missed: list[str] = []
    curves = growth(missed)
    if not chosen.files_only:
        curves |= growth_with_lines(missed)
        small_mails(chosen.messages, missed)
    if chosen.svg is not None:
        plot(curves, chosen.svg)
    print("bars missed: " + "; ".join(missed) if missed else "every bar was met")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
