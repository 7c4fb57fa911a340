"""What sentences say of lines that are named elsewhere: by when they are needed and how urgently, of which of them or of all.

"The first two are needed by 1 June", "the deadline for the racks is 1 July", "all must be here by March": each is put to its lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from itertools import islice

from sild.cores.extraction.fields.found import DateFound, Found, UrgencyFound
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.fields.urgency import find_urgencies
from sild.cores.extraction.method.amounts import quantities
from sild.cores.extraction.method.details import Place, Read, days_of
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.lexicons import book
from sild.cores.extraction.method.mentions import SOLID, grammar, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.sentences import Stretch, clauses, sentences
from sild.cores.extraction.method.stance import cue_hits
from sild.cores.extraction.method.words import bare, words_of

_ORDINALS = ("first", "second", "third", "fourth")
_POINT = re.compile(r"\W*(\d{1,2}|[a-zа-я])\s*[.)]")
_NAMED_POINT = re.compile(r"(?<![\w.,])(?:№ ?)?(\d{1,2}|[a-zа-яё])\)|(?<![\w.,])(\d{1,2})(?![\w.,%:/-])")
_LEAST_STEM, _LEAST_WORD, _LONG = 4, 5, 8
_LONGEST_ENDING = 5  # letters
_AROUND_HEAD = 60  # characters
_RULES = 7  # words
_LESS_SURE = 0.5
_LONGEST_SENTENCE = 400
_MOST_DRAFTS, _MOST_STATEMENTS = 300, 200


@dataclass(frozen=True, slots=True)
class Statement:
    """A day or an urgency as found in a sentence, and the drafts it is of (their places in the message); None: of no draft by name.

    `wide`: it speaks of the goods as a whole; `begins`: something begins on the day, for which the thing must be there.
    """

    place: Place
    found: Found
    of: frozenset[int] | None
    wide: bool = False
    begins: bool = False


@cache
def _book(*names: str) -> PhraseBook[str]:
    return book("statements", *names)


@cache
def _deadlines() -> PhraseBook[str]:
    return PhraseBook(((bare(str(word)), "deadline") for word in lexicon("dates")["deadlines"]), names=True)


@cache
def _due_nouns() -> frozenset[str]:
    return frozenset(bare(str(word)) for word in lexicon("dates")["due_nouns"])


class Statements:
    """All statements of a message about its drafts. `sent_of` gives the day from which the words of a passage reckon."""

    def __init__(
        self, drafts: Sequence[Draft], found: Sequence[Passage], taken: set[tuple[int, int]], sent_of: Callable[[Passage], date]
    ) -> None:
        self._drafts = list(drafts)
        self._number = {id(draft): number for number, draft in enumerate(drafts)}
        self._order = {id(passage): number for number, passage in enumerate(found)}
        self._sent_of = sent_of
        self._homes: dict[int, list[int]] = {}
        self._beside_in_sentence: dict[tuple[int, int], list[Draft]] = {}
        for draft in drafts:
            self._beside_in_sentence.setdefault((id(draft.passage), draft.sentence.start), []).append(draft)
        places = {self._order[id(draft.passage)] + step for draft in drafts for step in (0, 1)}
        self._near = {id(passage) for number, passage in enumerate(found) if number in places}
        for number, draft in enumerate(drafts):
            for passage in (draft.passage, *(p for p, _ in draft.told_too), *(p for p, _, _ in draft.more)):
                self._homes.setdefault(id(passage), []).append(number)
        self._first = min((self._order.get(id(draft.passage), 0) for draft in drafts), default=0)
        told = (statement for passage in found for statement in self._of_passage(passage, found, taken))
        # a list of hundreds of things is told by its columns; what few sentences say stays linear in the message
        self._all = list(islice(told, _MOST_STATEMENTS)) if 0 < len(drafts) <= _MOST_DRAFTS else []
        self._told = {(id(s.place.passage), s.place.base + s.found.start): s for s in self._all}

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        return [_words_of(draft) for draft in self._drafts]

    def of_others(self, draft: Draft, place: Place, found: Found) -> bool:
        """Whether what was found there is said of other drafts by name, and not of this one."""
        at = place.base + found.start
        told = self._told.get((id(place.passage), at))
        if told is not None and told.of is not None:
            return self._number.get(id(draft)) not in told.of
        return place.passage is draft.passage and place.cell is None and self._of_one_before(draft, at)

    def _of_one_before(self, draft: Draft, at: int) -> bool:
        """Whether the words stand behind another thing of the sentence and before the draft's: "an exercise by May, and access to X"."""
        if not draft.sentence.start <= at < draft.segment.start:
            return False
        beside = self._beside_in_sentence.get((id(draft.passage), draft.sentence.start), ())
        return any(
            other is not draft and other.segment.start <= at < other.segment.end and other.head is not None and other.head.end <= at
            for other in beside
        )

    def unread(self, found: Sequence[Passage], taken: set[tuple[int, int]]) -> set[tuple[int, int]]:
        """The sentences, beside those taken, that count pieces of something: what follows them is said of that, though it is no line."""
        amounts = {draft.amount for draft in self._drafts}
        return {
            (id(passage), sentence.start)
            for passage in found
            if passage.block.kind in ("paragraph", "list-item") and id(passage) in self._near
            for sentence in sentences(passage.text)
            if (id(passage), sentence.start) not in taken and _counts_own(sentence.of(passage.text), [], amounts)
        }

    def days(self, draft: Draft) -> Iterator[Read[DateFound]]:
        """The days told of this draft by name or number."""
        for statement in self._all:
            if isinstance(statement.found, DateFound) and statement.of is not None and self._number[id(draft)] in statement.of:
                yield Read(statement.found, statement.place)

    def days_for_all(self, draft: Draft) -> Iterator[Read[DateFound]]:
        """The days told of the goods as a whole, and those on which something begins right beside the draft."""
        for statement in self._all:
            if isinstance(statement.found, DateFound) and statement.of is None and self._reaches(statement, draft):
                yield Read(statement.found, statement.place)

    def urgencies(self, draft: Draft) -> Iterator[Read[UrgencyFound]]:
        """The urgencies told of this draft by name or number."""
        for statement in self._all:
            of_all = statement.of is None and statement.wide and _says_all(statement.place.text) and self._reaches(statement, draft)
            named = statement.of is not None and self._number[id(draft)] in statement.of
            if isinstance(statement.found, UrgencyFound) and (named or of_all):
                yield Read(statement.found, statement.place)

    def _reaches(self, statement: Statement, draft: Draft) -> bool:
        """Whether a statement that names no draft is of this one too."""
        if statement.begins:
            return self._beside(draft, statement)
        here = self._homes.get(id(statement.place.passage), [])
        text = statement.place.text
        if here and not (_says_all(text) and len(here) == 1):
            own_turn = statement.place.passage.block.kind == "chat" and len(here) == 1
            return (statement.wide or own_turn) and self._number[id(draft)] in here
        relative = isinstance(statement.found, DateFound) and statement.found.precision == "relative"
        early = self._order[id(statement.place.passage)] < self._first
        return statement.wide and not ((relative or early) and not _names_deadline(text) and not _says_all(text))

    def _beside(self, draft: Draft, statement: Statement) -> bool:
        """Whether what begins on the day is told in the draft's own block behind it, or in the next."""
        if draft.passage.part.name != statement.place.passage.part.name:
            return False
        passage = statement.place.passage
        gap = self._order[id(passage)] - self._order.get(id(draft.passage), -_RULES)
        if gap == 0:
            return statement.place.base >= draft.sentence.start
        return gap == 1 and id(passage) not in self._homes and passage.block.kind != "list-item"

    def _of_passage(self, passage: Passage, found: Sequence[Passage], taken: set[tuple[int, int]]) -> Iterator[Statement]:
        if passage.block.kind == "row":
            return
        for sentence in sentences(passage.text):
            if sentence.end - sentence.start > _LONGEST_SENTENCE:
                continue
            place = Place(passage, sentence.of(passage.text), sentence.start)
            finds = list(self._finds(place))
            if not finds:
                continue
            if (id(passage), sentence.start) in taken:
                yield from self._numbered_only(place, finds)
                continue
            told = list(self._addressed(place, finds))
            led = self._led(passage, found) if sentence.end >= len(passage.text.rstrip()) else frozenset[int]()
            for statement in told:
                yield replace(statement, of=led) if led and statement.of is None and not statement.begins else statement

    def _finds(self, place: Place) -> list[tuple[Found, bool]]:
        """The days and urgencies of a sentence in their order, each with whether something begins on it."""
        finds: list[tuple[Found, bool]] = [(found, False) for found in find_urgencies(place.text)]
        sent = self._sent_of(place.passage)
        for found in days_of(place.text, sent):
            if found.role == "needed-by":
                finds.append((found, False))
            elif found.day > sent and _begins(place.text, found):
                finds.append((replace(found, role="needed-by", confidence=min(found.confidence, _LESS_SURE)), True))
        return sorted(finds, key=lambda entry: entry[0].start)

    def _numbered_only(self, place: Place, finds: list[tuple[Found, bool]]) -> Iterator[Statement]:
        """Of a sentence that names a thing itself only the clauses that speak of points by number ("urgent is the first")."""
        for clause in clauses(place.text, 0, len(place.text)):
            inside = [found for found, _ in finds if clause.start <= found.start < clause.end]
            if inside and not _names_things(place.text, clause):
                points = self._points(place, clause, finds)
                yield from (Statement(place, found, points) for found in inside if points)

    def _addressed(self, place: Place, finds: list[tuple[Found, bool]]) -> Iterator[Statement]:
        pieces = clauses(place.text, 0, len(place.text))
        begin = 0
        last: frozenset[int] | None = None
        for number, (found, begins) in enumerate(finds):
            own = next((piece for piece in pieces if piece.start <= found.start < piece.end), Stretch(0, len(place.text)))
            following = finds[number + 1][0].start if number + 1 < len(finds) else len(place.text)
            region = Stretch(min(begin, found.start), min(own.end, following))
            of: frozenset[int] | None = self._points(place, region, finds)
            if not of and _counts_own(place.text, finds):
                yield Statement(place, found, frozenset())  # a line that was not read: its day is nobody else's
                continue
            of = of or self._named(place, region, finds)
            if of is None and following > region.end:
                of = self._named(place, Stretch(region.start, following), finds)
            begin, last = found.end, of or last
            of = of or (last if not _says_all(place.text) else None)
            if of is None and not begins and _needs_them(place.text):
                of = self._just_told(place) or None
            if of is not None:
                yield Statement(place, found, of, begins=begins)
            elif not _names_things(place.text, Stretch(0, len(place.text))):
                yield Statement(place, found, None, wide=not begins and _of_goods(place.text), begins=begins)

    def _just_told(self, place: Place) -> frozenset[int]:
        """The drafts of the last sentence before this one that tells of any, in the same block."""
        ends: dict[int, int] = {}
        for number, draft in enumerate(self._drafts):
            told = [(draft.passage, draft.sentence), *draft.told_too]
            before = [s.end for passage, s in told if passage is place.passage and s.end <= place.base]
            if before:
                ends[number] = max(before)
        return frozenset(number for number, end in ends.items() if end == max(ends.values()))

    def _named(self, place: Place, region: Stretch, finds: list[tuple[Found, bool]]) -> frozenset[int] | None:
        """The drafts whose words the region names; None where it names none of them, or all alike.

        A draft that stands behind the sentence is meant only where the sentence speaks of a deadline.
        """
        text = place.text
        if _says_all(text[region.start : region.end]):
            return None
        said = _content(text, region.start, region.end, [(found.start, found.end) for found, _ in finds])
        items = {m.item.name for m in mentions(text, region.start, region.end)}
        early = _names_deadline(text)
        scores = [
            sum(any(_alike(word, other) for other in words) for word in said)
            + 2 * (draft.head is not None and draft.head.item.name in items)
            if early or not self._stands_behind(draft, place)
            else 0
            for draft, words in zip(self._drafts, self._words, strict=True)
        ]
        best = max(scores, default=0)
        chosen = frozenset(number for number, score in enumerate(scores) if best and score == best)
        return chosen if chosen and (len(chosen) < len(scores) or len(scores) == 1) else None

    def _stands_behind(self, draft: Draft, place: Place) -> bool:
        here, there = self._order.get(id(draft.passage), 0), self._order[id(place.passage)]
        return here > there or (here == there and draft.segment.start > place.base)

    def _points(self, place: Place, region: Stretch, finds: Sequence[tuple[Found, bool]]) -> frozenset[int]:
        """The drafts that the region tells by their number among the points of its part."""
        own = [number for number, draft in enumerate(self._drafts) if draft.passage.part.name == place.passage.part.name]
        listed = [n for n in own if self._drafts[n].passage.block.kind in ("list-item", "row")]
        points = _grouped(listed, self._drafts) if len({id(self._drafts[n].passage) for n in listed}) > 1 else [[n] for n in own]
        if len(points) < 2:
            return frozenset()
        words, wanted = words_of(place.text), set[int]()
        spared = set[int]()
        for hit in _book(*_ORDINALS, "last", "first two", "last two").find_in(words, region.start, region.end):
            if _book("no_points").at_word(words, hit.after) is not None or any(f.start < hit.end and hit.start < f.end for f, _ in finds):
                continue
            besides = any(_book("except").at_word(words, hit.first - back) is not None for back in (1, 2, 3))
            (spared if besides else wanted).update(_places(hit.key, len(points)))
        if spared and not wanted:
            wanted = set(range(len(points))) - spared
        found = {number for at in wanted for number in points[at]}
        return frozenset(found | self._lettered(place, region, points, finds))

    def _lettered(self, place: Place, region: Stretch, points: list[list[int]], finds: Sequence[tuple[Found, bool]]) -> set[int]:
        """Drafts of points that carry the number or letter said behind a word for "point": "item 2", "по 2)"."""
        words, found = words_of(place.text), set[int]()
        signs = {
            match.group(1): numbers
            for numbers in points
            if (match := _POINT.match(bare(self._drafts[numbers[0]].passage.text[:8]))) is not None
        }
        for match in _NAMED_POINT.finditer(bare(place.text), region.start, region.end):
            if any(f.start <= match.start() < f.end for f, _ in finds):
                continue
            before = words.word_at(match.start()) - 1
            opened = any((hit := _book("points").at_word(words, before - back)) is not None and hit.after == before + 1 for back in (0, 1))
            sign = match.group(1) or match.group(2)
            if opened or (match.group(1) and sign in signs):
                at = int(sign) - 1 if sign.isdecimal() else -1
                found |= set(signs.get(sign) or (points[at] if 0 <= at < len(points) and not signs else ()))
        return found

    def _led(self, passage: Passage, found: Sequence[Passage]) -> frozenset[int]:
        """The drafts of the list or table that the passage announces."""
        here, led = self._order[id(passage)], set[int]()
        if passage.block.kind == "list-item":
            return frozenset()
        for follower in found[here + 1 :]:
            if follower.part.name != passage.part.name or follower.block.kind not in ("list-item", "row"):
                break
            led |= {number for number, draft in enumerate(self._drafts) if draft.passage is follower}
        return frozenset(led)


def follows_from_before(draft: Draft) -> bool:
    """Whether the draft's sentence opens with a word for "therefore": it asks because of what the one before it says."""
    words = words_of(draft.text)
    return _book("therefore").at_word(words, words.word_at(draft.sentence.start)) is not None


def asks_for_what_begins(draft: Draft) -> bool:
    """Whether the draft's sentence opens with a word for "for it": what the one before it says begins must find the thing there."""
    words = words_of(draft.text)
    return _book("for_it").at_word(words, words.word_at(draft.sentence.start)) is not None


def _grouped(numbers: Iterable[int], drafts: list[Draft]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for number in numbers:
        groups.setdefault(id(drafts[number].passage), []).append(number)
    return list(groups.values())


def _places(key: str, count: int) -> set[int]:
    if key == "last":
        return {count - 1}
    if key.endswith("two"):
        return {0, 1} if key.startswith("first") else {count - 2, count - 1}
    at = _ORDINALS.index(key)
    return {at} if at < count else set()


def begin_days(place: Place, sent: date) -> Iterator[DateFound]:
    """The days to come on which, as the place says, something begins."""
    for found in days_of(place.text, sent):
        if found.day > sent and _begins(place.text, found):
            yield replace(found, role="needed-by", confidence=min(found.confidence, _LESS_SURE))


def _begins(text: str, found: DateFound) -> bool:
    """Whether something begins on the day: a word that says so stands near it in the clause."""
    words = words_of(text)
    first, after = words.word_at(found.start), words.word_at(found.end)
    for index in range(max(0, first - _RULES), min(len(words.words), after + _RULES)):
        hit = _book("starts").at_word(words, index)
        if hit is not None and not set(text[min(hit.end, found.end) : max(hit.start, found.start)]) & set(",;:"):
            return True
    return False


def _of_goods(text: str) -> bool:
    """Whether the sentence speaks of the goods, of all of them or of a deadline, and of no answer."""
    words = words_of(text)
    if _answers().find_in(words):
        return False
    return _says_all(text) or bool(_book("goods").find_in(words)) or _names_deadline(text)


def _needs_them(text: str) -> bool:
    """Whether the sentence says by a pronoun when several things are needed: "we need them before 10 February"."""
    return bool(_book("them").find_in(words_of(text))) and any(hit.key in ("ask", "still") for hit in cue_hits(text))


def _names_deadline(text: str) -> bool:
    return bool(_deadlines().find_in(words_of(text)))


def _says_all(text: str) -> bool:
    """Whether the text speaks of both or all of several points; "everything" alone may be all of the one thing just named."""
    words = words_of(text)
    goods = {word.start for hit in _book("goods").find_in(words) for word in words.words[hit.first : hit.after]}
    return any(word.text in grammar("all_of_them") and word.start not in goods for word in words.words)


@cache
def _answers() -> PhraseBook[str]:
    return PhraseBook(((bare(str(word)), "answer") for word in lexicon("dates")["answers"]), names=True)


def _counts_own(text: str, finds: list[tuple[Found, bool]], besides: Collection[Decimal | None] = ()) -> bool:
    """Whether the sentence counts pieces of something, apart from its days and from amounts told already."""
    counted = [q for q in quantities(text) if not any(found.start < q.end and q.start < found.end for found, _ in finds)]
    counted = [q for q in counted if q.value not in besides]
    if any(q.unit_class in ("generic", "thing", "licence") and q.unit is not None for q in counted):
        return True
    told = (q for q in counted if q.unit is not None or q.number.verbatim[:1].isdecimal())
    apart = [q for q in told if q.unit_class not in ("place", "person", "time")]
    if apart and any(hit.key == "ask" for hit in cue_hits(text)):
        return True
    return bool(counted) and any(q.unit_class != "time" for q in counted) and _names_things(text, Stretch(0, len(text)))


def _names_things(text: str, clause: Stretch) -> bool:
    return any(mention.rank >= SOLID for mention in mentions(text, clause.start, clause.end))


def _words_of(draft: Draft) -> frozenset[str]:
    """The words that name the draft's thing: those around its head."""
    start, end = draft.segment.start, draft.segment.end
    if draft.head is not None and start <= draft.head.start < end:
        start, end = max(start, draft.head.start - _AROUND_HEAD), min(end, draft.head.end + _AROUND_HEAD)
    return _content(draft.text, start, end, [])


def _content(text: str, start: int, end: int, besides: list[tuple[int, int]]) -> frozenset[str]:
    """The words of a stretch that may name a thing: long ones and names in capitals, without cues and words for goods in general."""
    words = words_of(text)
    spoken = besides + [(hit.start, hit.end) for hit in cue_hits(text)]
    spoken += [(hit.start, hit.end) for name in ("goods", "starts", "points") for hit in _book(name).find_in(words, start, end)]
    spoken += [(hit.start, hit.end) for hit in _deadlines().find_in(words, start, end)]
    return frozenset(
        word.text
        for word in words.between(start, end)
        if (len(word.text) >= _LEAST_WORD or (len(word.text) > 1 and text[word.start : word.end].isupper()))
        and not word.text.isdecimal()
        and word.text not in _due_nouns()
        and not any(begin <= word.start < after for begin, after in spoken)
    )


def _alike(said: str, meant: str) -> bool:
    """Whether two words are forms of one, or the one stands in the other's compound: "стійок" and "стійки", "terminalerna"."""
    if said == meant:
        return True
    shorter = min(len(said), len(meant))
    common = next((at for at, (a, b) in enumerate(zip(said, meant, strict=False)) if a != b), shorter)
    if common >= max(_LEAST_STEM, shorter - 2) and max(len(said), len(meant)) - common <= _LONGEST_ENDING:
        return True
    return len(said) >= _LONG and len(meant) > len(said) and said[: max(_LONG - 1, len(said) - 4)] in meant
