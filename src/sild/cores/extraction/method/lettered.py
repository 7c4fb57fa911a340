"""Bodies named by a town's first letter and their kind: "ЧМР" where the message speaks of Cherkasy and no other town with that letter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.body_elements import country_of_place, elements_of
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import lexicon

_SURE = 0.6
_NAMES = {"council city": "City Council", "administration city": "City Military Administration"}
_REGIONAL = {"administration regional": "Regional Military Administration", "council regional": "Regional Council"}


@cache
def _pattern() -> re.Pattern[str]:
    kinds = "|".join(sorted(lexicon("body_cues")["lettered"], key=len, reverse=True))
    return re.compile(rf"(?<![\w-])([А-ЩЮЯІЇЄ])({kinds})(?![\w-])")


class Lettered:
    """The bodies of one message that stand as a town's letter and their kind; `texts` are all that the message says."""

    def __init__(self, index: BodyIndex, texts: Iterable[str]) -> None:
        self._index = index
        self._texts = tuple(texts)
        self._places: dict[str, set[str]] | None = None

    def beside(self, text: str, found: Iterable[BodyFound]) -> list[BodyFound]:
        """Those of the text that overlap no body found already."""
        taken = [(body.start, body.end) for body in found]
        hits = [hit for hit in _pattern().finditer(text) if not any(hit.start() < end and start < hit.end() for start, end in taken)]
        bodies = (self._body(hit) for hit in hits)
        return [body for body in bodies if body is not None]

    def _body(self, hit: re.Match[str]) -> BodyFound | None:
        places = self._by_letter().get(hit.group(1), set())
        if len(places) != 1:
            return None
        place, kind = next(iter(places)), lexicon("body_cues")["lettered"][hit.group(2)]
        head, scope = kind.split()
        known = self._index.at_place(head, place, frozenset((scope,)))
        name = known.name if known is not None else f"{place} {(_NAMES | _REGIONAL)[kind]}"
        return BodyFound(
            start=hit.start(), end=hit.end(), verbatim=hit.group(), name=name, known=known is not None, score=_SURE, confidence=_SURE,
            country="UA", kind=known.kind if known is not None else None,
        )  # fmt: skip

    def _by_letter(self) -> dict[str, set[str]]:
        """The asking country's places that the message names, by the first letter of what it writes."""
        if self._places is None:
            self._places = {}
            for text in self._texts:
                for element in elements_of(text):
                    if element.kind == "place" and country_of_place(element.key) == "UA":
                        self._places.setdefault(text[element.start].upper(), set()).add(element.key)
        return self._places
