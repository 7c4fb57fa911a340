"""Independent verification of an extraction: it re-reads the spans in the document and never asks the method.

A finding says which line, what is wrong, and what stands there instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import yaml

from sild.cores.extraction.answer import DraftLine, Extraction
from sild.values.document import Document
from sild.values.span import Span

MOST_EVIDENCE = 400
_KINDS = frozenset(("request", "offer", "update", "withdrawal", "question"))
_DIGITS = re.compile(r"\d(?:[\d.,'\u00a0\u202f ]*\d)?")


_CATEGORIES = frozenset(yaml.safe_load((Path(__file__).parent / "lexicon" / "categories.yaml").read_text(encoding="utf-8")))


def check(document: Document, extraction: Extraction) -> list[str]:
    """All findings against the extraction; empty where it holds."""
    findings: list[str] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, line in enumerate(extraction.lines, 1):
        findings += [f"line {number}: {text}" for text in _line(document, line)]
        proof = tuple((s.part, s.block, s.cell, s.start, s.end) for s in line.evidence)
        if proof in seen:
            findings.append(f"line {number}: rests on exactly the words of line {seen[proof]}; one sentence was read twice")
        seen.setdefault(proof, number)
    if extraction.noise is not None and extraction.lines:
        findings.append(f"the message is called noise ({extraction.noise}) and yet holds {len(extraction.lines)} lines")
    return findings


def _line(document: Document, line: DraftLine) -> Iterator[str]:
    if line.kind not in _KINDS:
        yield f"unknown kind {line.kind!r}"
    if line.category is not None and line.category not in _CATEGORIES:
        yield f"unknown category {line.category!r}"
    if line.category is None and not any(char.isalpha() for char in line.item):
        yield "a line without a category and without a word of its own says nothing that could be matched"
    yield from _evidence(document, line)
    yield from _fields(document, line)
    if line.quantity is not None:
        yield from _quantity(line)
    if line.available_from and line.available_until and line.available_until < line.available_from:
        yield f"is available until {line.available_until}, before it is available from {line.available_from}"
    if line.provider is not None and line.of == "request" and line.kind == "request":
        yield "a request names a provider"
    if not line.item.strip():
        yield "names no item"
    elif not any(line.item.removesuffix("…") in " ".join(span.text.split()) for span in line.evidence):
        yield f"its item {line.item[:60]!r} is not said in one piece by the words that prove it"


def _evidence(document: Document, line: DraftLine) -> Iterator[str]:
    if not line.evidence:
        yield "shows no words as its evidence"
        return
    total = len(" ".join(span.text for span in line.evidence))
    if total > MOST_EVIDENCE:
        yield f"its evidence is {total} characters long, at most {MOST_EVIDENCE} are allowed"
    for span in line.evidence:
        if not document.holds(span):
            yield f"its evidence {span.text[:60]!r} does not stand in {span.part}, {span.locator}"
        if not span.text.strip():
            yield "its evidence is blank"
    if line.part not in {span.part for span in line.evidence}:
        yield f"its evidence lies outside {line.part}, where the line is said to stand"


def _fields(document: Document, line: DraftLine) -> Iterator[str]:
    for name, read in line.fields.items():
        if read.span is not None and not document.holds(read.span):
            yield f"the words of {name} {read.span.text[:60]!r} do not stand in {read.span.part}, {read.span.locator}"
        if not 0.0 <= read.confidence <= 1.0:
            yield f"the confidence of {name} is {read.confidence}, outside 0..1"
        if not read.reason:
            yield f"{name} gives no reason"


def _quantity(line: DraftLine) -> Iterator[str]:
    if line.quantity is None or line.quantity < 0 or not line.quantity.is_finite():
        yield f"the quantity {line.quantity} is no count"
        return
    read = line.fields.get("quantity")
    if read is None:
        yield "the quantity gives no reason"
        return
    if read.span is None:
        if line.quantity != 1:
            yield f"the quantity {line.quantity} rests on no words; only a service asked for once may"
        return
    if not _says(read.span, line.quantity):
        yield f"the quantity {line.quantity} is neither in digits nor in words in {read.span.text!r}"


def _says(span: Span, quantity: Decimal) -> bool:
    """Whether the words hold the number's digits, or no digits at all but words for it."""
    text = unicodedata.normalize("NFKC", span.text)
    numbers = [re.sub(r"[^\d]", "", match) for match in _DIGITS.findall(text)]
    if not numbers:
        return any(char.isalpha() for char in text)
    wanted = re.sub(r"[^\d]", "", f"{quantity:f}".rstrip("0").rstrip(".") or "0").rstrip("0") or "0"
    # 9 thousand, 2 x 20 and ranges say the number without its own digits; then its leading digits or factors must stand there
    if any((number.rstrip("0") or "0") == wanted for number in numbers):
        return True
    product = 1
    for number in numbers:
        product *= int(number)
    total = sum(int(number) for number in numbers)
    return quantity in (product, total) or any(char.isalpha() for char in text)
