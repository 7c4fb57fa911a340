"""Who gives what a line offers: the row's giver, the one named in the sentence, the sender, or the only giver of the message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.known import ADJECTIVE
from sild.cores.extraction.fields.phrases import lexicon
from sild.cores.extraction.fields.transliteration import kmu55
from sild.cores.extraction.method.askers import giver_names
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.stance import cue_hits
from sild.cores.extraction.method.words import words_of

GIVERS = frozenset(("donor-state", "company", "foundation", "international"))
_FIRMS = frozenset(("company", "foundation"))
_FAR_BACK = 60
_LOOK_BACK = 3
_NAME_SHARE = 0.7
_BY_FORM = 0.6  # a name with a legal form
_HEAD_LINES = 4
_BY_VERB = 0.5


class Givers:
    """The givers of one message. `in_text` finds bodies, `state_of` gives the name by which a body gives."""

    def __init__(
        self,
        passages: Sequence[Passage],
        subject: str,
        in_text: Callable[[str], tuple[BodyFound, ...]],
        state_of: Callable[[BodyFound], str],
        sender: BodyFound | None,
        writer: str = "",
    ) -> None:
        self._writer = writer
        self._passages = passages
        self._subject = subject
        self._in_text = in_text
        self._state_of = state_of
        self._sender = sender

    @cached_property
    def only_one(self) -> BodyFound | None:
        """The giver that the whole message names, where it names just one (or just one known): a letter that does not say whose it is."""
        named: dict[str, BodyFound] = {}
        for text in (self._subject, *(p.text for p in self._passages[:_FAR_BACK])):
            for body in self._in_text(text):
                if body.kind in GIVERS and body.score > ADJECTIVE:
                    named.setdefault(self._state_of(body), body)
        known = [body for body in named.values() if body.known]
        found = list(named.values()) if len(named) == 1 else known
        return found[0] if len(found) == 1 else None

    @cached_property
    def only_state(self) -> BodyFound | None:
        """The one state of which the subject, the titles and the first rows name a body or the name; None where they name several."""
        named: dict[str, BodyFound] = {}
        for text in (self._subject, *(p.text for p in self._passages[:_HEAD_LINES])):
            for body in self._in_text(text):
                if body.kind == "donor-state":
                    named.setdefault(self._state_of(body), body)
        return next(iter(named.values())) if len(named) == 1 else None

    def named_in(self, draft: Draft) -> BodyFound | None:
        """Another giver than the sender that is named as the one who gives."""
        if draft.passage.block.kind == "row":
            return self._of_row(draft)
        if draft.passage.block.kind == "field" or draft.head is None:
            return None
        named = self._of_sentence(draft, max(draft.head.start, draft.quantity.start if draft.quantity is not None else 0))
        return named or self._behind(draft, draft.head.end)

    def _behind(self, draft: Draft, at: int) -> BodyFound | None:
        """A firm or foundation from which a state's list says the thing comes: "2 500 licenser från Skogvakt AB"."""
        if self._sender is None or self._sender.kind != "donor-state" or draft.stance != "offer":
            return None
        text, last = draft.text, draft.segment.end
        firms = (body for body in self._in_text(text) if body.kind in _FIRMS and at <= body.start < last)
        return next((body for body in firms if _is_given_by(text, body)), None)

    def unlisted(self, draft: Draft) -> BodyFound | None:
        """Who stands before a verb of giving in the draft's sentence and is on no list ("Nordic Ridge would like to offer 20 laptops")."""
        if draft.head is None or draft.passage.block.kind not in ("paragraph", "list-item"):
            return None
        text = draft.text
        for start, end in giver_names(text):
            if not draft.sentence.start <= start < draft.head.start:
                continue
            over = [body for body in self._in_text(text) if body.start < end and start < body.end]
            if over:  # "Fundacja Jasny Most przekaże": by its kind a body of no list
                if over[0].known or over[0].kind is not None:
                    continue
                return over[0]
            shown = text[start:end].strip("«»„“”\"'’ ")
            if shown and shown.lower() != self._writer.lower():
                name = kmu55(shown)
                return BodyFound(
                    start=start, end=end, verbatim=text[start:end], name=name, known=False, score=_BY_VERB, confidence=_BY_VERB
                )
        return None

    def _of_sentence(self, draft: Draft, at: int) -> BodyFound | None:
        """ "Norway gives ten, and the company Phare Bleu will offer two audits": the last giver before the verb that governs the thing."""
        text, start = draft.text, draft.sentence.start
        before = [
            body
            for body in self._in_text(text)
            if start <= body.start < at and body.kind in GIVERS and body.score > ADJECTIVE and not _is_beside(text, body)
        ]
        if not before:
            return None
        verbs = [hit.start for hit in cue_hits(text) if hit.key == "offer" and start <= hit.start < at]
        own_piece = [body for body in before if draft.segment.start <= body.start]
        subjects = own_piece or [body for body in before if verbs and body.start < verbs[-1]] or before[:1]
        found = subjects[-1]
        own = self._state_of(self._sender) if self._sender is not None else ""
        return None if self._state_of(found) == own else found

    def _of_row(self, draft: Draft) -> BodyFound | None:
        """A company or foundation that a cell of the row names as the one who gives; one that no list holds by its legal form."""
        own = self._state_of(self._sender) if self._sender is not None else ""
        for cell in draft.passage.block.cells:
            item = cell.column == draft.cells.get("item", cell.column)
            if cell.column == draft.cells.get("body"):
                continue
            for body in self._in_text(cell.text):
                if body.kind not in _FIRMS or body.name == own or not (body.known or body.score >= _BY_FORM):
                    continue
                alone = body.start <= 1 or (body.end - body.start) >= _NAME_SHARE * len(cell.text.strip())
                if _is_given_by(cell.text, body) or (_in_brackets(cell.text, body) if item else alone):
                    return body
        return None


def _in_brackets(text: str, body: BodyFound) -> bool:
    """ "Backup space (Talpa Data)": a firm that stands alone in brackets behind the thing."""
    before, behind = text[: body.start].rstrip(' "«„“'), text[body.end :].lstrip(' "»”“')
    return before.endswith("(") and behind.startswith(")")


def _is_given_by(text: str, body: BodyFound) -> bool:
    words = words_of(text)
    first = words.word_at(body.start)
    return any(words.words[i].text in lexicon("body_cues")["given_by"] for i in range(max(0, first - _LOOK_BACK), first))


def _is_beside(text: str, body: BodyFound) -> bool:
    """ "through Brennfjell AS", "together with Norway": no giver of its own."""
    words = words_of(text)
    first = words.word_at(body.start)
    return any(words.words[i].text in lexicon("body_cues")["through"] for i in range(max(0, first - 2), first))
