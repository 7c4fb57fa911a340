"""Whom "the hospital", "our regional hospital" or "the ministry" means: the sender, the last such body named, or the one at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.body_elements import Element, country_of_place, elements_of
from sild.cores.extraction.fields.body_mentions import Mention, english_name, find_mentions, is_named
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.kindred import is_of_family, tells_more_than_kind
from sild.cores.extraction.fields.phrases import lexicon
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.words import words_of

_FAR_BACK, _NEAR_BACK = 40, 6
_MEANT, _AT_PLACE, _GUESSED = 0.65, 0.6, 0.45
_TOWN_AND_COUNCIL = {"council", "community"}  # a council's "our community" is itself
_OVERSEERS = frozenset(("council", "administration", "ministry", "community", "service", "agency"))
_SCOPES = frozenset(("regional", "city", "district"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("body_cues")[name])


@cache
def _plural() -> re.Pattern[str]:
    return re.compile(str(lexicon("body_cues")["plural"]))


def _head(mention: Mention) -> str:
    return mention.signature[0]


class BareKinds:
    """The bodies of one message that it speaks of by their kind alone."""

    def __init__(
        self,
        passages: Sequence[Passage],
        index: BodyIndex,
        in_text: Callable[[str], tuple[BodyFound, ...]],
        sender: BodyFound | None,
        subject: str = "",
    ) -> None:
        self._subject = subject
        self._passages = passages
        self._places = {id(passage): number for number, passage in enumerate(passages)}
        self._index = index
        self._in_text = in_text
        self._sender = sender

    @cached_property
    def _own(self) -> Mention | None:
        """The sender's name as a mention."""
        if self._sender is None:
            return None
        return next((m for name in (self._sender.name, self._sender.verbatim) for m in find_mentions(name)), None)

    def meant(self, draft: Draft, stretch: Stretch) -> tuple[BodyFound, str] | None:
        """The body meant by a bare kind word inside the stretch, with the reason; None where there is none, or nobody fits."""
        text = draft.text
        named = self._in_text(text)
        for mention in find_mentions(text):
            inside = stretch.start <= mention.start < stretch.end
            if not inside or is_named(mention) or mention.countries or mention.head not in _words("spoken_of"):
                continue
            if draft.stance == "offer" and mention.head in _words("may_give"):
                continue
            taken = any(body.start < mention.end and mention.start < body.end for body in named)
            if taken or _is_addressed(text, mention) or _plural().search(text[mention.start : mention.end].lower()):
                continue
            found = self._by_kind(draft, mention)
            if found is not None:
                return found
        return None

    def in_words(self, draft: Draft, passage: Passage, start: int, end: int) -> tuple[BodyFound, str] | None:
        """As `meant`, for words of another place that speak of the draft's body ("1. Heard: the hospital. The UPS have not come yet.")."""
        for mention in find_mentions(passage.text):
            if start <= mention.start < end and not is_named(mention) and mention.head in _words("spoken_of"):
                found = self._by_kind(draft, mention)
                if found is not None:
                    return found
        return None

    def _by_kind(self, draft: Draft, mention: Mention) -> tuple[BodyFound, str] | None:
        own, sender = self._own, self._sender
        one = own is not None and (_fits(own, mention) or {_head(own), _head(mention)} == _TOWN_AND_COUNCIL)
        if sender is not None and one and draft.stance == "request":
            return self._at(sender, draft, mention), "the kind of body that the sender is"
        earlier = self._before(draft, mention)
        if earlier is not None:
            return self._at(earlier, draft, mention), "the last body of that kind named before"
        listed = self._listed(draft, mention)
        if listed is not None:
            return listed
        if draft.stance != "request" or own is None or not own.places:
            return None
        ours = _is_ours(draft.text, mention)
        if not ours and not mention.qualities & _SCOPES:
            return None
        there = self._index.at_place(_head(mention), own.places[0], mention.qualities)
        if there is not None:
            return replace(
                self._at(there, draft, mention), score=_AT_PLACE, confidence=_AT_PLACE
            ), "the one of that kind at the sender's place"
        if not ours or mention.head in ("council", "administration", "ministry") or _head(own) not in _OVERSEERS:
            return None  # a university's "our archive" is a part of it
        name = english_name(replace(mention, places=own.places[:1]))
        guess = BodyFound(start=0, end=0, verbatim="", name=name, known=False, score=_GUESSED, confidence=_GUESSED)
        return self._at(guess, draft, mention, _GUESSED), "a body of that kind at the sender's place, which no list holds"

    def _listed(self, draft: Draft, mention: Mention) -> tuple[BodyFound, str] | None:
        """The known body of that kind at the place of which the message speaks; who needs things itself tells more than the kind."""
        asks = self._sender is not None and self._sender.kind in ("recipient-body", None) and draft.stance == "request"
        if asks and not tells_more_than_kind(mention):
            return None
        found = self._spoken_of_before(draft, mention) or self._index.alike(mention, self.places)
        if found is None:
            return None
        at = replace(self._at(found, draft, mention), score=_AT_PLACE, confidence=_AT_PLACE)
        return at, "the one of that kind where the message is about"

    def _spoken_of_before(self, draft: Draft, mention: Mention) -> BodyFound | None:
        """ "Maternity hospital No. 2 needs ... for this hospital": the one that a fuller kind word has meant before."""
        here = self._places.get(id(draft.passage), 0)
        for passage in reversed(self._passages[max(0, here - _NEAR_BACK) : here + 1]):
            for earlier in reversed(find_mentions(passage.text)):
                if passage is draft.passage and earlier.start >= mention.start:
                    continue
                if not is_named(earlier) and tells_more_than_kind(earlier) and is_of_family(earlier, mention):
                    found = self._index.alike(earlier, self.places)
                    if found is not None:
                        return found
        return None

    def town(self, draft: Draft, stretch: Stretch) -> tuple[BodyFound, str] | None:
        """The council that "the city" means in an offer ("a test of the city's portal"): the only one that the message has named."""
        if draft.stance != "offer" or not any(_is_bare_town(draft.text, element, stretch) for element in elements_of(draft.text)):
            return None
        here = self._places.get(id(draft.passage), 0)
        councils: dict[str, BodyFound] = {}
        for passage in self._passages[max(0, here - _NEAR_BACK) : here + 1]:
            for body in self._in_text(passage.text):
                if body.kind in ("recipient-body", None) and any(_head(m) == "council" for m in find_mentions(body.name)):
                    councils.setdefault(body.name, body)
        if len(councils) != 1:
            return None
        found = replace(next(iter(councils.values())), score=_AT_PLACE, confidence=_AT_PLACE)
        return found, "the town's council, named before"

    @cached_property
    def places(self) -> frozenset[str]:
        """The asking country's places that the message names, its chat's authors among them."""
        authors = dict.fromkeys(passage.block.author for passage in self._passages[:_FAR_BACK] if passage.block.author)
        texts = (self._subject, *authors, *(passage.text for passage in self._passages[:_FAR_BACK]))
        named = (element.key for text in texts for element in elements_of(text) if element.kind == "place")
        return frozenset(place for place in named if country_of_place(place) == "UA")

    def _before(self, draft: Draft, mention: Mention) -> BodyFound | None:
        """The last body of the kind that the same part names before."""
        here = self._places.get(id(draft.passage), 0)
        for passage in reversed(self._passages[max(0, here - _FAR_BACK) : here + 1]):
            if passage.part.name != draft.passage.part.name:
                break
            for body in reversed(self._in_text(passage.text)):
                if passage is draft.passage and body.start >= mention.start:
                    continue
                if any(_fits(kind, mention) for kind in _kinds_of(body.name, body.verbatim)):
                    return body
        return None

    @staticmethod
    def _at(body: BodyFound, draft: Draft, mention: Mention, score: float = _MEANT) -> BodyFound:
        """The body with the words that mean it here."""
        verbatim = draft.text[mention.start : mention.end]
        return replace(body, start=mention.start, end=mention.end, verbatim=verbatim, score=score, confidence=score)


@lru_cache(maxsize=4096)
def _kinds_of(name: str, verbatim: str) -> tuple[Mention, ...]:
    """What kinds of body a name holds, as it is known and as it is written; a message that goes on asking looks back to the same ones."""
    return tuple(mention for words in (name, verbatim) for mention in find_mentions(words))


def _fits(named: Mention, bare: Mention) -> bool:
    """Whether the bare kind may speak of the named body: the same head, and no quality, sector or number that the body lacks."""
    return (
        _head(named) == _head(bare)
        and bare.qualities <= named.signature[2]
        and set(bare.sectors) <= set(named.sectors)
        and bare.number in (None, named.number)
    )


def _is_bare_town(text: str, element: Element, stretch: Stretch) -> bool:
    """Whether the element is a word for a town with neither a place nor a kind of body beside it."""
    if element.key != "city" or not stretch.start <= element.start < stretch.end:
        return False
    beside = [
        other
        for other in elements_of(text)
        if other is not element and min(abs(other.start - element.end), abs(element.start - other.end)) <= 2
    ]
    return all(other.kind not in ("place", "concept", "country") for other in beside)


def _is_addressed(text: str, mention: Mention) -> bool:
    """Whether the letter only greets the body: "Dear Embassy, our hospital needs ..."."""
    words = words_of(text)
    first = words.word_at(mention.start)
    return any(words.words[i].text in _words("greets") for i in range(max(0, first - 2), first))


def _is_ours(text: str, mention: Mention) -> bool:
    words = words_of(text)
    first = words.word_at(mention.start)
    return any(words.words[i].text in _words("our") for i in range(max(0, first - 2), min(first + 1, len(words.words))))
