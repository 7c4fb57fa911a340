"""The sheet template: a workbook that people fill in, by which requests and offers come in. Written here, and read here cell by cell.

Plain Python: it knows cells and words in four languages, and nothing of the register.
"""

from sild.formats.template.checking import CheckedRow, CheckedSheets, Fault, TooManyRows, check_sheets
from sild.formats.template.definition import TEMPLATE, Column, Sheet, Template
from sild.formats.template.finding import FoundTemplate, UnknownVersion, find_template
from sild.formats.template.pasting import PastedRows, pasted_sheet
from sild.formats.template.writing import Answered, write_answer, write_template

__all__ = [
    "TEMPLATE",
    "Answered",
    "CheckedRow",
    "CheckedSheets",
    "Column",
    "Fault",
    "FoundTemplate",
    "PastedRows",
    "Sheet",
    "Template",
    "TooManyRows",
    "UnknownVersion",
    "check_sheets",
    "find_template",
    "pasted_sheet",
    "write_answer",
    "write_template",
]
