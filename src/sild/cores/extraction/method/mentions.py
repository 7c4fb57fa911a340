"""Which things a stretch of text names, and what it is about: the head of the phrase.

"EDR for 1200 workstations" is about EDR, "laptops with EDR" about laptops, "a firewall course" about training: what stands behind "for" or
"with" is demoted, and a service that people do outranks the thing it is about.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.months import month_names
from sild.cores.extraction.fields.numbers import find_numbers
from sild.cores.extraction.fields.phrases import Hit
from sild.cores.extraction.method.drafts import Demotion, Mention
from sild.cores.extraction.method.lexicons import Item, book, items, load
from sild.cores.extraction.method.somebody import works_of_somebody
from sild.cores.extraction.method.words import Words, bare, words_of

_RANKS = {"activity": 5.2, "product": 4.0, "device": 3.0, "scope": 1.2, "generic": 0.4}
_CATEGORY_RANKS = {"exercises": 5.7, "training": 5.5, "security-assessment": 5.3, "expert-secondment": 5.0}
_DEMOTED = {"for": 3.2, "with": 3.3}
_BRACKETED = 1.7
_BRACKETED_NAME = 0.6  # "30 phones (Iridium or Thuraya)": the product says what sort they are
_HOSTED = frozenset(("software-licences", "cloud-hosting"))
_REACH = 5
_NOUN = 6
_PLAIN_LICENCE = 3.6  # "licences that fit no other class" give way to a product of another class
_PAID_GAP = 3
_OWN_COUNT = 2
_PIECES_WITHIN = 40  # characters
_LIST_BACK = 12
_VERB_BACK = 20  # words: an aside in brackets may stand between
_PLACE = "rack space"
_MAILBOX, _MAIL_PROTECTION = "mailbox", "mail protection"
_FILTER_REACH = 6  # words
_ANYBODY = frozenset(("expert", "platform"))
_STOPS = ",;:)–—"  # what a small word does not reach across
_SPECIFIED_WITHIN = 4
_SEATS_WITHIN = 6  # words between an exercise or range and the places in it
SOLID = 2.5  # a mention of this rank or more can be a line by itself
# protection of control systems is a class of its own, whatever it is made of
_FOR_INDUSTRY_TOO = frozenset(("network-security", "log-monitoring"))
_SUBJECT_OVER_EXPERT = frozenset(("legal-policy-advice", "egovernance-platforms"))
_CUTS = (",", ";", ":", "!", "?")


@cache
def grammar(name: str) -> frozenset[str]:
    """A list of small words of `lexicon/grammar.yaml`, folded; of all languages where it is kept by language."""
    told: Any = load("grammar")[name]
    words = [word for one in told.values() for word in one] if isinstance(told, dict) else told
    return frozenset(bare(str(word)) for word in words)


def rank_of(item: Item) -> float:
    """How much the item is likely to be what a phrase is about."""
    if item.category in _CATEGORY_RANKS and item.role == "activity":
        return _CATEGORY_RANKS[item.category]
    if item.category == "software-licences" and item.role == "product":
        return _PLAIN_LICENCE
    return _RANKS[item.role]


def mentions(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """The things named inside start..end, in order."""
    return list(_mentions(text, start, end))


@lru_cache(maxsize=4096)
def _mentions(text: str, start: int, end: int | None) -> tuple[Mention, ...]:
    words = words_of(text)
    hits = [hit for hit in items().find_in(words, start, end) if not _is_cut(words, hit)]
    stops = {
        index
        for hit in book("cues", "ask", "relays", "wish", "offer", "still", "withdraw", "unneeded", "same").find_in(words, start, end)
        for index in range(hit.first, hit.after)
    }
    taken = {index for hit in hits for index in range(hit.first, hit.after)}
    found: list[Mention] = []
    for hit in hits:
        demoted = None if _is_next(words, hit) else _demotion(words, hit, stops, taken, start)
        if demoted == "for" and hit.key.role in ("product", "activity") and _specifies(words, hit, hits):
            demoted = None
        if demoted is None and (_is_purpose(words, hit) or _is_bystander(words, hit, hits) or _is_own_place(words, hit)):
            demoted = "for"
        if demoted is None and found and found[-1].demoted == "for" and not _is_next(words, hit) and _joined(words, found[-1], hit):
            demoted = "for"  # "three experts for training and exercises"
        rank = rank_of(hit.key) - (_DEMOTED[demoted] if demoted else 0.0)
        if _in_brackets(text, start, hit.start):
            rank -= _BRACKETED if not hit.key.named or hit.key.category in _HOSTED else _BRACKETED_NAME
        found.append(Mention(hit.start, hit.end, hit.key, hit.first, hit.after, demoted, rank))
    found = _without_reasons(words, found)
    return tuple(_lifted(words, _with_works(words, found, start, end), min(stops, default=len(words.words))))


def _is_cut(words: Words, hit: Hit[Item]) -> bool:
    """Whether a comma stands inside the term: "15 kW class, for the posts" has no "class for"; "somebody, who teaches" has its clause."""
    for index in range(hit.first + 1, hit.after):
        gap = words.text[words.words[index - 1].end : words.words[index].start]
        if gap[:1] in _CUTS and gap[1:2].isspace() and words.words[index].text not in grammar("relatives"):
            return True
    return False


def _without_reasons(words: Words, found: list[Mention]) -> list[Mention]:
    """ "Eight generators, because server rooms are without power", "a legal expert who knows audits": what only says why or of whom."""
    told = list(found)
    for at in range(1, len(found)):
        head = next((m for m in reversed(found[:at]) if m.rank >= SOLID and m.item.name not in _ANYBODY), None)
        if head is not None and found[at].rank > 0 and found[at].demoted is None and _is_subordinate(words, head, found[at]):
            told[at] = replace(found[at], demoted="with", rank=rank_of(found[at].item) - _DEMOTED["with"])
    return told


def _is_subordinate(words: Words, head: Mention, thing: Mention) -> bool:
    """Whether a word for "because" or a relative pronoun opens the thing's clause behind the head, and nothing counts the thing."""
    opened = None
    for index in range(head.after, thing.first):
        word = words.words[index]
        gap = words.text[words.words[index - 1].end : word.start]
        if "," in gap or ";" in gap or ":" in gap:
            opened = None
        if (word.text in grammar("reasons") and "," in gap) or (
            word.text in grammar("relatives") and (("," in gap) or (word.text in grammar("people_pronouns") and index == head.after))
        ):
            opened = index
        elif opened is not None and (word.text in grammar("joins") or word.start in _numbers(words.text)):
            opened = None
    return opened is not None


def _filtered(words: Words, found: list[Mention], start: int, end: int | None) -> list[Mention]:
    """ "Put a filter in front of our 850 mailboxes": a plain filter near mailboxes is what the phrase is about."""
    boxes = [m for m in found if m.item.name == _MAILBOX]
    if not boxes or any(m.item.name == _MAIL_PROTECTION for m in found):
        return found
    for index in range(words.word_at(start), len(words.words) if end is None else words.word_at(end)):
        word = words.words[index]
        near = next((m for m in boxes if max(m.first - index, index - m.after) <= _FILTER_REACH), None)
        if near is not None and word.text in grammar("filters") and not any(m.first <= index < m.after for m in found):
            item = next(item for item in items().meanings() if item.name == _MAIL_PROTECTION)
            named = Mention(word.start, word.end, item, index, index + 1, None, rank_of(item))
            return sorted([*found, named], key=lambda m: m.start)
    return found


def _with_works(words: Words, found: list[Mention], start: int, end: int | None) -> list[Mention]:
    """With the services that are told by who is sought, where no service is named there by itself."""
    for work in works_of_somebody(words, start, end):
        inside = [m for m in found if work.start <= m.start < work.end]
        if any(m.item.role == "activity" and m.rank >= SOLID for m in inside):
            continue
        named = Mention(work.start, work.end, work.item, work.first, work.after, None, rank_of(work.item))
        found = sorted([*(m for m in found if m not in inside), named], key=lambda m: m.start)
    return _filtered(words, found, start, end)


def _lifted(words: Words, found: list[Mention], asked: int) -> list[Mention]:
    """ "Could we count on 24 laptops?": where nothing else is named, what is counted behind "for" or "on" is what it is about.

    `asked` is the index of the first word that asks or offers; what stands before it is not lifted.
    """
    if any(m.rank >= SOLID or m.first < asked or (m.demoted is None and m.item.category is None) for m in found):
        return found
    return [replace(m, demoted=None, rank=rank_of(m.item)) if m.demoted == "for" and _is_itself_counted(words, m) else m for m in found]


def _is_itself_counted(words: Words, mention: Mention) -> bool:
    """Whether a number stands before the thing, behind the small word that demotes it."""
    if mention.item.role not in ("device", "product", "activity"):
        return False
    for index in range(mention.first - 1, max(-1, mention.first - 1 - _REACH), -1):
        word = words.words[index]
        if word.text in grammar("for_words"):
            return False
        if word.start in _numbers(words.text):
            return index > 0 and words.words[index - 1].text in (grammar("for_words") | grammar("nearly"))
    return False


def _joined(words: Words, before: Mention, hit: Hit[Item]) -> bool:
    """Whether nothing but an "and" stands between two of a kind."""
    return hit.key.role == before.item.role and hit.first - before.after == 1 and words.words[before.after].text in grammar("joins")


def _is_next(words: Words, hit: Hit[Item]) -> bool:
    """Whether the work is a second thing behind an "and", with a count of its own: "... for its crews and training of 24 operators"."""
    if hit.key.role != "activity" or not hit.first or words.words[hit.first - 1].text not in grammar("joins"):
        return False
    behind = words.words[hit.after : hit.after + _OWN_COUNT]
    before = words.words[max(0, hit.first - _LIST_BACK) : hit.first - 1]
    counted = _numbers(words.text)
    return any(word.start in counted for word in behind) and any(word.start in counted for word in before)


def _is_purpose(words: Words, hit: Hit[Item]) -> bool:
    """Whether a word of purpose stands right behind, as in Estonian: "serverite jaoks"."""
    return hit.after < len(words.words) and words.words[hit.after].text in grammar("behind_for_words")


def _is_own_place(words: Words, hit: Hit[Item]) -> bool:
    """Whether "our data centre" or "their server room" says where something stands; room in one is asked for without an owner."""
    return hit.key.name == _PLACE and hit.first > 0 and words.words[hit.first - 1].text in grammar("owners")


def _is_bystander(words: Words, hit: Hit[Item], hits: list[Hit[Item]]) -> bool:
    """Whether people are named, uncounted, behind a device and a comma: "rugged notebooks, line technicians" are notebooks."""
    before = [other for other in hits if other.after <= hit.first]
    if hit.key.name == "expert" and any(other.key.role == "activity" for other in before) and _is_of_a_team(words, hit):
        return True  # "an exercise, for one team of up to ten engineers"
    if hit.key.name != "expert" or not before or before[-1].key.role not in ("device", "product"):
        return False
    between = words.text[before[-1].end : hit.start]
    if any(word.text in grammar("articles") for word in words.words[max(before[-1].after, hit.first - _REACH) : hit.first]):
        return False  # "40 routers, plus a remote engineer"
    return "," in between and not any(before[-1].end <= start < hit.start for start in _numbers(words.text))


def _is_of_a_team(words: Words, hit: Hit[Item]) -> bool:
    """Whether a word for a team stands close before, of which the people are members."""
    return any(word.text.startswith(tuple(grammar("teams"))) for word in words.words[max(0, hit.first - _REACH - 1) : hit.first])


def _demotion(words: Words, hit: Hit[Item], stops: set[int], taken: set[int], start: int) -> Demotion | None:
    """Whether a "for" or "with" stands close before, with only describing words between."""
    first, protective = hit.first, hit.key.category == "endpoint-protection"
    counted, joined, apart = 0, False, False
    for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word = words.words[index]
        number = word.start in _numbers(words.text)
        if number and counted and index < first - counted - 1:
            return None  # "for six weeks two experts": the second number opens what is asked
        counted += number
        if joined and (number or word.text.isdecimal()):
            return None  # "switches of 48 ports and a UPS": what is counted behind the small word ends at the "and"
        joined = joined or word.text in grammar("joins")
        if index == first - 1 and joined and hit.key.role in ("device", "product") and _counted_behind(words, hit):
            return None  # "laptops for the doctors and UPS for the cabinets, six pieces"
        if index < first - 1 and word.text in grammar("joins") and (counted or _opens_count(words, index + 1)):
            return None  # "servers for the archive and one generator": a second thing, no second purpose
        if word.start < start or index in taken or index in stops:
            return None
        between = words.text[word.end : words.words[index + 1].start]
        if any(mark in between for mark in _STOPS):
            return None
        if word.text in grammar("infinitive_mark") and index and words.words[index - 1].start in _numbers(words.text):
            continue  # "80 To de stockage": terabytes, in French
        if any(begin <= word.start < end for begin, end in _ranges(words.text)):
            continue  # "from 10 to 15 laptops"
        if word.text in grammar("addition"):
            return None  # "in addition to 20 laptops", "and in addition a filter": they come on top
        if word.text in grammar("without_words"):
            return None if protective else "with"
        if index and f"{words.words[index - 1].text} {word.text}" in grammar("bounds"):
            continue  # "up to 80 TB of storage": how much, not where to
        kind: Demotion | None = "for" if word.text in grammar("for_words") else "with" if word.text in grammar("with_words") else None
        apart = apart or (counted > 0 and month_names().at_word(words, index) is not None)  # "in May 45 laptops"
        apart = apart or (counted > 0 and not number and len(word.text) >= _NOUN and word.text not in grammar("nearly") | grammar("owners"))
        if kind is not None:
            if apart or (word.text in grammar("infinitive_mark") and words.words[index + 1].text in grammar("infinitives")):
                return None  # "for the regional hospitals 20 laptops", "we ask you to consider giving 20 laptops"
            # "a request for laptops", "потреба в комутаторах", "EUR 400 000 for SIEM": what is asked stands behind the small word
            before = any(index - back in stops for back in (1, 2) if not any(m in text_between(words, index - back, index) for m in ",;:"))
            asked = (before and word.text not in grammar("infinitive_mark")) or any(
                0 <= word.start - end <= _PAID_GAP for end in _sums(words.text)
            )
            asked = asked or _asked_again(words, index, stops)
            return None if asked else kind
    return None


def _counted_behind(words: Words, hit: Hit[Item]) -> bool:
    """Whether pieces are counted behind the thing and a comma or bracket: "UPS for the cabinets, six pieces"."""
    behind = (start for start in _numbers(words.text) if 0 < start - hit.end <= _PIECES_WITHIN)
    return any(words.text[hit.end : start].rstrip()[-1:] in (",", "(") for start in behind)


def _asked_again(words: Words, index: int, stops: set[int]) -> bool:
    """Whether the small word behind an "and" is the one that followed the verb: "count on 18 switches and on an audit"."""
    if not index or words.words[index - 1].text not in grammar("joins"):
        return False
    same = (at for at in range(max(0, index - _VERB_BACK), index - 1) if words.words[at].text == words.words[index].text)
    return any({at, at - 1, at - 2} & stops for at in same)


def text_between(words: Words, left: int, right: int) -> str:
    """What stands between two words by their indices."""
    return words.text[words.words[left].end : words.words[right].start]


def _opens_count(words: Words, index: int) -> bool:
    """Whether an article or a number stands at the index."""
    word = words.words[index]
    return word.text in grammar("articles") or word.start in _numbers(words.text)


@lru_cache(maxsize=512)
def _numbers(text: str) -> frozenset[int]:
    """Where counts begin."""
    return frozenset(found.start for found in find_numbers(text) if found.kind == "count")


@lru_cache(maxsize=512)
def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Where numbers from one to another stand: their small words lead to no place."""
    return tuple((found.start, found.end) for found in find_numbers(text) if found.bound == "range")


@lru_cache(maxsize=512)
def _sums(text: str) -> tuple[int, ...]:
    """Where sums of money end."""
    return tuple(found.end for found in find_money(text))


def _specifies(words: Words, hit: Hit[Item], hits: list[Hit[Item]]) -> bool:
    """Whether the words say what sort a general thing is: "a kit for mobile extraction", "licences for EDR"."""
    before = [other for other in hits if other.after <= hit.first]
    if not before or before[-1].key.role != "generic":
        return False
    return hit.first - before[-1].after <= _SPECIFIED_WITHIN and not any(c.isdigit() for c in words.text[before[-1].end : hit.start])


def _describes(subject: Mention, people: Mention) -> bool:
    """Whether the platform only says which people are meant: "two X-Road architects"."""
    return people.item.name == "expert" and subject.item.category == "egovernance-platforms" and subject.after == people.first


def _in_brackets(text: str, start: int, at: int) -> bool:
    before = text[start:at]
    return before.count("(") > before.count(")")


def head_of(found: list[Mention]) -> Mention | None:
    """The mention that the phrase is about; None where nothing with a category is named."""
    with_category = [m for m in found if m.item.category is not None]
    if not with_category:
        return None
    head = max(with_category, key=lambda m: (m.rank, -m.start))
    if head.item.category in _FOR_INDUSTRY_TOO:
        industry = next((m for m in with_category if m.item.category == "ot-security" and m.item.role in ("product", "scope")), None)
        if industry is not None:
            return Mention(
                head.start, head.end, replace(head.item, category="ot-security"), head.first, head.after, head.demoted, head.rank
            )
    if head.item.category == "exercises" and any(m.item.name == "seat" and abs(m.first - head.first) <= _SEATS_WITHIN for m in found):
        # places in somebody's exercise or range are for people who learn there
        return Mention(
            head.start, head.end, replace(head.item, category="training", once=False), head.first, head.after, head.demoted, head.rank
        )
    if head.item.category == "expert-secondment":
        subject = next((m for m in with_category if m.item.category in _SUBJECT_OVER_EXPERT and not _describes(m, head)), None)
        if subject is not None:
            return Mention(head.start, head.end, subject.item, head.first, head.after, head.demoted, head.rank)
    return head


def in_the_cloud(words: str, head: Mention | None, found: list[Mention]) -> Mention | None:
    """The head; "storage in a German cloud" is cloud, unless the words say that it is for copies."""
    cloud = next((m for m in found if m.item.category == "cloud-hosting"), None)
    if head is None or cloud is None or head.item.category != "backup-storage" or head.item.role != "product":
        return head
    if any(stem in words.lower() for stem in grammar("copies")):
        return head
    return replace(head, item=replace(head.item, category=cloud.item.category))
