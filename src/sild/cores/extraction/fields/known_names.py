"""The names of the known bodies, learned once, and where a text says them: by rows of elements, abbreviations, likeness of kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from sild.cores.extraction.fields.body_elements import Element, capital_countries, concept_role, country_codes, elements_of
from sild.cores.extraction.fields.body_mentions import Mention, mention_of
from sild.cores.extraction.fields.folding import fold, read
from sild.cores.extraction.fields.kindred import Kindred
from sild.cores.extraction.fields.known import ADJECTIVE, Body, Claim, Match, beside
from sild.cores.extraction.fields.phrases import any_of
from sild.cores.extraction.fields.transliteration import kmu55, plain_latin, sound_key

_ACRONYM = re.compile(r"[^\W\d_][^\W_]{1,9}")
_LONG_WORD = 6
_LONG_SOUND = 4
_EXACT = 0.9
_TELLING_WORDS = 2
_GIVERS = frozenset(("donor-state", "company", "foundation"))
_HARD_STOP = re.compile(r"[|;!?]|\n\s*\n|\n *[-•–]|(?<=[^\W\d_]{4})\.\s")


@dataclass
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)


def _key(element: Element) -> str:
    return f"{element.kind[0]}{element.kind[1]}:{element.key}"


def _is_acronym(word: str) -> bool:
    return bool(_ACRONYM.fullmatch(word)) and sum(char.isupper() for char in word) >= 2


class KnownNames:
    """Every name and alias of the bodies, indexed for reading texts in one pass; `home` is where most recipients are."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self.bodies = tuple(bodies)
        self._root = _Node()
        self._acronyms: dict[str, list[Claim]] = defaultdict(list)
        self._squashed: dict[str, list[Claim]] = defaultdict(list)
        countries = Counter(body.country for body in self.bodies if body.kind == "recipient-body")
        self.home = countries.most_common(1)[0][0] if countries else ""
        self._kin = Kindred(self.home)
        for body in self.bodies:
            for alias in dict.fromkeys((body.name, *body.aliases)):
                if alias.strip():
                    self._learn(body, alias.strip())
        self._learn_openings()
        self._learn_without_place()

    def _learn(self, body: Body, alias: str) -> None:
        elements = [element for element in elements_of(alias) if element.kind not in ("filler", "legal")]
        self._learn_squashed(body, alias)
        if _is_acronym(alias):
            self._learn_acronym(body, alias, direct=True)
            if elements and all(element.kind == "concept" for element in elements) and len(elements) > 1:
                self._plant(elements, Claim(body, True, plain_latin(alias)))
            return
        bare = {"place", "number"} if body.kind in _GIVERS else {"place", "number", "country"}  # "SAS of Ukraine" is not the state
        if all(element.kind in bare for element in elements):
            return
        self._plant(elements, Claim(body, True, plain_latin(alias)))
        for mention in [mention_of(list(elements_of(alias)))]:
            if mention is not None:
                self._kin.learn(mention, body)
        rest = [element for element in elements if element.kind != "country"]
        if len(rest) < len(elements) and body.kind not in ("donor-state",):
            if len(rest) >= 2 and any(element.kind != "place" for element in rest):
                self._plant(rest, Claim(body, False, plain_latin(alias)))
            elif len(rest) == 1 and _is_acronym(rest[0].text):
                self._learn_acronym(body, rest[0].text, direct=False)
        if len(elements) == 2 and {"country", "place"} & {element.kind for element in elements}:
            self._plant(elements[::-1], Claim(body, False, plain_latin(alias)))

    def _learn_openings(self) -> None:
        """Long names are cut short in letters: an opening of half a name that tells it from all others means the same body."""
        for body in self.bodies:
            for alias in (body.name, *body.aliases) if body.kind not in _GIVERS else ():
                elements = [element for element in elements_of(alias) if element.kind not in ("filler", "legal")]
                node = self._root
                for used, element in enumerate(elements[:-1], 1):
                    node = node.children.get(_key(element), _Node())
                    if 2 * used >= len(elements) and used > 1 and not node.claims and _tells(elements[:used]) and _only(node, body):
                        node.claims.append(Claim(body, False, plain_latin(alias)))

    def _learn_without_place(self) -> None:
        """ "The Academy of Digital Engineering": what is left of a name without its place means the body, if it is nobody else's."""
        left: dict[tuple[str, ...], dict[str, tuple[Body, list[Element], str]]] = defaultdict(dict)
        for body in self.bodies:
            for alias in (body.name, *body.aliases) if body.kind not in _GIVERS else ():
                elements = [element for element in elements_of(alias) if element.kind not in ("filler", "legal")]
                rest = [element for element in elements if element.kind != "place"]
                kinds = {concept_role(element.key) for element in rest if element.kind == "concept"}
                if 1 < len(rest) < len(elements) and "head" in kinds and "sector" in kinds:
                    left[tuple(_key(element) for element in rest)][body.name] = (body, rest, plain_latin(alias))
        for bodies in left.values():
            if len(bodies) == 1:
                body, rest, shown = next(iter(bodies.values()))
                self._plant(rest, Claim(body, False, shown))

    def _learn_squashed(self, body: Body, alias: str) -> None:
        """What a mail domain may make of the name: all of it in one word, its sounds, of a company its first word."""
        claim, first = Claim(body, True), squash(re.split(r"[\s,]", alias)[0])
        names = {squash(alias), "~" + "".join(sound_key(word.text) for word in read(alias).words)}
        if body.kind in ("company", "foundation") and len(first) >= _LONG_WORD - 1:
            names.add(first)
        for name in names:
            if name.strip("~") and not any(known.body is body for known in self._squashed[name]):
                self._squashed[name].append(claim)

    def _learn_acronym(self, body: Body, alias: str, *, direct: bool) -> None:
        for spelling in {alias, kmu55(alias).upper() if len(alias) >= 4 and alias.isupper() else alias}:
            known = self._acronyms[spelling]
            if direct:
                known[:] = [claim for claim in known if claim.body is not body]
            if not any(claim.body is body for claim in known):
                self._acronyms[spelling].append(Claim(body, direct, plain_latin(alias)))

    def _plant(self, elements: Sequence[Element], claim: Claim) -> None:
        node = self._root
        for element in elements:
            node = node.children.setdefault(_key(element), _Node())
        if not any(known.body is claim.body and known.alias == claim.alias and known.direct >= claim.direct for known in node.claims):
            node.claims.append(claim)

    def matches(self, text: str) -> list[Match]:
        """Every place where a name may be meant; they may overlap."""
        matches = [*self._name_matches(text), *self._acronym_matches(text)]
        for built in self._kin.matches(text):
            rivals = [match for match in matches if match.start < built.end and built.start < match.end]
            if not rivals or (built.score >= _EXACT and built.length > 1.5 * max(match.length for match in rivals)):
                matches.append(built)
        return [*matches, *self._adjective_matches(text)]

    def written_in_one(self, name: str, *, by_sound: bool = False) -> tuple[Claim, ...]:
        """Whose name it is when blanks, marks and case are gone; `by_sound` compares the sounds too (for mail domains)."""
        sounds = "".join(sound_key(word.text) for word in read(name).words)
        spoken = self._squashed.get("~" + sounds, ()) if by_sound and len(sounds) >= _LONG_SOUND else ()
        return tuple(self._squashed.get(squash(name)) or spoken)

    def body_of(self, head: str, place: str, quality: str) -> Body | None:
        """The known body of that kind at the place ("council", "Sumy", "city"), or None."""
        return self._kin.body_of(head, place, quality)

    def only_body_of(self, head: str, place: str, qualities: frozenset[str]) -> Body | None:
        """The one known body of that kind at the place with at least those qualities, or None."""
        return self._kin.only_body_of(head, place, qualities)

    def alike(self, mention: Mention) -> dict[str, tuple[str | None, Body]]:
        """The bodies of which a bare kind may speak, by name, each with its place."""
        return self._kin.alike(mention)

    def _name_matches(self, text: str) -> list[Match]:
        elements = elements_of(text)
        folded = fold(text)
        found = []
        for first, element in enumerate(elements):
            if element.kind in ("filler", "legal") or _key(element) not in self._root.children:
                continue
            best = self._walk(text, folded, elements, first)
            if best is not None:
                found.append(best)
        return found

    def _walk(self, text: str, folded: str, elements: Sequence[Element], first: int) -> Match | None:
        node, best, used, skipped = self._root, None, 0, 0
        for index in range(first, min(first + 16, len(elements))):
            element = elements[index]
            if index > first:
                gap = folded[max(elements[index - 1].end - 4, elements[first].start) : element.start]
                if (_HARD_STOP.search(gap) and not _abbreviated_place(text, elements[index - 1], element)) or element.start - elements[
                    index - 1
                ].end > 8:
                    break
            following = node.children.get(_key(element))
            if following is None:
                skipped += 1
                if element.kind not in ("filler", "legal") or skipped > 3:
                    break
                continue
            node, used, skipped = following, used + 1, 0
            if node.claims and (used > 1 or self._stands_alone(text, element, node.claims)):
                start, end = elements[first].start, element.end
                if self._belongs_elsewhere(text, elements, first, index, node.claims):
                    continue
                score = (0.95 if used > 1 else 0.85) if any(claim.direct for claim in node.claims) else 0.75
                best = Match(start, end, tuple(node.claims), score, end - start)
        return best

    @staticmethod
    def _belongs_elsewhere(text: str, elements: Sequence[Element], first: int, last: int, claims: Sequence[Claim]) -> bool:
        """Whether the words right beside make it another body: another country's, or of a kind that the city's name opens."""
        codes = country_codes()
        kinds = {element.key for element in elements[first : last + 1] if element.kind == "concept"}
        behind = beside(text, elements, last, 1)
        if (
            kinds == {"city"}
            and behind is not None
            and behind.kind in ("concept", "number")
            and behind.key not in ("department", "directorate", "office")
        ):
            return True
        if all(claim.body.kind == "donor-state" for claim in claims):
            return False
        for near in (beside(text, elements, first, -1), behind):
            if near is not None and near.kind == "country":
                fits = any(codes[near.key] == claim.body.country or near.key in claim.body.name for claim in claims)
                if not fits or ("embassy" in kinds and not any(near.key in claim.body.name for claim in claims)):
                    return True
            elif near is not None and near.kind == "place" and "embassy" in kinds:
                host = capital_countries().get(near.key)
                if host is not None and not any(host in claim.body.name for claim in claims):
                    return True
        return False

    @staticmethod
    def _stands_alone(text: str, element: Element, claims: Sequence[Claim]) -> bool:
        """Whether one word is enough: a state by its noun, a proper word with a capital (long Cyrillic ones without, as in chats)."""
        if element.kind == "country":
            return not element.adjective
        if element.kind == "concept" and not any(len(claim.body.name.split()) > 1 for claim in claims):
            return False
        cyrillic = any("Ѐ" <= char <= "ӿ" for char in element.text)
        return text[element.start].isupper() or (cyrillic and element.end - element.start >= _LONG_WORD)

    def _acronym_matches(self, text: str) -> list[Match]:
        reading, elements = read(text), elements_of(text)
        at_start = {element.start: index for index, element in reversed(list(enumerate(elements)))}
        found = []
        for index, word in enumerate(reading.words):
            shown = text[word.start : word.end]
            claims = self._acronyms.get(shown)
            end = word.end
            if claims is None and len(shown) > 3:  # a case ending on the abbreviation itself: "МОЗу", "RIAle"
                stem = shown.rstrip("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяabcdefghijklmnopqrstuvwxyzäöõü")
                claims = self._acronyms.get(stem) if len(stem) >= 3 and len(shown) - len(stem) <= 3 else None
            if not claims:
                continue
            counted = index > 0 and reading.words[index - 1].text.isdecimal() and len(shown) <= 2
            shouted = len(shown) <= 3 and _is_shouted(text, word.start)
            at = at_start.get(word.start)
            if counted or shouted or (at is not None and self._belongs_elsewhere(text, elements, at, _last_at(elements, at), claims)):
                continue
            found.append(Match(word.start, end, tuple(claims), 0.9 if len(shown) >= 3 else 0.6, end - word.start))
        return found

    def _adjective_matches(self, text: str) -> list[Match]:
        """ "Danish grant" hints at Denmark, faintly."""
        found = []
        for element in elements_of(text):
            node = self._root.children.get(_key(element)) if element.kind == "country" and element.adjective else None
            if node is not None and node.claims:
                found.append(Match(element.start, element.end, tuple(node.claims), ADJECTIVE, 1))
        return found


def _tells(elements: Sequence[Element]) -> bool:
    """Whether the elements say what the body is and what it is for: "Ministry for Development" of communities and territories."""
    roles = [concept_role(element.key) for element in elements if element.kind == "concept"]
    words = sum(element.kind == "word" for element in elements)
    ministry = any(element.key == "ministry" for element in elements)
    return "head" in roles and ("sector" in roles or words >= (1 if ministry else _TELLING_WORDS))


def _only(node: _Node, body: Body) -> bool:
    """Whether every name that goes on from here is the body's."""
    return all(claim.body is body for claim in node.claims) and all(_only(child, body) for child in node.children.values())


def squash(name: str) -> str:
    """A name without case, blanks, marks and number signs: what a mail domain makes of it."""
    return _number_signs().sub("", plain_latin(name.replace("№", "")))


@cache
def _number_signs() -> re.Pattern[str]:
    return re.compile(rf"[^a-z0-9]|(?<=[^a-z])(?:{any_of('body_cues', 'number_signs')})(?=\d)")


def _is_shouted(text: str, at: int) -> bool:
    """Whether the line is in capitals, so that a capital says nothing."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    letters = [char for char in line if char.isalpha()]
    return len(letters) > 12 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _last_at(elements: Sequence[Element], at: int) -> int:
    """The last of the elements that one word stands for."""
    while at + 1 < len(elements) and elements[at + 1].start == elements[at].start:
        at += 1
    return at


def _abbreviated_place(text: str, place: Element, following: Element) -> bool:
    """ "Харків. ОВА": the full stop belongs to a shortened place, a kind word in capitals follows."""
    return (
        place.kind == "place"
        and following.kind == "concept"
        and text[following.start : following.end].isupper()
        and "\n" not in text[place.end : following.start]
    )
