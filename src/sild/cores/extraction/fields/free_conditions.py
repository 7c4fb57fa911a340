"""Conditions said in free words: a word of one kind near a word of another, in one sentence ("nothing for the armed forces").

The lists stand in lexicon/fields/conditions.yaml; each rule asks for two or three kinds of words within a few words of each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from sild.cores.extraction.fields.folding import Reading
from sild.cores.extraction.fields.phrases import Hit, PhraseBook, lexicon

Said = tuple[str, int, int]
_NEAR = 8
_BESIDE = 2
_FOR_REACH = 4
_SENTENCE_MARKS = (". ", "! ", "? ", "; ", "\n\n", " | ", "\n-")
_KINDS = ("handing", "nots", "forces", "receivers", "onward", "courses", "compelling", "undergoing", "meant_for", "civil", "sectors")


@cache
def _book(name: str) -> PhraseBook[str]:
    return PhraseBook((phrase, name) for phrase in lexicon("conditions")[name])


def sentences(reading: Reading) -> list[tuple[int, int]]:
    """Offsets of the sentences and cells of a text, in order."""
    cuts = {0, len(reading.folded)}
    for mark in _SENTENCE_MARKS:
        at = reading.folded.find(mark)
        while at >= 0:
            cuts.add(at + len(mark))
            at = reading.folded.find(mark, at + 1)
    return list(pairwise(sorted(cuts)))


def find_in_free_words(reading: Reading) -> Iterator[Said]:
    """(code, index of the first word, index past the last word) of each condition so said."""
    hits = {name: _book(name).find_in(reading) for name in _KINDS}
    if not any(hits[name] for name in ("forces", "civil", "onward", "courses", "meant_for")):
        return
    for start, end in sentences(reading):
        inside = {name: [hit for hit in found if start <= hit.start < end] for name, found in hits.items()}
        yield from _no_forces(reading, inside)
        yield from _civil_receivers(inside)
        yield from _together("no-re-export", inside["onward"], inside["nots"])
        yield from _together("training-required", inside["courses"], inside["compelling"])
        yield from _together("training-required", inside["courses"], inside["undergoing"])
        yield from _together("category-earmark", inside["meant_for"], inside["sectors"], within=_NEAR // 2)


def _no_forces(reading: Reading, inside: dict[str, list[Hit[str]]]) -> Iterator[Said]:
    """ "Nothing for the armed forces", "sprzęt nie trafi do wojska": a "no", a word of handing over, and the forces."""
    for forces in inside["forces"]:
        if any(spite.first <= forces.first < spite.after for spite in _book("civil_in_spite").find_in(reading)):
            continue
        negation = _nearest(forces, inside["nots"])
        if negation is not None and 0 <= forces.first - negation.after < _BESIDE:
            yield "civil-only", negation.first, forces.after
            continue
        handing = _nearest(forces, inside["handing"])
        if negation is not None and handing is not None:
            yield "civil-only", min(negation.first, forces.first), max(negation.after, forces.after)


def find_groups(reading: Reading) -> Iterator[tuple[int, int, bool]]:
    """ "For hospitals", "tylko służba zdrowia": a word that says to whom, and a group of receivers a few words behind it.

    Index of the first word and past the last, and whether it is said of everything ("only", "the recipient is") or of the thing beside it.
    """
    data = lexicon("conditions")
    endings = tuple(data["group_endings"])
    for group in _book("groups").find_in(reading):
        near = range(max(0, group.first - _FOR_REACH), group.first)
        for words, of_all in ((data["only_to_words"], True), (data["to_words"], False)):
            told = [index for index in near if reading.words[index].text in words]
            if told and not set(reading.folded[reading.words[told[-1]].start : group.start]) & set(".,;!?()|\n0123456789"):
                yield told[-1], group.after, of_all
                break
        else:
            if reading.words[group.after - 1].text.endswith(endings):
                yield group.first, group.after, False


def _civil_receivers(inside: dict[str, list[Hit[str]]]) -> Iterator[Said]:
    """ "To civilian recipients", with no word of armed forces beside that they might share with."""
    for civil in inside["civil"]:
        for receiver in inside["receivers"]:
            if 0 <= receiver.first - civil.after < _BESIDE and (not inside["forces"] or inside["nots"]):
                yield "civil-only", civil.first, receiver.after


def _together(code: str, left: list[Hit[str]], right: list[Hit[str]], within: int = _NEAR) -> Iterator[Said]:
    for hit in left:
        other = _nearest(hit, right, within)
        if other is not None:
            yield code, min(hit.first, other.first), max(hit.after, other.after)


def _nearest(hit: Hit[str], others: list[Hit[str]], within: int = _NEAR) -> Hit[str] | None:
    """The other hit with the fewest words between, within so many words; one that overlaps is none."""
    apart = [(max(hit.first - other.after, other.first - hit.after), other) for other in others]
    near = [entry for entry in apart if 0 <= entry[0] <= within]
    return min(near, key=lambda entry: entry[0])[1] if near else None
