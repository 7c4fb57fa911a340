"""Mentions of bodies built from a kind word: runs of elements with a head ("hospital", "council"), and their English names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from sild.cores.extraction.fields.body_elements import Element, capital_countries, concept_english, concept_role, country_codes, elements_of
from sild.cores.extraction.fields.folding import fold
from sild.cores.extraction.fields.openings import is_opening, is_thing
from sild.cores.extraction.fields.phrases import alternatives, any_of, lexicon, words_of_all
from sild.cores.extraction.fields.transliteration import kmu55
from sild.cores.extraction.fields.units import find_units

_BREAK = re.compile(r"[|;!?:<>@]|\n\s*\n|\n *[-•–*]|(?<=[^\W\d_]{4})\.\s|\.\n|(?<=\d)\.\s")
_LONGEST_RUN = 16
_FOLLOWING = re.compile(r"[ \xa0]([^\W\d_][^,.;:!?()\n|]{0,40})")
_FIRST_NAMES = 2
_LETTERS = re.compile(r"[^\W\d_]+")
OWNERS = {"council", "administration", "ministry", "municipality"}


@dataclass(frozen=True, slots=True)
class Mention:
    """What a run of elements says of a body; `words` are proper words as written."""

    start: int
    end: int
    head: str
    heads: tuple[str, ...]
    places: tuple[str, ...]
    countries: tuple[str, ...]
    qualities: frozenset[str]
    sectors: tuple[str, ...]
    number: str | None
    words: tuple[str, ...] = ()

    @property
    def signature(self) -> tuple[str, tuple[str, ...], frozenset[str], frozenset[str], str | None]:
        """Head, place, qualities, sectors, number: equal for one body in all languages."""
        head = "council" if self.head == "municipality" else self.head
        qualities = self.qualities | {"city"} if self.head == "municipality" else self.qualities
        return head, self.places[:1], qualities, frozenset(self.sectors), self.number


@cache
def _inner_adjective() -> re.Pattern[str]:
    """An adjective of some letters inside a name."""
    told = lexicon("endings")["adjectives"].values()
    return re.compile("|".join(rf".{{{one['shortest']},}}(?:{alternatives(one['stems'])})(?:{alternatives(one['ends'])})" for one in told))


@cache
def _counted_adjective() -> re.Pattern[str]:
    return re.compile(rf"[^\W\d_]{{2,}}(?:{any_of('endings', 'counted_adjectives')}) ", re.IGNORECASE)


@cache
def _name_adjective() -> re.Pattern[str]:
    return re.compile(rf"(.{{3,}}?)(?:{place_adjective_end()})$")


@cache
def place_adjective_end() -> str:
    """How an adjective made of a place ends, as a pattern."""
    told = lexicon("endings")["place_adjectives"].values()
    return "|".join(rf"(?:{alternatives(one['stems'])})(?:{alternatives(one['ends'])})" for one in told)


@cache
def _set(name: str) -> frozenset[str]:
    """One of the lists of concepts in the lexicon: "weak_heads", "needs_detail", "alone_enough"."""
    return frozenset(lexicon("body_words")[name])


@lru_cache(maxsize=256)
def find_mentions(text: str) -> tuple[Mention, ...]:
    """All runs of the text that hold a head word, in order."""
    found = []
    for run in _runs(text, elements_of(text)):
        for piece in _split(run):
            mention = mention_of(piece)
            if mention is not None:
                found.append(mention)
    return tuple(found)


def _runs(text: str, elements: tuple[Element, ...]) -> Iterator[list[Element]]:
    """Maximal rows of name elements with nothing but blanks and quotes between."""
    folded = fold(text)
    run: list[Element] = []
    for index, element in enumerate(elements):
        gap = folded[run[-1].end : element.start] if run else ""
        comma = (
            "," in gap
            and not _is_town_of_label(folded, run, element)
            and (element.kind not in ("place", "country") or _opens_another(text, elements, index))
        )
        honour = bool(run) and run[-1].text.lower() in words_of_all("body_cues", "in_honour")
        ended = ("." in gap and element.kind == "word" and not honour) or ("- " in gap and element.kind == "number")
        bracket = "(" in gap and element.kind not in ("place", "country") and element.key != "city"
        if run and (comma or bracket or ended or len(gap) > 6 or _BREAK.search(folded[max(run[-1].end - 4, 0) : element.start])):
            yield run
            run = []
        if (
            element.kind == "number"
            and element.text.isdecimal()
            and (_is_list_mark(folded, element) or _counts_the_next(run, elements, index) or _counts_things(text, run, element))
        ):
            if run:
                yield run
            run = []
            continue
        joined = index + 1 < len(elements) and elements[index + 1].start == element.start and text[element.start].isupper()
        links = element.kind == "word" and _links_place(run, elements, index)
        inner = element.kind == "word" and _is_inner(folded, run, elements, index)
        if element.kind == "word" and not joined and not links and not inner and not _is_proper(text, folded, element, run):
            if run:
                yield run
            run = []
            continue
        run.append(replace(element, kind="filler", key="") if links else element)
        if len(run) > _LONGEST_RUN:
            yield run
            run = []
    if run:
        yield run


def _is_town_of_label(folded: str, run: list[Element], element: Element) -> bool:
    """ "- Умань, педагогічний університет: 40 ноутбуків": the point opens with the town of the body behind its comma."""
    alone = len(run) == 1 and run[0].kind == "place" and element.kind == "concept"
    return alone and not any(char.isalpha() for char in folded[: run[0].start] if char != "м")


def _links_place(run: list[Element], elements: tuple[Element, ...], index: int) -> bool:
    """Whether a small word only leads to the body's place: "Stadtverwaltung von Uman"."""
    if (
        elements[index].text.lower() not in words_of_all("body_cues", "kind_and_place")
        or not run
        or index + 1 >= len(elements)
        or elements[index + 1].kind != "place"
    ):
        return False
    return any(element.kind == "concept" and concept_role(element.key) == "head" for element in run)


def _is_inner(folded: str, run: list[Element], elements: tuple[Element, ...], index: int) -> bool:
    """Whether an adjective that no list holds stands inside the name: "Черкаський державний технологічний університет"."""
    element, after = elements[index], elements[index + 1] if index + 1 < len(elements) else None
    if not run or after is None or run[-1].kind not in ("place", "concept") or after.kind != "concept":
        return False
    if concept_role(after.key) not in ("head", "quality") or after.start - element.end > 1 or element.start - run[-1].end > 1:
        return False
    return _inner_adjective().fullmatch(folded[element.start : element.end].lower()) is not None


def _is_list_mark(folded: str, number: Element) -> bool:
    """ "2) ..." counts the points of a list; it is no hospital's number."""
    return folded[number.end : number.end + 1] == ")" and folded.rfind("(", 0, number.start) <= folded.rfind(")", 0, number.start)


def _opens_another(text: str, elements: tuple[Element, ...], index: int) -> bool:
    """Whether a place behind a comma begins a name of its own: "обласна лікарня, Уманська міська рада" are two."""
    place = elements[index]
    for element in elements[index + 1 : index + 4]:
        if text[place.end : element.start].strip() and not element.adjective:
            return False
        if element.kind == "concept" and concept_role(element.key) in ("head", "scope"):
            return True
        if element.kind not in ("concept", "place"):
            return False
        place = element
    return False


def _counts_the_next(run: list[Element], elements: tuple[Element, ...], index: int) -> bool:
    """Whether a number behind "and" counts what follows it: "for the Border Guard and 15 servers"."""
    after = elements[index + 1] if index + 1 < len(elements) else None
    return (
        bool(run)
        and run[-1].kind == "filler"
        and run[-1].text.lower() in words_of_all("body_cues", "names_join")
        and (after is None or after.kind == "word")
    )


def _counts_things(text: str, run: list[Element], number: Element) -> bool:
    """Whether a number behind a body counts what stands behind it: "Сумській міській раді 25 маршрутизаторів".

    A number sign makes it the body's own. Without one only schools, hospitals and their like bear a number, and not before what is counted.
    """
    behind = _FOLLOWING.match(text, number.end)
    if behind is None or not run or (run[-1].kind == "filler" and run[-1].text.lower() in _number_signs()):
        return False
    if not any(element.kind == "concept" and element.key in _numbered_kinds() for element in run):
        return behind[1][0].islower() or any(hit.first == 0 for hit in find_units(behind[1]))
    return _counted_adjective().match(behind[1]) is not None or any(hit.first == 0 for hit in find_units(behind[1]))


@cache
def _number_signs() -> frozenset[str]:
    return frozenset(lexicon("body_words")["number_signs"])


@cache
def _numbered_kinds() -> frozenset[str]:
    return frozenset(lexicon("body_words")["numbered_kinds"])


def _is_proper(text: str, folded: str, element: Element, run: list[Element]) -> bool:
    """A capitalised word inside quotes or right beside a kind word belongs to the name."""
    if not text[element.start].isupper():
        return False
    if _is_in_honour(run):
        return True  # "лікарня імені Мечникова"
    quoted = folded.rfind('"', 0, element.start) >= 0 and folded.count('"', 0, element.start) % 2 == 1
    latin = element.text.isascii() or not any("Ѐ" <= char <= "ӿ" for char in element.text)
    if not latin and _name_adjective().fullmatch(element.text) is not None:
        return True  # "Красносільська селищна рада": of a place that no gazetteer holds
    if is_opening(text, element.start, element.end) if not run else not quoted and is_thing(element.text):
        return False
    return quoted or (latin and (not run or run[-1].kind in ("word", "filler", "concept", "place")))


def _is_in_honour(run: list[Element]) -> bool:
    """Whether the run stands right behind "named after", a first name or two between."""
    behind = next(
        (index for index, element in enumerate(reversed(run)) if element.text.lower() in words_of_all("body_cues", "in_honour")), None
    )
    return behind is not None and behind <= _FIRST_NAMES and all(element.kind == "word" for element in run[len(run) - behind :])


def _split(run: list[Element]) -> Iterator[list[Element]]:
    """At a conjunction between two heads, and before a place that follows a finished name and opens another."""
    heads = [index for index, element in enumerate(run) if element.kind == "concept" and concept_role(element.key) == "head"]
    if len(heads) < 2:
        yield run
        return
    cuts = [0]
    for left, right in pairwise(heads):
        joins = [
            index
            for index in range(left + 1, right)
            if run[index].kind == "filler" and run[index].text.lower() in words_of_all("body_cues", "names_join")
        ]
        if joins:
            cuts.append(joins[0] + 1)
    for start, end in zip(cuts, [*cuts[1:], len(run)], strict=True):
        yield run[start:end]


def mention_of(run: list[Element]) -> Mention | None:
    """The mention that a row of elements makes, or None where it has no head."""
    while run and run[-1].kind in ("filler", "legal"):
        run = run[:-1]
    while run and run[0].kind == "filler":
        run = run[1:]
    heads = [element.key for element in run if element.kind == "concept" and concept_role(element.key) == "head"]
    concepts = [element.key for element in run if element.kind == "concept"]
    places = tuple(dict.fromkeys(element.key for element in run if element.kind == "place"))
    numbered = any(element.kind == "number" for element in run)
    if not heads and "children" in concepts and places and (numbered or {"regional", "city"} & set(concepts)):
        heads = ["hospital"]
    if not heads and "polytechnic" in concepts and places:
        heads = ["university"]  # "Sumy Polytechnic"
    if not run or not heads:
        return None
    run = _without_lead(_without_inches(run))
    head = _main_head(heads)
    while run[-1].kind == "number" and len(run) > 1 and run[-2].kind in ("place", "country"):
        run = run[:-1]  # "szpitalowi w Kowlu 6 serwerów": what follows a place counts something else
    if head == "council":
        run = _without_department(run)
        concepts = [element.key for element in run if element.kind == "concept"]
    numbers = [element.key for element in run if element.kind == "number" and len(element.key) <= 3]
    words = tuple(
        dict.fromkeys(
            element.text
            for element in run
            if element.kind == "word" and (len(element.text) > 3 or not element.text.isupper()) and element.text.lower() not in _articles()
        )
    )
    qualities = frozenset(key for key in concepts if concept_role(key) in ("scope", "quality"))
    if head not in OWNERS and set(heads) & OWNERS and head != "embassy":
        qualities = _own_qualities(run, head)
    sectors = [key for key in concepts if concept_role(key) == "sector"]
    if head == "service" and "archive" in heads:
        sectors.append("archival")  # "service des archives"
    return Mention(
        start=run[0].start,
        end=run[-1].end,
        head=head,
        heads=tuple(dict.fromkeys(heads)),
        places=places,
        countries=tuple(dict.fromkeys(element.key for element in run if element.kind == "country")),
        qualities=qualities,
        sectors=tuple(dict.fromkeys(sectors)),
        number=numbers[0] if numbers else None,
        words=words,
    )


def _without_department(run: list[Element]) -> list[Element]:
    """Of "Управління освіти Смілянської міської ради" the council: what its departments ask for, it asks for."""
    council = next((index for index, element in enumerate(run) if element.key == "council"), 0)
    weak = [index for index in range(council) if run[index].kind == "concept" and run[index].key in (*_set("weak_heads"), "committee")]
    own = [
        index
        for index in range(weak[-1] + 1 if weak else council, council)
        if run[index].kind == "place" or (run[index].kind == "word" and _name_adjective().fullmatch(run[index].text))
    ]
    return run[own[0] :] if weak and own else run


def _without_inches(run: list[Element]) -> list[Element]:
    """ "14 Zoll" is a screen's size and no customs."""
    inches = {
        i
        for i, element in enumerate(run)
        if i and run[i - 1].kind == "number" and element.text.lower() in words_of_all("body_cues", "inches")
    }
    kept = [element for i, element in enumerate(run) if i not in inches and i + 1 not in inches]
    return kept or run


def _without_lead(run: list[Element]) -> list[Element]:
    """Drop words that stand first in a sentence before the name proper ("Dear Ministry of Health", "Unsere Hilfe für die Stadt ...")."""
    named = next((index for index, element in enumerate(run) if element.kind not in ("word", "filler")), 0)
    leads = [index for index in range(named) if run[index].text.lower() in words_of_all("body_cues", "leads_for")]
    if leads and leads[-1] + 1 < len(run):
        run = run[leads[-1] + 1 :]
    first = next(index for index, element in enumerate(run) if element.kind != "word")
    if (
        0 < first <= 3
        and len(run) > first
        and run[first].kind in ("concept", "place")
        and not (run[first].kind == "concept" and concept_role(run[first].key) != "sector" and first <= 2)
    ):
        return run[first:]
    return run


def _own_qualities(run: list[Element], head: str) -> frozenset[str]:
    """Of a body with its owner named behind ("лікарня № 9 Харківської міської ради") the qualities on the body's own side."""
    at = next((index for index, element in enumerate(run) if element.key == head), 0)
    owner = next((index for index, element in enumerate(run) if element.key in OWNERS), len(run))
    side = run[: owner if at < owner else len(run)]
    if at < owner:
        side = [element for index, element in enumerate(side) if index <= at or concept_role_or_none(element) == "quality"]
    return frozenset(element.key for element in side if concept_role_or_none(element) in ("scope", "quality"))


def concept_role_or_none(element: Element) -> str | None:
    """The role of a concept element; None for the others."""
    return concept_role(element.key) if element.kind == "concept" else None


def _main_head(heads: list[str]) -> str:
    """The body itself rather than its department or its owner."""
    if "committee" in heads and "council" in heads:
        return "council"  # "виконавчий комітет ... міської ради"
    strong = [head for head in heads if head not in _set("weak_heads")]
    own = [head for head in strong if head not in OWNERS]
    if own and own[0] in ("fund", "service", "agency", "authority", "enterprise") and len(strong) > len(own) and strong[0] in OWNERS:
        return strong[0]
    return (own or strong or heads)[0]


def is_named(mention: Mention) -> bool:
    """Whether the mention names one body: a bare kind ("the hospital", "міські ради") does not."""
    if mention.head in _set("alone_enough"):
        return bool(mention.places or mention.countries) or mention.head == "cyber-police"
    if mention.head in _set("weak_heads"):
        public = bool(mention.places or mention.countries or mention.qualities & {"national", "state"})
        return public and bool(mention.sectors or len(mention.qualities) >= 2)
    if mention.head == "service" and not (mention.sectors or mention.places or mention.words or mention.qualities - {"national", "state"}):
        return False  # "National Service of Ukraine" is what is left of a name that was not understood
    detail = len(mention.qualities) + len(mention.sectors) + len(mention.words) + (mention.number is not None)
    if mention.head == "ministry":
        return bool(mention.sectors)
    if mention.head == "embassy":
        return bool(mention.countries)
    if mention.head != "council" and mention.qualities & {"national", "state"} and mention.sectors:
        return True
    if mention.head in _set("needs_detail"):
        return detail >= 1 and bool(mention.places or mention.countries or mention.words)
    return (
        bool(mention.places)
        or (bool(mention.countries) and detail >= 1)
        or (bool(mention.words) and detail >= 1)
        or (mention.number is not None and detail >= 2)
    )


@cache
def _articles() -> frozenset[str]:
    return frozenset((*lexicon("body_words")["definite"], *lexicon("body_words")["indefinite"]))


def is_spoken_of_as_one(text: str, mention: Mention) -> bool:
    """Whether the words speak of the one body of its kind ("the migration service"), not of any ("a migration service")."""
    data, shown = lexicon("body_words"), text[mention.start : mention.end]
    before = [word.lower() for word in _LETTERS.findall(text[max(0, mention.start - 24) : mention.start])][-1:]
    if before and before[0] in data["indefinite"]:
        return False
    cyrillic = any("Ѐ" <= char <= "ӿ" for char in shown)
    return cyrillic or any(char.isupper() for char in shown) or bool(before and before[0] in data["definite"])


def tells_which(mention: Mention, text: str) -> bool:
    """Whether the mention tells its body from others: by a place, by the adjective of one ("Вільногірська ЦРЛ"), by whom it honours."""
    said = text[mention.start : mention.end].lower().replace(".", " ").split()
    honoured = any(word in words_of_all("body_cues", "in_honour") for word in said)
    return bool(mention.places or honoured) or any(_name_adjective().fullmatch(word) for word in mention.words)


def _place_word(word: str) -> str:
    """A proper word in Latin letters; of an adjective of a place what is likely its name ("Козятинська" gives "Koziatyn")."""
    adjective = _name_adjective().fullmatch(word)
    return kmu55(adjective.group(1) if adjective is not None else word)


def english_name(mention: Mention) -> str:
    """A readable English name: place, qualities, kind, number; ministries and embassies by their own customs."""
    head = concept_english(mention.head)
    sectors = [concept_english(key) for key in mention.sectors]
    if mention.head == "ministry":
        of = " and ".join(sectors)
        return f"Ministry of {of}" + "".join(f" of {country}" for country in mention.countries[:1])
    if mention.head == "embassy":
        host = (
            mention.countries[1]
            if len(mention.countries) > 1
            else next((capital_countries()[p] for p in mention.places if p in capital_countries()), "")
        )
        where = f" in {host}" if host else ""
        return f"Embassy of {mention.countries[0]}{where}"
    if mention.head == "cert" and mention.countries:
        return f"CERT-{country_codes()[mention.countries[0]]}"
    place = mention.places[0] if mention.places else ""
    qualities = [concept_english(key) for key in lexicon("body_words")["order"] if key in mention.qualities]
    if mention.head == "council" and not mention.qualities & {"regional", "city", "district", "village", "settlement"}:
        qualities = ["City", *qualities]
    if mention.head in ("oblenergo", "water", "heating", "municipality", "parish"):
        qualities = []
    if mention.head == "administration" and "regional" in mention.qualities and not mention.qualities & {"military", "state"}:
        qualities = ["Regional", "Military"]
    words = [_place_word(word) for word in mention.words]
    parts = [*([] if place else words), place, *qualities, *sectors, head]
    tail = " of Appeal" if "appeal" in mention.qualities else " for Veterans" if "veterans" in mention.qualities else ""
    tail += f" No. {mention.number}" if mention.number else ""
    if not place and mention.countries:
        tail += f" of {mention.countries[0]}"
    return " ".join(part for part in parts if part) + tail
