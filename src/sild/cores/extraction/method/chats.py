"""Chats: each turn is read as its author's words.

The coordinator's questions and echoes are no lines; a short answer fills what was asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sild.cores.extraction.method.amounts import quantities, shifted, unit_word
from sild.cores.extraction.method.drafts import Draft, Mention
from sild.cores.extraction.method.lexicons import load
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.prose import prose_drafts
from sild.cores.extraction.method.stance import MessageStance
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.method.words import bare, words_of

_SHORT_ANSWER = 5
_GIVERS = frozenset(("donor-state", "company", "foundation", "international"))


@cache
def _coordinator_words() -> tuple[str, ...]:
    table: Any = load("grammar")
    return tuple(bare(str(word)) for word in table["coordinators"])


def is_coordinator(author: str) -> bool:
    """Whether the author's name says that they run the desk or the chat."""
    name = bare(author)
    return any(word in name for word in _coordinator_words())


def chat_drafts(found: Iterable[Passage], whole: MessageStance, whose: Whose, context: Mention | None) -> list[Draft]:
    """The drafts of a chat, turn by turn."""
    drafts: list[Draft] = []
    for turn in found:
        author = turn.block.author or ""
        if is_coordinator(author):
            continue
        body = whose.author(author)
        kind = body.kind if body is not None else None
        stance = MessageStance(
            leans="request" if kind == "recipient-body" else None if kind else whole.leans,
            giver=kind in _GIVERS,
            needy=kind == "recipient-body",
        )
        last = next((d.head for d in reversed(drafts) if d.passage.block.author == author and d.head is not None), context)
        mine = prose_drafts([turn], stance, whose, last)
        if not mine:
            _complete(turn, drafts)
        for draft in mine:
            draft.sender = body.name if body is not None else author or None
            drafts.append(draft)
    return drafts


def _complete(turn: Passage, drafts: list[Draft]) -> None:
    """A bare "40 pieces" fills the number that the author's last line left open."""
    words = words_of(turn.text).words
    found = quantities(turn.text)
    if not found or len(words) > _SHORT_ANSWER:
        return
    for draft in reversed(drafts):
        if draft.passage.block.author == turn.block.author:
            if draft.amount is None or (draft.quantity is None and draft.amount == 1):
                quantity = shifted(found[0], 0, turn.text)
                draft.amount, draft.unit = quantity.value, unit_word(quantity, draft.head)
                draft.more.append((turn, quantity.start, quantity.end))
                draft.reasons["quantity"] = f"answered in {turn.block.locator}: {turn.text[:60]!r}"
            return
