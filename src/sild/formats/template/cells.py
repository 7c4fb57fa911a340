"""One cell of a filled-in template to a value, or to why it is none. What can be read two ways is a fault, never a guess."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from rapidfuzz import fuzz, process

from sild.formats.template.definition import Column, Template, plain

Value = str | Decimal | date
LARGEST = Decimal(10) ** 14
FIRST_YEAR, LAST_YEAR = 2000, 2100
_SHOWN = 60
_NEAR = 75
_LONGEST_LABEL = 100
_LONGEST_NUMBER = 40
_PLACES = {"quantity": 3, "value_amount": 2}

_SPACES_OF_NUMBERS = re.compile(r"[\u00a0\u2007\u2009\u202f\s]+")
_SPACED = re.compile(r"[\s'’_]")
_DIGITS = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ '’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_MARKED = re.compile(
    r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+(?!\d)(?:[.,]\d+)?|[+-]?\d{1,3},(?:\d{3},)*\d{3}\.\d+|[+-]?\d{1,3}\.(?:\d{3}\.)*\d{3},\d+"
)
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})(?:\s?(?:р|r)\.?)?")
_SERIAL = re.compile(r"[1-9]\d{4}")
_EPOCH = date(1899, 12, 30)
_ERRORS = re.compile(r"#(?:REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|GETTING_DATA)[!?]?", re.IGNORECASE)


@dataclass(eq=False)
class Misread(Exception):
    """Why a cell is no value: the code of the sentence (`faults` in words.yaml) and what stands in it."""

    code: str
    told: dict[str, str] = field(default_factory=dict)


def read_cell(template: Template, column: Column, text: str) -> Value:
    """The value of a cell that is not empty: text, Decimal, day, or the code of a choice. Raises Misread."""
    if _ERRORS.fullmatch(text.strip()):
        raise Misread("broken-formula", {"text": _shown(text)})
    if column.kind == "number":
        return _number(text, _PLACES.get(column.name, 3))
    if column.kind == "day":
        return _day(text)
    if column.kind == "choice":
        return _choice(template, column, text)
    if len(text) > column.most:
        raise Misread("long", {"most": str(column.most)})
    if column.kind == "open":
        return template.codes.get(column.list, {}).get(plain(text[:_LONGEST_LABEL]), text.strip())
    if column.must and not any(sign.isalpha() for sign in text):
        raise Misread("wordless", {"text": _shown(text)})
    return text.strip()


def _number(text: str, places: int) -> Decimal:
    told = _SPACES_OF_NUMBERS.sub(" ", unicodedata.normalize("NFKC", text)).strip().replace("−", "-")
    if len(told) > _LONGEST_NUMBER:
        raise Misread("number", {"text": _shown(text)})
    if _TWO_WAYS.fullmatch(told):
        raise Misread("two-numbers", {"text": _shown(text)})
    if _GROUPED.fullmatch(told) or _DIGITS.fullmatch(told):
        digits = _SPACED.sub("", told).replace(",", ".")
    elif _MARKED.fullmatch(told):
        # the last mark parts the fraction, unless it is the one that groups thousands
        last = max(told.rfind("."), told.rfind(","))
        mark = told[last]
        digits = re.sub(r"[.,]", "", told) if told.count(mark) > 1 else f"{re.sub(r'[.,]', '', told[:last])}.{told[last + 1 :]}"
    else:
        raise Misread("number", {"text": _shown(text)})
    amount = Decimal(digits)
    if amount >= LARGEST:
        raise Misread("too-large", {"text": _shown(text)})
    amount = round(amount, places)
    if amount <= 0:
        raise Misread("not-positive")
    return amount


def _day(text: str) -> date:
    told = " ".join(unicodedata.normalize("NFKC", text).split())[:_LONGEST_NUMBER]
    if _SERIAL.fullmatch(told):
        day = _EPOCH + timedelta(days=int(told))
    elif hit := _ISO.fullmatch(told):
        day = _calendar(int(hit[1]), int(hit[2]), int(hit[3]), text)
    elif hit := _DAY_FIRST.fullmatch(told):
        first, second, year = int(hit[1]), int(hit[2]), int(hit[3])
        if second > 12 >= first:
            raise Misread("month-first", {"text": _shown(text)})
        day = _calendar(year + 2000 if len(hit[3]) == 2 else year, second, first, text)
    else:
        raise Misread("day", {"text": _shown(text)})
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Misread("age", {"text": _shown(text)})
    return day


def _calendar(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise Misread("day", {"text": _shown(text)}) from fault


def _choice(template: Template, column: Column, text: str) -> str:
    codes = template.codes[column.list]
    told = plain(text[:_LONGEST_LABEL])
    code = codes.get(told) or (codes.get(plain(f"tlp:{told}")) if column.list == "tlp" else None)
    if code is not None:
        return code
    if column.list == "currency":
        letters = told.upper()
        if len(letters) == 3 and letters.isascii() and letters.isalpha():
            return letters
        raise Misread("currency", {"text": _shown(text)})
    near = process.extractOne(told, codes.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    if near is not None:
        raise Misread("nearly", {"text": _shown(text), "near": codes[near[0]]})
    raise Misread("choice", {"text": _shown(text)})


def _shown(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= _SHOWN else f"{told[: _SHOWN - 1]}…"
