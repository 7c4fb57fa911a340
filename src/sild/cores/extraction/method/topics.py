"""Whom a point of a list, a minute or a letter is about, where its sentence names nobody: the point's label, its first words, "they"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.body_elements import elements_of
from sild.cores.extraction.fields.body_mentions import find_mentions
from sild.cores.extraction.fields.folding import Reading, Word, read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon, words_of_all
from sild.cores.extraction.method.bare_kinds import BareKinds
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.mentions import SOLID, grammar, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.sentences import Stretch, sentences
from sild.cores.extraction.method.words import words_of

_LABEL = re.compile(r"[\W\d_]*([^:;\n]{3,70}?)\s*(?::|\s[–—-])\s")
_NEEDY = frozenset(("recipient-body", None))
_OVERSEERS = frozenset(("ministry", "administration", "service", "agency", "embassy", "council", "department"))
_FEW_WORDS = 6
_SURE_STRANGER = 0.5
_PLACE_ONLY = 0.55
_FAR_BACK = 3


@cache
def _they() -> frozenset[str]:
    return frozenset(lexicon("body_cues")["they"])


@cache
def _they_need() -> PhraseBook[str]:
    return PhraseBook((phrase, "they") for phrase in lexicon("body_cues")["they_need"])


@cache
def _the_body() -> PhraseBook[str]:
    return PhraseBook((word, "body") for word in lexicon("body_cues")["the_body"])


class Topics:
    """The bodies that points and paragraphs of one message are about."""

    def __init__(
        self,
        passages: Sequence[Passage],
        index: BodyIndex,
        in_text: Callable[[str], tuple[BodyFound, ...]],
        kinds: BareKinds,
        sender: BodyFound | None,
    ) -> None:
        self._passages = passages
        self._places = {id(passage): number for number, passage in enumerate(passages)}
        self._index = index
        self._in_text = in_text
        self._kinds = kinds
        self._sender = sender.name if sender is not None else ""
        # a ministry's "the institution needs" speaks of another; a hospital's of itself
        self._oversees = any(mention.head in _OVERSEERS for mention in find_mentions(self._sender))

    def of(self, draft: Draft) -> tuple[BodyFound, str] | None:
        """The body with the reason, None where neither label nor first words nor "they" point to one."""
        if draft.passage.block.kind not in ("paragraph", "list-item") or draft.stance == "offer":
            return None
        label = _LABEL.match(draft.text)
        if label is not None and label.end() <= draft.segment.end:
            found = self._of_label(draft, label.start(1), label.end(1))
            if found is not None:
                return found
        return self._of_first_words(draft) or self._of_they(draft)

    @staticmethod
    def says_they_need(passage: Passage, sentence: Stretch) -> bool:
        """Whether the sentence says what others need ("they also ask for", "il leur faut")."""
        reading = read(passage.text)
        inside = [hit for hit in _they_need().find_in(reading) if sentence.start <= hit.start < sentence.end]
        return any(reading.words[hit.first].text not in grammar("for_words") for hit in inside)  # "a use for them" needs nothing

    def labelled(self, passage: Passage) -> bool:
        """Whether the passage opens with the name of a body that may need help, other than the sender, and a colon or dash."""
        label = _LABEL.match(passage.text)
        if label is None or any(m.rank >= SOLID for m in mentions(passage.text, label.start(1), label.end(1))):
            return False
        named = [body for body in self._in_text(passage.text) if label.start(1) <= body.start < label.end(1)]
        return any(body.kind in _NEEDY and body.score >= _SURE_STRANGER and body.name != self._sender for body in named)

    def _of_label(self, draft: Draft, start: int, end: int) -> tuple[BodyFound, str] | None:
        text = draft.text
        if any(m.rank >= SOLID for m in mentions(text, start, end)):
            return None
        for body in self._in_text(text):
            if start <= body.start < end and body.kind in _NEEDY and body.name != self._sender:
                return body, "the point is headed by their name"
        meant = self._kinds.in_words(draft, draft.passage, start, end)
        if meant is not None:
            return meant
        parts = [element for element in elements_of(text[start:end]) if element.kind != "filler"]
        if len(parts) != 1 or parts[0].kind != "place":
            return None
        place = parts[0].key
        known = self._index.at_place("council", place, frozenset(("city",)))
        name = known.name if known is not None else f"{place} City Council"
        kind = known.kind if known is not None else None
        shown = text[start:end]
        town = BodyFound(
            start=start, end=end, verbatim=shown, name=name, known=known is not None, score=_PLACE_ONLY, confidence=_PLACE_ONLY, kind=kind
        )
        return town, "the point is headed by the town's name"

    def _of_first_words(self, draft: Draft) -> tuple[BodyFound, str] | None:
        """ "1. Heard the hospital. The UPS for intensive care have not come.": the point's first few words say whom it is about."""
        first = sentences(draft.text)[0]
        words = len(words_of(draft.text).between(first.start, first.end))
        if draft.passage.block.kind != "list-item" or first.start >= draft.sentence.start or words > _FEW_WORDS:
            return None
        for body in self._in_text(draft.text):
            if first.start <= body.start < first.end and body.kind in _NEEDY:
                return body, "the point's first words name them"
        return self._kinds.in_words(draft, draft.passage, first.start, first.end)

    def _of_they(self, draft: Draft) -> tuple[BodyFound, str] | None:
        """ "... and for them a firewall": the last body named before, other than the sender."""
        if not self._speaks_of_them(draft):
            return None
        here = self._places.get(id(draft.passage), 0)
        for passage in reversed(self._passages[max(0, here - _FAR_BACK) : here + 1]):
            if passage.part.name != draft.passage.part.name:
                break
            limit = draft.segment.start if passage is draft.passage else len(passage.text)
            for body in reversed(self._in_text(passage.text)):
                if body.start < limit and body.kind in _NEEDY and body.score >= _SURE_STRANGER and body.name != self._sender:
                    return body, "the words speak of the last body named before"
        return None

    def _speaks_of_them(self, draft: Draft) -> bool:
        if draft.passage.block.kind == "list-item":
            spoken = words_of(draft.text).between(draft.segment.start, draft.segment.end)
            return any(word.text in _they() and _may_mean_bodies(spoken, index) for index, word in enumerate(spoken))
        reading = read(draft.text)
        hits = [*_they_need().find_in(reading), *(_the_body().find_in(reading) if self._oversees else ())]
        return any(draft.sentence.start <= hit.start < draft.segment.end and not _is_ours(reading, hit.first) for hit in hits)


def _may_mean_bodies(spoken: Sequence[Word], index: int) -> bool:
    """Whether "them" speaks of a body: behind "for", or as an owner; "if somebody has them" speaks of things."""
    if spoken[index].text not in words_of_all("body_cues", "objects"):
        return True
    return index > 0 and spoken[index - 1].text in grammar("for_words")


def _is_ours(reading: Reading, at: int) -> bool:
    """Whether the word stands behind "our"."""
    return at > 0 and reading.words[at - 1].text in lexicon("body_cues")["our"]
