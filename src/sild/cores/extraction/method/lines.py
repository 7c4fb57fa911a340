"""Drafts to lines: every field read from the words around, with its span, confidence and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sild.cores.extraction.answer import Change, Condition, DraftLine, FieldRead
from sild.cores.extraction.fields.earlier import find_old_day, find_place
from sild.cores.extraction.fields.found import BodyFound, DateFound, Found, MarkingFound, ReferenceFound
from sild.cores.extraction.fields.languages import language_of
from sild.cores.extraction.fields.nominative import in_the_nominative
from sild.cores.extraction.fields.products import find_product
from sild.cores.extraction.inexact import left_open
from sild.cores.extraction.method import details
from sild.cores.extraction.method.amounts import named_unit
from sild.cores.extraction.method.availability import available
from sild.cores.extraction.method.details import Place, Read
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.due import begun, on_a_day
from sild.cores.extraction.method.mentions import SOLID, grammar, mentions
from sild.cores.extraction.method.passages import SUBJECT, Passage
from sild.cores.extraction.method.proof import MOST_CHARACTERS
from sild.cores.extraction.method.sentences import sentences
from sild.cores.extraction.method.stance import cue_hits
from sild.cores.extraction.method.statements import Statements, asks_for_what_begins, begin_days, follows_from_before
from sild.cores.extraction.method.thing_named import thing_named
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.method.words import words_of
from sild.values.span import Span

_LONGEST_ITEM = 120
CHANGING = ("update", "withdrawal")
_MOST_SHARED = 40
_LONGEST_LIST = 40
_NEXT_TURNS = 2
_UNIT_OF_THING = 0.7
_PEOPLE = frozenset(("expert-secondment",))  # the month from which somebody is to come is when the stay begins, not when it is needed
_CUES = {
    "request": ("ask", "relays", "wish", "still"),
    "offer": ("offer", "reply"),
    "update": ("change", "ask", "offer"),
    "withdrawal": ("withdraw", "unneeded"),
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for all lines of a message."""

    whose: Whose
    sent_of: Callable[[Passage], date]
    marking: MarkingFound | None
    references: list[tuple[Passage | None, ReferenceFound]]
    urgencies: list[Place]
    taken: set[tuple[int, int]]
    shared: list[Place]
    passages: list[Passage]
    places: dict[int, int]
    statements: Statements
    unread: set[tuple[int, int]]

    def following(self, draft: Draft) -> list[Passage]:
        """The passages of running text behind the draft's own, in the same part."""
        here = self.places.get(id(draft.passage), len(self.passages))
        return [p for p in self.passages[here + 1 : here + 2] if p.part.name == draft.passage.part.name and p.block.kind == "paragraph"]

    def free(self, following: list[Passage]) -> list[Passage]:
        """Those that hold no line of their own: what a paragraph with a thing of its own says is said of that."""
        homes = {passage for passage, _ in self.taken}
        return [passage for passage in following if id(passage) not in homes]

    def behind_list(self, draft: Draft) -> list[Place]:
        """The sentences of the paragraph behind the list in which the draft is a point: they speak of all its points."""
        if draft.passage.block.kind != "list-item" and not draft.passage.text.rstrip().endswith(";"):
            return []
        here = self.places.get(id(draft.passage), len(self.passages))
        rest = (p for p in self.passages[here + 1 : here + 1 + _LONGEST_LIST] if p.block.kind != "list-item")
        behind = next(rest, None)
        if behind is None or behind.part.name != draft.passage.part.name or behind.block.kind != "paragraph":
            return []
        spoken = (s for s in sentences(behind.text) if (id(behind), s.start) not in self.taken)
        plain = (s for s in spoken if not any(m.rank >= SOLID for m in mentions(behind.text, s.start, s.end)))
        return [Place(behind, s.of(behind.text), s.start) for s in plain]

    def of_all(self, draft: Draft) -> list[Place]:
        """What a later sentence says of all that was named ("both must arrive by May"), or the same author's next turn of a chat."""
        here = self.places.get(id(draft.passage), len(self.passages))
        block = draft.passage.block
        if block.kind == "chat":
            turns = (p for p in self.passages[here + 1 : here + 1 + _NEXT_TURNS] if p.block.author == block.author)
            turn = next(turns, None)
            named = turn is None or any(m.rank >= SOLID for m in mentions(turn.text))
            return [Place(turn, turn.text)] if turn is not None and not named else []
        if block.kind not in ("paragraph", "list-item"):
            return []
        found: list[Place] = []
        for passage in (draft.passage, *self.following(draft)):
            for sentence in sentences(passage.text):
                later = passage is not draft.passage or sentence.start >= draft.sentence.end
                free = later and (id(passage), sentence.start) not in self.taken
                words = words_of(passage.text).between(sentence.start, sentence.end)
                if free and any(word.text in grammar("all_of_them") for word in words):
                    found.append(Place(passage, sentence.of(passage.text), sentence.start))
        return found


def span_of(passage: Passage, start: int, end: int, cell: int | None = None) -> Span:
    """The words start..end of a passage's block or cell, as a span."""
    block = passage.block
    text = block.text if cell is None else next(c.text for c in block.cells if c.column == cell)
    return Span(
        part=passage.part.name, locator=_locator(passage), block=passage.index, start=start, end=end, text=text[start:end], cell=cell,
        page=block.page,
    )  # fmt: skip


def _locator(passage: Passage) -> str:
    return passage.block.locator


def on_its_thing(draft: Draft, line: DraftLine) -> DraftLine:
    """The line with the words for its thing alone as evidence, where the block holds them; another line rests on the whole clause."""
    head = draft.head
    if head is None or draft.passage.block.kind == "row" or head.end > len(draft.text) or not draft.text[head.start : head.end].strip():
        return line
    evidence = (span_of(draft.passage, head.start, head.end),)
    return replace(line, evidence=evidence, item=_item(evidence[0]))


def line_of(draft: Draft, around: Surroundings) -> DraftLine | None:
    """The finished line, or None where no words prove it."""
    evidence = _evidence(draft)
    if not evidence:
        return None
    fields: dict[str, FieldRead] = {}
    places = details.near(draft)
    told_too = [Place(passage, sentence.of(passage.text), sentence.start) for passage, sentence in draft.told_too]
    wider = places + told_too + details.after(draft, around.free(around.following(draft)), around.taken | around.unread)
    beneficiary = draft.beneficiary
    _note_body(fields, beneficiary, draft.reasons.get("beneficiary", ""), draft)
    days = details.Days(around.sent_of, around.statements.of_others)
    needed = _needed_by(draft, wider, around, days)
    opens = available(draft, wider + around.shared, days, "available-from")
    closes = available(draft, wider + around.shared, days, "available-until")
    if opens is not None and closes is not None and closes.found.day < opens.found.day:
        closes = None  # the last day of something else
    value = details.money(places)
    earlier = [place for place in details.before(draft) if (id(place.passage), place.base) not in around.taken]
    told = details.near_urgency(draft, wider + earlier) + around.behind_list(draft)
    pressing = next(around.statements.urgencies(draft), None) or details.urgency(draft, told, around.urgencies, days)
    urgent = details.stated(pressing)
    for name, read in (
        ("needed_by", needed),
        ("available_from", opens),
        ("available_until", closes),
        ("value", value),
        ("urgency", urgent),
    ):
        _note(fields, name, read)
    reference = details.reference_for(draft, places, around.references)
    if reference is not None:
        fields["reference"] = FieldRead(reference, None, 0.8, "the number by which the sender's letter or row is known")
    offered = draft.stance == "offer"
    giver, why = around.whose.provider(draft) if offered else (None, "")
    if giver is not None:
        # a person's chat or a sender's name is no word of the line's own block
        fields["provider"] = FieldRead(
            around.whose.state_of(giver), _span_of_body(giver, draft, "provider"), _bounded(giver.confidence), why
        )
    product, vendor = _made_by(evidence, fields)
    _note_amount(fields, draft)
    _note_kind(fields, draft)
    _note_earlier(fields, draft, places, days)
    return DraftLine(
        kind=draft.kind, of=draft.stance, category=draft.category, item=_item(thing_named(draft, evidence, fields)),
        product=product, vendor=vendor,
        quantity=draft.amount, unit=_unit(draft),
        beneficiary=beneficiary.name if beneficiary is not None else None, beneficiary_known=beneficiary is not None and beneficiary.known,
        relayed_by=_relayed(draft, beneficiary, around), provider=around.whose.state_of(giver) if giver is not None else None,
        sent_by=_sent_by(draft, around), needed_by=needed.found.day if needed and not offered else None,
        available_from=opens.found.day if opens else None, available_until=closes.found.day if closes else None,
        value=value.found.money if value else None, conditions=_conditions(draft, wider, around), 
        channel=details.channel(places, around.whose.is_defence(beneficiary)),
        urgency=urgent.found.level if urgent and not offered else None, marking=around.marking.marking if around.marking else None,
        reference=reference, language=language_of(draft.text), additional=draft.additional, changes=_changes(draft, fields),
        part=draft.passage.part.name, locator=_locator(draft.passage), evidence=evidence,
        confidence=round(draft.confidence, 3), fields=fields, beneficiary_as_written=_as_written(around.whose.fullest(beneficiary)),
        provider_as_written=_as_written(giver) if giver is not None and giver.name == around.whose.state_of(giver) else None,
    )  # fmt: skip


def _needed_by(draft: Draft, wider: list[Place], around: Surroundings, days: details.Days) -> Read[DateFound] | None:
    """The day by which the thing is needed: as the words around say, as another sentence says of it, of all, or by what begins then."""
    own = [place for place in details.near(draft) if place in wider]
    stated = details.needed_by(draft, own, days) or next(around.statements.days(draft), None) or details.needed_by(draft, wider, days)
    stated = stated or next(days.told(draft, around.behind_list(draft) or around.of_all(draft), "needed-by"), None)
    if stated is not None or draft.stance == "offer":
        return stated
    begins_then = begun(draft, days) if draft.category not in _PEOPLE else None
    because = details.before(draft) if follows_from_before(draft) else []
    begins = details.before(draft) if asks_for_what_begins(draft) else []
    stated = begins_then or next(days.told(draft, because, "needed-by"), None) or _begins_before(begins, days)
    stated = stated or next(around.statements.days_for_all(draft), None)
    return stated or on_a_day(draft, days)


def _begins_before(places: list[Place], days: details.Days) -> Read[DateFound] | None:
    """The day to come on which something begins, for which the next sentence asks: "from 1 May we run a centre. For it we need ..."."""
    return next((Read(day, place) for place in places for day in begin_days(place, days.sent_of(place.passage))), None)


def _as_written(body: BodyFound | None) -> str | None:
    """The name of a body that no list holds, in the text's own words, in the nominative; a quotation mark that it opens is closed."""
    if body is None or body.known or not body.verbatim.strip():
        return None
    words = in_the_nominative(" ".join(body.verbatim.split()))
    return words + "»" if words.count("«") > words.count("»") else words


def _evidence(draft: Draft) -> tuple[Span, ...]:
    spans = [span_of(draft.passage, start, end, cell) for cell, start, end in draft.evidence if end > start]
    spans += [span_of(passage, start, end) for passage, start, end in draft.more if end > start]
    kept: list[Span] = []
    room = MOST_CHARACTERS
    for span in spans:
        if span.text.strip() and len(span.text) + (1 if kept else 0) <= room:
            kept.append(span)
            room -= len(span.text) + 1
    return tuple(kept)


def _item(named: Span) -> str:
    text = " ".join(named.text.split())
    return text if len(text) <= _LONGEST_ITEM else text[: _LONGEST_ITEM - 1].rsplit(" ", 1)[0] + "…"


def _unit(draft: Draft) -> str | None:
    """The unit where something is counted, or where a request leaves open how many of a plain thing."""
    if draft.amount is not None or (draft.stance == "request" and draft.category != "legal-policy-advice"):
        return named_unit(draft.unit, _named_in(draft), draft.head)
    return None


def _named_in(draft: Draft) -> str:
    """The text into which the offsets of the draft's head point."""
    if draft.passage.block.kind != "row":
        return draft.text[draft.segment.start :] if draft.head is None else draft.text
    column = draft.cells.get("item")
    return next((cell.text for cell in draft.passage.block.cells if cell.column == column), "")


def _made_by(evidence: tuple[Span, ...], fields: dict[str, FieldRead]) -> tuple[str | None, str | None]:
    """The product by its name, and who makes it, from the words that prove the line."""
    for span in evidence:
        found = find_product(span.text)
        if found is None:
            continue
        words = replace(span, start=span.start + found.start, end=span.start + found.end, text=found.verbatim)
        fields["vendor"] = FieldRead(found.vendor, words, found.confidence, f"{found.verbatim!r} is made by {found.vendor}")
        if found.named:
            fields["product"] = FieldRead(found.verbatim, words, found.confidence, f"the text says {found.verbatim!r}")
        return found.verbatim if found.named else None, found.vendor
    return None, None


def _conditions(draft: Draft, wider: list[Place], around: Surroundings) -> tuple[Condition, ...]:
    if draft.stance != "offer":
        return ()
    found = details.conditions(wider, around.shared)
    return tuple(Condition(code=read.found.code, text=read.found.verbatim) for read in found)


def _changes(draft: Draft, fields: dict[str, FieldRead]) -> Change | None:
    if draft.kind not in CHANGING:
        return None
    place, day = fields.get("earlier_place"), fields.get("earlier_day")
    return Change(
        old_quantity=draft.old_amount,
        earlier=place.value if place is not None else None,
        old_day=date.fromisoformat(day.value) if day is not None else None,
    )


def _note_earlier(fields: dict[str, FieldRead], draft: Draft, places: list[Place], days: details.Days) -> None:
    """What a change says of the earlier message: the place in its list, and the day that holds no more."""
    if draft.kind not in CHANGING:
        return
    for place in places:
        at = find_place(place.text)
        if at is not None and "earlier_place" not in fields and place.passage.part.name != SUBJECT:
            words = place.text[at[0] : at[1]]
            span = span_of(place.passage, place.base + at[0], place.base + at[1], place.cell)
            fields["earlier_place"] = FieldRead(words, span, 0.85, f"the text points to {words!r} of what was written before")
        old = find_old_day(place.text, days.sent_of(place.passage))
        if old is not None and "earlier_day" not in fields:
            _note(fields, "earlier_day", Read(old, place))


def _sent_by(draft: Draft, around: Surroundings) -> str | None:
    sender = around.whose.sender
    if draft.passage.block.kind == "chat":
        return draft.sender
    if sender is None:  # whose mail was sent on by somebody who does not say who they are
        writer = around.whose.author(draft.passage.origin) if draft.passage.voice == "forwarded" and draft.passage.origin else None
        return writer.name if writer is not None else None
    return around.whose.state_of(sender) if sender.kind == "donor-state" and draft.stance == "offer" else sender.name


def _relayed(draft: Draft, beneficiary: BodyFound | None, around: Surroundings) -> str | None:
    sender = _sent_by(draft, around)
    if draft.stance == "offer" or beneficiary is None or sender is None or sender == beneficiary.name:
        return None
    return sender


def _note(fields: dict[str, FieldRead], name: str, read: Read[Found] | None) -> None:
    if read is None:
        return
    place, found = read.place, read.found
    span = (
        None if place.passage.part.name == SUBJECT else span_of(place.passage, place.base + found.start, place.base + found.end, place.cell)
    )
    value = next(str(getattr(found, key)) for key in ("day", "money", "level", "code", "verbatim") if hasattr(found, key))
    fields[name] = FieldRead(value, span, round(found.confidence, 3), f"the text says {found.verbatim!r}")


def _note_body(fields: dict[str, FieldRead], body: BodyFound | None, why: str, draft: Draft) -> None:
    if body is not None:
        fields["beneficiary"] = FieldRead(body.name, _span_of_body(body, draft, "body"), _bounded(body.confidence), why)


def _bounded(confidence: float) -> float:
    return round(max(0.0, min(1.0, confidence)), 3)


def _span_of_body(body: BodyFound, draft: Draft, role: str) -> Span | None:
    """Where the draft's own block or cell names the body; None where it was named elsewhere."""
    block, column = draft.passage.block, draft.cells.get(role)
    if not body.verbatim:
        return None
    if block.kind != "row":
        return span_of(draft.passage, body.start, body.end) if block.text[body.start : body.end] == body.verbatim else None
    cells = [cell for cell in block.cells if cell.column == column] or list(block.cells)
    for cell in cells:
        if cell.text[body.start : body.end] == body.verbatim:
            return span_of(draft.passage, body.start, body.end, cell.column)
    return None


def _note_kind(fields: dict[str, FieldRead], draft: Draft) -> None:
    """Which words say that it asks, offers, changes or withdraws; none where the message as a whole says it."""
    if draft.passage.block.kind in ("row", "field"):
        fields["kind"] = FieldRead(draft.kind, None, _bounded(draft.confidence), "what the table or form is for")
        return
    keys = _CUES.get(draft.kind, ())
    hits = [h for h in cue_hits(draft.text) if h.key in keys and draft.sentence.start <= h.start < draft.sentence.end]
    at = draft.head.start if draft.head is not None else draft.segment.start
    nearest = min(hits, key=lambda hit: (hit.start > at, abs(hit.start - at)), default=None)
    span = span_of(draft.passage, nearest.start, nearest.end) if nearest is not None else None
    why = "the verb that governs the thing" if nearest is not None else "what the message as a whole does"
    fields["kind"] = FieldRead(draft.kind, span, _bounded(draft.confidence), why)


def _note_amount(fields: dict[str, FieldRead], draft: Draft) -> None:
    if draft.category is not None:
        head = draft.head
        span = None
        if head is not None and draft.passage.block.kind != "row" and head.end <= len(draft.text):
            span = span_of(draft.passage, head.start, head.end)
        fields["category"] = FieldRead(draft.category, span, round(draft.confidence, 3), draft.reasons.get("category", "named in the text"))
    if draft.amount is None:
        return
    reason = _with_open(draft, draft.reasons.get("quantity", "the number beside the thing"))
    if draft.more:
        passage, start, end = draft.more[-1]
        fields["quantity"] = FieldRead(str(draft.amount), span_of(passage, start, end), 0.6, reason)
    elif draft.quantity is None:
        fields["quantity"] = FieldRead(str(draft.amount), None, 0.5, "asked for once")
    else:
        cell = draft.cells.get("_quantity") if draft.passage.block.kind == "row" else None
        span = span_of(draft.passage, draft.quantity.start, draft.quantity.end, cell)
        fields["quantity"] = FieldRead(str(draft.amount), span, round(min(1.0, draft.quantity.confidence), 3), reason)
    unit = _unit(draft)
    if unit is not None:
        fields["unit"] = FieldRead(unit, *_words_of_unit(draft))


def _with_open(draft: Draft, reason: str) -> str:
    """The reason with what the text leaves open: a range, at least, at most, about. What a change reaches ("down to 18") is exact."""
    number = draft.quantity.number if draft.quantity is not None else None
    if number is None or number.bound is None or (draft.kind in CHANGING and number.bound == "at-most"):
        return reason
    return left_open(reason, number.bound, number.told)


def _words_of_unit(draft: Draft) -> tuple[Span | None, float, str]:
    """Where the unit stands, how surely, and why."""
    found = draft.quantity
    if found is None or found.unit is None or found.unit_end <= found.unit_start or draft.more:
        return None, _UNIT_OF_THING, "the thing itself is counted"
    cell = draft.cells.get("_quantity") if draft.passage.block.kind == "row" else None
    text = draft.text if cell is None else next((c.text for c in draft.passage.block.cells if c.column == cell), "")
    if found.unit_end > len(text):
        return None, _UNIT_OF_THING, "the thing itself is counted"
    return span_of(draft.passage, found.unit_start, found.unit_end, cell), _bounded(found.confidence), "the word behind the number"


def shared_places(passages: Iterable[Passage], taken: set[tuple[int, int]]) -> list[Place]:
    """Sentences of the mail that hold no line and may state a condition of all offers in it."""
    found = [
        Place(p, s.of(p.text), s.start)
        for p in passages
        if p.block.kind in ("paragraph", "list-item", "field") and p.voice == "own"
        for s in sentences(p.text)
        if (id(p), s.start) not in taken
    ]
    return found[:_MOST_SHARED]


def without_borrowed_urgency(lines: list[DraftLine]) -> list[DraftLine]:
    """The subject's urgency is that of the lines, unless one of them says its own: then the subject spoke of that one."""
    stated = [line for line in lines if (read := line.fields.get("urgency")) is not None and read.span is not None]
    if not stated:
        return lines
    return [
        replace(line, urgency=None, fields={name: read for name, read in line.fields.items() if name != "urgency"})
        if (read := line.fields.get("urgency")) is not None and read.span is None
        else line
        for line in lines
    ]
