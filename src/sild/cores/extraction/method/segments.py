"""A sentence cut into pieces that each speak of one thing: "12 generators and about 35 switches" are two."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from sild.cores.extraction.fields.found import NumberFound
from sild.cores.extraction.fields.languages import language_of
from sild.cores.extraction.fields.numbers import find_numbers
from sild.cores.extraction.fields.phrases import Hit
from sild.cores.extraction.fields.quantities import find_quantities
from sild.cores.extraction.method.again import counts_equally
from sild.cores.extraction.method.amounts import is_year, quantities
from sild.cores.extraction.method.drafts import Mention
from sild.cores.extraction.method.lexicons import load
from sild.cores.extraction.method.mentions import SOLID, grammar, mentions
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.stance import cue_hits
from sild.cores.extraction.method.words import bare, words_of

_MARK = re.compile(r";\s*|[,;:]?\s+\(?[a-zа-дє1-9]\)\s+|,\s+|\s[-–—]\s|\s\+\s|\.\s+(?=\d)|:\s+|(?<=\s)[^\W\d_]+(?=[\s,])")
_ASIDE = re.compile(r"\s*,[^,;:.]{2,60},\s*")
_ASIDES = re.compile(r"\([^)]*\)")
_OPENING_WORDS = 8
_DASHES = ("-", "–", "—")
_AMOUNT_MARKS = ("-", "–", "—", ",")
_TEACHES = frozenset(("training", "exercises"))
_PROTECTED = frozenset(
    ("endpoint-protection", "vulnerability-management", "log-monitoring", "software-licences", "email-security", "backup-storage")
)
_GUARDED = frozenset(("end-user-devices", "server-hardware", "email-security", "endpoint-protection"))
_MEASURED_IN_DAYS = frozenset(("legal-policy-advice", "egovernance-platforms", "security-assessment"))
_COORDINATE_WORDS = 3
_RIGHT_BEHIND = 3
_ROOT = 4
_OPENS_CLAUSE = 1  # words before its verb that a clause may open with
_IN_NUMBER = 20  # characters of "in the number of"
_RELATIVE_WITHIN = 2  # words behind the comma: "in which"
_OWN_COUNT = 12  # characters
_SPECIFIED_WITHIN = 4
_OPENS_BESIDES = 3  # words
_OBTAINS_WITHIN = 3  # words


@lru_cache(maxsize=1024)
def counts(text: str) -> tuple[NumberFound, ...]:
    """The numbers of the text that count something."""
    years = {found.number.start for found in find_quantities(text) if is_year(found)}
    return tuple(number for number in find_numbers(text) if number.kind == "count" and number.start not in years)


def segments(text: str, sentence: Stretch) -> list[Stretch]:
    """The pieces of the sentence, in order; together they hold every word of it."""
    named = mentions(text, sentence.start, sentence.end)
    pieces: list[Stretch] = []
    start = sentence.start
    main = _main_clause(text, sentence, named)
    for mark in _MARK.finditer(text, sentence.start, sentence.end):
        if main is not None and mark.start() >= main:
            pieces.append(Stretch(start, main))
            start, main = main, None
        if mark.start() < start or not _is_mark(mark.group(), text) or _bracketed(text, start, mark.start()):
            continue
        if _cuts(text, named, start, mark, sentence.end):
            pieces.append(Stretch(start, mark.start()))
            start = mark.end() if not mark.group()[0].isalpha() else mark.start()
    if main is not None:
        pieces.append(Stretch(start, main))
        start = main
    pieces.append(Stretch(start, sentence.end))
    return [piece for piece in pieces if piece.of(text).strip()]


def _main_clause(text: str, sentence: Stretch, named: list[Mention]) -> int | None:
    """Where the main clause begins behind what it comes on top of: "besides 12 servers and a UPS | we need an audit"."""
    words = words_of(text)
    opening = words.between(sentence.start, sentence.end)[: _OPENS_BESIDES + 2]
    besides, on_top = grammar("besides"), grammar("on_top")
    at = next((n for n, w in enumerate(opening[:_OPENS_BESIDES]) if w.text in besides or w.text in on_top), None)
    if at is None or text[opening[at].end : opening[at].end + 1] == "," or any(w.text in grammar("pointers") for w in opening[at + 1 :]):
        return None  # "besides that, for the copies we need storage" lists nothing
    for hit in _turns(text):
        listed = [m for m in named if m.start < hit.start and m.rank >= 1.0]
        if hit.start >= sentence.end or not listed or hit.start < sentence.start:
            continue
        if not any(m.rank >= SOLID and m.start >= hit.end for m in named):
            return None
        comma = text.rfind(", ", listed[-1].end, hit.start)
        return comma + 2 if comma >= 0 else hit.start
    return None


@cache
def _other_words() -> dict[str, tuple[str, ...]]:
    """Small words by the languages in whose texts they join nothing: "i" is "and" in Polish and "in" in Swedish."""
    table: Any = load("grammar")
    return {bare(str(word)): tuple(languages) for word, languages in table["joins_not_in"].items()}


def _is_mark(mark: str, text: str) -> bool:
    word = mark.strip()
    if not word[:1].isalpha():
        return True
    small = words_of(word).words[0].text
    return small in grammar("joins") and language_of(text) not in _other_words().get(small, ())


def _bracketed(text: str, start: int, at: int) -> bool:
    piece = text[start:at]
    return piece.count("(") > piece.count(")")


def _cuts(text: str, named: list[Mention], start: int, mark: re.Match[str], end: int) -> bool:
    left = [m for m in named if start <= m.start < mark.start() and m.rank >= 1.0]
    right = [m for m in named if m.start >= mark.end() and m.start < end]
    if mark.group().startswith(";"):
        return bool(right) or not left
    announces = mark.group().startswith(":") and not text[mark.end() : mark.end() + 1].isdigit()
    if mark.group().startswith(":") and (announces or not left):
        return bool(right) and not left and _counts_what_follows(text, start, mark)
    if not left or not right:
        return False
    after = right[0]
    at, opening = _behind_aside(text, mark, after.start)
    beside = len(right) > 1 and not text[after.end : right[1].start].strip(" -")
    if beside and right[1].rank > after.rank:
        after = right[1]  # "an incident-response exercise": the last word of a compound tells
    if mark.group().rstrip().endswith(")"):
        return after.rank >= SOLID  # "a) eight servers, b) a tape drive"
    told = _specified(after, right)
    if mark.group()[0].isalpha() and told.rank >= SOLID and _is_another_class(left, told) and _obtains(text, mark.end(), after):
        return True  # "to replace 45 computers and to get a mail filter"
    gap = len(_without_softeners(opening))
    if any(sign in opening for sign in ";:") or (", " in opening and gap > 0):
        return False
    if mark.group().startswith(",") and _tells_of_what_was_named(text, mark, after):
        return False  # "two lawyers, who for ten days help us with the NIS2 regulation"
    if after.rank < SOLID and not (after.item.role == "generic" and after.demoted is None and len(right) > 1):
        return False
    if mark.group().strip() in _AMOUNT_MARKS and after.item.name == "secondment" and left[-1].item.category in _MEASURED_IN_DAYS:
        return False  # "advice on NIS2 - 20 expert days": how much of it
    if mark.group().startswith(",") and _tells_how_many(text, start, left, right, mark, end):
        return False  # "virus protection for the offices, 350 computers": how many of it
    apart = mark.group()[0].isalpha() or mark.group().startswith(",")
    joined = apart and any(m.rank >= SOLID for m in left)
    if joined and _turns_between(text, start, mark, after):
        return True  # "two audits and make a platform available": a second verb, a second thing
    left_counted = any(start <= n.start < mark.start() for n in counts(text))
    if mark.group().startswith(":") and not left_counted and left[-1].item.category == after.item.category:
        return False  # "Backup power: 3 generators": the label and what it stands for
    dash = mark.group().strip() in _DASHES
    if dash and after.item.role == "generic" and not left_counted and not opening.strip(" 0123456789"):
        return False  # "tools for phones – 3 kits": how many of it
    if (
        left_counted
        and not dash
        and gap == 0
        and (_numbered_behind(text, after) or _goes_on_counting(text, left, _specified(after, right), mark, end))
    ):
        return True
    if left_counted and gap == 0 and mark.group()[0].isalpha() and _is_service_apart(left, after):
        return True
    if mark.group().startswith(",") and gap == 0 and left_counted and _lists(text, left, right, mark):
        return True
    if gap <= _OPENING_WORDS and _is_counted(text, opening, at, after):
        best = max(left, key=lambda m: m.rank)
        by_number = any(mark.end() <= n.start < after.start and n.value > 1 for n in counts(text))
        other = text[best.start : best.start + _ROOT].lower() != text[after.start : after.start + _ROOT].lower()
        same_sort = best.item.name == after.item.name and not (left_counted and other and after.item.role in ("device", "product"))
        return (left_counted and by_number) or not same_sort
    after = _specified(after, right)
    return _coordinates(text, left, after, mark, gap)


def _turns(text: str) -> list[Hit[str]]:
    return [hit for hit in cue_hits(text) if hit.key in ("ask", "offer", "wish")]


def _turns_between(text: str, start: int, mark: re.Match[str], after: Mention) -> bool:
    """Whether a verb of asking or giving stands between the mark and the thing.

    Behind a comma it must open its clause and do the same as a verb before it: "we ask for ..., we also ask for ...".
    """
    words = words_of(text)
    between = [hit for hit in _turns(text) if mark.end() <= hit.start and hit.end <= after.start]
    if mark.group()[0].isalpha():
        return bool(between)
    before = {hit.key for hit in _turns(text) if start <= hit.start < mark.start()}
    return any(hit.key in before and hit.first - words.word_at(mark.end()) <= _OPENS_CLAUSE for hit in between)


def _obtains(text: str, begin: int, after: Mention) -> bool:
    """Whether a verb of getting stands among the first words behind the "and", or behind the aside that follows it."""
    words = words_of(text)
    at = max(begin, text.rfind(", ", begin, after.start) + 1)
    return any(word.text in grammar("obtaining") for word in words.words[words.word_at(at) : after.first + 1][:_OBTAINS_WITHIN])


def _tells_of_what_was_named(text: str, mark: re.Match[str], after: Mention) -> bool:
    """Whether the comma opens a clause that only says more of what stands before it, and counts nothing but time."""
    words = words_of(text)
    following = words.between(mark.end(), after.start)
    if not following or following[0].text not in grammar("relatives"):
        return False
    counted = [q for q in quantities(text) if mark.end() <= q.number.start < after.start]
    return all(q.unit_class in ("time", "work") for q in counted) and not any(mark.end() <= hit.start < after.start for hit in _turns(text))


def _numbered_behind(text: str, after: Mention) -> bool:
    """Whether the number stands right behind the thing: "firewalls x4, UPS x10"."""
    return any(
        (0 < n.start - after.end <= _RIGHT_BEHIND and not text[after.end : n.start].strip(" x×х:-–("))
        or (0 < n.start - after.end <= _IN_NUMBER and bare(text[after.end : n.start]).strip() in grammar("in_number"))
        for n in counts(text)
    )


def _counts_what_follows(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether a colon stands behind a number of things that it announces: "our hospital needs three things: ..."."""
    asks = any(start <= hit.start < mark.start() for hit in _turns(text))
    return asks and any(start <= n.start < mark.start() and len(words_of(text[n.end : mark.start()]).words) <= 2 for n in counts(text))


def _lists(text: str, left: list[Mention], right: list[Mention], mark: re.Match[str]) -> bool:
    """Whether an uncounted thing of a class of its own is one of a list, not its last: "six UPS, storage for copies, a trainer"."""
    after = right[0]
    if after.rank < SOLID or after.demoted is not None or any(m.item.category == after.item.category for m in left):
        return False
    told = max([left[-1].end, *(n.end for n in counts(text) if n.end <= mark.start())])
    if not any(_beside(text, n, m) for n in counts(text) for m in left if n.end <= mark.start()):
        return False
    further = [m for m in right[1:] if m.rank >= SOLID and m.item.category != after.item.category]
    if not further or len(words_of(text[told : mark.start()]).words) > _COORDINATE_WORDS:
        return False
    between = words_of(text[after.end : further[0].start]).words
    return any(word.text in grammar("joins") for word in between) or "," in text[after.end : further[0].start]


def _goes_on_counting(text: str, left: list[Mention], after: Mention, mark: re.Match[str], end: int) -> bool:
    """Whether a list goes on: "UPS x10, DDoS protection for our 3 portals": a thing of another class with a number of its own."""
    listed = mark.group().startswith(",")
    if not (listed or mark.group()[0].isalpha()) or after.rank < SOLID or left[-1].item.category == after.item.category:
        return False
    if not listed and not any(m.rank >= SOLID and m.item.category != after.item.category for m in left):
        return False
    told = max(
        [left[-1].end, *(q.end for q in quantities(text) if q.end <= mark.start()), *(n.end for n in counts(text) if n.end <= mark.start())]
    )
    if not listed and any(q.unit_class == "generic" and q.number.start >= after.end for q in quantities(text[:end])):
        return True  # "17 laptops for the doctors and UPS for the cabinets, six pieces"
    comma = text.find(",", after.end, end)
    own = any(after.end <= n.start < (comma if comma >= 0 else end) for n in counts(text))
    return own and len(_ASIDES.sub("", text[told : mark.start()]).strip(". ")) <= _RIGHT_BEHIND


def _is_service_apart(left: list[Mention], after: Mention) -> bool:
    """Whether a service asked for once stands behind "and", of another class than all that is counted: "45 expert days and an exercise"."""
    solid = [m for m in left if m.rank >= SOLID]
    apart = after.item.once and after.rank >= SOLID and _is_another_class(solid, after)
    return bool(solid) and apart and left[-1].demoted is None


def _tells_how_many(text: str, start: int, left: list[Mention], right: list[Mention], mark: re.Match[str], end: int) -> bool:
    """Whether the second piece is nothing but a number of the machines that an uncounted protection on the left is for."""
    best, after = max(left, key=lambda m: m.rank), right[0]
    guards = best.item.role in ("product", "activity") and best.item.category in _PROTECTED and after.item.category in _GUARDED
    if not guards or after.item.role not in ("device", "scope") or any(start <= n.start < mark.start() for n in counts(text)):
        return False
    number = next((n for n in counts(text) if mark.end() <= n.start < after.start), None)
    if number is None or text[mark.end() : number.start].strip():
        return False
    stop = re.compile(r"[,;.!?]|$").search(text, after.end, end)
    behind = words_of(text[after.end : stop.start() if stop is not None else end]).words
    return not text[number.end : after.start].strip() and len(behind) <= 1


def _is_counted(text: str, opening: str, at: int, after: Mention) -> bool:
    if any(at <= n.start < after.start for n in counts(text)) or counts_equally(text, at, after):
        return True
    first = _without_softeners(opening)
    return bool(first) and first[0] in grammar("articles")


def _without_softeners(opening: str) -> list[str]:
    """The opening's words without those that only soften it: "and perhaps also a generator"."""
    words = [word.text for word in words_of(opening).words]
    while words and words[0] in grammar("softeners"):
        words = words[1:]
    return words


def _behind_aside(text: str, mark: re.Match[str], end: int) -> tuple[int, str]:
    """Where the second thing's own words begin, and those up to `end`: "and, if at all possible, two appliances" has an aside."""
    opening = text[mark.end() : end]
    aside = _ASIDE.match(opening) if mark.group()[0].isalpha() else None
    at = mark.end() + (aside.end() if aside is not None else 0)
    return at, text[at:end]


def _is_another_class(left: list[Mention], after: Mention) -> bool:
    """Whether nothing on the left is of the class of what comes after."""
    return all(m.item.category != after.item.category for m in left)


def _beside(text: str, number: NumberFound, named: Mention) -> bool:
    """Whether few words and no comma stand between a number and a thing."""
    between = text[number.end : named.start] if number.end <= named.start else text[named.end : number.start]
    return "," not in between and len(words_of(between).words) <= _COORDINATE_WORDS


def _guards_its_own(text: str, solid: list[Mention], after: Mention, mark: re.Match[str]) -> bool:
    """Whether a protection behind "and" has a count of its own: "a penetration test as well as antivirus for 340 computers"."""
    if not solid or after.item.role != "product" or any(m.item.category in _TEACHES for m in solid) or not _is_another_class(solid, after):
        return False
    stop = re.compile(r"[,;.!?]|$").search(text, after.end)
    limit = stop.start() if stop is not None else len(text)
    left_counted = any(solid[0].start <= n.start < mark.start() for n in counts(text))
    return not left_counted and any(after.end <= n.start < limit for n in counts(text))


def _specified(after: Mention, right: list[Mention]) -> Mention:
    """What sort of platform "and access to a platform for threat intelligence" is about: the first of its own behind general words."""
    for mention in right:
        if mention.first - after.after > _SPECIFIED_WITHIN or after.item.role != "generic":
            break
        after = mention if mention.start > after.start else after
    return after


def _before_relative(between: str) -> str:
    """What stands before a relative clause that ends with its comma: "an exercise, which is held in May, and access to ..."."""
    if not between.rstrip().endswith(","):
        return between
    for comma in re.finditer(",", between.rstrip()[:-1]):
        following = words_of(between[comma.end() :]).words[:_RELATIVE_WITHIN]
        if any(word.text in grammar("relatives") for word in following):
            return between[: comma.start()]
    return between


def _coordinates(text: str, left: list[Mention], after: Mention, mark: re.Match[str], gap: int) -> bool:
    """Two things of different kinds joined by "and", neither of them told of the other."""
    if not mark.group()[0].isalpha() or gap > _COORDINATE_WORDS - 1:
        return False
    solid = [m for m in left if m.rank >= SOLID]
    own_count = any(after.end <= n.start < after.end + _OWN_COUNT for n in counts(text)) and any(
        n.end <= mark.start() for n in counts(text)
    )
    if solid and own_count and after.item.role == "activity" and gap <= 1 and _is_another_class(left, after):
        return True  # "two forensic labs and to train eight examiners"
    if after.rank >= SOLID and _guards_its_own(text, solid, after, mark):
        return True
    work = solid and after.item.role == "activity" and after.rank >= SOLID and gap <= 1
    if work and all(m.item.category != after.item.category and m.item.role != "activity" for m in solid):
        return True  # "to pay for cloud capacity for two registers, and to second an adviser": people's work is a thing of its own
    near = left[-1]
    devices = near.rank >= SOLID and near.item.role == after.item.role == "device" and near.item.name != after.item.name
    if devices and own_count and gap == 0:
        return True  # "three generators and batteries for 18 UPS"
    if near.rank < SOLID or after.rank < SOLID or near.item.category == after.item.category:
        return False
    between = _ASIDES.sub("", text[near.end : mark.start()])
    told = _before_relative(between)
    if len(words_of(told).words) > _COORDINATE_WORDS:
        return False
    if told != between:
        return True
    return not (max(m.rank for m in left) > 5.0 and after.rank <= 5.0)
