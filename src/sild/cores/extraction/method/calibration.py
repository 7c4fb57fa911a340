"""How surely a field is right: the raw confidence and named features of how it was read, weighed by what readers found right.

Weights and their record (date, sets, counts) stand in lexicon/weights.yaml, written by bench/extraction_confidence.py. Deterministic; a
field without weights keeps its raw confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from math import exp
from typing import Any

from sild.cores.extraction.answer import DraftLine, FieldRead
from sild.cores.extraction.inexact import SUREST, open_in, without_open
from sild.cores.extraction.method.lexicons import load
from sild.values.document import Block, Document

_BINS = ((0.5, "raw:low"), (0.7, "raw:some"), (0.85, "raw:good"))
_LEAST, _MOST = 0.02, 0.98  # a few hundred lines cannot tell more
_MOST_LINES = 8
_PICTURE_SURE = 90.0
WHOLE = "line"  # the name under which the whole line's weights stand


def calibrated(document: Document, lines: tuple[DraftLine, ...]) -> tuple[DraftLine, ...]:
    """The lines with each field's confidence, and the line's own, as the share of such readings that readers find right."""
    return tuple(_line(document, line, len(lines)) for line in lines)


def _line(document: Document, line: DraftLine, count: int) -> DraftLine:
    fields = {
        name: replace(read, confidence=probability(name, features(document, line, name, count), read.confidence))
        for name, read in line.fields.items()
    }
    amount = fields.get("quantity")
    if amount is not None and open_in(amount.reason) is not None:
        fields["quantity"] = replace(amount, confidence=min(amount.confidence, SUREST))
    whole = probability(WHOLE, features(document, line, WHOLE, count), line.confidence)
    return replace(line, fields=fields, confidence=whole)


def features(document: Document, line: DraftLine, name: str, count: int) -> dict[str, float]:
    """The named features of a field of a line (of the whole line for "line"): each is 1 where it holds. Figures are raw confidences."""
    block = _block(document, line)
    read = line.fields.get(name)
    raw = read.confidence if read is not None else line.confidence
    found = {_bin(raw): 1.0, f"in:{_place(block)}": 1.0}
    if count > _MOST_LINES:
        found["many-lines"] = 1.0
    if line.kind in ("update", "withdrawal", "question"):
        found["changes"] = 1.0
    elif line.of == "offer":
        found["offer"] = 1.0
    if line.part != "body":
        found["attached"] = 1.0
    if name == WHOLE:
        return found | _of_whole(line)
    if read is not None:
        found |= _of_read(line, read, name)
    return found


def _of_read(line: DraftLine, read: FieldRead, name: str) -> dict[str, float]:
    found: dict[str, float] = {}
    if read.span is None:
        found["no-words"] = 1.0
    elif line.evidence and (read.span.block, read.span.part) != (line.evidence[0].block, line.evidence[0].part):
        found["other-block"] = 1.0
    if name == "beneficiary" and not line.beneficiary_known:
        found["unlisted"] = 1.0
    found[f"why:{_why(read.reason)}"] = 1.0
    return found


def _of_whole(line: DraftLine) -> dict[str, float]:
    found = {f"no-{name}": 1.0 for name in ("category", "quantity") if getattr(line, name) is None}
    whose = "provider" if line.of == "offer" else "beneficiary"
    if getattr(line, whose) is None:
        found["no-whose"] = 1.0
    elif whose == "beneficiary" and not line.beneficiary_known:
        found["unlisted"] = 1.0
    reads = [line.fields[name] for name in ("category", "quantity", whose) if name in line.fields]
    found |= {f"why:{_why(read.reason)}": 1.0 for read in reads}
    return found


def _why(reason: str) -> str:
    """The reason without what it quotes; a reason is a fixed sentence else."""
    return "the text says" if reason.startswith("the text says") else without_open(reason)


def _bin(raw: float) -> str:
    return next((name for limit, name in _BINS if raw < limit), "raw:sure")


def _block(document: Document, line: DraftLine) -> Block | None:
    for span in line.evidence:
        for part in document.parts:
            if part.name == span.part and span.block < len(part.blocks):
                return part.blocks[span.block]
    return None


def _place(block: Block | None) -> str:
    if block is None:
        return "nowhere"
    if block.recognised is not None and block.recognised < _PICTURE_SURE:
        return "picture"
    return {"row": "table", "chat": "chat", "field": "form"}.get(block.kind, "text")


def probability(name: str, found: Mapping[str, float], raw: float) -> float:
    """The share of such readings that are right; text read from a picture is trusted as far as the picture's reading."""
    table: Any = _weights().get(name)
    if table is None:
        return round(min(1.0, max(0.0, raw)), 3)
    weights = table["weights"]
    total = float(table["bias"]) + sum(value * float(weights.get(feature, 0.0)) for feature, value in found.items())
    sure = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))
    if "in:picture" in found:
        sure *= 0.8
    return round(max(_LEAST, min(_MOST, sure)), 3)


@cache
def _weights() -> dict[str, Any]:
    table: Any = load("weights")
    return dict(table["fields"])
