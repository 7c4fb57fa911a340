"""Running text to drafts: each piece of each sentence that asks, offers, changes or withdraws something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from sild.cores.extraction.answer import LineKind
from sild.cores.extraction.fields.changes import find_change_spans
from sild.cores.extraction.fields.found import Found, NumberFound, QuantityFound
from sild.cores.extraction.method.again import counted_again, counts_as_last, goes_for_too, guarded_count, renews, thing_before
from sild.cores.extraction.method.amounts import meant_once, once_unit, quantities, quantity_for, shifted, unit_word
from sild.cores.extraction.method.drafts import Draft, Mention, Stance
from sild.cores.extraction.method.elliptic import with_second_asks
from sild.cores.extraction.method.kinds import kind_of
from sild.cores.extraction.method.lexicons import items
from sild.cores.extraction.method.mentions import SOLID, grammar, mentions
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.pieces import Piece, is_counted, names_paper, pieces_in, sum_in
from sild.cores.extraction.method.proof import evidence_of
from sild.cores.extraction.method.sentences import Stretch, is_markup, sentences
from sild.cores.extraction.method.stance import (
    MessageStance,
    cue_hits,
    cues_in,
    is_elsewhere,
    is_relayed,
)
from sild.cores.extraction.method.told import is_told, signs_of
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.method.words import words_of

_NUMBERED = re.compile(r"\s*\(?1[.)]\s")
_ASKS_ABOUT = 0.5
_CLOSE = 40
_LEAD_REACH = 12
_FOREWORD, _OPENING = 60, 3  # characters and words by which a sentence says that it goes on with a list
# units that by themselves tell the category where no thing is named ("please make it 40 TB")
_TELLING = {"TB": "backup-storage", "GB per day": "log-monitoring", "TB per day": "log-monitoring", "Gbit/s": "ddos-protection"}
_NOT_TELLING = frozenset((
    "licence", "person", "user", "seat", "piece", "service", "kit", "device", "site", "day",
    "platform", "programme", "month", "unit", "set", "host", "server", "credit",
))  # fmt: skip


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


def prose_drafts(found: Iterable[Passage], whole: MessageStance, whose: Whose, context: Mention | None) -> list[Draft]:
    """The drafts of running text; `context` is what the subject line is about, for pieces that name only a number."""
    drafts: list[Draft] = []
    lead = _Lead()
    for passage in found:
        text = passage.text
        if lead.left and not lead.lasting and not _is_item(passage):
            lead = _Lead()
        before: Stretch | None = None
        for sentence in sentences(text):
            if is_markup(sentence.of(text)):
                continue
            made = len(drafts)
            drafts += _renewed(passage, before, sentence, drafts, whole, whose)
            same = drafts[-1].stance if drafts and goes_for_too(text, sentence) else None
            for piece in pieces_in(passage, sentence, whose):
                draft = _draft(piece, whole, same or lead.of(piece), whose, drafts[-1].head if drafts else context)
                if draft is not None and not _takes_back(drafts, draft):
                    _replaces(drafts, draft)
                    _counts_as_last(drafts, draft)
                    _counts_what_it_guards(draft, before, drafts)
                    drafts.append(draft)
            with_second_asks(drafts, passage, sentence, before, whose)
            before = sentence
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
    if draft.head is not None or draft.kind != "update" or draft.amount is None:
        return
    if draft.old_amount is not None and not (
        last is not None and last.amount == draft.old_amount and _asked_before(last.text, last.sentence)
    ):
        return
    if last is not None and last.passage is draft.passage and last.category == draft.category and last.kind == "request":
        draft.old_amount, draft.unit = last.amount, last.unit or draft.unit
        draft.told_too.append((last.passage, last.sentence))
        drafts.pop()


def _asked_before(text: str, sentence: Stretch) -> bool:
    """Whether the sentence tells what was asked for at an earlier time."""
    return any(word.text in grammar("asked_before") for word in words_of(text).between(sentence.start, sentence.end))


def _takes_back(drafts: list[Draft], draft: Draft) -> bool:
    """ "We asked for a tape library. Please strike this request: one comes from elsewhere.": one withdrawal of what was named."""
    last = drafts[-1] if drafts else None
    if last is None or draft.kind != "withdrawal" or last.kind != "request" or last.passage is not draft.passage:
        return False
    text = draft.text
    told = _asked_before(text, last.sentence)
    same = draft.head is None or (draft.category == last.category and draft.quantity is None)
    if not (told and same and last.sentence.end <= draft.sentence.start) or text[last.sentence.end : draft.sentence.start].strip():
        return False
    last.kind = "withdrawal"
    last.told_too.append((draft.passage, draft.sentence))
    return True


def _renewed(
    passage: Passage, before: Stretch | None, sentence: Stretch, drafts: list[Draft], whole: MessageStance, whose: Whose
) -> list[Draft]:
    """ "Four switches burned down. Could you get us new ones?": what the sentence before counted is asked for."""
    if before is None or whole.giver or whole.leans == "offer" or not renews(passage.text, sentence):
        return []
    told = [draft for draft in drafts if draft.passage is passage and draft.sentence == before]
    for draft in told:
        draft.told_too.append((passage, sentence))
    if told:
        return []
    found: list[Draft] = []
    for piece in pieces_in(passage, before, whose):
        if piece.head is None or piece.head.item.role not in ("device", "product") or piece.head.rank < SOLID:
            continue
        draft = _filled(piece, "request", "request", None, _ASKS_ABOUT, None)
        if draft.quantity is not None and draft.category is not None:
            draft.told_too.append((passage, sentence))
            found.append(draft)
    return found


def _counts_as_last(drafts: list[Draft], draft: Draft) -> None:
    """ "30 licences and as many antivirus licences", "6 servers and a UPS for each": the number told last counts this thing too."""
    last = drafts[-1] if drafts else None
    if last is None or last.quantity is None or last.passage is not draft.passage or draft.head is None:
        return
    own = draft.quantity is not None and draft.amount is not None and draft.amount > 1
    if not own and counts_as_last(draft.text, draft.segment, draft.head):
        draft.amount, draft.quantity = last.amount, None
        draft.unit = draft.unit or draft.head.item.unit
        draft.more.append((last.passage, last.quantity.number.start, last.quantity.number.end))
        draft.reasons["quantity"] = "as many as of the thing named before"


def _counts_what_it_guards(draft: Draft, before: Stretch | None, drafts: list[Draft]) -> None:
    """ "All our 210 computers are bare. We ask for protection": a protection without a number is for what was counted right before it."""
    counted = draft.quantity is not None and (draft.quantity.value != 1 or draft.quantity.number.verbatim[:1].isdigit())
    if draft.kind != "request" or counted or draft.more or draft.head is None or draft.head.item.role == "device":
        return  # "une protection" has an article, and no number
    told = Stretch(draft.sentence.start, draft.segment.start if draft.segment.start > draft.sentence.start else draft.head.start)
    behind = before if before is not None and all(d.passage is not draft.passage or d.sentence != before for d in drafts) else None
    for stretch in (told, behind):
        found = guarded_count(draft.text, stretch, draft.category) if stretch is not None else None
        if found is None or stretch is None:
            continue
        draft.amount, draft.unit, draft.quantity = found.value, unit_word(found, draft.head), None
        draft.more.append((draft.passage, found.start, found.end))
        draft.reasons["quantity"] = "as many as are to be protected"
        if stretch is before:
            draft.told_too.append((draft.passage, stretch))
        return


def _announced(text: str, sentence: Stretch, around: frozenset[str]) -> Stance | None:
    """What a sentence that names no thing says of the next: "We ask for help. First, a server."; "We shall give. It is about ten."."""
    following = words_of(text[sentence.end : sentence.end + _FOREWORD]).words
    if _NUMBERED.match(text, sentence.end) is not None or any(word.text in grammar("ordinals") for word in following[:_OPENING]):
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
    kind, stance, confidence = kind_of(piece, change is not None, whole, lead, whose, at)
    if kind in (None, "request", "offer") and _inquires(piece, whole):
        return _filled(piece, "request", "request", None, _ASKS_ABOUT, None) if _still_asked(piece, whole) else _question(piece)
    if kind is None:
        return None
    if kind in ("request", "offer") and is_told(signs_of(piece, whole, lead is not None, at, confidence)):
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
    return not (whole.needy and names_paper(piece))


def _still_asked(piece: Piece, whole: MessageStance) -> bool:
    """Whether the sentence behind a question says that the thing is still needed, which makes a reminder of it."""
    text = piece.passage.text
    behind = next((s for s in sentences(text) if s.start >= piece.sentence.end), None)
    if behind is None or whole.giver or piece.head is None or piece.head.rank < SOLID:
        return False
    return "still" in cues_in(text, behind.start, behind.end) and not mentions(text, behind.start, behind.end)


def _question(piece: Piece) -> Draft | None:
    """A question about something asked for or offered earlier; only where a number or a word for the letter says which."""
    head = piece.head
    if head is None or (head.rank < SOLID and head.demoted is None):
        return None
    found = quantity_for(piece.passage.text, piece.segment.start, piece.segment.end, head, head.item.category)
    if (found is None or found.value <= 1) and not names_paper(piece):
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
    return replace(number, start=number.start + by, end=number.end + by)


def _speaks_of_number(piece: Piece, change: object) -> bool:
    """A piece that names no thing counts only where it changes, adds to, recalls or withdraws what an earlier message named."""
    if not piece.own & {"still", "additional", "change", "ask", "withdraw", "unneeded"} and change is None:
        return False
    text = piece.passage.text
    if piece.own & {"withdraw", "unneeded"}:
        return any(
            word.text.startswith(tuple(grammar("papers"))) for word in words_of(text).between(piece.segment.start, piece.segment.end)
        )
    if "change" in piece.own and is_counted(piece):
        return True
    found = [q for q in quantities(piece.segment.of(text)) if q.unit in _category_of_unit() and q.unit_class in ("capacity", "thing")]
    return bool(found) or change is not None


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
    shown: Found | None = found or sum_in(text, segment)
    counted = context if again is not None and head is None else head
    return Draft(
        passage=piece.passage, sentence=piece.sentence, segment=segment, kind=kind, stance=stance, head=head, quantity=found, amount=amount,
        unit=once or unit_word(found, counted), category=category, cues=piece.own, confidence=confidence, reasons=reasons,
        old_amount=change[0].value if change else None, additional="additional" in piece.around,
        evidence=[(None, start, end) for start, end in evidence_of(piece.passage.text, piece.sentence, segment, head, shown, kind)],
        paid=found is None and shown is not None,
    )  # fmt: skip


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
