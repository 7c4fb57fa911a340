"""The bodies that one message names: found once for each text, their kinds settled by who gives and who asks in the list of parties."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.body_elements import country_codes
from sild.cores.extraction.fields.body_mentions import find_mentions
from sild.cores.extraction.fields.folding import read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.phrases import lexicon
from sild.cores.extraction.method.askers import Askers
from sild.cores.extraction.method.lettered import Lettered
from sild.cores.extraction.method.named_things import is_quoted_thing, names_a_thing
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.problem import ExtractionProblem

RECIPIENT, STATE = "recipient-body", "donor-state"
RECIPIENT_COUNTRIES = frozenset(("UA", "MD", "GE", "AM"))  # where no list of parties says who asks
_SURE_STRANGER = 0.6
_WELL_KNOWN = 0.7
_LONGEST_CELL = 120


class NamedBodies:
    """The finder of one message. `speaks_from` tells it the sender's country, which settles names that several countries share."""

    def __init__(self, problem: ExtractionProblem, found: list[Passage]) -> None:
        self.index: BodyIndex = problem.bodies
        self._asking = asking = {body.country for body in problem.bodies.bodies if body.kind == RECIPIENT}
        self._giving = {body.country for body in problem.bodies.bodies if body.kind == STATE} - asking
        self._askers = Askers(problem.bodies, found)
        authors = dict.fromkeys(p.block.author for p in found if p.block.author)
        self._lettered = Lettered(problem.bodies, (problem.document.envelope.subject, *authors, *(p.text for p in found)))
        self._find = lru_cache(maxsize=4096)(self._search)
        self.country: str | None = None

    def speaks_from(self, country: str | None) -> None:
        """From now on names are read as of a writer there."""
        self.country = country
        self._find.cache_clear()

    def find(self, text: str) -> tuple[BodyFound, ...]:
        """All bodies named in the text, known ones and such as look like a body, in order."""
        return self._find(text)

    def sole_asker(self) -> BodyFound | None:
        """The one that the first paragraphs say to ask, where they say so of one body alone."""
        return self._askers.first(lambda text: self.index.find_all(text))

    def _search(self, text: str) -> tuple[BodyFound, ...]:
        found = [body for body in self.index.find_all(text, country=self.country) if not self._is_of_another_writer(text, body)]
        bodies = [
            self.kinded(body)
            for body in found
            if body.known or not (is_quoted_thing(text, body) or (body.kind != "company" and names_a_thing(text, body)))
        ]
        bodies += self._lettered.beside(text, bodies)
        more = [body for body in self._askers.beside(text, bodies) if not names_a_thing(text, body)]
        more += self._askers.twins(text, [*bodies, *more])
        more += self._askers.regions(text, [*bodies, *more])
        return tuple(sorted([*bodies, *more], key=lambda body: body.start))

    def _is_of_another_writer(self, text: str, body: BodyFound) -> bool:
        """Whether "our" before a bare kind would make a body of one state that of a writer of another ("our national CERT", from Oslo)."""
        if not body.known or self.country in (None, body.country) or body.country is None:
            return False
        words = read(text)
        first = words.word_at(body.start)
        return any(word.text in lexicon("body_cues")["our"] for word in words.words[max(0, first - 2) : first])

    def kinded(self, body: BodyFound) -> BodyFound:
        """A body that nobody knows is a state's where its country gives and does not ask."""
        if body.kind is None and body.country == "INT":
            return replace(body, kind="international")
        foreign = body.country is not None and body.country not in self._asking
        state = body.name.startswith(("Ministry", "Government")) or body.name in country_codes()
        local = not body.known and any(mention.places for mention in find_mentions(body.name))
        # THW, NÚKIB or the FCDO give for their state, whether the list holds it or not
        agency = not body.known and body.score >= _WELL_KNOWN and body.country not in RECIPIENT_COUNTRIES
        if body.kind is None and foreign and not local and (body.country in self._giving or state or agency):
            return replace(body, kind=STATE)
        if body.kind is None and not body.known and body.country is not None and body.country not in self._asking | RECIPIENT_COUNTRIES:
            return replace(body, kind="international")  # a university or hospital abroad may give, and asks for nobody here
        return body

    def kind_of(self, body: BodyFound) -> str | None:
        """The body's kind; a public body of the asking country that no list holds is a recipient."""
        if body.kind is None and not body.known and body.country is not None and body.country in (self._asking or RECIPIENT_COUNTRIES):
            return RECIPIENT if body.score >= _SURE_STRANGER else None
        return body.kind

    def named_in(self, text: str) -> BodyFound | None:
        """The first recipient named in the text."""
        return next((body for body in self._find(text) if body.kind in (RECIPIENT, None)), None) if text else None

    def cell(self, text: str) -> BodyFound | None:
        """The body that a table cell names; the cell's own words where nobody of that name is known."""
        known = self.index.resolve(text, country=self.country)
        if known is not None:
            return known
        found = self._find(text)
        if found:
            return max(found, key=lambda body: (body.known, body.end - body.start))
        clean = " ".join(text.split())
        if not any(c.isalpha() for c in clean) or len(clean) > _LONGEST_CELL:
            return None
        return BodyFound(start=0, end=len(text), verbatim=text, name=clean, known=False, score=0.4, confidence=0.4)

    def is_defence(self, body: BodyFound | None) -> bool:
        """Whether the body is known to belong to the armed forces or their ministry."""
        return body is not None and any(known.name == body.name and known.sector == "defence" for known in self.index.bodies)

    def is_name(self, text: str, start: int, end: int) -> bool:
        """Whether the words start..end are part of a body's name ("Institute of Cyber Security")."""
        return any(body.start <= start and end <= body.end and (body.known or body.start < start) for body in self._find(text))

    def state_of(self, body: BodyFound) -> str:
        """The state for its ministries and agencies, else the body's own name."""
        if body.kind == STATE:
            states = [known for known in self.index.bodies if known.kind == STATE and known.country == body.country]
            if states:
                return min(states, key=lambda known: (known.sector != "government", len(known.name))).name
            return next((name for name, code in country_codes().items() if code == body.country), body.name)
        return body.name
