"""What a piece of a sentence does: asks, offers, changes or withdraws, with how surely; None where it holds no line."""

from __future__ import annotations

from sild.cores.extraction.answer import LineKind
from sild.cores.extraction.fields.found import QuantityFound
from sild.cores.extraction.method.again import counts_equally
from sild.cores.extraction.method.amounts import meant_once, quantities, quantity_for
from sild.cores.extraction.method.drafts import Mention, Stance
from sild.cores.extraction.method.lexicons import book
from sild.cores.extraction.method.mentions import SOLID, grammar, mentions
from sild.cores.extraction.method.pieces import Piece, is_counted, sum_in
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.stance import (
    MessageStance,
    Signs,
    cue_hits,
    is_condition,
    is_elsewhere,
    is_past,
    is_reason,
    nearest_cue,
    stance_of,
    wishes_only,
)
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.method.words import words_of

BARE = 0.5  # the confidence of a line that no word of asking or offering supports
_FRAGMENT_WORDS = 7
_SHORTEST_PLAIN = 14
_FRONT = 9
_BEHIND_COLON = 4
_CLOSE = 40
_BARELY = 2.0
_WEAK = 0.7
_LONGEST_PLAIN = 30


def kind_of(
    piece: Piece, changed: bool, whole: MessageStance, lead: Stance | None, whose: Whose, at: int
) -> tuple[LineKind | None, Stance | None, float]:
    """What the piece does, whether it is for asking or offering, and how surely; `at` is where its thing stands."""
    text, sentence = piece.passage.text, piece.sentence
    if "undecided" in piece.around or is_condition(text, sentence.start, at):
        return None, None, 0.0
    gone = {"withdraw"} if whole.giver or whole.leans == "offer" else {"withdraw", "unneeded"}
    if "supplied" in piece.own and any(q.value > 1 for q in quantities(piece.segment.of(text))):
        gone |= {"supplied"}
    if whole.stated and piece.around & {"ask", "offer"}:
        gone = set()
    passed_on = piece.passage.voice == "forwarded" or "relays" in piece.around or whose.names_recipient(piece.passage, sentence)
    own: Stance | None = "offer" if whole.giver and not passed_on else None  # what a giver changes or takes back is its own
    if gone & piece.own or (gone & piece.around and not piece.own & {"ask", "offer"} and _alone(piece, gone)):
        return ("withdrawal", own or whole.leans, 0.85) if piece.head is None or piece.head.rank > 0 else (None, None, 0.0)
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
        return "update", own or stance or whole.leans, 0.8
    if "change" in piece.own and is_counted(piece) and stance is None and not piece.around & {"past"}:
        return "update", own or whole.leans, 0.6
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


def _acceptable(piece: Piece, head: Mention) -> bool:
    """A solid thing, or a weak one that is counted and asked for in its own words."""
    if head.item.name == "expert":
        text, start, end = piece.passage.text, piece.segment.start, piece.segment.end
        return meant_once(text, start, end, head) is not None or quantity_for(text, start, end, head, head.item.category) is not None
    if head.rank >= SOLID:
        return True
    if "offer" in piece.around and head.item.category is not None and sum_in(piece.passage.text, piece.segment) is not None:
        return True  # "grants of EUR 20,000 for the power backup of clinics": money is given for what stands behind "for"
    if head.rank < _WEAK and head.item.role != "generic":
        return False
    return bool(piece.own & {"ask", "offer"}) and (is_counted(piece) or head.item.role not in ("generic", "scope"))


def _is_counted_thing(piece: Piece) -> bool:
    """In a body's own request: a thing with a number of more than one that counts just it."""
    if piece.head is None or piece.head.rank < _BARELY or piece.head.demoted or piece.passage.block.kind == "heading":
        return False
    found = quantity_for(piece.passage.text, piece.segment.start, piece.segment.end, piece.head, piece.head.item.category)
    if found is None or found.value <= 1 or found.unit_class in (None, "place") or _counts_another(piece, piece.head, found):
        return False
    gap = max(piece.head.start - found.number.end, found.number.start - piece.head.end)
    protected = piece.head.item.role == "product" and found.unit_class in ("licence", "person", "capacity", "thing")
    return gap < _CLOSE and (found.number.end <= piece.head.end or protected)


def _counts_another(piece: Piece, head: Mention, found: QuantityFound) -> bool:
    """Whether the number counts another thing that the piece names: "our register lives on two old servers"."""
    if head.item.role != "device" or found.unit == head.item.unit:
        return False
    start, end = found.unit_start + piece.segment.start, found.unit_end + piece.segment.start
    return any(m is not head and m.start < end and start < m.end for m in piece.named if m.item.name != head.item.name)


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
    if book("statements", "starts").find_in(words, piece.sentence.start, piece.sentence.end):
        return False  # "the course begins on 2 March"
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
    if found is None and counts_equally(text, piece.segment.start, piece.head):
        return True
    if found is None and listed and sum_in(text, piece.segment) is not None:
        return True
    if found is None:
        return listed and meant_once(text, piece.segment.start, piece.segment.end, piece.head) is not None
    near = words.word_at(found.number.start) - first <= _FRAGMENT_WORDS + 4
    told = found.value > 1 or found.number.verbatim[:1].isdigit() or piece.segment.start > piece.sentence.start
    return (near or listed) and told
