"""How many of the thing: of all numbers in a piece of text the one that counts what the piece is about."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from sild.cores.extraction.fields.found import QuantityFound, UnitClass
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.phrases import any_of
from sild.cores.extraction.fields.quantities import best_quantity, find_quantities
from sild.cores.extraction.fields.single_service import find_single_service
from sild.cores.extraction.fields.units import class_of, find_units
from sild.cores.extraction.method.drafts import Mention
from sild.cores.extraction.method.mentions import grammar
from sild.cores.extraction.method.words import words_of

_CAPACITY = frozenset(("backup-storage", "cloud-hosting", "log-monitoring", "ddos-protection"))
_FITS: dict[str, dict[UnitClass | None, float]] = {
    "training": {"person": 0.6, "place": 0.2, "service": -0.3, None: 0.25, "thing": -0.3, "licence": 0.1, "work": -0.2, "capacity": -1.0},
    "exercises": {"service": 0.6, "person": -1.5, "place": -0.8, "thing": -1.0, "work": -0.8, "capacity": -1.0},
    "security-assessment": {"service": 0.5, "person": -1.0, "thing": -0.5, "place": -0.6, "licence": -0.9, "capacity": -1.0, None: -0.4},
    "incident-response": {
        "service": 0.4,
        "work": 0.5,
        "time": 0.35,
        "person": 0.2,
        "thing": -0.8,
        "place": -1.0,
        "licence": -1.0,
        None: -0.6,
    },
    "expert-secondment": {"person": 0.5, "work": 0.4, "time": 0.35, "thing": -0.6, "capacity": -1.0},
    "legal-policy-advice": {None: -0.4, "thing": -0.8, "work": 0.6, "time": 0.55, "person": 0.1, "service": 0.3},
    "digital-forensics": {"thing": 0.2, "part": 0.2, "work": 0.3, "time": 0.2},
    "egovernance-platforms": {"work": 0.5, "time": 0.3},
}
_HARDWARE = frozenset(
    [
        "end-user-devices",
        "server-hardware",
        "network-equipment",
        "power-continuity",
        "satellite-connectivity",
        "network-security",
        "identity-access",
    ]
)
_LICENSED = frozenset(("endpoint-protection", "identity-access", "software-licences", "secure-communications", "email-security"))
_NEAREST_WORDS = 3
_WORD_ONE = 0.3
_FIRST_YEAR, _LAST_YEAR = 1990, 2039
_SET_APART = 1.0
_STAND_INS = frozenset(("site", "credit", "device", "piece"))
_SINGLE = frozenset(("kit", "team", "assessment", "exercise", "programme", "report", "campaign", "workshop"))


@cache
def _one_thing() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of('endings', 'one_thing')})$", re.IGNORECASE)


@lru_cache(maxsize=2048)
def quantities(text: str) -> tuple[QuantityFound, ...]:
    """The numbers of the text that count something other than money."""
    sums = [(found.start, found.end) for found in find_money(text)]
    found = (q for q in find_quantities(text) if not any(start < q.number.end and q.number.start < end for start, end in sums))
    return tuple(q for q in found if not is_year(q))


def is_year(found: QuantityFound) -> bool:
    """ "Batteries changed 2024", "UPS of 2020": four digits of our days behind the thing, and nothing that they count behind them."""
    behind = found.unit is not None and found.unit_start >= found.number.end
    return not behind and _FIRST_YEAR <= found.value <= _LAST_YEAR and found.number.verbatim.isdigit()


def quantity_for(text: str, start: int, end: int, head: Mention | None, category: str | None) -> QuantityFound | None:
    """The quantity inside start..end that counts the head; offsets are of the whole text. None where no number counts anything."""
    piece = text[start:end]
    own = head.item.unit if head is not None else None
    found = [q for q in quantities(piece) if q.unit_class not in ("time", "part") or q.unit == own or _is_counted_work(q, category, head)]
    found = [q for q in found if not (_is_set_apart(piece, q) and q.unit_start < q.number.end) and not _is_of_one_team(piece, q, head)]
    if not found:
        return None
    span = (head.start - start, head.end - start) if head is not None and start <= head.start < end else None
    favourite = best_quantity(piece, span)
    ranked = [(_rank(piece, q, span, head, category, favourite), -q.start, q) for q in found]
    rank, _, best = max(ranked, key=lambda entry: entry[:2])
    if rank <= 0.25:
        return None
    return shifted(best, start, piece)


def _is_of_one_team(piece: str, found: QuantityFound, head: Mention | None) -> bool:
    """Whether the number tells of one team how long it stays or how many people it has: "an incident team (4 people) for two weeks"."""
    if head is None or head.item.unit != "team" or found.unit_class not in ("time", "work", "person"):
        return False
    return once_unit(piece, 0, len(piece)) == "team"


def _is_counted_work(found: QuantityFound, category: str | None, head: Mention | None) -> bool:
    return _is_work(found, category) or _is_examined(found, head)


def _is_examined(found: QuantityFound, head: Mention | None) -> bool:
    """Whether disks are what is examined, and no part of anything: "an examination of six disks"."""
    return found.unit_class == "part" and head is not None and head.item.category == "digital-forensics" and head.item.role == "activity"


def _is_work(found: QuantityFound, category: str | None) -> bool:
    """Days of people's work; months and years tell how long, not how much."""
    return found.unit == "day" and found.value > 1 and "time" in _FITS.get(category or "", {})


def shifted(found: QuantityFound, by: int, piece: str) -> QuantityFound:
    """The quantity with its offsets moved by `by`, clipped to number and unit when they stand far apart."""
    start, end = found.start, found.end
    if end - start > 90:
        start, end = found.number.start, found.number.end
    number = replace(found.number, start=found.number.start + by, end=found.number.end + by)
    return replace(found, start=start + by, end=end + by, verbatim=piece[start:end], number=number)


def _rank(
    piece: str,
    found: QuantityFound,
    span: tuple[int, int] | None,
    head: Mention | None,
    category: str | None,
    favourite: QuantityFound | None,
) -> float:
    rank = found.confidence
    if favourite is not None and favourite.number.start == found.number.start:
        rank += 0.35
    if _is_set_apart(piece, found):
        rank -= _SET_APART
    if found.value == 1 and not found.number.verbatim[:1].isdigit():
        rank -= _WORD_ONE  # "a subscription, four accounts" counts accounts
    rank += _FITS.get(category or "", {}).get(found.unit_class, 0.0)
    if found.unit_class == "capacity":
        disks = head is not None and head.item.name == "disk"
        rank += -1.0 if disks else 0.5 if category in _CAPACITY else -0.9 if category in _HARDWARE or category in _FITS else 0.0
    if category == "expert-secondment" and found.unit_class == "person" and found.value == 1:
        rank -= 0.45
    if span is not None:
        rank += _nearness(piece, found, span)
    return rank


def _is_set_apart(piece: str, found: QuantityFound) -> bool:
    """Whether the number is what something comes on top of: "besides those 110, another 35"."""
    words = words_of(piece)
    at = words.word_at(found.number.start)
    return any(word.text in grammar("besides") for word in words.words[max(0, at - 2) : at])


def _nearness(piece: str, found: QuantityFound, span: tuple[int, int]) -> float:
    start, end = span
    if found.number.end <= start:
        between = piece[found.number.end : start]
        words = len(words_of(between).words)
        return (0.4 if words <= _NEAREST_WORDS and "(" not in between else 0.2) - words * 0.03
    gap = len(words_of(piece[end : found.number.start]).words) if found.number.start >= end else 0
    return 0.15 - gap * 0.03


def unit_word(found: QuantityFound | None, head: Mention | None) -> str | None:
    """The unit as a plain word: what the number counts, else what such things are counted in."""
    own = head.item.unit if head is not None else None
    if found is None:
        return own
    if found.unit is None or found.unit_class == "generic":
        return own or found.unit
    if found.unit == "GB" and head is not None and head.item.category == "log-monitoring":
        return "GB per day"  # logs are bought by what comes in on a day, whether or not the text says "a day"
    if found.unit_class == "place" and found.unit_end == 0 and own is not None:
        return own  # a table counts the thing of its row, which only names where it is to stand
    if head is not None and own == "person" and _counts_people(found):
        return own  # "a course for 73 of those in charge"
    if found.unit == "host" and head is not None and head.item.category == "software-licences":
        return own
    if found.unit_class == "person" and head is not None and head.item.role == "product" and head.item.category in _LICENSED:
        return "user"  # "privileged access management for 60 administrators", "2,500 agents"
    if found.unit_class in ("person", "place") and head is not None and own is not None and _is_hardware(head):
        return own  # "28 laptops for the teachers", "firewalls for 12 boiler houses": one of the thing for each
    return found.unit


def _counts_people(found: QuantityFound) -> bool:
    """Whether the number stands behind the course, or behind the place of those who are to come, and so counts them."""
    before = 0 < found.unit_end <= found.number.start
    return before and found.value > 1 and (found.unit == "course" or found.unit_class == "place")


def named_unit(unit: str | None, text: str, head: Mention | None) -> str | None:
    """The unit, where it is a mere stand-in ("site", "piece") by the word for a thing in the thing's name: "sensor"."""
    if head is None or unit is None:
        return unit
    own = text[: head.end] if unit == head.item.unit else text[head.start : head.end]
    if unit in _STAND_INS and unit == head.item.unit:
        things = [hit for hit in find_units(own) if hit.key.unit_class in ("thing", "licence")]
    elif unit == "piece":
        things = [hit for hit in find_units(text) if hit.key.unit_class == "thing" and hit.start <= head.end + 1]
    elif class_of(unit) == "place" and head.item.role in ("device", "product"):
        things = [hit for hit in find_units(own) if hit.key.unit_class == "thing"]
    else:
        return unit
    return things[0].key.name if things else unit


def _is_hardware(head: Mention) -> bool:
    kept = head.item.role == "device" or (head.item.role == "product" and head.item.category == "network-security")
    return kept and head.item.category in _HARDWARE


def once_unit(text: str, start: int, end: int) -> str | None:
    """What a service asked for once is called ("kit", "programme"), where the text says it."""
    single = find_single_service(text[start:end])
    return single.unit if single is not None and single.unit in _SINGLE else None


def meant_once(text: str, start: int, end: int, head: Mention | None) -> Decimal | None:
    """One, where a service is asked for that no number counts and no word says is several."""
    if head is None:
        return None
    before = [word.text for word in words_of(text).words[max(0, head.first - 6) : head.first] if word.start >= start]
    if any(word in grammar("several") for word in before):
        return None
    if find_money(text[start:end]):
        return None if head.item.category != "security-assessment" else Decimal(1)
    if once_unit(text, start, end) is not None:
        return Decimal(1)
    if head.item.name == "expert" and any(q.unit_class == "time" for q in quantities(text[start:end])):
        return Decimal(1)  # "an expert for four months", in languages without articles
    whole = head.item.role == "device" or (head.item.role == "product" and class_of(head.item.unit or "") == "thing")
    if whole and any(word in grammar("one_articles") for word in before[-_NEAREST_WORDS:]):
        return Decimal(1)  # "a UPS": the article is no number word in English
    if head.item.role == "device" and _one_thing().search(text[head.start : head.end]) and not text[head.end : head.end + 1].isalpha():
        return Decimal(1)  # "генератор 50 кВт": a masculine nominative, in a language without articles
    if head.item.once or (head.item.role == "activity" and any(word in grammar("articles") for word in before)):
        return Decimal(1)
    return None
