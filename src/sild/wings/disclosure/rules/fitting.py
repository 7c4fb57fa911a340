"""A summary that fits into a chat: whole sentences, the most important first, never a cut one."""

from __future__ import annotations

from collections.abc import Sequence

from sild.wings.disclosure.rules.states import LONGEST_SUMMARY


def fitted(sentences: Sequence[str], most: int = LONGEST_SUMMARY) -> str:
    """The sentences in their order, those left out that do not fit; a first one that is too long by itself is cut at a word and marked."""
    said = ""
    for sentence in sentences:
        wanted = " ".join(sentence.split())
        longer = f"{said} {wanted}".strip()
        if len(longer) <= most:
            said = longer
        elif not said:
            said = wanted[: most - 1].rsplit(" ", 1)[0][: most - 1] + "…"
    return said
