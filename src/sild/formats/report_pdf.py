"""The PDF of a report, tagged for readers aloud (PDF/UA-1): marking and page number at the head and foot of every page.

The report goes in as data and never into the markup; the typesetter sees an empty folder, no network and no fonts but its own, and the
day of the report is its clock, so that the same report gives the same bytes.
"""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime, time
from typing import Any

import typst

from sild.formats.report_paper import ReportPaper, ReportPart, clean, is_number, left_out, printed, shown

TEMPLATE = r"""
#let told = json(bytes(sys.inputs.report))
#set document(title: told.title, date: auto)
#set text(font: "Libertinus Serif", size: 10pt, lang: told.language, hyphenate: true)
#set par(justify: false)
#let foot(number, all) = told.page.replace("{pages}", str(all)).replace("{page}", str(number))
#set page(
  paper: "a4",
  flipped: true,
  margin: (x: 2cm, top: 2.2cm, bottom: 2.4cm),
  header: align(center, strong(told.marking)),
  footer: context [
    #set text(size: 8pt)
    #set align(center)
    #strong(told.marking) \
    #told.foot · #foot(counter(page).get().first(), counter(page).final().first())
  ],
)
#show heading.where(level: 2): set text(size: 13pt)
#set table(stroke: 0.4pt + luma(150), inset: 4pt)
#show table: set text(size: 8pt)
#show table: set par(justify: false)
#show figure: set block(breakable: true)
#show figure.caption: set align(left)
#heading(level: 1, outlined: true, told.title)
#for (name, said) in told.lead [#strong(name + ":") #said \ ]
#heading(level: 2, told.summary_heading)
#par(told.summary)
#for part in told.parts {
  heading(level: 2, part.heading)
  for sentence in part.sentences { par(sentence) }
  if part.listed.len() > 0 { list(..part.listed.map(one => [#one])) }
  for picture in part.pictures {
    figure(
      image(bytes(picture.svg), format: "svg", width: 78%, alt: picture.told),
      caption: picture.told, supplement: none, numbering: none,
    )
  }
  for one in part.tables {
    block(sticky: true, strong(one.caption))
    table(
      columns: one.widths.map(width => width * 1fr),
      align: (column, row) => if row > 0 and one.numbers.at(column) { right } else { left },
      table.header(..one.heads.map(head => strong(head))),
      ..one.rows.flatten().map(cell => [#cell]),
    )
    if one.more != "" { par(one.more) }
  }
}
"""
"""What the page looks like. Every word comes from the data."""
PNG_PPI = 144
_PICTURE = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'


def write_pdf(paper: ReportPaper) -> bytes:
    """The report as a PDF. Raises ValueError where a row of a table has not one cell for each of its heads."""
    made = datetime.combine(paper.day, time(), tzinfo=UTC)
    said = json.dumps(_told(paper), ensure_ascii=False)
    return _set(TEMPLATE, {"report": said}, format="pdf", pdf_standards="ua-1", timestamp=made)


def svg_as_png(svg: str) -> bytes:
    """A picture as pixels, for a document that takes no SVG. Raises ValueError for what is no picture."""
    return _set(_PICTURE, {"svg": svg}, format="png", ppi=PNG_PPI)


def _set(template: str, inputs: dict[str, str], **asked: Any) -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    with tempfile.TemporaryDirectory() as empty:
        # packages would be fetched: the folder that they are looked for in is empty, and no template names one
        compiler = typst.Compiler(
            template.encode(), root=empty, font_paths=fonts, sys_inputs=inputs, package_path=empty, package_cache_path=empty
        )
        try:
            made = compiler.compile(**asked)
        except typst.TypstError as fault:
            raise ValueError(f"the report cannot be set: {fault.message}") from fault
    if not isinstance(made, bytes):
        raise ValueError("the report cannot be set: it gave no single file")
    return made


def _told(paper: ReportPaper) -> dict[str, Any]:
    return {
        "language": paper.language,
        "title": clean(paper.title),
        "marking": paper.marking,
        "foot": clean(paper.foot),
        "page": paper.page,
        "lead": [[clean(name), clean(text)] for name, text in paper.lead],
        "summary_heading": clean(paper.summary_heading),
        "summary": clean(paper.summary),
        "parts": [_part(part, paper) for part in paper.parts if not part.sheet_only],
    }


def _part(part: ReportPart, paper: ReportPaper) -> dict[str, Any]:
    tables = []
    for one in part.tables:
        if any(len(row) != len(one.heads) for row in one.rows):
            raise ValueError(f"every row of {one.name} has one cell for each of its heads")
        rows = [[shown(cell, paper) for cell in row] for row in printed(one)]
        tables.append(
            {
                "caption": clean(one.caption),
                "heads": [clean(head) for head in one.heads],
                "rows": rows,
                "more": left_out(one, paper),
                "numbers": [any(is_number(row[place]) for row in one.rows) for place in range(len(one.heads))],
                "widths": [_width([head, *(row[place] for row in rows)]) for place, head in enumerate(one.heads)],
            }
        )
    pictures = [{"svg": one.svg, "told": clean(one.told)} for one in part.pictures]
    said = {
        "heading": clean(part.heading),
        "sentences": [clean(one) for one in part.sentences],
        "listed": [clean(one) for one in part.listed],
    }
    return {**said, "tables": tables, "pictures": pictures}


def _width(texts: list[str]) -> int:
    """How broad a column is beside the others: as its longest word asks, and more where it holds sentences."""
    word = max((len(word) for text in texts for word in text.split()), default=3)
    whole = sorted(len(text) for text in texts)
    return max(6, min(word + 2, 18), min(whole[len(whole) * 3 // 4], 30))
