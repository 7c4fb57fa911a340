"""What the comparisons need of one line, read once: concepts, purposes, cues, names, numbers, references."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sild.cores.linkage.answer import Side
from sild.cores.linkage.method.folding import WORD, fold, numbers, reference_key, references, sound, words
from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.lexicon import lexicon, unit_family
from sild.cores.linkage.problem import Line

STEM = 5  # letters of a word that stand for it: inflection changes what follows
LEFT_OUT = 2  # words after "besides", "not" and their like that are taken as left out
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a line without a date sorts before all others


@dataclass(frozen=True, slots=True)
class Reading:
    """One line as the comparisons see it. Sets hold folded words or names of concepts."""

    line: Line
    side: Side
    when: datetime
    dated: bool
    heads: frozenset[str]
    concepts: frozenset[str]
    families: frozenset[str]
    purposes: frozenset[str]
    cues: frozenset[str]
    stems: frozenset[str]
    names: frozenset[str]
    sounds: frozenset[str]
    numbers: frozenset[float]
    reference: str
    months: frozenset[int]
    cited: frozenset[str]
    text_key: str

    @property
    def order(self) -> tuple[datetime, str]:
        """Earlier lines sort first; the id decides between lines of one moment."""
        return self.when, self.line.id

    @property
    def amends(self) -> bool:
        """Whether the line changes or withdraws something told before."""
        return self.line.kind in ("update", "withdrawal")

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


def read(line: Line, kin: Kin, side: Side) -> Reading:
    """Read one line. Costs time linear in its text."""
    known = lexicon()
    item, evidence = words(line.item), words(line.evidence)
    text = [*item, *evidence]
    named, told = known.item_finder.find(item, _left_out(item)), known.item_finder.find(evidence, _left_out(evidence))
    counted = _counted(line.unit or "")
    concepts = named | told or counted
    heads = heads_of(named) or heads_of(told) or heads_of(counted)
    written = f"{line.item} {line.evidence} {line.subject}"
    named_words = _names(written)
    body_stems = kin.stems_of(line.beneficiary) | kin.stems_of(line.provider)
    return Reading(
        line=line,
        side=side,
        when=line.sent_at or NEVER,
        dated=line.sent_at is not None,
        heads=heads,
        concepts=concepts,
        families=frozenset(known.items[name].family for name in heads if known.items[name].rank),
        purposes=known.purpose_finder.find(text, _left_out(text)),
        cues=known.cue_finder.find([*evidence, *item]),
        stems=frozenset(word[:STEM] for word in text if len(word) >= 4 and not word.isdigit()),
        names=frozenset(name[:STEM] for name in named_words) - body_stems,
        sounds=frozenset(sound(name) for name in named_words) - {""},
        numbers=numbers(f"{line.item} {line.evidence}"),
        reference=reference_key(line.reference or ""),
        months=frozenset(int(month) for month in known.month_finder.find(words(f"{line.subject} {line.evidence}"))),
        cited=references(f"{line.evidence} {line.subject}"),
        text_key=" ".join(evidence),
    )


def _counted(unit: str) -> frozenset[str]:
    """The thing that a unit counts: "laptop" says what is asked for where the words do not, and terabytes are storage."""
    found = lexicon().item_finder.find(words(unit))
    return found | {"storage"} if unit_family(unit) & {"volume"} else found


def _left_out(text: list[str]) -> frozenset[int]:
    """Places right after a word that names a thing only to leave it out: "besides the wells", "не переміщені"."""
    starts = (place for place, cue in lexicon().cue_finder.places(text) if cue == "except")
    return frozenset(place + step for place in starts for step in range(1, LEFT_OUT + 1))


def _names(text: str) -> frozenset[str]:
    """Folded words that look like names: capitals inside a sentence, capitals throughout, letters with digits."""
    found: set[str] = set()
    start = True
    at = 0
    for match in WORD.finditer(text):
        between = text[at : match.start()]
        start = at == 0 or any(sign in between for sign in ".!?:;|\n")
        at = match.end()
        word = match.group()
        named = (word[0].isupper() and not start) or (len(word) >= 3 and word.isupper()) or (not word.isalpha() and not word.isdigit())
        if named and len(fold(word)) >= 3:
            found.add(fold(word))
    return frozenset(found)
