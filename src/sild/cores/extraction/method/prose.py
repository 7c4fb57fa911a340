"""Running text to drafts: each piece of each sentence that asks, offers, changes or withdraws something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from sild.cores.extraction.answer import LineKind
from sild.cores.extraction.fields.changes import find_change_spans
from sild.cores.extraction.fields.found import Found, NumberFound, QuantityFound
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.method.again import counted_again, thing_before
from sild.cores.extraction.method.amounts import meant_once, once_unit, quantities, quantity_for, shifted, unit_word
from sild.cores.extraction.method.drafts import Draft, Mention, Stance
from sild.cores.extraction.method.lexicons import items
from sild.cores.extraction.method.mentions import SOLID, grammar, head_of, in_the_cloud, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.proof import evidence_of
from sild.cores.extraction.method.segments import segments
from sild.cores.extraction.method.sentences import Stretch, sentences
from sild.cores.extraction.method.stance import (
    MessageStance,
    Signs,
    cue_hits,
    cues_in,
    is_condition,
    is_elsewhere,
    is_past,
    is_reason,
    is_relayed,
    nearest_cue,
    stance_of,
    wishes_only,
)
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.method.words import words_of

_FRAGMENT_WORDS = 7
_ASKS_ABOUT = 0.5
BARE = 0.5  # the confidence of a line that no word of asking or offering supports
_SHORTEST_PLAIN = 14
_FRONT = 9
_BEHIND_COLON = 4
_CLOSE = 40
_BARELY = 2.0
_LEAD_REACH = 12
_FOREWORD, _OPENING = 60, 3  # characters and words by which a sentence says that it goes on with a list
_WEAK = 0.7
_LONGEST_PLAIN = 30
# units that by themselves tell the category where no thing is named ("please make it 40 TB")
_TELLING = {"TB": "backup-storage", "GB per day": "log-monitoring", "TB per day": "log-monitoring", "Gbit/s": "ddos-protection"}
_NOT_TELLING = frozenset(
    [
        "licence",
        "person",
        "user",
        "seat",
        "piece",
        "service",
        "kit",
        "device",
        "site",
        "day",
        "platform",
        "programme",
        "month",
        "unit",
        "set",
        "host",
        "server",
        "credit",
    ]
)


@cache
def _category_of_unit() -> dict[str, str]:
    table: dict[str, str] = {}
    for item in items().meanings():
        if item.unit and item.category and item.unit not in _NOT_TELLING and item.role != "scope":
            table.setdefault(item.unit, item.category)
    return {**table, **_TELLING}


@dataclass(slots=True)
class _Lead:
    """A lead-in ("we ask for:") and how many passages it may still rule; `lasting`: paragraphs that are no item do not end it."""

    stance: Stance | None = None
    left: int = 0
    lasting: bool = False

    def of(self, piece: Piece) -> Stance | None:
        """What it says of the piece. What somebody passes on for others ends where he gives something himself."""
        if not self.left or (self.lasting and ("offer" in piece.around or not _is_item(piece.passage))):
            return None
        return self.stance


@dataclass(slots=True)
class Piece:
    """One piece of a sentence on its way to a draft."""

    passage: Passage
    sentence: Stretch
    segment: Stretch
    named: list[Mention]
    head: Mention | None
    own: frozenset[str]
    around: frozenset[str]


def prose_drafts(found: Iterable[Passage], whole: MessageStance, whose: Whose, context: Mention | None) -> list[Draft]:
    """The drafts of running text; `context` is what the subject line is about, for pieces that name only a number."""
    drafts: list[Draft] = []
    lead = _Lead()
    for passage in found:
        text = passage.text
        if lead.left and not lead.lasting and not _is_item(passage):
            lead = _Lead()
        for sentence in sentences(text):
            made = len(drafts)
            for piece in _pieces(passage, sentence, whose):
                draft = _draft(piece, whole, lead.of(piece), whose, drafts[-1].head if drafts else context)
                if draft is not None:
                    _replaces(drafts, draft)
                    drafts.append(draft)
            around = cues_in(text, sentence.start, sentence.end)
            if text[: sentence.end].rstrip().endswith(":") and around & {"ask", "offer"}:
                stance: Stance = "offer" if "offer" in around and whole.leans != "request" else "request"
                lead = _Lead(stance, _LEAD_REACH)
            elif len(drafts) == made and is_relayed(text, sentence) and not whole.needy:
                lead = _Lead("request", _LEAD_REACH, lasting=True)
            elif len(drafts) == made and not lead.left and len(around & {"ask", "offer"}) == 1:
                spoken = _announced(text, sentence, around)
                lead = _Lead(spoken, 1) if spoken is not None else lead
        lead.left = max(0, lead.left - 1)
    told = {draft.category for draft in drafts if draft.kind != "question"}
    return [draft for draft in drafts if draft.kind != "question" or draft.category not in told]


def _replaces(drafts: list[Draft], draft: Draft) -> None:
    """ "We asked for 25 tablets. Please read 52.": what the sentence before named is what this one changes."""
    last = drafts[-1] if drafts else None
    if draft.head is not None or draft.kind != "update" or draft.old_amount is not None or draft.amount is None:
        return
    if last is not None and last.passage is draft.passage and last.category == draft.category and last.kind == "request":
        draft.old_amount, draft.unit = last.amount, last.unit or draft.unit
        draft.told_too.append((last.passage, last.sentence))
        drafts.pop()


def _announced(text: str, sentence: Stretch, around: frozenset[str]) -> Stance | None:
    """What a sentence that names no thing says of the next: "We ask for help. First, a server."; "We shall give. It is about ten."."""
    following = words_of(text[sentence.end : sentence.end + _FOREWORD]).words
    if any(word.text in grammar("ordinals") for word in following[:_OPENING]):
        return "offer" if "offer" in around else "request"
    said = " ".join(word.text for word in following[:_OPENING])
    explains = any(said.startswith(phrase) for phrase in grammar("explains"))
    return "offer" if explains and "offer" in around else None


def _is_item(passage: Passage) -> bool:
    return passage.block.kind == "list-item" or _goes_on(passage.text)


def _goes_on(text: str) -> bool:
    """Whether a paragraph under a lead-in reads like one more item of its list."""
    words = words_of(text).words
    if not words or len(text) > 400:
        return False
    first = text.lstrip()[:1]
    early = any(q.number.start < words[min(3, len(words) - 1)].end for q in quantities(text))
    listed = any(word.text in grammar("ordinals") for word in words[:_OPENING])
    return early or listed or first.islower() or text.rstrip().endswith(";")


def _pieces(passage: Passage, sentence: Stretch, whose: Whose) -> list[Piece]:
    text = passage.text
    around = cues_in(text, sentence.start, sentence.end)
    found: list[Piece] = []
    for segment in segments(text, sentence):
        named = [
            m
            for m in mentions(text, segment.start, segment.end)
            if not whose.is_name(text, m.start, m.end) and not _in_a_place_clause(text, segment, m)
        ]
        named = _not_elsewhere(text, sentence, named)
        own = cues_in(text, segment.start, segment.end)
        found.append(Piece(passage, sentence, segment, named, in_the_cloud(segment.of(text), head_of(named), named), own, around))
    return found


def _not_elsewhere(text: str, sentence: Stretch, named: list[Mention]) -> list[Mention]:
    """Without what a clause says is not to be had, where another clause names a thing: "disk images we cannot take: lend us two kits"."""
    free = [m for m in named if not is_elsewhere(text, sentence, m.start)]
    return free if len(free) < len(named) and any(m.rank >= SOLID for m in free) else named


def _in_a_place_clause(text: str, segment: Stretch, named: Mention) -> bool:
    """Whether the thing is only part of what people do at a place: "15 for the points where residents charge their phones"."""
    before = words_of(text).between(segment.start, named.start)
    place = next((word for word in reversed(before[1:]) if word.text in grammar("place_clauses")), None)
    if place is None or any(mark in text[place.start : named.start] for mark in ",;:"):
        return False
    told = text[place.start : named.end]
    return not cues_in(text, place.start, named.end) & {"ask", "offer", "still"} and not any(map(str.isdigit, told))


def _draft(piece: Piece, whole: MessageStance, lead: Stance | None, whose: Whose, context: Mention | None) -> Draft | None:
    text, segment = piece.passage.text, piece.segment
    change = find_change_spans(segment.of(text)) or _wider_change(piece)
    if change is not None and segment.of(text) == "":
        change = None
    again = _again(piece, whole) if change is None else None
    if piece.head is None and again is None and not _speaks_of_number(piece, change):
        return None
    if again is not None and change is None:
        change = _corrected(piece, again)
    at = again.start if again is not None else piece.head.start if piece.head is not None else segment.start
    if again is not None and piece.head is None:
        context = thing_before(text, piece.sentence) or context
        if context is None:
            return None
    kind, stance, confidence = _kind(piece, change is not None, whole, lead, whose, at)
    if kind in (None, "request", "offer") and _inquires(piece, whole):
        return _filled(piece, "request", "request", None, _ASKS_ABOUT, None) if _still_asked(piece, whole) else _question(piece)
    if kind is None:
        return None
    draft = _filled(piece, kind, stance, change, confidence, context, again)
    return None if draft.category is None and kind in ("request", "offer") else draft


def _again(piece: Piece, whole: MessageStance) -> QuantityFound | None:
    """The count that asks or offers anew of a thing named before, or of one that the same sentence tells to be elsewhere."""
    text, head = piece.passage.text, piece.head
    told = bool(piece.around & {"reply", "change"})
    if head is not None and not told and not is_elsewhere(text, piece.sentence, head.start):
        return None
    found = counted_again(text, piece.segment)
    if found is None or (head is not None and found.start < head.end) or (head is None and whole.leans is None):
        return None
    return found


def _corrected(piece: Piece, again: QuantityFound) -> tuple[NumberFound, NumberFound] | None:
    """The old number and the new one of "we asked for 12 sensors; it turned out that we need 17"."""
    text, start, head = piece.passage.text, piece.segment.start, piece.head
    if head is None or "change" not in piece.around:
        return None
    old = next((q.number for q in quantities(text[start : again.start]) if abs(q.number.end + start - head.start) < _CLOSE), None)
    return (old, _moved(again.number, -start)) if old is not None and old.value != again.value else None


def _inquires(piece: Piece, whole: MessageStance) -> bool:
    """Whether the sentence asks something about a thing, and not for it: "Could you clarify which plugs the 20 laptops need?"

    A body that asks what has become of its own request reminds of it.
    """
    text, sentence = piece.passage.text, piece.sentence
    first = next((h for h in cue_hits(text) if h.start >= sentence.start and h.key in ("question", "ask", "wish", "offer", "change")), None)
    if first is None or first.key != "question" or first.start >= sentence.end or not sentence.of(text).endswith("?"):
        return False
    return not (whole.needy and _names_paper(piece))


def _still_asked(piece: Piece, whole: MessageStance) -> bool:
    """Whether the sentence behind a question says that the thing is still needed, which makes a reminder of it."""
    text = piece.passage.text
    behind = next((s for s in sentences(text) if s.start >= piece.sentence.end), None)
    if behind is None or whole.giver or piece.head is None or piece.head.rank < SOLID:
        return False
    return "still" in cues_in(text, behind.start, behind.end) and not mentions(text, behind.start, behind.end)


def _names_paper(piece: Piece) -> bool:
    papers = tuple(grammar("papers"))
    return any(word.text.startswith(papers) for word in words_of(piece.passage.text).between(piece.sentence.start, piece.sentence.end))


def _question(piece: Piece) -> Draft | None:
    """A question about something asked for or offered earlier; only where a number or a word for the letter says which."""
    head = piece.head
    if head is None or (head.rank < SOLID and head.demoted is None):
        return None
    found = quantity_for(piece.passage.text, piece.segment.start, piece.segment.end, head, head.item.category)
    if (found is None or found.value <= 1) and not _names_paper(piece):
        return None
    return _filled(piece, "question", None, None, _ASKS_ABOUT, None)


def _wider_change(piece: Piece) -> tuple[NumberFound, NumberFound] | None:
    """A change told over the whole sentence, moved to the offsets of the piece that holds the new number."""
    if not ({"change"} & piece.around):
        return None
    text = piece.passage.text
    found = find_change_spans(piece.sentence.of(text))
    if found is None:
        return None
    by = piece.sentence.start - piece.segment.start
    length = piece.segment.end - piece.segment.start
    old, new = found
    if not 0 <= new.start + by < length:
        return None
    return _moved(old, by), _moved(new, by)


def _moved(number: NumberFound, by: int) -> NumberFound:
    return NumberFound(
        start=number.start + by, end=number.end + by, verbatim=number.verbatim, confidence=number.confidence,
        value=number.value, low=number.low, high=number.high, approximate=number.approximate, kind=number.kind, unit=number.unit,
    )  # fmt: skip


def _speaks_of_number(piece: Piece, change: object) -> bool:
    """A piece that names no thing counts only where it changes, adds to, recalls or withdraws what an earlier message named."""
    if not piece.own & {"still", "additional", "change", "ask", "withdraw", "unneeded"} and change is None:
        return False
    text = piece.passage.text
    if piece.own & {"withdraw", "unneeded"}:
        return any(
            word.text.startswith(tuple(grammar("papers"))) for word in words_of(text).between(piece.segment.start, piece.segment.end)
        )
    if "change" in piece.own and _counted(piece):
        return True
    found = [q for q in quantities(piece.segment.of(text)) if q.unit in _category_of_unit() and q.unit_class in ("capacity", "thing")]
    return bool(found) or change is not None


def _kind(
    piece: Piece, changed: bool, whole: MessageStance, lead: Stance | None, whose: Whose, at: int
) -> tuple[LineKind | None, Stance | None, float]:
    text, sentence = piece.passage.text, piece.sentence
    if "undecided" in piece.around or is_condition(text, sentence.start, at):
        return None, None, 0.0
    gone = {"withdraw"} if whole.giver or whole.leans == "offer" else {"withdraw", "unneeded"}
    if "supplied" in piece.own and any(q.value > 1 for q in quantities(piece.segment.of(text))):
        gone |= {"supplied"}
    if whole.stated and piece.around & {"ask", "offer"}:
        gone = set()
    if gone & piece.own or (gone & piece.around and not piece.own & {"ask", "offer"} and _alone(piece, gone)):
        return ("withdrawal", whole.leans, 0.85) if piece.head is None or piece.head.rank > 0 else (None, None, 0.0)
    if "still" not in piece.own and not changed and is_elsewhere(text, sentence, at):
        return None, None, 0.0
    if is_reason(text, sentence, at):
        return None, None, 0.0
    asks = not whole.giver and "offer" in piece.around and sentence.of(text).endswith("?")
    forwarded = piece.passage.voice == "forwarded"
    named = whose.names_recipient(piece.passage, sentence)
    nearest = nearest_cue(text, sentence.start, at, sentence.end)
    giver = whose.names_giver(piece.passage, sentence, at)
    wish = wishes_only(text, sentence.start, sentence.end)
    # a giver's "30 laptops, as asked for by the hospital, can be delivered" gives
    gives = whole.giver and nearest != "request" and "offer" in piece.around
    if not whole.needy and whole.leans == "offer" and _only_adds(piece):
        piece.own, piece.around, nearest = piece.own - {"ask"} | {"offer"}, piece.around - {"ask"} | {"offer"}, "offer"
    if asks:  # "Could a donor provide us with a scanner?"
        piece.own, piece.around, nearest = piece.own - {"offer"} | {"ask"}, piece.around - {"offer"} | {"ask"}, "request"
    stance = stance_of(
        whole, Signs(piece.own | {"offer"} if gives and "ask" in piece.own else piece.own, nearest, lead, named, forwarded, wish, giver)
    )
    if changed and (stance is not None or "change" in piece.around or lead is None):
        return "update", stance or whole.leans, 0.8
    if "change" in piece.own and _counted(piece) and stance is None and not piece.around & {"past"}:
        return "update", whole.leans, 0.6
    if stance is None and not piece.own & {"ask", "offer"}:
        stance = stance_of(whole, Signs(piece.around, nearest, lead, named, forwarded, wish, giver))
    if stance is not None and piece.head is None:
        return ("request" if stance == "request" else "offer"), stance, 0.55
    if stance is not None and piece.head is not None and _acceptable(piece, piece.head):
        return ("request" if stance == "request" else "offer"), stance, 0.85 if piece.own & {"ask", "offer"} else 0.75
    lost = is_past(text, sentence, at)
    lost = lost or ("has" in piece.around and (piece.head is None or piece.head.item.role in ("device", "scope")))
    plain = not piece.around & {"ask", "offer", "hearsay", "elsewhere", "thanks"} and not lost
    known = whole.leans is not None and (whole.stated or (whole.needy if whole.leans == "request" else not whole.needy))
    leans = whole.leans
    if whole.giver and not whole.offers and whose.any_recipient:
        leans = "request"  # a giver who offers nothing and names bodies passes on what they need
    if leans is None and whole.giver and piece.passage.block.kind == "list-item":
        leans = "request" if named or not whole.offers else "offer"
    if stance is None and leans == "request" and whole.needy and _runs_out(piece):
        return "request", "request", BARE
    if stance is None and plain and leans is not None and _is_fragment(piece):
        return leans, leans, 0.55
    if stance is None and plain and known and (_is_counted_thing(piece) or _is_plain_service(piece)):
        return leans, leans, BARE
    if stance is None and plain and leans != "offer" and not whole.giver and named and _is_counted_thing(piece):
        # "Trostianets hospital: 5 UPS units" in a list of what was heard
        headed = piece.passage.block.kind == "list-item" and whose.heads(piece.passage)
        return ("request", "request", BARE) if headed else (None, None, 0.0)
    return None, None, 0.0


def _only_adds(piece: Piece) -> bool:
    """Whether all that asks in a giver's sentence is "we add": "Nous y ajoutons un abonnement"."""
    text, sentence = piece.passage.text, piece.sentence
    asks = [hit for hit in cue_hits(text) if hit.key in ("ask", "wish") and sentence.start <= hit.start < sentence.end]
    adds = tuple(grammar("adds"))
    return bool(asks) and all(any(word in text[hit.start : hit.end].lower() for word in adds) for hit in asks)


def _alone(piece: Piece, gone: set[str]) -> bool:
    """Whether the sentence's withdrawal can only be about this piece."""
    text = piece.passage.text
    hit = next(h for h in cue_hits(text) if h.key in gone and piece.sentence.start <= h.start < piece.sentence.end)
    others = [m for m in mentions(text, piece.sentence.start, piece.sentence.end) if m.rank >= SOLID]
    return len({m.item.name for m in others}) <= 1 or abs(hit.start - piece.segment.end) < 25


def _counted(piece: Piece) -> bool:
    return any(q.unit_class not in ("time", "part") for q in quantities(piece.segment.of(piece.passage.text)))


def _acceptable(piece: Piece, head: Mention) -> bool:
    """A solid thing, or a weak one that is counted and asked for in its own words."""
    if head.item.name == "expert":
        text, start, end = piece.passage.text, piece.segment.start, piece.segment.end
        return meant_once(text, start, end, head) is not None or quantity_for(text, start, end, head, head.item.category) is not None
    if head.rank >= SOLID:
        return True
    if "offer" in piece.around and head.item.category is not None and _sum_in(piece.passage.text, piece.segment) is not None:
        return True  # "grants of EUR 20,000 for the power backup of clinics": money is given for what stands behind "for"
    if head.rank < _WEAK and head.item.role != "generic":
        return False
    return bool(piece.own & {"ask", "offer"}) and (_counted(piece) or head.item.role not in ("generic", "scope"))


def _is_counted_thing(piece: Piece) -> bool:
    """In a body's own request: a thing with a number of more than one that counts just it."""
    if piece.head is None or piece.head.rank < _BARELY or piece.head.demoted or piece.passage.block.kind == "heading":
        return False
    found = quantity_for(piece.passage.text, piece.segment.start, piece.segment.end, piece.head, piece.head.item.category)
    if found is None or found.value <= 1 or found.unit_class in (None, "place"):
        return False
    gap = max(piece.head.start - found.number.end, found.number.start - piece.head.end)
    protected = piece.head.item.role == "product" and found.unit_class in ("licence", "person", "capacity", "thing")
    return gap < _CLOSE and (found.number.end <= piece.head.end or protected)


def _runs_out(piece: Piece) -> bool:
    """A body that writes that its licences have run out asks for new ones."""
    head = piece.head
    return head is not None and head.item.role == "product" and head.item.unit == "licence" and not head.demoted and "past" in piece.own


def _is_plain_service(piece: Piece) -> bool:
    """A service named in a short sentence of a letter that asks or offers: "Second, a table-top exercise in autumn." """
    head = piece.head
    if head is None or head.rank < SOLID or head.demoted or piece.passage.block.kind == "heading" or head.item.name == "expert":
        return False
    text = piece.passage.text
    words = words_of(text)
    colon = text.rfind(": ", piece.sentence.start, head.start)
    if head.first - words.word_at(max(piece.sentence.start, colon)) > _FRONT:
        return False
    length = len(words.between(piece.sentence.start, piece.sentence.end))
    if piece.passage.block.kind == "list-item" or (colon > 0 and head.item.once and head.first - words.word_at(colon) <= _BEHIND_COLON):
        return True
    activity = head.item.role == "activity" and (head.item.once or length <= _SHORTEST_PLAIN)
    service = activity or opens_item(text, piece.sentence) or (head.item.once and length <= _SHORTEST_PLAIN)
    return length <= _LONGEST_PLAIN and service and not text[: piece.sentence.end].rstrip().endswith("?")


def opens_item(text: str, sentence: Stretch) -> bool:
    """Whether the sentence opens as one more item: "second", "also", "крім того", "1."."""
    first = words_of(sentence.of(text)).words[:3]
    return any(word.text in grammar("enumerators") for word in first) or text[sentence.start : sentence.start + 1].isdigit()


def _is_fragment(piece: Piece) -> bool:
    """A bare "900 FIDO2 keys for the staff": a counted thing at the front of a sentence that says nothing else of it."""
    if piece.head is None or piece.head.rank < SOLID or piece.head.demoted:
        return False
    text = piece.passage.text
    words = words_of(text)
    colon = text.rfind(": ", piece.segment.start, piece.head.start)
    first = words.word_at(max(piece.segment.start, colon))
    listed = piece.passage.block.kind == "list-item"
    if piece.head.first - first > _FRAGMENT_WORDS and not listed:
        return False
    found = quantity_for(text, piece.segment.start, piece.segment.end, piece.head, piece.head.item.category)
    if found is None and listed and _sum_in(text, piece.segment) is not None:
        return True
    if found is None:
        return listed and meant_once(text, piece.segment.start, piece.segment.end, piece.head) is not None
    near = words.word_at(found.number.start) - first <= _FRAGMENT_WORDS + 4
    told = found.value > 1 or found.number.verbatim[:1].isdigit() or piece.segment.start > piece.sentence.start
    return (near or listed) and told


def _filled(
    piece: Piece, kind: LineKind, stance: Stance | None, change: tuple[NumberFound, NumberFound] | None, confidence: float,
    context: Mention | None, again: QuantityFound | None = None,
) -> Draft:  # fmt: skip
    text, segment = piece.passage.text, piece.segment
    head = piece.head
    category = head.item.category if head is not None else None
    reasons = {"category": f"the text names {head.item.name}"} if head is not None else {}
    found = _changed_quantity(piece, change) if change else again or quantity_for(text, segment.start, segment.end, head, category)
    told = found is not None and found.unit in _TELLING
    if head is None or (head.item.role == "generic" and (context is not None or told)):
        category, reasons["category"] = _guessed(found, context, category)
    amount: Decimal | None = found.value if found is not None else None
    if amount is None and kind in ("request", "offer", "withdrawal"):
        amount = meant_once(text, segment.start, segment.end, head)
    once = once_unit(text, segment.start, segment.end) if found is None and amount is not None else None
    shown: Found | None = found or _sum_in(text, segment)
    counted = context if again is not None and head is None else head
    return Draft(
        passage=piece.passage, sentence=piece.sentence, segment=segment, kind=kind, stance=stance, head=head, quantity=found, amount=amount,
        unit=once or unit_word(found, counted), category=category, cues=piece.own, confidence=confidence, reasons=reasons,
        old_amount=change[0].value if change else None, additional="additional" in piece.around,
        evidence=[(None, start, end) for start, end in evidence_of(piece.passage.text, piece.sentence, segment, head, shown, kind)],
        paid=found is None and shown is not None,
    )  # fmt: skip


def _sum_in(text: str, segment: Stretch) -> Found | None:
    """The sum that stands beside the thing where nothing is counted."""
    for found in find_money(segment.of(text)):
        return replace(found, start=found.start + segment.start, end=found.end + segment.start)
    return None


def _changed_quantity(piece: Piece, change: tuple[NumberFound, NumberFound]) -> QuantityFound:
    text, start = piece.passage.text, piece.segment.start
    new = change[1]
    words = piece.segment.of(text)
    same = next((q for q in quantities(words) if q.number.start == new.start), None)
    if same is not None:
        return shifted(same, start, words)
    return QuantityFound(
        start=new.start + start, end=new.end + start, verbatim=new.verbatim, value=new.value, unit=None, unit_class=None, number=new
    )


def _guessed(found: QuantityFound | None, context: Mention | None, category: str | None) -> tuple[str | None, str]:
    stored = found is not None and found.unit == "TB" and context is not None and context.item.category == "log-monitoring"
    if context is not None and context.item.category is not None and not stored:
        return context.item.category, f"no thing is named here; the message speaks of {context.item.name}"
    if found is not None and found.unit in _category_of_unit():
        return _category_of_unit()[found.unit], f"no thing is named; {found.unit} is how such things are counted"
    return category, "only a general word is named"
