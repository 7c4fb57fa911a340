"""Whose line it is: who sent the message, whom a line is for, who gives."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, cached_property, lru_cache

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.body_mentions import find_mentions
from sild.cores.extraction.fields.folding import read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.offices import names_the_state
from sild.cores.extraction.fields.phrases import PhraseBook, lexicon
from sild.cores.extraction.method.asides import is_linked, is_meant_for, is_named_in_passing, is_struck, sits_with
from sild.cores.extraction.method.authors import NAMED, Authors
from sild.cores.extraction.method.bare_kinds import BareKinds
from sild.cores.extraction.method.destined import Destined
from sild.cores.extraction.method.drafts import Draft
from sild.cores.extraction.method.givers import GIVERS, Givers
from sild.cores.extraction.method.mentions import grammar
from sild.cores.extraction.method.named_bodies import RECIPIENT, STATE, NamedBodies
from sild.cores.extraction.method.passages import Passage, is_forward
from sild.cores.extraction.method.senders import sender_of
from sild.cores.extraction.method.sentences import Stretch
from sild.cores.extraction.method.topics import Topics
from sild.cores.extraction.method.words import words_of
from sild.cores.extraction.problem import ExtractionProblem

_OVERSEERS = frozenset(
    ("ministry", "administration", "service", "agency", "authority", "department", "directorate", "embassy", "committee")
)
_LOOK_BACK = 3
_FAR_BACK = 60
_SURE_STRANGER = 0.6
_BARELY_MORE = 0.1
_FOOT, _SIGNATURE = 4, 110


@cache
def _for_itself() -> PhraseBook[str]:
    return PhraseBook((words, "itself") for words in lexicon("body_cues")["for_itself"])


def _is_for_itself(draft: Draft) -> bool:
    """Whether the sentence says that the writer itself is in need ("for ourselves: a part-time technician")."""
    return any(_for_itself().find_in(read(draft.text[draft.sentence.start : draft.sentence.end])))


class Whose:
    """What is known about the bodies of one message."""

    def __init__(self, problem: ExtractionProblem, found: list[Passage]) -> None:
        self._bodies: BodyIndex = problem.bodies
        self._passages = found
        self._places = {id(passage): number for number, passage in enumerate(found)}
        self._document = problem.document
        self._named = named = NamedBodies(problem, found)
        self.in_text, self.kind_of, self.state_of = named.find, named.kind_of, named.state_of
        self.cell, self.named_in, self.is_name, self.is_defence = named.cell, named.named_in, named.is_name, named.is_defence
        self.sender: BodyFound | None = sender_of(problem, found, named.find, named.kinded) or self._sole_asker(problem)
        named.speaks_from(self.sender.country if self.sender is not None else None)
        self._bare_kinds = BareKinds(found, self._bodies, self.in_text, self.sender, problem.document.envelope.subject)
        self._find_in_need = lru_cache(maxsize=1024)(
            lambda text: tuple(body for body in self.in_text(text) if not self.is_aside(text, body))
        )
        self._topics = Topics(found, self._bodies, self.in_need, self._bare_kinds, self.sender)
        envelope = problem.document.envelope
        self._givers = Givers(found, envelope.subject, self.in_text, self.state_of, self.sender, envelope.sender_name)
        self._destined = Destined(found, problem.document.envelope.subject, self.in_text, self.sender)
        self._authors = Authors(self._bodies, self.in_text, self._named.kinded, lambda: self._bare_kinds.places, lambda: self._texts)
        self._forwarded = is_forward(problem.document.envelope.subject) or any(p.voice == "forwarded" for p in found)

    @property
    def sender_kind(self) -> str | None:
        """The kind of the sender's body, None where it is not known; a public body of the asking country that no list holds asks too."""
        return self.kind_of(self.sender) if self.sender is not None else None

    @property
    def speaks_for_others(self) -> bool:
        """Whether the sender is likely to pass on what others ask: a donor's office, an embassy, a forwarder."""
        if self.sender is None or self.sender_kind != RECIPIENT or self._forwarded:
            return True
        return any(word in self.sender.name.lower() for word in ("embassy", "mission", "association", "delegation"))

    @cached_property
    def _asks_alone(self) -> bool:
        """Whether the sender is of a kind that oversees nobody: a hospital, a council, not a ministry."""
        heads = [mention.head for mention in find_mentions(self.sender.name)] if self.sender is not None else []
        return bool(heads) and not _OVERSEERS.intersection(heads)

    def _is_sender(self, body: BodyFound) -> bool:
        return self.sender is not None and body.name == self.sender.name

    @cached_property
    def any_recipient(self) -> bool:
        """Whether the message names a known recipient."""
        return any(body.known and body.kind == RECIPIENT for passage in self._passages for body in self.in_text(passage.text))

    def _sole_asker(self, problem: ExtractionProblem) -> BodyFound | None:
        """Who writes a mail that names its writer nowhere: the one that its first paragraphs say to ask."""
        if problem.document.channel != "mail" or is_forward(problem.document.envelope.subject):
            return None
        return self._named.sole_asker()

    def in_need(self, text: str) -> tuple[BodyFound, ...]:
        """As `in_text`, without those that the text names for another reason than need."""
        return self._find_in_need(text)

    def giver_cell(self, text: str) -> BodyFound | None:
        """The body in a column of givers: "State (Ministry of Defence)" in a list of one state's gifts is that state."""
        state = self._giving_state if names_the_state(text) else None
        if state is None:
            return self.cell(text)
        return replace(state, start=0, end=len(text), verbatim=text)

    @cached_property
    def _giving_state(self) -> BodyFound | None:
        """The state whose list the message is: the sender's, else the only giving state that it names."""
        if self.sender is not None:
            return self.sender if self.sender.kind == STATE else None
        only = self._givers.only_state
        return only if only is not None and only.kind == STATE else None

    def author(self, name: str) -> BodyFound | None:
        """The body of a chat's author, or of the writer of a mail sent on."""
        return self._authors.of(name, self._named.country)

    def names_recipient(self, passage: Passage, sentence: Stretch) -> bool:
        """Whether the sentence names a body, other than the sender, that may need help, or speaks of what they need."""
        if self._topics.says_they_need(passage, sentence):
            return True
        sender = self.sender.name if self.sender is not None else ""
        return any(
            body.kind in (RECIPIENT, None) and body.name != sender and sentence.start <= body.start < sentence.end
            for body in self.in_text(passage.text)
        )

    def heads(self, passage: Passage) -> bool:
        """Whether a body that may need help is the label of the point: "Trostianets hospital: 5 UPS units"."""
        return self._topics.labelled(passage)

    def fullest(self, body: BodyFound | None) -> BodyFound | None:
        """The body as the message names it most fully: "Бучанський КДЦ" below, "консультативно-діагностичний центр" in the text."""
        if body is None or body.known:
            return body
        said = [other for text in self._texts for other in self.in_text(text) if other.name == body.name]
        return max([body, *said], key=lambda other: len(other.verbatim))

    @cached_property
    def _texts(self) -> list[str]:
        return [self._document.envelope.sender_name, *(p.text for p in self._passages[:_FAR_BACK])]

    def beneficiary(self, draft: Draft, lead: str = "") -> tuple[BodyFound | None, str]:
        """Whom the line is for, with the reason; None where nobody is named and the sender does not ask for itself."""
        if draft.beneficiary is not None:
            return draft.beneficiary, draft.reasons.get("beneficiary", "named in the row")
        if draft.passage.block.kind == "row":
            found = self._only_one if self.speaks_for_others and draft.stance == "request" else None
            return (found, "the only recipient that the message names") if found is not None else self._default(draft)
        for stretch, reason in ((draft.segment, "named beside the thing"), (draft.sentence, "named in the sentence")):
            found = self._nearest(draft, stretch)
            if found is not None:
                return found, reason
            meant = self._bare_kinds.meant(draft, stretch) or self._bare_kinds.town(draft, stretch)
            if meant is not None:
                return meant
        if draft.stance == "offer":
            return self._destined.of(draft) or (None, "no recipient is named")
        if draft.passage.voice == "forwarded" and draft.passage.origin:
            found = self.author(draft.passage.origin)
            if found is None or found.kind not in (RECIPIENT, None):
                found = self._signed(draft.passage)
            if found is not None and found.kind in (RECIPIENT, None):
                return found, "the forwarded mail is theirs"
        if self.sender is not None and _is_for_itself(draft):
            return self.sender, "the sender asks for itself"
        topic = self._topics.of(draft)
        if topic is not None:
            return topic
        if self.speaks_for_others and draft.passage.block.kind != "chat":
            found = self._earlier(draft, lead)
            if found is not None:
                return found, "the last body named before"
            found = self._only_one
            if found is not None:
                return found, "the only recipient that the message names"
        return self._default(draft)

    @cached_property
    def _only_one(self) -> BodyFound | None:
        """The recipient that the whole message names, where it names just one besides the sender."""
        own = self.sender.name if self.sender is not None else ""
        named: dict[str, BodyFound] = {}
        for text in (self._document.envelope.subject, *(p.text for p in self._passages)):
            for body in self.in_need(text):
                if body.name != own and (body.kind == RECIPIENT or (body.kind is None and body.score >= _SURE_STRANGER)):
                    named.setdefault(body.name, body)
        return next(iter(named.values())) if len(named) == 1 else None

    def _signed(self, passage: Passage, kinds: frozenset[str | None] = frozenset((RECIPIENT, None))) -> BodyFound | None:
        """The body in the last short lines of a forwarded mail, whose writer's name tells none."""
        lines = [p for p in self._passages if p.voice == "forwarded" and p.origin == passage.origin and p.part.name == passage.part.name]
        for line in reversed(lines[-_FOOT:]):
            if len(line.text) <= _SIGNATURE and not line.text.rstrip().endswith((".", "?", "!", ":")):
                found = next((body for body in self.in_text(line.text) if body.kind in kinds), None)
                if found is not None:
                    return found
        return None

    def _default(self, draft: Draft) -> tuple[BodyFound | None, str]:
        if draft.stance == "offer":
            return None, "no recipient is named"
        if draft.sender is not None and draft.passage.block.kind == "chat":
            found = self.author(draft.passage.block.author or "")
            return found, "the person who wrote it speaks for them"
        if self.sender is not None and self.sender.kind in (RECIPIENT, None):
            return self.sender, "the sender asks for itself"
        if self.sender is not None and not self.sender.known and self._is_firm(self.sender) and not self.any_recipient:
            return replace(self.sender, score=NAMED, confidence=NAMED), "the enterprise asks, and nobody else is named"
        return None, "nobody is named and the sender is no recipient"

    @staticmethod
    def _is_firm(body: BodyFound) -> bool:
        """Whether the body is an enterprise rather than one that collects for others."""
        return body.kind == "company"

    def _nearest(self, draft: Draft, stretch: Stretch) -> BodyFound | None:
        at = draft.head.start if draft.head is not None else stretch.start
        candidates = [
            body
            for body in self.in_text(draft.text)
            if stretch.start <= body.start < stretch.end
            and body.kind in (RECIPIENT, None)
            and self._may_be_for(draft, body)
            and (body.start < draft.segment.end or ";" not in draft.text[draft.segment.end : body.start])
        ]
        if not candidates:
            return None
        behind = draft.head.end if draft.head is not None else stretch.start
        meant = [body for body in candidates if body.start >= behind and self.speaks_for_others and is_meant_for(draft.text, body)]
        return min(meant or candidates, key=lambda body: (not body.known, min(abs(body.start - at), abs(body.end - at))))

    def _may_be_for(self, draft: Draft, body: BodyFound) -> bool:
        """Bodies behind "at", "via", "from" are where a thing is or who passed it on; those named in passing are no recipients either."""
        if self.is_aside(draft.text, body):
            return False
        if draft.stance == "offer" and (sits_with(draft.text, body) or is_struck(draft.text, body)):
            return True
        words = words_of(draft.text)
        first = words.word_at(body.start)
        before = [
            words.words[i].text
            for i in range(max(0, first - _LOOK_BACK), first)
            if "(" not in draft.text[words.words[i].start : body.start]
        ]
        opened = "(" in draft.text[max(0, body.start - 40) : body.start]
        while before and before[-1] in grammar("definite"):
            before = before[:-1]
        if before and before[-1] in grammar("not_for_words"):
            people = len(before) > 1 and before[-2].startswith(tuple(grammar("people_of") | grammar("asked_by")))
            return people or (self.speaks_for_others and before[-1] in grammar("from_words"))
        if opened and first > 0 and words.words[first - 1].text in grammar("not_for_words"):
            return False
        own_need = self.sender_kind == RECIPIENT and not self.speaks_for_others
        if not body.known and own_need and body.score < _SURE_STRANGER:
            return False
        if own_need and draft.stance == "request" and self._asks_alone and not self._is_sender(body) and not is_linked(draft.text, body):
            return False
        sender = self.sender.name if self.sender is not None else ""
        return body.name != sender or draft.stance == "request"

    def is_aside(self, text: str, body: BodyFound) -> bool:
        """Whether the text names the body, other than the sender, for another reason than that something is for it."""
        own = self.sender is not None and self.sender_kind == RECIPIENT and not self.speaks_for_others
        if self.sender is not None and body.name == self.sender.name:
            return False
        return is_named_in_passing(text, body, asks_for_itself=own)

    def _earlier(self, draft: Draft, lead: str) -> BodyFound | None:
        """The recipient named last before the line, in its own voice, else in the subject."""
        own_head = self.sender.name if self.sender is not None else ""
        found: BodyFound | None = None
        here = self._places.get(id(draft.passage), 0)
        for passage in reversed(self._passages[max(0, here - _FAR_BACK) : here + 1]):
            if passage.part.name != draft.passage.part.name:
                break
            limit = draft.sentence.start if passage is draft.passage else len(passage.text)
            for body in reversed(self.in_need(passage.text)):
                stranger = body.kind is None and body.score >= _SURE_STRANGER
                if body.start < limit and (body.kind == RECIPIENT or stranger) and body.name != own_head:
                    found = body
                    break
            if found is not None:
                break
        for text in (draft.passage.topic, self._document.envelope.subject, lead):
            if found is None and text:
                found = next((b for b in self.in_text(text) if b.kind == RECIPIENT and b.name != own_head), None)
        return found

    def provider(self, draft: Draft) -> tuple[BodyFound | None, str]:
        """Who gives, with the reason: the row's giver, else the one named in the sentence, else the sender, else the only one named."""
        if draft.provider is not None:
            return draft.provider, "named in the row"
        if draft.passage.block.kind == "chat":
            author = self.author(draft.passage.block.author or "")
            if author is not None:
                return (author, "the person who wrote it speaks for them") if author.kind != RECIPIENT else (None, "")
        named = self._givers.named_in(draft)
        if named is not None:
            return named, "named as the one who gives"
        writer = self._forwarded_giver(draft)
        if writer is not None:
            return writer, "the forwarded mail is theirs"
        stranger = self._givers.unlisted(draft) if self.sender is None or self.sender.kind in (RECIPIENT, None) else None
        if stranger is not None:
            return stranger, "named as the one who gives"
        sender = self.sender
        state = self._givers.only_one if sender is not None and sender.kind is None and sender.score < NAMED + _BARELY_MORE else None
        if state is not None and state.kind == STATE:
            return state, "the only state that the message names, for whose office the sender writes"
        if sender is not None:
            return (sender, "the sender gives") if sender.kind != RECIPIENT else (None, "")
        return self._givers.only_one, "the only giver that the message names"

    def _forwarded_giver(self, draft: Draft) -> BodyFound | None:
        """The giver whose mail was sent on: its writer's name, else its signature."""
        if draft.passage.voice != "forwarded":
            return None
        writer = self.author(draft.passage.origin) if draft.passage.origin else None
        if writer is None or writer.kind not in GIVERS:
            writer = self._signed(draft.passage, GIVERS)
        return writer if writer is not None and writer.kind in GIVERS else None

    def names_giver(self, passage: Passage, sentence: Stretch, at: int) -> bool:
        """Whether a giver other than the sender, a known one or a firm by its legal form, is named before the thing at `at`."""
        own = self.sender.name if self.sender is not None else ""
        return any(
            (body.known or body.kind in (STATE, "company"))
            and body.kind in GIVERS
            and body.name != own
            and sentence.start <= body.start < at
            for body in self.in_text(passage.text)
        )
