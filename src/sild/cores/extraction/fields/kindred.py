"""Known bodies by what their names say, not by their words: kind, place, qualities, sectors, number, in whatever language.

Where no name says just the same, the only one of a kindred kind counts ("the statistics office" is the list's statistics service).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cache

from sild.cores.extraction.fields.body_elements import country_codes, elements_of
from sild.cores.extraction.fields.body_mentions import Mention, find_mentions, is_spoken_of_as_one
from sild.cores.extraction.fields.known import Body, Claim, Match, beside
from sild.cores.extraction.fields.phrases import lexicon

_EXACT = 0.9
_KINDRED = 0.62
_OWNERS = frozenset(("state", "national", "central"))


class Kindred:
    """The names of the bodies as mentions; `home` is the country whose bodies are meant where none is named."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._signatures: dict[tuple[str, tuple[str, ...]], list[tuple[Mention, Body]]] = defaultdict(list)
        self._families: dict[tuple[str, str], list[tuple[Mention, Body]]] = defaultdict(list)

    def learn(self, mention: Mention, body: Body) -> None:
        """One more name of the body."""
        head, places, *_ = mention.signature
        self._signatures[(head, places)].append((mention, body))
        self._families[(_family(mention), places[0] if places else "")].append((mention, body))

    def matches(self, text: str) -> list[Match]:
        """Every mention in the text that one known body fits."""
        found = []
        for mention in find_mentions(text):
            if _of_another_state(text, mention):
                continue
            fits = self._fits(mention) or self._akin(text, mention)
            best = max((score for score, _ in fits), default=0.0)
            bodies = {body.name: body for score, body in fits if score == best}
            if len(bodies) == 1 or (bodies and not mention.places):
                # "MSZ" alone is not Lithuania's ministry because the list holds no other
                told = bool(mention.places or mention.countries)
                claims = tuple(Claim(body, told or body.country == self._home) for body in bodies.values())
                found.append(Match(mention.start, mention.end, claims, best, mention.end - mention.start - 1))
        return found

    def _fits(self, mention: Mention) -> list[tuple[float, Body]]:
        """Bodies whose name says the same as the mention, or more of the same kind at the same place."""
        head, places, qualities, sectors, number = mention.signature
        codes = country_codes()
        fits = []
        if not places and number is not None and qualities:
            return self._of_number(head, qualities, number)
        for known, body in self._signatures.get((head, places), ()):
            _, _, own, own_sectors, own_number = known.signature
            if not places:
                if not _told(known) or (mention.words and not known.words and not sectors):
                    continue
                abroad = mention.countries and body.country != codes[mention.countries[0]]
                if (
                    not abroad
                    and (sectors or (qualities and mention.countries))
                    and sectors == own_sectors
                    and (qualities == own or (mention.countries and _same_but_for_the_owner(qualities, own)))
                    and number == own_number
                    and head != "embassy"
                ):
                    fits.append((0.85 if mention.countries else 0.7, body))
                continue
            if (number is not None and number != own_number) or not (sectors <= own_sectors):
                continue
            if qualities == own and number == own_number and sectors == own_sectors:
                fits.append((_EXACT, body))
            elif qualities <= own or (own <= qualities and own):
                fits.append((0.7 if number == own_number else 0.6, body))
        return fits

    def alike(self, mention: Mention) -> dict[str, tuple[str | None, Body]]:
        """The bodies of which a bare kind may speak ("the maternity hospital No. 2", "онкоцентр"), by name, each with its place."""
        found: dict[str, tuple[str | None, Body]] = {}
        for (family, place), known_bodies in self._families.items():
            if family != _family(mention):
                continue
            for known, body in known_bodies:
                if _may_be_called(mention, known):
                    found.setdefault(body.name, (place or None, body))
        return found

    def _akin(self, text: str, mention: Mention) -> list[tuple[float, Body]]:
        """The one body of a kindred kind with the same sector, or at the same place with the same speciality or number."""
        country = country_codes()[mention.countries[0]] if mention.countries else self._home
        near = self._families.get((_family(mention), mention.places[0] if mention.places else ""), ())
        fit = _fits_at_its_place if mention.places else _fits_in_its_state
        bodies = {body.name: body for known, body in near if body.country == country and fit(mention, known)}
        if len(bodies) != 1 or not (mention.places or mention.countries or is_spoken_of_as_one(text, mention)):
            return []
        return [(_KINDRED, body) for body in bodies.values()]

    def _of_number(self, head: str, qualities: frozenset[str], number: str) -> list[tuple[float, Body]]:
        """The one numbered body of the kind, wherever it is ("МДЛ9" where the list holds one children's hospital of that number)."""
        bodies = {
            body.name: body
            for (own_head, _), known_bodies in self._signatures.items()
            if own_head == head
            for known, body in known_bodies
            if known.signature[4] == number and qualities <= known.signature[2]
        }
        return [(0.6, body) for body in bodies.values()] if len(bodies) == 1 else []

    def body_of(self, head: str, place: str, quality: str) -> Body | None:
        """The known body of that kind at the place ("council", "Sumy", "city"), or None."""
        for mention, body in self._signatures.get((head, (place,)), ()):
            if quality in mention.signature[2]:
                return body
        return None

    def only_body_of(self, head: str, place: str, qualities: frozenset[str]) -> Body | None:
        """The one known body of that kind at the place with at least those qualities, or None."""
        bodies = {body.name: body for mention, body in self._signatures.get((head, (place,)), ()) if qualities <= mention.signature[2]}
        return next(iter(bodies.values())) if len(bodies) == 1 else None


def _family(mention: Mention) -> str:
    """Kinds that languages do not keep apart go by one name ("service", "agency", "office"); a centre for the sick is a hospital."""
    head = mention.signature[0]
    if head == "centre" and _specialities(mention):
        return "hospital"
    return _families().get(head, head)


@cache
def _families() -> dict[str, str]:
    return {head: family for family, heads in lexicon("body_words")["families"].items() for head in heads}


def _specialities(mention: Mention) -> frozenset[str]:
    """What a house of the sick or a school is for: its qualities and kind, without whose it is."""
    data = lexicon("body_words")
    told = {*mention.qualities, *mention.heads} & set(data["specialities"])
    return frozenset(data["same_speciality"].get(key, key) for key in told)


def _sectors(mention: Mention) -> frozenset[str]:
    return frozenset(lexicon("body_words")["same_sector"].get(key, key) for key in mention.sectors)


def is_of_family(mention: Mention, other: Mention) -> bool:
    """Whether both are of kinds that languages do not keep apart."""
    return _family(mention) == _family(other)


def tells_more_than_kind(mention: Mention) -> bool:
    """Whether a bare kind says which of its kind is meant: by number, speciality or sector."""
    return mention.number is not None or bool(_specialities(mention)) or bool(mention.sectors)


def _may_be_called(mention: Mention, known: Mention) -> bool:
    """Whether the kind, number, speciality and sector of a bare mention are the known body's."""
    ours, theirs = _specialities(mention), _specialities(known)
    scopes = mention.qualities & {"regional", "city", "district"}
    return (
        mention.number in (None, known.number)
        and _sectors(mention) <= _sectors(known)
        and (ours <= theirs)
        and scopes <= known.qualities
        and (bool(ours) or mention.head in (known.head, "hospital") or mention.number is not None or bool(mention.sectors))
    )


def _fits_in_its_state(mention: Mention, known: Mention) -> bool:
    """Of a state's bodies: the same sector, whatever the office is called; of such as a state has but one, the kind alone."""
    if known.places or mention.number not in (None, known.number):
        return False
    ours, theirs = _sectors(mention), _sectors(known)
    if ours:
        return mention.qualities - _OWNERS <= known.qualities and bool(theirs) and (ours <= theirs or theirs <= ours)
    data = lexicon("body_words")
    single = mention.head in data["one_of_a_state"] or bool(mention.qualities & _OWNERS)
    by_country = bool(mention.countries) and mention.head in data["one_with_its_country"] and is_of_family(mention, known)
    alike = by_country or (single and mention.head == known.head)
    return alike and not mention.words and mention.qualities <= known.qualities | {"state"}


def _fits_at_its_place(mention: Mention, known: Mention) -> bool:
    """Of bodies at one place: the same speciality, else the same number."""
    if known.places[:1] != mention.places[:1] or mention.number not in (None, known.number):
        return False
    if _sectors(mention) - _sectors(known):
        return False
    ours, theirs = _specialities(mention), _specialities(known)
    if ours:
        return ours <= theirs or (theirs <= ours and bool(theirs))
    return mention.number is not None and not (theirs and _family(mention) != "hospital")


def _told(known: Mention) -> bool:
    """Whether the name says more than that the body is a state's: "National ... Service" with a word that no list holds does not."""
    return bool(known.sectors or known.words or known.qualities - {"state", "national"} or known.number)


def _same_but_for_the_owner(said: frozenset[str], own: frozenset[str]) -> bool:
    """ "National Archival Service" and "State Archival Service" are one: languages differ in which word they use."""
    owners = {"state", "national"}
    return said - owners == own - owners and bool(said & owners) and bool(own & owners)


def _of_another_state(text: str, mention: Mention) -> bool:
    """ "Франція (МЗС)": a kind word without place or country of its own, beside the name of a state."""
    if mention.places or mention.countries:
        return False
    elements = elements_of(text)
    starts = [element.start for element in elements]
    first, after = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
    around = (beside(text, elements, first, -1), beside(text, elements, after - 1, 1)) if first < after else ()
    return any(near is not None and near.kind == "country" and not near.adjective for near in around)
