"""For whom an offer is meant, where a later sentence says it: "... 20 generators. They are earmarked for the emergency service." """

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from sild.cores.extraction.fields.folding import read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.mentions import SOLID, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.sentences import Stretch, sentences

_FAR_AHEAD = 3
_SURE = 0.5
_NEEDY = frozenset(("recipient-body", None))


@cache
def _meant_for() -> PhraseBook[str]:
    return PhraseBook((phrase, "meant") for phrase in lexicon("asides")["meant_for"])


@cache
def _denies() -> PhraseBook[str]:
    return PhraseBook((word, "not") for word in lexicon("asides")["denies"])


class Destined:
    """The sentences of one message that say for whom the things offered before them are meant."""

    def __init__(self, passages: Sequence[Passage], in_text: Callable[[str], tuple[BodyFound, ...]], sender: BodyFound | None) -> None:
        self._passages = passages
        self._places = {id(passage): number for number, passage in enumerate(passages)}
        self._in_text = in_text
        self._sender = sender.name if sender is not None else ""

    def of(self, draft: Draft) -> BodyFound | None:
        """The recipient that a later sentence names for the draft's thing; None where none does.

        In the draft's own passage any such sentence speaks of it. Of the passages behind it those do that name the same thing or none.
        """
        here = self._places.get(id(draft.passage))
        if here is None or draft.passage.block.kind not in ("paragraph", "list-item"):
            return None
        own = self._told(draft, draft.passage, draft.sentence.end)
        if own is not None:
            return own
        for passage in self._passages[here + 1 : here + 1 + _FAR_AHEAD]:
            if passage.part.name != draft.passage.part.name or passage.voice != draft.passage.voice or passage.block.kind == "row":
                return None
            found = self._told(draft, passage, 0)
            if found is not None:
                return found
        return None

    def _told(self, draft: Draft, passage: Passage, start: int) -> BodyFound | None:
        reading = read(passage.text)
        hits = _meant_for().find_in(reading, start)
        if not hits:
            return None
        for sentence in sentences(passage.text):
            cue = next((hit for hit in hits if sentence.start <= hit.start < sentence.end), None)
            if sentence.start < start or cue is None or _denies().find_in(reading, sentence.start, cue.start):
                continue
            if passage is not draft.passage and not self._speaks_of(draft, passage.text, sentence):
                continue
            for body in self._in_text(passage.text):
                inside = sentence.start <= body.start < sentence.end
                if inside and body.kind in _NEEDY and body.score >= _SURE and body.name != self._sender:
                    return body
        return None

    @staticmethod
    def _speaks_of(draft: Draft, text: str, sentence: Stretch) -> bool:
        """Whether the sentence names no thing, or the draft's."""
        named = [mention for mention in mentions(text, sentence.start, sentence.end) if mention.rank >= SOLID]
        own = draft.head.item.name if draft.head is not None else ""
        return not named or any(mention.item.name == own for mention in named)
