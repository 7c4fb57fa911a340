"""Whether a message asks or offers, by who writes and how; and what one piece of it does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sild.cores.extraction.fields.phrases import Hit
from sild.cores.extraction.method.drafts import Stance
from sild.cores.extraction.method.lexicons import book
from sild.cores.extraction.method.mentions import SOLID, grammar, mentions
from sild.cores.extraction.method.passages import Passage, is_forward
from sild.cores.extraction.method.sentences import Stretch, clauses, sentences
from sild.cores.extraction.method.words import words_of
from sild.values.document import Document

_GIVERS = frozenset(("donor-state", "company", "foundation"))
_MOST = 3.0
_CLEAR = 0.5
_GOVERNS = 3
_MAIN_CLAUSE = 300
_ASKS_TOO = frozenset(("wish", "relays"))
_AID_OF_GIVING = 2  # words between a verb of giving and the aid it gives: "offer you help with"
_OPENS = 2  # words before a condition that still opens its sentence: "finally, subject to ..."
_PRIOR = {"company": 1.6, "donor-state": 1.2, "foundation": 1.0, "international": 0.5}


@lru_cache(maxsize=2048)
def cue_hits(text: str) -> tuple[Hit[str], ...]:
    """All cues of the text, in order."""
    return tuple(book("cues").find_in(words_of(text)))


def cues_in(text: str, start: int, end: int) -> frozenset[str]:
    """The kinds of cues inside start..end; a wish asks as well, and so does who is asked by others."""
    found = frozenset(hit.key for hit in _between(text, start, end))
    return found | {"ask"} if found & _ASKS_TOO else found


def is_relayed(text: str, sentence: Stretch) -> bool:
    """Whether the sentence says that others ask: "our offices were asked to forward the following"."""
    return any(hit.key == "relays" for hit in _between(text, sentence.start, sentence.end))


def _between(text: str, start: int, end: int) -> tuple[Hit[str], ...]:
    hits = cue_hits(text)
    return hits[bisect_left(hits, start, key=lambda hit: hit.start) : bisect_left(hits, end, key=lambda hit: hit.start)]


@dataclass(frozen=True, slots=True)
class MessageStance:
    """`leans`: what the whole message does, None where it does not say; `giver`, `needy`: by the kind of the body that writes.

    `offers`: whether any sentence of it offers a thing in plain words; `stated`: a form says which of the two it is.
    """

    leans: Stance | None
    giver: bool = False
    needy: bool = False
    offers: bool = True
    stated: bool = False


def message_stance(document: Document, found: Iterable[Passage], sender_kind: str | None) -> MessageStance:
    """Weigh the sender's kind, the form, the subject and the cues beside things that are named."""
    giver, needy = sender_kind in _GIVERS, sender_kind == "recipient-body"
    ask, offer = (2.5 if needy else 0.0), _PRIOR.get(sender_kind or "", 0.0)
    offers = stated = False
    subject = cues_in(document.envelope.subject, 0, len(document.envelope.subject))
    ask += 1.5 * ("ask" in subject)
    offer += 1.5 * ("offer" in subject)
    if is_forward(document.envelope.subject):
        ask += 0.7
    asked = offered = 0.0
    passes_on = is_forward(document.envelope.subject)
    for passage in found:
        if passage.block.kind == "field":
            asks, gives = _form_is(passage, "request", "need", "ask"), _form_is(passage, "offer", "pledge", "donat")
            asked, offered, stated = asked + 5.0 * asks, offered + 5.0 * gives, stated or asks != gives
        if passage.block.kind == "row":
            continue
        for sentence in sentences(passage.text):
            cues = cues_in(passage.text, sentence.start, sentence.end)
            thing = any(m.rank >= SOLID for m in mentions(passage.text, sentence.start, sentence.end))
            weight = 1.0 if thing else 0.4
            offers = offers or (thing and "offer" in cues and not cues & {"ask", "elsewhere"})
            offers = offers or (giver and "offer" in cues and "elsewhere" not in cues and _gives_first(passage.text, sentence))
            asks = "ask" in cues and "offer" not in cues
            asked += weight * asks
            passes_on = passes_on or (asks and (thing or "relays" in cues or sentence.of(passage.text).rstrip().endswith(":")))
            offered += weight * ("offer" in cues and "ask" not in cues)
    ask, offer = ask + min(asked, _MOST if asked < 5 else asked), offer + min(offered, _MOST if offered < 5 else offered)
    leans: Stance | None = None if abs(ask - offer) < _CLEAR else "request" if ask > offer else "offer"
    return MessageStance(leans, giver, needy, offers or not passes_on, stated and leans is not None)


def _gives_first(text: str, sentence: Stretch) -> bool:
    """Whether the first thing of the sentence is given, whatever its end says others asked: "we give ten (they asked for more)"."""
    first = next((m for m in mentions(text, sentence.start, sentence.end) if m.rank >= SOLID and m.demoted is None), None)
    if first is None or nearest_cue(text, sentence.start, first.start, sentence.end) != "offer":
        return False
    return not any(hit.key in ("ask", "relays") and hit.start < first.start for hit in _between(text, sentence.start, sentence.end))


def _form_is(passage: Passage, *words: str) -> bool:
    name = (passage.block.name or "").lower()
    value = passage.text.lower()
    return name in grammar("form_fields") and any(word in value for word in words)


def wishes_only(text: str, start: int, end: int) -> bool:
    """Whether the piece wishes and nowhere asks outright."""
    keys = {hit.key for hit in _between(text, start, end)}
    return "wish" in keys and not keys & {"ask", "relays"}


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for asking or offering in one piece: its cues, the nearest of them before the thing, a lead-in, who is named."""

    cues: frozenset[str]
    nearest: Stance | None
    lead: Stance | None
    named_recipient: bool
    forwarded: bool
    wish_only: bool = False
    named_giver: bool = False


def nearest_cue(text: str, start: int, at: int, end: int) -> Stance | None:
    """Of asking and offering in one sentence the one that governs the thing at `at`.

    "We ask you to provide" asks and "we would like to provide" offers: a verb of giving belongs to the verb of asking before it, but not
    to a wish. Where the verb of giving stands last, as in German, a wish before the thing makes an offer of it. Help that is named right
    behind a verb of giving is what is given: "we offer help with ...".
    """
    cues = [hit for hit in _between(text, start, end) if hit.key in ("ask", "relays", "wish", "offer")]
    ahead = [hit for hit in cues if hit.start < at]
    before = ["ask" if hit.key == "relays" else hit.key for at, hit in enumerate(ahead) if not _is_alternative(text, ahead, at)]
    if not before:
        return None
    if before == ["offer", "ask"] and ahead[1].key == "ask" and _is_given(text, ahead[0], ahead[1]):
        return "offer"
    if before[-1] == "offer":
        return "request" if len(before) > 1 and before[-2] == "ask" and len(before) <= _GOVERNS else "offer"
    if before[-1] == "wish" and any(hit.key == "offer" for hit in cues if hit.start >= at):
        return "offer"
    return "request"


def _is_alternative(text: str, ahead: list[Hit[str]], at: int) -> bool:
    """Whether the verb of giving only offers a choice with the one before it: "a partner who pays for or hands over ten generators"."""
    if not at or ahead[at].key != "offer" or ahead[at - 1].key != "offer":
        return False
    return ahead[at].first - ahead[at - 1].after == 1 and words_of(text).words[ahead[at - 1].after].text in grammar("ors")


def _is_given(text: str, gives: Hit[str], aid: Hit[str]) -> bool:
    """Whether the aid is named close behind the verb of giving, in the same clause."""
    between = text[gives.end : aid.start]
    joined = any(word.text in grammar("joins") for word in words_of(text).words[gives.after : aid.first])
    return aid.first - gives.after <= _AID_OF_GIVING and not joined and not any(mark in between for mark in ",;:.")


def stance_of(whole: MessageStance, signs: Signs) -> Stance | None:
    """What one piece does, from its own cues, the lead-in before it and the message it stands in; None where it neither asks nor offers."""
    cues, lead = signs.cues, signs.lead
    ask, offer = "ask" in cues or "still" in cues, "offer" in cues
    if "reply" in cues and not whole.needy and not ask:
        offer = True
    if "spares" in cues and offer and not ask:
        return "offer"  # "if anybody needs them, we will give away 4 routers"
    if lead is not None and not ask:
        return lead
    if lead is not None:
        return lead if lead == "offer" or not offer else "request"
    if whole.stated and (ask or offer):
        return whole.leans
    if "relays" in cues and signs.nearest != "offer":
        return "request"  # "they ask us for 30 terminals": what others ask, whoever writes
    if ask and "hearsay" in cues and not whole.needy:
        return None
    if ask and offer:
        if whole.giver and not signs.named_recipient and not signs.forwarded:
            return "offer"
        return "request" if whole.needy else signs.nearest or whole.leans or "offer"
    if ask and whole.giver and signs.wish_only and not signs.named_recipient and not signs.forwarded:
        return "offer"
    if ask:
        told = signs.forwarded or signs.named_recipient or not whole.offers
        if whole.giver and whole.leans is None and not told:
            return "offer"
        return None if whole.leans == "offer" and ("hearsay" in cues or not told) else "request"
    if offer and signs.named_giver and signs.nearest == "offer":
        return "offer"  # a needy body may tell what somebody has promised it
    if offer and not whole.needy and signs.nearest == "offer":
        return "offer"
    if offer:
        return None if whole.needy or (whole.leans == "request" and not whole.giver) else "offer"
    return None


def is_elsewhere(text: str, sentence: Stretch, at: int) -> bool:
    """Whether the clause around `at` says that the thing is asked elsewhere, is there already, or cannot be given."""
    cues = _between(text, sentence.start, sentence.end)
    asked = [hit.start for hit in cues if hit.key in ("ask", "wish")]
    hits = [
        hit
        for hit in cues
        if hit.key in ("elsewhere", "supplied") or (hit.key == "thanks" and not any(hit.start < other < at for other in asked))
    ]
    if not hits:
        return False
    for clause in clauses(text, sentence.start, sentence.end):
        if clause.start <= at < clause.end:
            return any(clause.start <= hit.start < clause.end and not _in_other_brackets(text, clause, hit.start, at) for hit in hits)
    return False


def is_reason(text: str, sentence: Stretch, at: int) -> bool:
    """Whether the clause around `at` only says why: "because fibre repairs can only begin in May"."""
    clause = next((c for c in clauses(text, sentence.start, sentence.end) if c.start <= at < c.end), sentence)
    first = words_of(text).between(clause.start, clause.end)[:1]
    if clause.start == sentence.start or not first or first[0].text not in grammar("reasons"):
        return False
    return not any(hit.key in ("ask", "wish", "offer", "still") for hit in _between(text, clause.start, clause.end))


def is_past(text: str, sentence: Stretch, at: int) -> bool:
    """Whether the clause around `at` tells what happened to the thing ("burned", "expired")."""
    hits = [hit for hit in _between(text, sentence.start, sentence.end) if hit.key == "past"]
    clause = next((c for c in clauses(text, sentence.start, sentence.end) if c.start <= at < c.end), sentence)
    return any(clause.start <= hit.start < clause.end for hit in hits)


def _in_other_brackets(text: str, clause: Stretch, cue: int, at: int) -> bool:
    """Whether the cue stands in brackets that do not hold the thing."""
    before = text[clause.start : cue]
    if before.count("(") <= before.count(")"):
        return False
    return not clause.start + before.rfind("(") < at


def is_condition(text: str, start: int, at: int) -> bool:
    """Whether a condition ("only after ...") opens between start and `at`.

    One that opens the sentence and ends with its comma leaves the main clause free: "Subject to a permit, we can give four probes"; so does
    one between commas: "we will give, subject to a permit, four probes".
    """
    for hit in _between(text, start, at + 1):
        if hit.key == "condition":
            comma = text.find(", ", hit.end, at)
            opens = hit.first - words_of(text).word_at(start) <= _OPENS
            main = any(other.key in ("ask", "offer") for other in _between(text, comma, comma + _MAIN_CLAUSE)) if comma > 0 else False
            aside = (
                comma > 0
                and text[: hit.start].rstrip().endswith(",")
                and any(h.key in ("ask", "offer") for h in _between(text, start, hit.start))
            )
            if not ((opens and main) or aside):
                return True
    return False
