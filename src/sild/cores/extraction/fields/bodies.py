"""The bodies that the desk knows, found in a text in any language, case, script and spelling; and bodies that it does not know.

Names are compared as rows of elements (place, country, kind words, numbers, proper words by sound), abbreviations letter by letter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.fuzz import ratio

from sild.cores.extraction.fields.body_elements import Element, country_codes, elements_of
from sild.cores.extraction.fields.body_mentions import Mention, english_name, find_mentions, is_named, mention_of
from sild.cores.extraction.fields.companies import find_companies
from sild.cores.extraction.fields.folding import fold, read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.transliteration import kmu55, plain_latin, sound_key
from sild.cores.extraction.fields.well_known import find_well_known

_ACRONYM = re.compile(r"[^\W\d_][^\W_]{1,9}")
_LONG_WORD = 6
_EXACT = 0.9
_ADJECTIVE = 0.35
_TELLING = 0.55
_RECIPIENTS = {"UA", "MD", "GE", "AM"}
_HARD_STOP = re.compile(r"[|;!?]|\n\s*\n|\n *[-•–]|(?<=[^\W\d_]{4})\.\s")


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the list of parties gives it; `country` is an ISO 3166 code, `kind` such as "recipient-body", "donor-state", "company"."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    kind: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A body that a name may mean; `direct` where the list says so, else derived by leaving out the country or turning the order."""

    body: Body
    direct: bool
    alias: str = ""


@dataclass
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    claims: list[_Claim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    claims: tuple[_Claim, ...]
    score: float
    length: int


def _key(element: Element) -> str:
    return f"{element.kind[0]}{element.kind[1]}:{element.key}"


def _is_acronym(word: str) -> bool:
    return bool(_ACRONYM.fullmatch(word)) and sum(char.isupper() for char in word) >= 2


class BodyIndex:
    """Built once from the known bodies; `find` then reads texts quickly."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self.bodies = tuple(bodies)
        self._root = _Node()
        self._acronyms: dict[str, list[_Claim]] = defaultdict(list)
        self._signatures: dict[tuple[str, tuple[str, ...]], list[tuple[Mention, Body]]] = defaultdict(list)
        self._squashed: dict[str, list[_Claim]] = defaultdict(list)
        self._by_name = {body.name: body for body in self.bodies}
        home = Counter(body.country for body in self.bodies if body.kind == "recipient-body")
        self._home = home.most_common(1)[0][0] if home else ""
        for body in self.bodies:
            for alias in dict.fromkeys((body.name, *body.aliases)):
                if alias.strip():
                    self._learn(body, alias.strip())

    # -- building ------------------------------------------------------------------------------------------------------

    def _learn(self, body: Body, alias: str) -> None:
        elements = [element for element in elements_of(alias) if element.kind not in ("filler", "legal")]
        self._learn_squashed(body, alias)
        if _is_acronym(alias):
            self._learn_acronym(body, alias, direct=True)
            if elements and all(element.kind == "concept" for element in elements) and len(elements) > 1:
                self._plant(elements, _Claim(body, True, plain_latin(alias)))
            return
        if not elements or all(element.kind in ("place", "number") for element in elements):
            return
        self._plant(elements, _Claim(body, True, plain_latin(alias)))
        for mention in [mention_of(list(elements_of(alias)), alias)]:
            if mention is not None:
                head, places, *_ = mention.signature
                self._signatures[(head, places)].append((mention, body))
        rest = [element for element in elements if element.kind != "country"]
        if len(rest) < len(elements) and body.kind not in ("donor-state",):
            if len(rest) >= 2 and any(element.kind != "place" for element in rest):
                self._plant(rest, _Claim(body, False))
            elif len(rest) == 1 and _is_acronym(rest[0].text):
                self._learn_acronym(body, rest[0].text, direct=False)
        if len(elements) == 2 and {"country", "place"} & {element.kind for element in elements}:
            self._plant(elements[::-1], _Claim(body, False))

    def _learn_squashed(self, body: Body, alias: str) -> None:
        """What a mail domain may make of the name: all of it in one word, its sounds, of a company its first word."""
        claim, first = _Claim(body, True), _squash(re.split(r"[\s,]", alias)[0])
        names = {_squash(alias), "~" + "".join(sound_key(word.text) for word in read(alias).words)}
        if body.kind in ("company", "foundation") and len(first) >= _LONG_WORD - 1:
            names.add(first)
        for name in names:
            if name.strip("~") and not any(known.body is body for known in self._squashed[name]):
                self._squashed[name].append(claim)

    def _learn_acronym(self, body: Body, alias: str, *, direct: bool) -> None:
        for spelling in {alias, kmu55(alias).upper() if len(alias) >= 4 and alias.isupper() else alias}:
            if not any(claim.body is body for claim in self._acronyms[spelling]):
                self._acronyms[spelling].append(_Claim(body, direct))

    def _plant(self, elements: Sequence[Element], claim: _Claim) -> None:
        node = self._root
        for element in elements:
            node = node.children.setdefault(_key(element), _Node())
        if not any(known.body is claim.body for known in node.claims):
            node.claims.append(claim)

    # -- finding -------------------------------------------------------------------------------------------------------

    def find(self, text: str, country: str | None = None) -> list[BodyFound]:
        """Known bodies in the text, in order, longest first where they overlap.

        `country` (ISO 3166) is where the writer speaks from: it settles names that several countries' bodies share ("CEC", "MoH").
        """
        matches = [*self._name_matches(text), *self._acronym_matches(text)]
        for built in self._signature_matches(text):
            rivals = [match for match in matches if match.start < built.end and built.start < match.end]
            if not rivals or (built.score >= _EXACT and built.length > 1.5 * max(match.length for match in rivals)):
                matches.append(built)
        matches += self._adjective_matches(text)
        chosen: list[_Match] = []
        for match in sorted(matches, key=lambda m: (-m.length, -m.score, m.start)):
            if not any(match.start < other.end and other.start < match.end for other in chosen):
                chosen.append(match)
        return [self._settle(text, match, country) for match in sorted(chosen, key=lambda m: m.start)]

    def find_unknown(self, text: str, known: Sequence[BodyFound] | None = None) -> list[BodyFound]:
        """Body-like names that the list does not hold, with a readable English name; those overlapping `known` are left out."""
        known = self.find(text) if known is None else known
        found: list[BodyFound] = []
        listed = [hit for hit in known if hit.score > _ADJECTIVE]
        mentions = [hit for hit in _unknown_mentions(text) if hit.score >= _TELLING]
        weak = [hit for hit in _unknown_mentions(text) if hit.score < _TELLING]
        for candidate in (*mentions, *find_well_known(text), *weak, *find_companies(text), *_states(text)):
            taken = any(candidate.start < other.end and other.start < candidate.end for other in (*listed, *found))
            if not taken:
                found.append(candidate)
        return sorted(found, key=lambda hit: hit.start)

    def find_all(self, text: str, country: str | None = None) -> list[BodyFound]:
        """Known and unknown bodies together, in order."""
        known = self.find(text, country)
        return sorted([*known, *self.find_unknown(text, known)], key=lambda hit: hit.start)

    def resolve(self, name_cell: str, country: str | None = None) -> BodyFound | None:
        """The one body that a cell, a form field, a sender's name or a mail domain names; an unknown one where it looks like a body."""
        text = name_cell.strip()
        if not text:
            return None
        offset = name_cell.index(text)
        if "@" in text or (re.fullmatch(r"[\w.-]+\.\w{2,}", text) is not None):
            return self._of_domain(name_cell, offset, text, country)
        known = self.find(text, country)
        squashed = self._squashed.get(_squash(text))
        if squashed and (not known or max(hit.end - hit.start for hit in known) < len(text)):
            match = _Match(0, len(text), tuple(squashed), 0.95, len(text))
            known = [self._settle(text, match, country)]
        if known:
            specific = [hit for hit in known if hit.kind != "donor-state"] or known
            better = [
                hit for hit in self.find_unknown(text, ()) if all(hit.start <= other.start and other.end < hit.end for other in specific)
            ]
            if better and all(hit.score <= _ADJECTIVE or hit.kind == "donor-state" for hit in specific):
                specific = better
            best = max(specific, key=lambda hit: (hit.score > 0.5, hit.end - hit.start, hit.score))
            return replace(best, start=best.start + offset, end=best.end + offset)
        unknown = self._of_city(text) or self.find_unknown(text, known)
        if unknown:
            best = max(unknown, key=lambda hit: hit.score)
            return replace(best, start=best.start + offset, end=best.end + offset)
        return None

    def _of_city(self, text: str) -> list[BodyFound]:
        """ "Миколаїв (місто)" in a cell, or a writer called "Миколаїв ІТ департамент", is the city's council."""
        elements = [element for element in elements_of(text) if element.kind != "filler"]
        places = [element for element in elements if element.kind == "place"]
        city = [element for element in elements if element.key in ("city", "department", "directorate")]
        if len(places) != 1 or not city or len(elements) > 4:
            return []
        for mention, body in self._signatures.get(("council", (places[0].key,)), ()):
            if "city" in mention.signature[2]:
                return [_found(text, 0, len(text), body, 0.8)]
        return [
            BodyFound(start=0, end=len(text), verbatim=text, confidence=0.6, name=f"{places[0].key} City Council", known=False, score=0.6)
        ]

    def _name_matches(self, text: str) -> list[_Match]:
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

    def _walk(self, text: str, folded: str, elements: Sequence[Element], first: int) -> _Match | None:
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
                score = (0.95 if used > 1 else 0.85) if any(claim.direct for claim in node.claims) else 0.75
                best = _Match(start, end, tuple(node.claims), score, end - start)
        return best

    @staticmethod
    def _stands_alone(text: str, element: Element, claims: Sequence[_Claim]) -> bool:
        """Whether one word is enough: a state by its noun, a proper word with a capital (long Cyrillic ones without, as in chats)."""
        if element.kind == "country":
            return not element.adjective
        if element.kind == "concept" and not any(len(claim.body.name.split()) > 1 for claim in claims):
            return False
        cyrillic = any("Ѐ" <= char <= "ӿ" for char in element.text)
        return text[element.start].isupper() or (cyrillic and element.end - element.start >= _LONG_WORD)

    def _acronym_matches(self, text: str) -> list[_Match]:
        reading = read(text)
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
            counted = index > 0 and reading.words[index - 1].text.isdigit() and len(shown) <= 2
            shouted = len(shown) <= 3 and _is_shouted(text, word.start)
            if counted or shouted:
                continue
            found.append(_Match(word.start, end, tuple(claims), 0.9 if len(shown) >= 3 else 0.6, end - word.start))
        return found

    def _adjective_matches(self, text: str) -> list[_Match]:
        """ "Danish grant" hints at Denmark, faintly."""
        found = []
        for element in elements_of(text):
            node = self._root.children.get(_key(element)) if element.kind == "country" and element.adjective else None
            if node is not None and node.claims:
                found.append(_Match(element.start, element.end, tuple(node.claims), _ADJECTIVE, 1))
        return found

    def _signature_matches(self, text: str) -> list[_Match]:
        found = []
        for mention in find_mentions(text):
            fits = self._fits(mention)
            best = max((score for score, _ in fits), default=0.0)
            bodies = {body.name: body for score, body in fits if score == best}
            if len(bodies) == 1 or (bodies and not mention.places):
                claims = tuple(_Claim(body, True) for body in bodies.values())
                found.append(_Match(mention.start, mention.end, claims, best, mention.end - mention.start - 1))
        return found

    def _fits(self, mention: Mention) -> list[tuple[float, Body]]:
        """Bodies whose name says the same as the mention, or more of the same kind at the same place."""
        head, places, qualities, sectors, number = mention.signature
        codes = country_codes()
        fits = []
        for known, body in self._signatures.get((head, places), ()):
            _, _, own, own_sectors, own_number = known.signature
            if not places:
                abroad = mention.countries and body.country != codes[mention.countries[0]]
                if not abroad and sectors and sectors == own_sectors and qualities == own and number == own_number and head != "embassy":
                    fits.append((0.85 if mention.countries else 0.7, body))
                continue
            if (number is not None and number != own_number) or not (sectors <= own_sectors):
                continue
            if qualities == own and number == own_number and sectors == own_sectors:
                fits.append((_EXACT, body))
            elif qualities <= own or (own <= qualities and own):
                fits.append((0.7 if number == own_number else 0.6, body))
        return fits

    def _settle(self, text: str, match: _Match, country: str | None) -> BodyFound:
        """Of the bodies that share a name the one whose country is written beside it, then the writer's, then the usual one."""
        claims = match.claims
        if len({claim.body.name for claim in claims}) > 1:
            near = _countries_near(text, match)
            wanted = [*near, *([country] if country else [])]
            shown = plain_latin(text[match.start : match.end])
            ranked = sorted(
                claims,
                key=lambda c: (
                    wanted.index(c.body.country) if c.body.country in wanted else len(wanted), not c.direct, c.body.country != self._home, -ratio(shown, c.alias)
                ),
            )  # fmt: skip
            claims = (ranked[0],)
            if not near and not country:
                match = replace(match, score=match.score - 0.1)
        return _found(text, match.start, match.end, claims[0].body, match.score)

    def _of_domain(self, cell: str, offset: int, text: str, country: str | None) -> BodyFound | None:
        """ "office@moh-ua.example": the host's first label, with or without its country, as a name written in one."""
        host = text.rsplit("@", 1)[-1].strip("<>").split(".")
        label = max(host[:-1] or host, key=len).lower()
        pieces = [piece for piece in re.split(r"[-_]", label) if piece]
        codes = set(country_codes().values())
        tail = pieces[-1].upper() if len(pieces) > 1 and pieces[-1].upper() in codes else None
        for name in (label, "".join(pieces[:-1]) if tail else label, pieces[0] if len(pieces[0]) > 2 else label):
            claims = self._squashed.get(_squash(name)) or self._squashed.get("~" + "".join(sound_key(w.text) for w in read(name).words))
            if claims:
                match = _Match(offset, offset + len(text), tuple(claims), 0.8, len(text))
                found = self._settle(" ", match, tail or country)
                return replace(found, verbatim=cell[offset : offset + len(text)])
        spaced = " ".join(pieces)
        known = self.find(spaced) or self.find(spaced.upper())
        if known:
            return replace(known[0], start=offset, end=offset + len(text), verbatim=text, score=0.65, confidence=0.65)
        return None


def _found(text: str, start: int, end: int, body: Body, score: float) -> BodyFound:
    score = max(0.0, min(1.0, score))
    return BodyFound(
        start=start, end=end, verbatim=text[start:end], confidence=score, name=body.name, known=True, score=score, country=body.country or None, kind=body.kind or None
    )  # fmt: skip


def _abbreviated_place(text: str, place: Element, following: Element) -> bool:
    """ "Харків. ОВА": the full stop belongs to a shortened place, a kind word in capitals follows."""
    return (
        place.kind == "place"
        and following.kind == "concept"
        and text[following.start : following.end].isupper()
        and "\n" not in text[place.end : following.start]
    )


def _squash(name: str) -> str:
    """A name without case, blanks, marks and number signs: what a mail domain makes of it."""
    return re.sub(r"[^a-z0-9]|(?<=[^a-z])no?\.(?=\d)", "", plain_latin(name.replace("№", "")))


def _is_shouted(text: str, at: int) -> bool:
    """Whether the line is in capitals, so that a capital says nothing."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    letters = [char for char in line if char.isalpha()]
    return len(letters) > 12 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _countries_near(text: str, match: _Match) -> list[str]:
    """Codes of the countries named in the same sentence, the nearest first."""
    codes = country_codes()
    start = max(text.rfind(". ", 0, match.start), text.rfind("\n", 0, match.start)) + 1
    ends = [at for at in (text.find(". ", match.end), text.find("\n", match.end)) if at >= 0]
    end = min(ends, default=len(text))
    near = [element for element in elements_of(text) if element.kind == "country" and start <= element.start < end]
    near.sort(key=lambda e: max(match.start - e.end, e.start - match.end))
    return list(dict.fromkeys(codes[element.key] for element in near))


def _unknown_mentions(text: str) -> Iterable[BodyFound]:
    codes = country_codes()
    for mention in find_mentions(text):
        if not is_named(mention):
            continue
        detail = (
            len(mention.qualities) + len(mention.sectors) + len(mention.words) + (mention.number is not None) + 2 * bool(mention.places)
        )
        score = min(0.8, 0.4 + 0.1 * detail)
        country = next((codes[name] for name in mention.countries), None)
        yield BodyFound(
            start=mention.start, end=mention.end, verbatim=text[mention.start : mention.end], confidence=score, name=english_name(mention), known=False, score=score,
            country=country, kind=None,
        )  # fmt: skip


def _states(text: str) -> Iterable[BodyFound]:
    """States named by their noun: any of them may be a donor that the list lacks. States that receive aid here are left out."""
    codes = country_codes()
    for element in elements_of(text):
        if element.kind == "country" and not element.adjective and codes[element.key] not in _RECIPIENTS:
            yield BodyFound(
                start=element.start, end=element.end, verbatim=text[element.start : element.end], confidence=0.4, name=element.key, known=False, score=0.4,
                country=codes[element.key], kind="donor-state",
            )  # fmt: skip


def find_unknown(text: str) -> list[BodyFound]:
    """Body-like names of the text, whatever any list holds."""
    return BodyIndex(()).find_unknown(text, ())
