"""Forms: fields that hold running text, and fields that hold the columns of one thing (item, quantity, unit), alone or in a list."""

from __future__ import annotations

import re
from collections import defaultdict

from sild.cores.extraction.fields.quantities import read_quantity_cell
from sild.cores.extraction.method.amounts import meant_once, quantity_for, unit_word
from sild.cores.extraction.method.drafts import Draft, Stance
from sild.cores.extraction.method.lexicons import book
from sild.cores.extraction.method.mentions import grammar, head_of, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.proof import evidence_of
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.stance import MessageStance
from sild.cores.extraction.method.words import words_of

_FEWEST_WORDS = 4
_LONGEST_ITEM_WORDS = 25
_LISTED = re.compile(r"\[\d+\]")


def matter_fields(found: list[Passage]) -> list[Passage]:
    """The form fields that hold running text: those named so, and others that hold a sentence."""
    columns = {id(passage) for group in _groups(found) for passage in group.values()}
    chosen: list[Passage] = []
    for passage in found:
        if passage.block.kind != "field" or id(passage) in columns:
            continue
        name = _last_name(passage)
        if name in grammar("envelope_fields"):
            continue
        if name in grammar("matter_fields") or len(words_of(passage.text).words) >= _FEWEST_WORDS:
            chosen.append(passage)
    return chosen


def form_drafts(found: list[Passage], whole: MessageStance) -> list[Draft]:
    """A draft for every group of fields that name a thing and how many of it."""
    drafts = [_draft(group, whole) for group in _groups(found)]
    return [draft for draft in drafts if draft is not None]


def _last_name(passage: Passage) -> str:
    return (passage.block.name or "").lower().rsplit(".", 1)[-1]


def _groups(found: list[Passage]) -> list[dict[str, Passage]]:
    """Fields that stand together, by the role that a table's column of that name would have."""
    groups: dict[str, dict[str, Passage]] = defaultdict(dict)
    for passage in found:
        if passage.block.kind != "field" or not passage.text.strip():
            continue
        prefix, _, _ = (passage.block.name or "").rpartition(".")
        role = _role(_last_name(passage))
        if role is not None:
            groups[prefix].setdefault(role, passage)
    return [group for prefix, group in groups.items() if _is_one_thing(prefix, group)]


def _is_one_thing(prefix: str, group: dict[str, Passage]) -> bool:
    """Whether the fields are the columns of one thing rather than a letter with a number beside it."""
    if "item" not in group or not ("quantity" in group or _LISTED.search(prefix)):
        return False
    return len(words_of(group["item"].text).words) <= _LONGEST_ITEM_WORDS


def _role(name: str) -> str | None:
    hits = book("tables").find_in(words_of(name))
    return hits[0].key if hits and hits[0].key in ("item", "quantity", "unit", "date") else None


def _draft(group: dict[str, Passage], whole: MessageStance) -> Draft | None:
    passage = group["item"]
    text = passage.text
    stretch = Stretch(0, len(text))
    head = head_of(mentions(text))
    unit = group["unit"].text if "unit" in group else text
    found = read_quantity_cell(group["quantity"].text, unit) if "quantity" in group else None
    beside = quantity_for(text, 0, len(text), head, head.item.category if head is not None else None)
    if head is None and found is None and beside is None:
        return None
    counted = found or beside
    kind: Stance = "offer" if whole.leans == "offer" else "request"
    draft = Draft(
        passage=passage, sentence=stretch, segment=stretch, kind=kind, stance=kind, head=head, quantity=beside if found is None else None,
        amount=counted.value if counted is not None else meant_once(text, 0, len(text), head), unit=unit_word(counted, head),
        category=head.item.category if head is not None else None, confidence=0.85, due=group.get("date"),
        evidence=[(None, start, end) for start, end in evidence_of(text, stretch, stretch, head, beside if found is None else None, kind)],
    )  # fmt: skip
    if found is not None:
        draft.more.append((group["quantity"], 0, len(group["quantity"].text)))
        draft.reasons["quantity"] = f"the form's field {group['quantity'].block.name!r}"
    return draft
