"""Signatures and legal small print: told by the words that close letters in seven languages, marked, never taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sild.formats.word_lists import folded, phrase, phrases
from sild.values.document import Block, BlockRole

_PROSE = ("paragraph", "list-item", "heading")
_DELIMITERS = ("--", "-- ", "—", "––", "__")
_LONGEST_CLOSING = 60
# a line of a signature is short, and there are not many of them
_LONGEST_LINE, _MOST_LINES = 160, 14


def small_print(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a role where they are signature or disclaimer; those that have a role already keep it."""
    marked = list(blocks)
    left = depth = 0
    for index, block in enumerate(blocks):
        if block.kind not in _PROSE or block.role is not None:
            left = 0
            continue
        line = folded(block.text)
        if _is_disclaimer(line):
            marked[index] = replace(block, role="disclaimer")
            continue
        if block.quoted != depth or len(line) > _LONGEST_LINE or line.startswith(phrases("mail", "afterthought")) or line.endswith("?"):
            left = 0
        closes = _closes(block.text, line)
        if closes or left:
            left, depth = (_MOST_LINES if closes else left - 1), block.quoted
            role: BlockRole = "signature"
            marked[index] = replace(block, role=role)
    return marked


def _closes(text: str, line: str) -> bool:
    """Whether the line begins a signature: its delimiter, a closing formula, or what a telephone writes of itself."""
    if text.strip() in _DELIMITERS:
        return True
    if len(line) > _LONGEST_CLOSING:
        return False
    core = line.strip(" ,.!-–—*")
    if phrase("mail", "sent_from").match(core):
        return True
    found = phrase("mail", "closing").match(core)
    hit = found.group() if found else None
    # "З повагою, Олена Петренко" closes; "Best of these would be two pumps" does not
    rest = core[len(hit) :] if hit is not None else "x"
    return not rest or (
        rest[0] in ",!. \n" and len(rest.split()) <= 4 and (rest[0] != " " or len(hit or "") > 6) and not any(map(str.isdigit, rest))
    )


def _is_disclaimer(line: str) -> bool:
    return len(line) > 40 and phrase("mail", "disclaimer").search(line) is not None
