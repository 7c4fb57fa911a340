"""For whom an offer is meant where another sentence says it: "... They are earmarked for X", "For X we can give:", "to support X"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from sild.cores.extraction.fields.folding import read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.method.asides import is_struck
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.mentions import SOLID, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.sentences import Stretch, sentences

_FAR_AHEAD, _FAR_BACK = 3, 4
_HELPED_WITHIN = 6
_LONGEST = 6000  # letters of a passage; what is longer is no letter's paragraph
_SURE = 0.5
_NEEDY = frozenset(("recipient-body", None))


@cache
def _meant_for() -> PhraseBook[str]:
    return PhraseBook((phrase, "meant") for phrase in lexicon("asides")["meant_for"])


@cache
def _denies() -> PhraseBook[str]:
    return PhraseBook((word, "not") for word in lexicon("asides")["denies"])


@cache
def _helps() -> PhraseBook[str]:
    return PhraseBook((word, "helps") for word in lexicon("asides")["helps"])


class Destined:
    """The sentences of one message, and its subject, that say for whom what it offers is meant."""

    def __init__(
        self,
        passages: Sequence[Passage],
        subject: str,
        in_text: Callable[[str], tuple[BodyFound, ...]],
        sender: BodyFound | None,
    ) -> None:
        self._passages = passages
        self._subject = subject
        self._places = {id(passage): number for number, passage in enumerate(passages)}
        self._in_text = in_text
        self._sender = sender.name if sender is not None else ""
        self._told = lru_cache(maxsize=512)(self._told_in)
        self._helped = lru_cache(maxsize=512)(self._helped_in)

    def of(self, draft: Draft) -> tuple[BodyFound, str] | None:
        """The recipient that another sentence names for the draft's thing, with the reason; None where none does."""
        found = self._later(draft)
        if found is not None:
            return found, "a later sentence says for whom it is meant"
        found = self._earlier(draft)
        return (found, "the sentence before says who is to be helped") if found is not None else None

    def _later(self, draft: Draft) -> BodyFound | None:
        """In the draft's own passage any such sentence speaks of it, of the passages behind the first, where it names no other thing."""
        here = self._places.get(id(draft.passage))
        if here is None or draft.passage.block.kind not in ("paragraph", "list-item"):
            return None
        for sentence, body in self._told(draft.passage.text):
            if sentence.start >= draft.sentence.end:
                return body
        for passage in self._passages[here + 1 : here + 1 + _FAR_AHEAD]:
            if passage.part.name != draft.passage.part.name or passage.voice != draft.passage.voice or passage.block.kind == "row":
                return None
            if passage.block.kind == "list-item" and draft.passage.block.kind == "list-item":
                continue  # the next point has its own recipient
            for sentence, body in self._told(passage.text)[:1]:
                if not sentence.start and self._speaks_of(draft, passage.text, sentence):
                    return body
        return None

    def _earlier(self, draft: Draft) -> BodyFound | None:
        """Who is to be helped by the last sentence before the draft's that says so, else by the subject."""
        here = self._places.get(id(draft.passage))
        if here is None or draft.passage.block.kind not in ("paragraph", "list-item"):
            return None
        for passage in reversed(self._passages[max(0, here - _FAR_BACK) : here + 1]):
            if passage.part.name != draft.passage.part.name or passage.voice != draft.passage.voice:
                break
            if passage.block.kind == "list-item" and passage is not draft.passage:
                continue
            limit = draft.sentence.start if passage is draft.passage else len(passage.text)
            for sentence, body in reversed(self._helped(passage.text)):
                if sentence.start < limit:
                    return body
        if not self._subject:
            return None
        return self._who_is_helped(self._subject, Stretch(0, len(self._subject)), heading=True)

    def _helped_in(self, text: str) -> tuple[tuple[Stretch, BodyFound], ...]:
        """The sentences of the text that say who is to be helped, each with that body."""
        if len(text) > _LONGEST or not self._in_text(text):
            return ()
        found = ((sentence, self._who_is_helped(text, sentence)) for sentence in sentences(text))
        return tuple((sentence, body) for sentence, body in found if body is not None)

    def _who_is_helped(self, text: str, sentence: Stretch, *, heading: bool = False) -> BodyFound | None:
        needy = self._needy_in(text, sentence)
        if len({body.name for body in needy}) != 1:
            return None
        body, reading = needy[0], read(text)
        first, after = reading.word_at(body.start), reading.word_at(body.end)
        lead = heading or text[sentence.start : sentence.end].rstrip().endswith(":")
        near = {word.text for word in (*reading.words[max(0, first - 2) : first], *reading.words[after : after + 1])}
        if lead and near & set(lexicon("asides")["for_whom"]):
            return body
        if is_struck(text, body):
            return body
        for hit in _helps().find_in(reading, sentence.start, body.start):
            if first - hit.after <= _HELPED_WITHIN and not _denies().find_in(reading, sentence.start, hit.start):
                return body
        return None

    def _told_in(self, text: str) -> tuple[tuple[Stretch, BodyFound], ...]:
        """The sentences of the text that say for whom something is meant, each with that body."""
        reading = read(text)
        hits = _meant_for().find_in(reading) if len(text) <= _LONGEST and self._in_text(text) else []
        found: list[tuple[Stretch, BodyFound]] = []
        for sentence in sentences(text) if hits else ():
            cue = next((hit for hit in hits if sentence.start <= hit.start < sentence.end), None)
            needy = self._needy_in(text, sentence) if cue is not None else []
            if cue is not None and needy and not _denies().find_in(reading, sentence.start, cue.start):
                found.append((sentence, needy[0]))
        return tuple(found)

    def _needy_in(self, text: str, sentence: Stretch) -> list[BodyFound]:
        """The bodies that the sentence names and that may be helped, the sender left out."""
        inside = (body for body in self._in_text(text) if sentence.start <= body.start < sentence.end)
        return [body for body in inside if body.kind in _NEEDY and body.score >= _SURE and body.name != self._sender]

    @staticmethod
    def _speaks_of(draft: Draft, text: str, sentence: Stretch) -> bool:
        """Whether the sentence names no thing, or the draft's."""
        named = [mention for mention in mentions(text, sentence.start, sentence.end) if mention.rank >= SOLID]
        own = draft.head.item.name if draft.head is not None else ""
        return not named or any(mention.item.name == own for mention in named)
