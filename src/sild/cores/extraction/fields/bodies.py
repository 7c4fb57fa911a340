"""The bodies that the desk knows, found in a text in any language, case, script and spelling; and bodies that it does not know.

Names are compared as rows of elements (place, country, kind words, numbers, proper words by sound), abbreviations letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from sild.cores.extraction.fields.body_elements import alpha3_codes, country_codes, elements_of
from sild.cores.extraction.fields.body_mentions import OWNERS, Mention, find_mentions, is_named
from sild.cores.extraction.fields.companies import find_companies
from sild.cores.extraction.fields.folding import fold
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.kindred import tells_more_than_kind
from sild.cores.extraction.fields.known import ADJECTIVE, Body, Claim, Match
from sild.cores.extraction.fields.known_names import KnownNames
from sild.cores.extraction.fields.offices import find_offices
from sild.cores.extraction.fields.phrases import lexicon
from sild.cores.extraction.fields.pieces import moved, pieces_of
from sild.cores.extraction.fields.strangers import kinds_named, states_named
from sild.cores.extraction.fields.transliteration import kmu55, plain_latin
from sild.cores.extraction.fields.well_known import find_well_known

__all__ = ["Body", "BodyIndex", "find_unknown"]

_SAME_SPELLING = 85
_TELLING = 0.55
_VERBATIM = 0.25
_LONGEST_NAME = 60
_PROSE = re.compile(r"[.!?]\s|@|\d{3}")
_SHORT_CITY = re.compile(r"(?:м|г|c|m)\. ?\w")
_CODE_CELL = re.compile(r"([A-Z]{2,3})(?: *\([^()]*\))?")
_DOMAIN = re.compile(r"[\w.-]+\.\w{2,}")


class BodyIndex:
    """Built once from the known bodies; `find` then reads texts quickly."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self.bodies = tuple(bodies)
        self._names = KnownNames(self.bodies)
        self._by_name = {body.name: body for body in self.bodies}

    def find(self, text: str, country: str | None = None) -> list[BodyFound]:
        """Known bodies in the text, in order, longest first where they overlap.

        `country` (ISO 3166) is where the writer speaks from: it settles names that several countries' bodies share ("CEC", "MoH").
        A score below 0.5 is a mere hint (the adjective in "Danish grant").
        """
        return [moved(hit, at) for at, piece in pieces_of(text) for hit in self._find(piece, country)]

    def _find(self, text: str, country: str | None) -> list[BodyFound]:
        chosen: list[Match] = []
        for match in sorted(self._names.matches(text), key=lambda m: (-m.length, -m.score, m.start)):
            if not any(match.start < other.end and other.start < match.end for other in chosen):
                chosen.append(match)
        chosen = _without_foreign_offices(text, _without_owners(text, chosen))
        settled = [self._settle(text, match, country) for match in sorted(chosen, key=lambda m: m.start)]
        return [hit for hit in settled if hit is not None]

    def find_unknown(self, text: str, known: Sequence[BodyFound] | None = None) -> list[BodyFound]:
        """Body-like names that the list does not hold, with a readable English name; those overlapping `known` are left out.

        States score 0.4, bare heads less than 0.55.
        """
        found = []
        for at, piece in pieces_of(text):
            inside = None if known is None else [moved(hit, -at) for hit in known if at <= hit.start < at + len(piece)]
            found += [moved(hit, at) for hit in self._find_unknown(piece, inside)]
        return found

    def _find_unknown(self, text: str, known: Sequence[BodyFound] | None) -> list[BodyFound]:
        known = self._find(text, None) if known is None else known
        listed = [hit for hit in known if hit.score > ADJECTIVE]
        mentions = list(kinds_named(text))
        telling = [hit for hit in mentions if hit.score >= _TELLING]
        weak = [hit for hit in mentions if hit.score < _TELLING]
        found: list[BodyFound] = []
        for candidate in (*find_offices(text), *telling, *find_well_known(text), *find_companies(text), *weak, *states_named(text)):
            if not any(candidate.start < other.end and other.start < candidate.end for other in (*listed, *found)):
                found.append(candidate)
        return [self._listed(hit) for hit in sorted(found, key=lambda hit: hit.start)]

    def _listed(self, hit: BodyFound) -> BodyFound:
        """A body whose English name, made by rule, is that of a known one is that one ("Chemins de fer ukrainiens")."""
        body = self._by_name.get(hit.name)
        return replace(hit, known=True, kind=body.kind or None, country=body.country or None) if body is not None else hit

    def at_place(self, head: str, place: str, qualities: frozenset[str]) -> BodyFound | None:
        """The one known body of that kind at the place whose name says no less than the qualities; None where none or several are."""
        body = self._names.only_body_of(head, place, qualities)
        return _found(body.name, 0, len(body.name), body, 0.6) if body is not None else None

    def alike(self, mention: Mention, places: Collection[str]) -> BodyFound | None:
        """The one known body of which a bare kind speaks: at one of the places named, else the only one that number or speciality fit.

        Where places are named and none of them has such a body, it is nobody whom the list holds.
        """
        fits = self._names.alike(mention)
        near = [body for place, body in fits.values() if place in places]
        far = [body for place, body in fits.values()] if not places and tells_more_than_kind(mention) else []
        bodies = near or far
        return _found(bodies[0].name, 0, len(bodies[0].name), bodies[0], 0.6) if len(bodies) == 1 else None

    def find_all(self, text: str, country: str | None = None) -> list[BodyFound]:
        """Known and unknown bodies together, in order."""
        found = []
        for at, piece in pieces_of(text):
            known = self._find(piece, country)
            more = [self._at_its_host(hit, country) for hit in self._find_unknown(piece, known)]
            found += [moved(hit, at) for hit in sorted([*known, *more], key=lambda hit: hit.start)]
        return found

    def _at_its_host(self, hit: BodyFound, country: str | None) -> BodyFound:
        """An embassy named without its host, by a writer of a country in which one is known, is that one."""
        if hit.known or not hit.name.startswith("Embassy of ") or country is None:
            return hit
        host = next((name for name, code in country_codes().items() if code == country), "")
        body = self._by_name.get(f"{hit.name} in {host}")
        return replace(hit, name=body.name, known=True, kind=body.kind or None, country=body.country or None) if body is not None else hit

    def resolve(self, name_cell: str, country: str | None = None) -> BodyFound | None:
        """The one body that a cell, a form field, a sender's name or a mail domain names.

        An unknown one where it looks like a body; a short capitalised cell that tells nothing else comes back as written, score 0.25.
        """
        text = pieces_of(name_cell.strip())[0][1]
        if not text:
            return None
        offset = name_cell.index(text)
        if "@" in text or _DOMAIN.fullmatch(text) is not None:
            return self._of_domain(text, offset, country)
        best = self._best_known(text, country) or self._best_unknown(text)
        return replace(best, start=best.start + offset, end=best.end + offset) if best is not None else None

    def _best_known(self, text: str, country: str | None) -> BodyFound | None:
        if (state := self._state_of(text)) is not None:
            return state
        known = self.find(text, country)
        claims = self._names.written_in_one(text)
        if claims and (not known or max(hit.end - hit.start for hit in known) < len(text)):
            settled = self._settle(text, Match(0, len(text), claims, 0.95, len(text)), country)
            known = [settled] if settled is not None else known
        if not known:
            return None
        specific = [hit for hit in known if hit.kind != "donor-state"]
        if not specific:
            built = [hit for hit in self.find_unknown(text, ()) if any(_holds(hit, state) for state in known)]
            specific = built or known
        return max(specific, key=lambda hit: (hit.score > 0.5, hit.end - hit.start, hit.score))

    def _state_of(self, text: str) -> BodyFound | None:
        """A cell that opens with the ISO 3166 code of a donor state and holds no more than a bracket behind it ("NL", "DE (BMI)")."""
        match = _CODE_CELL.fullmatch(text)
        if match is None:
            return None
        code = alpha3_codes().get(match.group(1), match.group(1))
        bodies = [body for body in self.bodies if body.kind == "donor-state" and country_codes().get(body.name) == code]
        return _found(text, 0, len(text), bodies[0], 0.7) if len(bodies) == 1 else None

    def _best_unknown(self, text: str) -> BodyFound | None:
        unknown = self._of_city(text) or self.find_unknown(text, ())
        if unknown:
            return max(unknown, key=lambda hit: hit.score)
        if len(text) > _LONGEST_NAME or not text[0].isupper() or _PROSE.search(text):
            return None
        name = kmu55(text.strip("\"'«»“”„ "))
        return BodyFound(start=0, end=len(text), verbatim=text, confidence=_VERBATIM, name=name, known=False, score=_VERBATIM)

    def _of_city(self, text: str) -> list[BodyFound]:
        """A cell or writer that names a place and hardly more: "Миколаїв (місто)", "м. Суми", "Sumy oblast", "Миколаїв ІТ департамент"."""
        elements = [element for element in elements_of(text) if element.kind != "filler"]
        places = [element for element in elements if element.kind == "place"]
        keys = {element.key for element in elements}
        regional = keys == {"regional", *(place.key for place in places)}
        kinds = {element.key for element in elements if element.kind == "concept"} - {"city", "regional", "department", "directorate"}
        if kinds:
            return []  # "Тернопільська міська дитяча лікарня" is more than its town
        city = bool(keys & {"city", "department", "directorate"}) or (len(elements) == 1 and _SHORT_CITY.match(fold(text)) is not None)
        if len(places) != 1 or len(elements) > 4 or not (city or regional):
            return []
        name = f"{places[0].key} Regional Military Administration" if regional else f"{places[0].key} City Council"
        body = self._names.body_of("administration" if regional else "council", places[0].key, "regional" if regional else "city")
        if body is not None:
            return [_found(text, 0, len(text), body, 0.8 if city else 0.6)]
        return [BodyFound(start=0, end=len(text), verbatim=text, confidence=0.6, name=name, known=False, score=0.6)]

    def _settle(self, text: str, match: Match, country: str | None) -> BodyFound | None:
        """Of the bodies that share a name the one whose country is written beside it, then the writer's, then the usual one.

        A name that is a foreign body's only if its country is left out needs that country to be spoken of.
        """
        claims, home = match.claims, self._names.home
        near = _countries_near(text, match)
        wanted = [*near, *([country] if country else [])]
        if not any(claim.direct or claim.body.country == home for claim in claims):
            claims = tuple(claim for claim in claims if claim.body.country in wanted)
            if not claims:
                return None
        score = match.score
        if len({claim.body.name for claim in claims}) > 1 and all(claim.body.name.startswith("Embassy of") for claim in claims):
            hosts = [name for name, code in country_codes().items() if code in wanted]
            claims = tuple(claim for claim in claims if any(claim.body.name.endswith(f" in {host}") for host in hosts))
            if not claims:
                return None  # "our embassy" without its host may be any of them
        if len({claim.body.name for claim in claims}) > 1:
            shown = plain_latin(text[match.start : match.end])

            def rank(claim: Claim) -> tuple[int, bool, bool, bool, float]:
                at = wanted.index(claim.body.country) if claim.body.country in wanted else len(wanted)
                likeness = ratio(shown, claim.alias)
                return at, not claim.direct, likeness < _SAME_SPELLING, claim.body.country != home, -likeness

            claims = tuple(sorted(claims, key=rank))
            score -= 0.0 if wanted else 0.1
        return _found(text, match.start, match.end, claims[0].body, score)

    def _of_domain(self, text: str, offset: int, country: str | None) -> BodyFound | None:
        """ "office@moh-ua.example": the host's longest label, with or without its country, as a name written in one."""
        host = text.rsplit("@", 1)[-1].strip("<> ").split(".")
        label = max(host[:-1] or host, key=len).lower()
        pieces = [piece for piece in re.split(r"[-_]", label) if piece]
        if not pieces:
            return None
        codes = set(country_codes().values())
        tail = pieces[-1].upper() if len(pieces) > 1 and pieces[-1].upper() in codes else None
        ends = {"UK": "GB"}.get(host[-1].upper(), host[-1].upper())
        home = ends if len(host) > 1 and ends in codes else None
        if not tail and not country and not home and label in lexicon("body_cues")["any_states"]:
            return None  # "embassy@mfa.example": an abbreviation that many states have is nobody's
        found: BodyFound | None = None
        for name in (label, "".join(pieces[:-1]) if tail else label, pieces[0] if len(pieces[0]) > 2 else label):
            claims = self._names.written_in_one(name, by_sound=True)
            if claims and found is None:
                found = self._settle(" ", Match(0, 1, claims, 0.8, 1), tail or home or country)
        spaced = " ".join(pieces)
        named = found or next(iter(self.find(spaced, tail or country) or self.find(spaced.upper(), tail or country)), None)
        state = tail or (home if label in lexicon("body_cues")["any_states"] else None)
        if named is None or (state is not None and named.country not in (None, state)):
            return None
        score = min(named.score, 0.8 if found else 0.65)
        return replace(named, start=offset, end=offset + len(text), verbatim=text, score=score, confidence=score)


def _found(text: str, start: int, end: int, body: Body, score: float) -> BodyFound:
    score = max(0.0, min(1.0, score))
    return BodyFound(
        start=start,
        end=end,
        verbatim=text[start:end],
        confidence=score,
        name=body.name,
        known=True,
        score=score,
        country=body.country or None,
        kind=body.kind or None,
    )


def _holds(outer: BodyFound, inner: BodyFound) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start


def _without_owners(text: str, matches: list[Match]) -> list[Match]:
    """Leave out the owner or the state that only stands inside another body's name ("лікарня № 9 Харківської міської ради")."""
    firms = [firm for firm in find_companies(text) if firm.score >= _TELLING]
    inside = [  # "Eesti Küberabi MTÜ" is no state
        match
        for match in matches
        if all(claim.body.kind == "donor-state" for claim in match.claims)
        and any(firm.start <= match.start and match.end < firm.end for firm in firms)
    ]
    for mention in find_mentions(text):
        if not is_named(mention):
            continue
        owned = mention.head not in OWNERS and bool(set(mention.heads) & OWNERS)
        for match in matches:
            within = mention.start <= match.start and match.end <= mention.end and match.end - match.start < mention.end - mention.start
            state = all(claim.body.kind == "donor-state" for claim in match.claims)
            if within and (state or (owned and match.start > mention.start)):
                inside.append(match)
    return [match for match in matches if match not in inside]


def _without_foreign_offices(text: str, matches: list[Match]) -> list[Match]:
    """Leave out bodies of one country where the text names another's office ("Państwowa Straż Pożarna" is no service of Ukraine)."""
    offices = find_offices(text) if matches else []

    def is_foreign(match: Match) -> bool:
        return any(
            office.start < match.end and match.start < office.end and all(claim.body.country != office.country for claim in match.claims)
            for office in offices
        )

    return [match for match in matches if not is_foreign(match)]


def _countries_near(text: str, match: Match) -> list[str]:
    """Codes of the countries named in the same sentence, the nearest first."""
    codes = country_codes()
    start = max(text.rfind(". ", 0, match.start), text.rfind("\n", 0, match.start)) + 1
    ends = [at for at in (text.find(". ", match.end), text.find("\n", match.end)) if at >= 0]
    end = min(ends, default=len(text))
    near = [element for element in elements_of(text) if element.kind == "country" and start <= element.start < end]
    near.sort(key=lambda e: max(match.start - e.end, e.start - match.end))
    return list(dict.fromkeys(codes[element.key] for element in near))


def find_unknown(text: str) -> list[BodyFound]:
    """Body-like names of the text, whatever any list holds."""
    return BodyIndex(()).find_unknown(text, ())
