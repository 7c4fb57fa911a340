"""Chats: each turn is read as its author's words.

The coordinator's questions and echoes are no lines; an answer fills what was asked, and a "yes" makes the question's words the asker's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.fields.found import BodyFound, QuantityFound
from sild.cores.extraction.fields.phrases import words_of_all
from sild.cores.extraction.method.amounts import quantities, shifted, unit_word
from sild.cores.extraction.method.drafts import Draft, Mention, Stance
from sild.cores.extraction.method.givers import GIVERS
from sild.cores.extraction.method.lexicons import book, load
from sild.cores.extraction.method.mentions import head_of, mentions
from sild.cores.extraction.method.named_bodies import RECIPIENT
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.prose import prose_drafts
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.stance import MessageStance, cues_in
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.method.words import bare, words_of

_SHORT_ANSWER = 8
_NEAR = 4  # turns back that an answer may speak of
_SOON = 4  # words between "so" and its number
_SURE = 0.5
_LONGEST_PROOF = 250
_ALWAYS_GIVE = frozenset(("company", "foundation"))
_TOLD = frozenset(("elsewhere", "past", "has", "supplied", "thanks", "withdraw"))
_UNCOUNTED = frozenset(("time", "part"))


@cache
def _coordinator_words() -> tuple[str, ...]:
    table: Any = load("grammar")
    return tuple(bare(str(word)) for word in table["coordinators"])


def is_coordinator(author: str) -> bool:
    """Whether the author's name says that they run the desk or the chat."""
    name = bare(author)
    return any(word in name for word in _coordinator_words())


@dataclass(frozen=True, slots=True)
class _Chat:
    """The turns with who their authors are: `bodies` by the name, `told` the authors who are known by their own words only."""

    turns: list[Passage]
    bodies: dict[str, BodyFound | None]
    told: frozenset[str]

    def kind(self, author: str) -> str | None:
        """The kind of the author's body; who tells which public body they are asks for it."""
        body = self.bodies[author]
        kind = body.kind if body is not None else None
        return RECIPIENT if kind is None and author in self.told else kind


def chat_drafts(found: Iterable[Passage], whole: MessageStance, whose: Whose, context: Mention | None) -> list[Draft]:
    """The drafts of a chat, turn by turn."""
    chat = _introduced(list(found), whose)
    called = _called(chat)
    drafts: list[Draft] = []
    by_author: defaultdict[str, list[Draft]] = defaultdict(list)
    for index, turn in enumerate(chat.turns):
        author = _author(turn)
        if (is_coordinator(author) and not _speaks_for_own(turn)) or _asks_back(chat, index):
            continue
        if _says_when(chat, index, drafts):
            continue
        own = by_author[author]
        last = next((d.head for d in reversed(own) if d.head is not None), _topic(chat, index, author) or context)
        leans = called[index] or ("request" if chat.bodies[author] is not None else whole.leans) or "request"
        mine = prose_drafts([turn], _stance(chat.kind(author), leans, own), whose, last)
        for draft in mine:
            _settle_number(turn, draft, alone=len(mine) == 1)
        if not mine:
            answer = _confirmed(chat, index, own) or _answered(chat, index, drafts)
            mine = [answer] if answer is not None else []
            if not mine and not _says_rather(turn, own):
                _complete(turn, own)
        mine = [draft for draft in mine if not _corrects(turn, draft, own) and not _has_come(turn, draft) and not _only_tells(turn, draft)]
        for draft in mine:
            _sign(draft, chat, author, whose)
            drafts.append(draft)
            by_author[_author(draft.passage)].append(draft)
    return drafts


def _author(turn: Passage) -> str:
    return turn.block.author or ""


def _stance(kind: str | None, leans: Stance | None, own: list[Draft]) -> MessageStance:
    """How the author's words lean: a body in need asks, and whoever has asked goes on asking.

    A stranger does what was called for, a public body that no list holds asks, and else he does what the chat does.
    """
    asked = kind == RECIPIENT or (kind is None and bool(own) and own[-1].stance == "request")
    gives = kind in _ALWAYS_GIVE
    return MessageStance(leans="request" if asked else "offer" if gives else None if kind else leans, giver=kind in GIVERS, needy=asked)


def _called(chat: _Chat) -> list[Stance | None]:
    """What whoever runs the chat had called for last before each turn: needs, or offers."""
    before: list[Stance | None] = []
    last: Stance | None = None
    for turn in chat.turns:
        before.append(last)
        calls = book("chats", "calls_needs", "calls_offers").find_in(words_of(turn.text))
        if calls and (is_coordinator(_author(turn)) or chat.kind(_author(turn)) != RECIPIENT):
            last = "request" if calls[0].key == "calls_needs" else "offer"
    return before


def _speaks_for_own(turn: Passage) -> bool:
    """Whether who runs the chat speaks for a body of their own: "from us at the administration: a course for 44"."""
    hits = book("chats", "for_ourselves").find_in(words_of(turn.text))
    return bool(hits) and hits[0].first < _NEAR and ":" in turn.text


def _sign(draft: Draft, chat: _Chat, author: str, whose: Whose) -> None:
    """Whose words the draft is made of."""
    body = chat.bodies[author]
    draft.sender = body.name if body is not None else author or None
    if draft.stance == "offer" and draft.provider is None and draft.head is not None:
        # "from us: the firm X gives 120" tells of another giver
        before = [b for b in whose.in_text(draft.text) if draft.sentence.start <= b.start < draft.head.start and b.known]
        draft.provider = next((b for b in before if b.kind in ("company", "donor-state") and (body is None or b.name != body.name)), None)
    if author not in chat.told or body is None:
        return
    if draft.stance == "offer":
        draft.provider = draft.provider or body
    elif draft.beneficiary is None:
        named, reason = whose.beneficiary(draft)
        if named is None or reason == "the person who wrote it speaks for them":
            draft.beneficiary, draft.reasons["beneficiary"] = body, "the author tells in the chat who they are"


def _introduced(turns: list[Passage], whose: Whose) -> _Chat:
    bodies: dict[str, BodyFound | None] = {}
    told: set[str] = set()
    for author in dict.fromkeys(map(_author, turns)):
        body = whose.author(author) if author else None
        if body is None or (not body.known and body.score < _SURE):
            explained = None if is_coordinator(author) or not author else _explained(author, turns, whose)
            if explained is not None:
                told.add(author)
                body = explained
        bodies[author] = body
    return _Chat(turns, bodies, frozenset(told))


def _explained(author: str, turns: list[Passage], whose: Whose) -> BodyFound | None:
    """The body that the author calls their own, or that they say "yes" to, or the council of the town in their name."""
    for index, turn in enumerate(turns):
        if _author(turn) != author:
            continue
        opening = book("chats", "we_are").find_in(words_of(turn.text))
        named = [b for b in whose.in_text(turn.text) if _is_body(b)]
        if named and any(hit.start < named[0].start <= hit.end + _LONGEST_PROOF // 5 and hit.first < _NEAR for hit in opening):
            return named[0]
        question = _question_before(turns, index)
        if question is not None and _opens(turn.text, "yes"):
            asked = [b for b in whose.in_text(question.text) if _is_body(b)]
            if asked:
                return asked[0]
    words = words_of(author)
    offices = book("chats", "town_office").find_in(words)
    if offices:
        names = [w for n, w in enumerate(words.words) if not any(hit.first <= n < hit.after for hit in offices)]
        town = next((author[w.start : w.end] for w in names if author[w.start].isupper() and len(w.text) > 2), None)
        body = whose.cell(f"{town} ({words_of_all('body_cues', 'town_label')[0]})") if town is not None else None
        return body if body is not None and _is_body(body) else None
    return None


def _is_body(body: BodyFound) -> bool:
    return body.kind in (RECIPIENT, None) and (body.known or body.score >= _SURE)


def _opens(text: str, key: str) -> bool:
    hits = book("chats", key).find_in(words_of(text))
    return bool(hits) and hits[0].first == 0


def _question_before(turns: list[Passage], index: int) -> Passage | None:
    """The question of somebody else right before the turn."""
    before = turns[index - 1] if index else None
    return before if before is not None and before.text.rstrip().endswith("?") and _author(before) != _author(turns[index]) else None


def _asks_back(chat: _Chat, index: int) -> bool:
    """Whether the turn is a question of one who does not ask for himself, and somebody else answers it."""
    turn, following = chat.turns[index], chat.turns[index + 1 : index + 2]
    if not following or not turn.text.rstrip().endswith("?") or _author(following[0]) == _author(turn):
        return False
    kind = chat.kind(_author(turn))
    if kind in GIVERS:
        return "offer" not in cues_in(turn.text, 0, len(turn.text)) or _opens(following[0].text, "yes")
    spoke = any(_author(t) == _author(following[0]) for t in chat.turns[max(0, index - _NEAR) : index])
    return kind != RECIPIENT and spoke and (_opens(following[0].text, "yes") or _opens(following[0].text, "no"))


def _settle_number(turn: Passage, draft: Draft, alone: bool) -> None:
    """The number that the author's counting came to, or that a later sentence of the same turn tells."""
    if not alone or draft.kind not in ("request", "offer"):
        return
    came_to = _so_many(turn.text)
    if came_to is None and draft.amount is None:
        rest = [q for q in quantities(turn.text) if q.number.start >= draft.segment.end and q.unit_class not in _UNCOUNTED]
        others = [m for m in mentions(turn.text, draft.segment.end) if m.item.category not in (None, draft.category)]
        came_to = rest[0] if rest and not others else None
    if came_to is None or came_to.value == draft.amount:
        return
    draft.amount, draft.unit, draft.quantity = came_to.value, unit_word(None, draft.head) or unit_word(came_to, draft.head), None
    draft.more.append((turn, came_to.number.start, came_to.number.end))
    draft.reasons["quantity"] = "what the counting in the same turn came to"


def _so_many(text: str) -> QuantityFound | None:
    """The number behind "so", "отже", "czyli"."""
    words = words_of(text)
    for hit in reversed(book("chats", "so").find_in(words)):
        limit = words.words[min(hit.after + _SOON, len(words.words)) - 1].end
        found = [q for q in quantities(text) if hit.end <= q.number.start < limit and q.unit_class not in _UNCOUNTED]
        if found:
            return found[0]
    return None


def _confirmed(chat: _Chat, index: int, own: list[Draft]) -> Draft | None:
    """The line that a "yes" makes of somebody's question about what the author said before it."""
    question = _question_before(chat.turns, index)
    turn = chat.turns[index]
    if question is None or not _opens(turn.text, "yes"):
        return None
    before = next((t for t in reversed(chat.turns[max(0, index - 1 - _NEAR) : index - 1]) if _author(t) == _author(turn)), None)
    head = head_of(mentions(question.text)) or (head_of(mentions(before.text)) if before is not None else None)
    asked = next((q for q in quantities(question.text) if q.unit_class not in _UNCOUNTED), None)
    spoken = next((d for d in reversed(own) if d.passage is before), None)
    if spoken is not None:
        if spoken.amount is None and asked is not None:
            _tell(spoken, question, shifted(asked, 0, question.text))
        return None
    if head is None or head.item.category is None or before is None or chat.kind(_author(turn)) in GIVERS:
        return None
    counted = [q for q in quantities(before.text) if q.unit_class not in _UNCOUNTED]
    found = _so_many(before.text) or (counted[0] if len(counted) == 1 else None)
    whole = Stretch(0, len(before.text))
    draft = Draft(
        passage=before, sentence=whole, segment=whole, kind="request", stance="request", head=None,
        quantity=shifted(found, 0, before.text) if found is not None else None, amount=found.value if found is not None else None,
        unit=unit_word(None, head) or unit_word(found, None), category=head.item.category, confidence=0.65,
        reasons={"category": f"the author says yes to a question about {head.item.name}"},
        evidence=[(None, 0, min(len(before.text), _LONGEST_PROOF))],
    )  # fmt: skip
    if found is None and asked is not None:
        _tell(draft, question, shifted(asked, 0, question.text))
    return draft


def _says_when(chat: _Chat, index: int, drafts: list[Draft]) -> bool:
    """Whether the turn only names the day that somebody asked for ("your deadline?", "5 February"), which the author's last line takes."""
    turn, question = chat.turns[index], _question_before(chat.turns, index)
    asked = question is not None and bool(book("chats", "asks_when").find_in(words_of(question.text)))
    if not asked or len(words_of(turn.text).words) > _SHORT_ANSWER or mentions(turn.text):
        return False
    said_at = turn.block.said_at
    sent = said_at.date() if said_at is not None else None
    last = next((d for d in reversed(drafts) if _author(d.passage) == _author(turn) and d.kind == "request"), None)
    if sent is None or last is None or last.due is not None or not find_dates(turn.text, sent):
        return False
    last.due = turn
    return True


def _topic(chat: _Chat, index: int, author: str) -> Mention | None:
    """What the author spoke of in the turns just before."""
    before = [t for t in chat.turns[max(0, index - _NEAR) : index] if _author(t) == author]
    return next((head for t in reversed(before) if (head := head_of(mentions(t.text))) is not None), None)


def _answered(chat: _Chat, index: int, drafts: list[Draft]) -> Draft | None:
    """An answer that names only a number: "we can give 3" of what was asked for last, "we do, 4" to "who needs generators?"."""
    turn = chat.turns[index]
    found = [q for q in quantities(turn.text) if q.unit_class not in _UNCOUNTED]
    cues = cues_in(turn.text, 0, len(turn.text))
    if len(found) != 1 or cues & {"withdraw", "elsewhere", "past"} or head_of(mentions(turn.text)) is not None:
        return None
    near = [t for t in chat.turns[max(0, index - _NEAR) : index] if _author(t) != _author(turn)]
    quantity = shifted(found[0], 0, turn.text)
    needy = chat.kind(_author(turn)) == RECIPIENT
    if needy:
        own = any(_author(d.passage) == _author(turn) for d in drafts)
        short = len(words_of(turn.text).words) <= _SHORT_ANSWER and not own
        head = next((_asked_for(t, "ask") for t in reversed(near) if t.text.rstrip().endswith("?")), None)
        return _of_answer(turn, quantity, "request", head) if short and head is not None else None
    if "offer" not in cues or "ask" in cues:
        return None
    asked = next((d for t in reversed(near) for d in drafts if d.passage is t and d.kind == "request"), None)
    head = asked.head if asked is not None else next((_asked_for(t, None) for t in reversed(near) if t.text.rstrip().endswith("?")), None)
    if asked is None and head is None:
        return None
    draft = _of_answer(turn, quantity, "offer", head)
    if asked is not None:
        draft.category, draft.unit = asked.category, asked.unit
        draft.beneficiary = asked.beneficiary or chat.bodies[_author(asked.passage)]
        draft.reasons["beneficiary"] = "answers their request"
    return draft


def _asked_for(question: Passage, cue: str | None) -> Mention | None:
    """The thing that a question is about, where it has the cue."""
    if cue is not None and cue not in cues_in(question.text, 0, len(question.text)):
        return None
    return head_of(mentions(question.text))


def _of_answer(turn: Passage, quantity: QuantityFound, kind: Stance, about: Mention | None) -> Draft:
    whole = Stretch(0, len(turn.text))
    return Draft(
        passage=turn, sentence=whole, segment=whole, kind=kind, stance=kind, head=None, quantity=quantity, amount=quantity.value,
        unit=unit_word(quantity, about), category=about.item.category if about is not None else None, confidence=0.65,
        reasons={"category": "answers what was asked before"}, evidence=[(None, 0, min(len(turn.text), _LONGEST_PROOF))],
    )  # fmt: skip


def _has_come(turn: Passage, draft: Draft) -> bool:
    """Whether the turn only tells that the things came."""
    if draft.kind != "request" or cues_in(turn.text, 0, len(turn.text)) & {"ask", "still", "additional"}:
        return False
    keys = {hit.key for hit in book("chats", "arrived", "waited").find_in(words_of(turn.text))}
    return keys == {"arrived"}


def _only_tells(turn: Passage, draft: Draft) -> bool:
    """Whether a bare number only tells what became of older things: "there were five, one burned down"."""
    told = cues_in(turn.text, draft.sentence.start, draft.sentence.end)
    return draft.kind == "update" and draft.head is None and "past" in told and not told & {"ask", "change", "still", "additional"}


def _corrects(turn: Passage, draft: Draft, own: list[Draft]) -> bool:
    """Whether the author only corrects the number of an own line of this chat ("sorry, 6 not 5"); that line then takes it."""
    if draft.kind != "update" or draft.quantity is None:
        return False
    if draft.old_amount is None:
        return _says_rather(turn, own)
    spoken = next((d for d in reversed(own) if d.category == draft.category and d.amount == draft.old_amount and d.kind == "request"), None)
    if spoken is None:
        return False
    unit = spoken.unit
    _tell(spoken, turn, draft.quantity)
    spoken.unit = unit
    return True


def _says_rather(turn: Passage, own: list[Draft]) -> bool:
    """Whether the author corrects in a few words the number just told ("better 10", "no, 10 laptops"); that line then takes it."""
    words = words_of(turn.text)
    found = [q for q in quantities(turn.text) if q.unit_class not in _UNCOUNTED]
    if len(words.words) > _SHORT_ANSWER or len(found) != 1 or not own or not book("chats", "rather").find_in(words):
        return False
    if cues_in(turn.text, 0, len(turn.text)) & _TOLD or found[0].unit_class not in (None, "generic", "thing", "licence", "capacity"):
        return False
    named = head_of(mentions(turn.text))
    meant = [d for d in own if d.kind in ("request", "offer") and (named is None or d.category == named.item.category)]
    if not meant or meant[-1].amount == found[0].value:
        return False
    unit = meant[-1].unit
    _tell(meant[-1], turn, shifted(found[0], 0, turn.text))
    meant[-1].unit = unit or meant[-1].unit
    return True


def _complete(turn: Passage, own: list[Draft]) -> None:
    """A bare "40 pieces" fills the number that the author's last line left open."""
    found = [q for q in quantities(turn.text) if q.unit_class not in _UNCOUNTED]
    if not found or not own or len(words_of(turn.text).words) > _SHORT_ANSWER:
        return
    draft = own[-1]
    if draft.amount is None or (draft.quantity is None and not draft.more and draft.amount == 1):
        _tell(draft, turn, shifted(found[0], 0, turn.text))


def _tell(draft: Draft, turn: Passage, quantity: QuantityFound) -> None:
    draft.amount, draft.unit = quantity.value, unit_word(quantity, draft.head)
    draft.more.append((turn, quantity.start, quantity.end))
    draft.reasons["quantity"] = f"answered in {turn.block.locator}: {turn.text[:60]!r}"
