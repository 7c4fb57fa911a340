"""Writes small PDF files by hand: texts at places, ruled lines, a rotation. Enough to test the reader without another library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    text: str
    size: float = 10.0
    turned: int = 0


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float


def paragraph(x: float, y: float, lines: list[str], leading: float = 14.0) -> list[Text]:
    """Lines under each other from (x, y) downwards."""
    return [Text(x, y - index * leading, line) for index, line in enumerate(lines)]


def ruled(xs: list[float], ys: list[float]) -> list[Line]:
    """The lines of a grid."""
    return [Line(xs[0], y, xs[-1], y) for y in ys] + [Line(x, ys[0], x, ys[-1]) for x in xs]


def pdf(*pages: list[Text | Line], rotate: int = 0, width: int = 595, height: int = 842) -> bytes:
    """A PDF of these pages, in Helvetica."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(count))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, page in enumerate(pages):
        stream = b"\n".join(_drawn(one) for one in page)
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * index} 0 R >>".encode()
        )
        bodies.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    return written(bodies)


def written(bodies: list[bytes]) -> bytes:
    """The file of these objects, numbered from 1; the first is its root."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010d} 00000 n \n".encode()
    out += f"trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def _drawn(one: Text | Line) -> bytes:
    if isinstance(one, Line):
        return f"{one.x1} {one.y1} m {one.x2} {one.y2} l S".encode()
    escaped = one.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[one.turned]
    place = b"%g %g %g %g %g %g Tm" % (cosine, sine, -sine, cosine, one.x, one.y)
    return b"BT /F1 %g Tf %s (%s) Tj ET" % (one.size, place, escaped)
