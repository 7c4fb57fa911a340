"""What the comparisons need of one line, read once: concepts, purposes, cues, names, numbers, references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from sild.cores.linkage.answer import Side
from sild.cores.linkage.method.clauses import Parted, parted
from sild.cores.linkage.method.folding import WORD, fold, letters, numbers, reference_key, references, sound, without_references, words
from sild.cores.linkage.method.kin import ABBREVIATION, Kin, common_stems
from sild.cores.linkage.method.lexicon import lexicon, read_data, unit_family
from sild.cores.linkage.method.meaning import Vector, meaning
from sild.cores.linkage.method.numerals import spelled
from sild.cores.linkage.method.particulars import Particulars, particulars_of
from sild.cores.linkage.problem import Line

STEM = 5  # letters of a word that stand for it: inflection changes what follows
ACTIVITY = 3  # the rank of courses, audits and their like in items.yaml
TAUGHT = frozenset({"teaching", "advice", "testing", "response"})  # families of items that have a subject
ANSWERS = frozenset({"re", "fw", "fwd", "aw", "wg", "vs", "sv", "vb", "odp", "tr", "vid", "vidp"})  # before the subject of an answer
OPENING = ".!?:;|\n…—–•*"  # signs after which a capital only opens a sentence or a row
ROOMS = {"room": (0,), "into-room": (1, 2)}
"""Where a room's name stands behind the place of its cue."""
LEFT_OUT = 2  # words after "besides", "not" and their like that are taken as left out
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a line of which not even its arrival is known sorts before all others


@dataclass(frozen=True, slots=True)
class Reading:
    """One line as the comparisons see it. Sets hold folded words or names of concepts.

    `heads` is what is asked for, `concepts` every thing that the asking clauses name, `subjects` those that are not asked for themselves,
    the subject line's too. `told` are the stems
    that name neither a body nor only ask. `aside` and `aside_stems` are of the clauses that speak of something else (clauses.py).
    """

    line: Line
    side: Side
    when: datetime
    dated: bool
    heads: frozenset[str]
    concepts: frozenset[str]
    subjects: frozenset[str]
    families: frozenset[str]
    purposes: frozenset[str]
    cues: frozenset[str]
    aside: frozenset[str]
    aside_stems: frozenset[str]
    stems: frozenset[str]
    told: frozenset[str]
    names: frozenset[str]
    sounds: frozenset[str]
    numbers: frozenset[float]
    reference: str
    months: frozenset[int]
    cited: frozenset[str]
    set_apart: frozenset[str]
    text_key: str
    subject_key: str
    opening: frozenset[str]
    particulars: Particulars
    meaning: Vector | None = field(default=None, compare=False)

    @property
    def order(self) -> tuple[datetime, str]:
        """Earlier lines sort first; the id decides between lines of one moment."""
        return self.when, self.line.id

    @property
    def amends(self) -> bool:
        """Whether the line changes or withdraws something told before."""
        return self.line.kind in ("update", "withdrawal")

    @property
    def untold(self) -> bool:
        """Whether no word of it is in the list of things, so that only its body tells what it may repeat."""
        items = lexicon().items
        return not any(items[name].rank for name in self.heads)

    @property
    def additional(self) -> bool:
        """Whether the line calls itself a further batch: what the caller read, or else its own words."""
        if self.line.additional is not None:
            return self.line.additional
        return "additional" in self.cues and not self.amends


def heads_of(concepts: frozenset[str]) -> frozenset[str]:
    """The concepts that name the thing itself: a course about firewalls is a course, a battery for radios a battery."""
    items = lexicon().items
    top = max((items[name].rank for name in concepts), default=0)
    return frozenset(name for name in concepts if items[name].rank == top)


def read(line: Line, kin: Kin, side: Side, vectors: Mapping[str, Sequence[float]] | None = None) -> Reading:
    """Read one line, with its vector where `vectors` holds one. Costs time linear in its text."""
    known = lexicon()
    asked = parted(line.evidence)
    item, evidence = words(line.item), words(line.evidence)
    sentences = [words(sentence) for sentence in asked.main]
    main = [word for sentence in sentences for word in sentence]
    beside = [word for clause in asked.beside for word in words(clause)]
    aside = [*beside, *(word for clause in asked.elsewhere for word in words(clause))]
    text = [*item, *main]
    named = known.item_finder.find(item, _no_things(item))
    counted = _counted(line.unit or "")
    told = [known.item_finder.find(sentence, _no_things(sentence)) for sentence in sentences]
    heads = heads_of(named) or _heads_told(_askers_first(line, asked.main, told), counted)
    subject = known.item_finder.find(words(line.subject))
    if not any(known.items[name].rank for name in heads):
        heads = heads_of(subject) or heads  # "Re: extraction kits", and in the letter not a word of them
    named_words = _names((line.item, line.evidence, line.subject), line.language)
    own = kin.stems_of(line.beneficiary) | kin.stems_of(line.provider)
    stems = _stems(text)
    unnumbered = [word for sentence in asked.main for word in words(without_references(sentence))]
    purposes = _purposes([*item, *unnumbered], heads) - kin.sorts_of(line.beneficiary) - kin.sorts_of(line.sent_by)
    return Reading(
        line=line,
        side=side,
        when=line.told_at or NEVER,
        dated=line.sent_at is not None,
        heads=heads,
        concepts=named.union(*told) or counted,
        subjects=named.union(*told, subject) - heads,
        families=frozenset(known.items[name].family for name in heads if known.items[name].rank),
        purposes=purposes,
        cues=_cues([*evidence, *item], [*text, *beside, *words(line.subject)], _met(asked)) - _only_aside(asked, item),
        aside=known.purpose_finder.find(aside) | known.item_finder.find(aside),
        aside_stems=_stems(aside),
        stems=stems,
        told=stems - own - kin.stems_of(line.sent_by) - usual_stems(),
        names=frozenset(name[:STEM] for name in named_words) - own,
        sounds=frozenset(sound(name) for name in named_words) - {""},
        numbers=numbers(f"{line.item} {line.evidence}") | spelled([*item, *evidence], line.language),
        reference=reference_key(line.reference or ""),
        months=frozenset(int(month) for month in known.month_finder.find(words(f"{line.subject} {line.evidence}"))),
        cited=references(f"{line.evidence} {line.subject}"),
        set_apart=letters(" ".join((*asked.beside, *asked.elsewhere))) - letters(" ".join(asked.main)),
        text_key=" ".join(evidence),
        subject_key=" ".join(word for word in words(line.subject) if word not in ANSWERS),
        opening=_opening(asked),
        particulars=particulars_of(line, " ".join((line.item, *asked.main)), kin.titles_of(line)),
        meaning=meaning(line, vectors),
    )


def _purposes(text: list[str], heads: frozenset[str]) -> frozenset[str]:
    """What the asking clauses say it is for. A subject of study is one only where somebody is taught, advised or tested."""
    known = lexicon()
    found = known.purpose_finder.find(text, _left_out(text))
    if any(known.items[name].rank for name in heads) and not any(known.items[name].family in TAUGHT for name in heads):
        return frozenset(name for name in found if known.facet_of[name] != "about")
    return found


def _met(asked: Parted) -> bool:
    """Whether a sentence set aside tells that something else was met: "those are on the way, thank you"."""
    return any("met" in lexicon().cue_finder.find(words(sentence)) for sentence in asked.elsewhere)


def _cues(text: list[str], asked: list[str], met: bool = False) -> frozenset[str]:
    """The cues of a text. It calls itself additional only where it asks; "more" does so only before a number.

    Who says that something else was met, and now asks for so many more, changes nothing by that "now".
    """
    finder = lexicon().cue_finder
    places = finder.places(asked)
    told = {cue for _, cue in places}
    counts = {place for place, cue in places if cue == "few"} | {place for place, word in enumerate(asked) if word.isdigit()}
    adds = any(cue == "more" and not counts.isdisjoint((place - 1, place + 1)) for place, cue in places)
    found = finder.find(text) - {"additional", "more", "few", "no-name"}
    adds = adds and (met or "changed" not in found)  # "four people instead of two: the same in two more ministries"
    beside_count = any(cue == "too" and not counts.isdisjoint((place - 1, place + 1)) for place, cue in places)
    found = found - {"too"} | ({"as-many"} if beside_count else set())
    return found | {"additional"} if adds or "additional" in told else found


def _only_aside(asked: Parted, item: list[str]) -> frozenset[str]:
    """The cues of repetition that stand only where a text speaks of another need: "for those we asked already" repeats nothing."""
    if not asked.elsewhere:
        return frozenset()
    told = [*item, *(word for part in (*asked.main, *asked.beside) for word in words(part))]
    return frozenset({"again"}) - lexicon().cue_finder.find(told)


def _opening(asked: Parted) -> frozenset[str]:
    """The fronts and sounds of the words of the first sentence that asks: which body of several it names is the one that it is about."""
    told = words(asked.main[0])
    return frozenset({word[:STEM] for word in told if len(word) >= ABBREVIATION} | {sound(word) for word in told}) - {""}


@cache
def usual_stems() -> frozenset[str]:
    """The fronts of words that every request has: those that ask, and those that say what sort of body somebody is."""
    asks = (words(str(stem)) for stem in read_data("cues.yaml")["asks"])
    return common_stems() | frozenset(word[:STEM] for told in asks if len(told) == 1 for word in told if len(word) >= STEM)


def _stems(text: list[str]) -> frozenset[str]:
    return frozenset(word[:STEM] for word in text if len(word) >= 4 and not word.isdigit())


def _askers_first(line: Line, sentences: Sequence[str], told: list[frozenset[str]]) -> list[frozenset[str]]:
    """What the sentences name, those first that give the quantity or ask: "After the attack ... We need sensors at 21 sites"."""
    amount = None if line.quantity is None else float(line.quantity)

    def background(place: int) -> bool:
        said = words(sentences[place])
        return not (amount in numbers(sentences[place]) | spelled(said, line.language) or "asks" in lexicon().cue_finder.find(said))

    return [told[place] for place in sorted(range(len(told)), key=background)]


def _heads_told(sentences: list[frozenset[str]], counted: frozenset[str]) -> frozenset[str]:
    """What the words ask for: what the unit counts where they name it, else the heads of the first sentence that names a thing.

    Where a thing is counted, an activity beside it is what the thing is for: "laptops for the training institute" are laptops.
    """
    items = lexicon().items
    things = frozenset(name for name in counted if items[name].rank in (1, 2))
    every = frozenset[str]().union(*sentences)
    if things & every:
        return things & every
    named = [found for found in sentences if any(items[name].rank for name in found)]
    first = next(iter(named), every)
    rest = frozenset(name for name in first if items[name].rank < ACTIVITY)
    return heads_of(rest if things and rest else first) or heads_of(counted)


def _counted(unit: str) -> frozenset[str]:
    """The thing that a unit counts: "laptop" says what is asked for where the words do not, and terabytes are storage."""
    found = lexicon().item_finder.find(words(unit))
    return found | {"storage"} if unit_family(unit) & {"volume"} else found


def _left_out(text: list[str]) -> frozenset[int]:
    """Places right after a word that names a thing only to leave it out: "besides the wells", "не переміщені"."""
    starts = (place for place, cue in lexicon().cue_finder.places(text) if cue == "except")
    return frozenset(place + step for place in starts for step in range(1, LEFT_OUT + 1))


def _no_things(text: list[str]) -> frozenset[int]:
    """Places where a word names no thing that is asked for: what is left out, and what a room is called ("for its server rooms")."""
    rooms = (place + step for place, cue in lexicon().cue_finder.places(text) for step in ROOMS.get(cue, ()))
    return _left_out(text) | frozenset(rooms)


def _names(texts: Sequence[str], language: str | None) -> frozenset[str]:
    """Folded words that look like names: capitals inside a sentence, capitals throughout, letters with digits.

    In German a capital alone tells no name. Words that open sentences are none, wherever a sentence was cut.
    """
    found: set[str] = set()
    for text in texts:
        start = True
        at = 0
        for match in WORD.finditer(text):
            between = text[at : match.start()]
            start = at == 0 or any(sign in between for sign in OPENING)
            at = match.end()
            word = match.group()
            capital = word[0].isupper() and not start and language != "de"
            if (capital or (len(word) >= 3 and word.isupper()) or (not word.isalpha() and not word.isdigit())) and len(fold(word)) >= 3:
                found.add(fold(word))
    return frozenset(word for word in found if "no-name" not in lexicon().cue_finder.find((word,)))
