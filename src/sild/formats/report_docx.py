"""The Word document of a report: the marking at the head and the foot of every page with its number, table heads that repeat.

The same report gives the same bytes: no clock, and no name of a program or a person but those that stand in it.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from sild.formats.docx_paper import without_clock
from sild.formats.report_paper import ReportPaper, ReportPart, ReportTable, clean, is_number, left_out, printed, shown
from sild.formats.report_pdf import svg_as_png

PICTURE_WIDTH_CM = 24


def write_document(paper: ReportPaper) -> bytes:
    """The report as a docx file. Raises ValueError where a row of a table has not one cell for each of its heads."""
    document: Any = docx.Document()
    _describe(document, paper)
    _pages(document, paper)
    document.add_paragraph(clean(paper.title), style="Title")
    for name, text in paper.lead:
        line = document.add_paragraph()
        line.add_run(f"{clean(name)}: ").bold = True
        line.add_run(clean(text))
        line.paragraph_format.space_after = Pt(2)
    document.add_heading(clean(paper.summary_heading), level=1)
    document.add_paragraph(clean(paper.summary))
    for part in paper.parts:
        if not part.sheet_only:
            _part(document, paper, part)
    made = io.BytesIO()
    document.save(made)
    return without_clock(made.getvalue())


def _describe(document: Any, paper: ReportPaper) -> None:
    properties, moment = document.core_properties, datetime.combine(paper.day, time())
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = clean(paper.title)[:250]
    properties.created = properties.modified = moment
    properties.language = paper.language
    normal = document.styles["Normal"]
    normal.font.size = Pt(10)
    # so that a checker of spelling takes the words for what they are
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), paper.language)
    normal.element.get_or_add_rPr().append(tongue)


def _pages(document: Any, paper: ReportPaper) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(clean(paper.marking)).bold = True
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(clean(paper.marking)).bold = True
    foot.add_run(f" · {clean(paper.foot)} · ")
    before, _mark, rest = paper.page.partition("{page}")
    between, _mark, after = rest.partition("{pages}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        foot.add_run(text)
        if field:
            _field(foot, field)


def _field(paragraph: Any, name: str) -> None:
    """A number that the reader's program counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._element.append(field)


def _part(document: Any, paper: ReportPaper, part: ReportPart) -> None:
    document.add_heading(clean(part.heading), level=1)
    for sentence in part.sentences:
        document.add_paragraph(clean(sentence))
    for one in part.listed:
        document.add_paragraph(clean(one), style="List Bullet").paragraph_format.space_after = Pt(2)
    for picture in part.pictures:
        document.add_picture(io.BytesIO(svg_as_png(picture.svg)), width=Cm(PICTURE_WIDTH_CM))
        shape = document.paragraphs[-1]._element.xpath(".//wp:docPr")[0]
        shape.set("descr", clean(picture.told))
        document.add_paragraph(clean(picture.told))
    for table in part.tables:
        _table(document, paper, table)


def _table(document: Any, paper: ReportPaper, told: ReportTable) -> None:
    caption = document.add_paragraph(clean(told.caption))
    caption.paragraph_format.keep_with_next = True
    # made whole at once: a row that is added measures the table anew
    table = document.add_table(rows=1 + len(printed(told)), cols=len(told.heads))
    table.style = "Table Grid"
    rows = list(table.rows)
    for cell, head in zip(rows[0].cells, told.heads, strict=True):
        _fill(cell, clean(head), bold=True)
    repeats = OxmlElement("w:tblHeader")
    repeats.set(qn("w:val"), "true")
    rows[0]._tr.get_or_add_trPr().append(repeats)
    for place, values in enumerate(printed(told), 1):
        stays = OxmlElement("w:cantSplit")
        rows[place]._tr.get_or_add_trPr().append(stays)
        for cell, value in zip(rows[place].cells, values, strict=True):
            _fill(cell, shown(value, paper), right=is_number(value))
    document.add_paragraph(left_out(told, paper))


def _fill(cell: Any, text: str, *, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.font.size = Pt(8)
    run.bold = bold or None
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
