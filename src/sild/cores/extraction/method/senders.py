"""Who sent a message: by the name of the sender, a form's field, letterhead, signature or attached letter, at last by the mail's host."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from sild.cores.extraction.fields.bodies import BodyIndex
from sild.cores.extraction.fields.body_elements import country_codes, elements_of
from sild.cores.extraction.fields.body_mentions import find_mentions
from sild.cores.extraction.fields.folding import read
from sild.cores.extraction.fields.found import BodyFound
from sild.cores.extraction.fields.known import ADJECTIVE
from sild.cores.extraction.fields.known_names import squash
from sild.cores.extraction.fields.offices import own_office
from sild.cores.extraction.fields.phrases import PhraseBook, any_of, lexicon
from sild.cores.extraction.method.mentions import grammar
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.problem import ExtractionProblem

Find = Callable[[str], tuple[BodyFound, ...]]
_LETTERHEAD, _FOOT = 4, 3
_SURE_SENDER = 0.75
_SURE_STRANGER = 0.6
_BY_HOST = 0.55
_SIGNATURE_LINES = 6
_SIGNATURE_LENGTH = 100
_ATTACHED_HEAD = 3
_SIGNATURE_WORDS = 9
_INTRODUCED_WITHIN = 4
_INTRODUCED_NEAR = 45
_QUOTED = 30
_TELLING_HOST = 5
_FEW_PIECES = 3  # "state-service-for-tr" is no office of Turkey
_SHORTEST_NAME = 4
_WRITTEN = 0.45
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ][\w&-]{1,30}(?: [A-ZÀ-ÖØ-Þ][\w&-]{1,30}){0,3}")
_OFFICES = frozenset(("ministry", "agency", "authority", "cert", "inspectorate"))
_ASKING = frozenset(("UA", "MD", "GE", "AM"))
_WRITERS = frozenset(("recipient-body", "company", "foundation", None))


def sender_of(
    problem: ExtractionProblem, passages: Sequence[Passage], find: Find, kinded: Callable[[BodyFound], BodyFound]
) -> BodyFound | None:
    """The body that sent the document, None where nothing says it."""
    bodies, envelope = problem.bodies, problem.document.envelope
    if problem.sender_body:
        known, name = bodies.resolve(problem.sender_body), problem.sender_body
        return known or BodyFound(start=0, end=len(name), verbatim=name, name=name, known=False, score=1.0)
    organisation, shown = _form_field(passages), _shown_name(problem)
    for text in (shown, organisation, *_letterhead(problem, passages, find)):
        found = _best(find(text), last=text == shown) if text else None
        found = _of_own_state(text, found, envelope.sender_address)
        own = found is not None and any(country_codes()[e.key] == found.country for e in elements_of(text) if e.kind == "country")
        foreign = found is not None and found.kind == "recipient-body" and not own
        abroad = (state_of_host(bodies, envelope.sender_address) or _state_beside(find(text))) if foreign else None
        if abroad is not None:  # "Ministry for Foreign Affairs" that writes from a giving state's host is not the asking country's
            return abroad
        if found is not None:
            return _firm_of_that_name(text, found, problem, passages, find) or _of_hosts_country(found, envelope.sender_address, kinded)
    if organisation:
        return bodies.resolve(organisation)
    by_address = bodies.resolve(envelope.sender_address) if "@" in envelope.sender_address else None
    if by_address is not None and by_address.score >= _SURE_STRANGER:
        return kinded(by_address)
    for text in _signatures(problem, passages):
        found = _best(tuple(body for body in find(text) if (body.end - body.start) * 2 >= len(text) or _ends_with(text, body)), last=False)
        found = _of_own_state(text, found, envelope.sender_address)
        if found is not None and found.score > ADJECTIVE:
            return found
    introduced = _introduced(passages, find) or _of_host_name(envelope.sender_address, passages, find)
    if introduced is not None:
        return introduced
    told = state_of_host(bodies, envelope.sender_address) or _of_attached(passages, find)
    told = told or _firm_of_host(shown, envelope.sender_address, passages) or _of_town(shown)
    return told or _of_our_name(passages) or _of_shown_office(shown) or _of_quoted(problem, find)


def _state_beside(found: Collection[BodyFound]) -> BodyFound | None:
    """The giving state whose noun stands beside an office that many states have: "national CERT, Norway"."""
    return next((body for body in found if body.kind == "donor-state" and body.known and body.name in country_codes()), None)


def _of_own_state(text: str, found: BodyFound | None, address: str) -> BodyFound | None:
    """What was found, unless the words are how an office of a giving state calls itself and its host is of no other country."""
    if not text or (found is not None and found.kind == "donor-state"):
        return found
    office = own_office(text)
    if office is None or (found is not None and found.known and found.end - found.start > office.end - office.start):
        return found
    return found if host_country(address) not in (None, office.country) else office


def host_country(address: str) -> str | None:
    """ISO 3166 code of the country that the mail's host ends with or bears ("x@moz.gov.ua", "x@moz-ua.example"), or None."""
    if "@" not in address:
        return None
    labels = [
        label for label in address.rsplit("@", 1)[-1].strip("<> ").lower().split(".") if label not in lexicon("body_cues")["neutral_hosts"]
    ]
    code = re.split(r"[-_]", labels[-1])[-1].upper() if labels else ""
    code = {"UK": "GB"}.get(code, code)
    return code if code in country_codes().values() and len(labels) + labels[-1].count("-") > 1 else None


def _of_hosts_country(found: BodyFound, address: str, kinded: Callable[[BodyFound], BodyFound]) -> BodyFound:
    """A body without a country ("Ministry of Digital Affairs") is of the one that its host names ("dc@mc-pl.example", "x@cyfra.gov.pl")."""
    code = host_country(address) if not found.known and found.country is None else None
    if code is None:
        return found
    settled = kinded(replace(found, country=code))
    public = any(m.head in _OFFICES or m.qualities & {"national", "state"} for m in find_mentions(found.verbatim))
    return replace(settled, kind="donor-state") if public and settled.kind in (None, "international") and code not in _ASKING else settled


def _of_our_name(passages: Sequence[Passage]) -> BodyFound | None:
    """ "We, the regional broadcaster «Radio of the Marshes», ...": a name in quotation marks beside the writer's "we"."""
    own = [p for p in passages if p.part.name == "body" and p.voice == "own" and p.block.kind == "paragraph"]
    for passage in own[:_INTRODUCED_WITHIN]:
        named = _our_name().search(passage.text)
        if named is not None:
            return _as_written(named.group("name"))
    return None


def _of_shown_office(shown: str) -> BodyFound | None:
    """The body in a sender's name such as "Head of information technology, Stadtwerke Ansbrück", whatever it is; no person's name."""
    office, comma, name = shown.rpartition(",")
    name = name.strip(" \"'«»“”")
    offices = len(office.split()) > 1 or any(word in office.lower() for word in lexicon("body_cues")["offices"])
    if not comma or not offices or not name[:1].isupper() or len(name) < _SHORTEST_NAME or not any(char.isalpha() for char in name):
        return None
    return _as_written(name) if any(element.kind != "place" for element in elements_of(name)) else None


def _as_written(name: str) -> BodyFound:
    return BodyFound(start=0, end=len(name), verbatim=name, name=name, known=False, score=_WRITTEN, confidence=_WRITTEN)


@cache
def _our_name() -> re.Pattern[str]:
    we = any_of("body_cues", "we")
    return re.compile(rf"\b(?:{we})\b[^.!?«»\"“”„:]{{0,60}}[«\"“„](?P<name>[^»\"”“\n]{{3,60}})[»\"”“]", re.IGNORECASE)


@cache
def _introductions() -> PhraseBook[str]:
    return PhraseBook((phrase, "introduces") for phrase in lexicon("body_cues")["introduces"])


def _introduced(passages: Sequence[Passage], find: Find) -> BodyFound | None:
    """ "This is Ivan from Uman City Council": the body that stands right behind the words by which a writer introduces it."""
    own = [p for p in passages if p.part.name == "body" and p.voice == "own" and p.block.kind == "paragraph"]
    for passage in own[:_INTRODUCED_WITHIN]:
        for hit in _introductions().find_in(read(passage.text)):
            named = (body for body in find(passage.text) if 0 <= body.start - hit.end <= _INTRODUCED_NEAR and body.score > ADJECTIVE)
            found = next((body for body in named if body.kind in _WRITERS), None)
            if found is not None:
                return found
    return None


def _of_host_name(address: str, passages: Sequence[Passage], find: Find) -> BodyFound | None:
    """The body of the letter whose name its sender's host bears ("h.martin@rempart-cyber.fr", "Rempart Cyber SAS")."""
    labels = [squash(label) for label in address.rsplit("@", 1)[-1].split(".")[:-1]] if "@" in address else []
    own = [p for p in passages if p.part.name == "body" and p.voice == "own" and p.block.kind == "paragraph"]
    for passage in own:
        for body in find(passage.text):
            name = squash(body.verbatim)
            if body.kind in _WRITERS and any(len(label) >= _TELLING_HOST and name.startswith(label) for label in labels):
                return body
    return None


def _of_town(shown: str) -> BodyFound | None:
    """A sender's name that is a town's or a county's, wherever it lies ("Stadt Freiburg", "Ville de Lyon")."""
    opens = tuple(f"{word} " for word in lexicon("body_cues")["town_opens"])
    ends = tuple(f" {word}" for word in lexicon("body_cues")["town_ends"])
    name = shown.strip()
    is_town = (name.startswith(opens) and name.split()[-1][:1].isupper()) or (name.endswith(ends) and name[:1].isupper())
    return _as_written(name) if is_town else None


def _firm_of_host(shown: str, address: str, passages: Sequence[Passage]) -> BodyFound | None:
    """A firm without a legal form: the sender's name, or a name in its own text, that its host bears ("Nimbus Forge", nimbusforge.com)."""
    labels = [squash(label) for label in address.rsplit("@", 1)[-1].split(".")[:-1]] if "@" in address else []
    labels = [label for label in labels if len(label) >= _TELLING_HOST and label not in lexicon("body_cues")["mail_providers"]]
    if not labels or host_country(address) in _ASKING:
        return None
    own = [p.text for p in passages if p.part.name == "body" and p.voice == "own" and p.block.kind == "paragraph"]
    for text in (shown, *own[:_INTRODUCED_WITHIN], *own[-_SIGNATURE_LINES:]):
        for named in _CAPITALISED.finditer(text):
            if text == shown and named.group() != shown.strip():
                continue  # "Coalition secretariat" is an office
            words = named.group().split(" ")
            for first, last in ((a, b) for a in range(len(words)) for b in range(len(words), a, -1)):
                name = " ".join(words[first:last])
                if squash(name) in labels or (
                    first == 0 and last == len(words) and any(squash(name).startswith(label) for label in labels)
                ):
                    return replace(_as_written(name), kind="company")
    return None


def _of_quoted(problem: ExtractionProblem, find: Find) -> BodyFound | None:
    """Of a mail that names nobody and quotes an older one: the one recipient that the older mail introduces, else the only one it names."""
    blocks = [block for part in problem.document.parts[:1] for block in part.blocks if block.quoted and block.kind == "paragraph"]
    named = [body for block in blocks[:_QUOTED] for body in find(block.text) if body.kind in ("recipient-body", None)]
    sure = {body.name: body for body in named if body.score >= _SURE_STRANGER}
    return replace(next(iter(sure.values())), score=_BY_HOST, confidence=_BY_HOST) if len(sure) == 1 else None


def _firm_of_that_name(
    text: str, found: BodyFound, problem: ExtractionProblem, passages: Sequence[Passage], find: Find
) -> BodyFound | None:
    """A mail from "Norge Datahjelp" is no state's where the signature says "Norge Datahjelp AS"."""
    if found.kind != "donor-state" or len(text.split()) <= len(found.verbatim.split()):
        return None
    signed = (body for line in _signatures(problem, passages) for body in find(line))
    return next((body for body in signed if body.kind in ("company", "foundation") and body.verbatim.startswith(text.strip())), None)


def _best(found: tuple[BodyFound, ...], *, last: bool) -> BodyFound | None:
    sure = [body for body in found if body.known and body.score >= _SURE_SENDER]
    if sure:  # "Ambassade d'Ukraine en France" is no office of France
        embassy = next((body for body in sure if body.kind == "recipient-body" and body.name.startswith("Embassy of")), None)
        return embassy or (sure[-1] if last else sure[0])
    return found[0] if found else None


def _shown_name(problem: ExtractionProblem) -> str:
    """The sender's name; where the mail gives a name in place of an address, that."""
    envelope = problem.document.envelope
    if envelope.sender_name or "@" in envelope.sender_address:
        return envelope.sender_name
    if "=?" in envelope.sender_address:
        return next((value for name, value in envelope.headers if name.lower() == "from"), "")
    return envelope.sender_address


def _form_field(passages: Sequence[Passage]) -> str:
    for passage in passages:
        if passage.block.kind == "field" and (passage.block.name or "").lower() in grammar("organisation_fields"):
            return passage.text
    return ""


def _letterhead(problem: ExtractionProblem, passages: Sequence[Passage], find: Find) -> list[str]:
    """Head and foot of letters, titles of sheets; chats have none."""
    channel = problem.document.channel
    if channel in ("mail", "chat"):
        return []
    said = re.compile(str(lexicon("body_cues")["minutes"]), re.IGNORECASE)
    own = [p.text for p in passages if p.part.name == "body" and p.block.kind in ("heading", "paragraph") and not said.match(p.text)]
    rows = [p.text for p in passages if p.block.kind == "row" and len(p.block.cells) == 1]
    if channel == "text":
        # a note names many bodies; only a line that is little else but a name says whose it is
        return [text for text in own[:_LETTERHEAD] + own[-_FOOT:] if _is_a_name(text, find)]
    # a note below a table ("generators were asked for by the emergency service") names others; only a bare name is a signature
    texts = own[:_LETTERHEAD] + own[-_FOOT:] + rows[:2] + [text for text in rows[-2:] if _is_a_name(text, find)]
    return texts + own[_LETTERHEAD : _LETTERHEAD + 4]


def _is_a_name(text: str, find: Find) -> bool:
    return any((body.end - body.start) * 2 >= len(text.strip()) for body in find(text))


def _signatures(problem: ExtractionProblem, passages: Sequence[Passage]) -> Iterator[str]:
    """The short lines at the foot of a mail, from the last one up."""
    if problem.document.channel != "mail":
        return
    lines = [
        line.strip()
        for p in passages
        if p.part.name == "body" and p.voice == "own"
        for line in p.text.splitlines()
        if p.block.kind == "paragraph"
    ]
    for line in reversed(lines[-_SIGNATURE_LINES:]):
        if line and len(line) <= _SIGNATURE_LENGTH:
            yield line


def _ends_with(text: str, body: BodyFound) -> bool:
    """ "Head of IT, Khotyn City Council": a line of a signature that ends with the body, and no sentence."""
    bare = not any(char in "?!:" or char.isdigit() for char in text) and not text.endswith(".")
    return bare and body.end >= len(text.rstrip(' ,;"»')) and len(text.split()) <= _SIGNATURE_WORDS


def _of_attached(passages: Sequence[Passage], find: Find) -> BodyFound | None:
    """Whose letter is attached to a mail that itself does not say who writes."""
    heads = [p for p in passages if p.part.name != "body" and p.part.envelope is None and p.voice == "own"]
    for passage in heads[:_ATTACHED_HEAD]:
        text = passage.text
        named = [body for body in find(text) if body.score > ADJECTIVE]
        if named and passage.block.kind in ("heading", "paragraph") and len(text) <= _SIGNATURE_LENGTH:
            return named[0]
    return None


def state_of_host(bodies: BodyIndex, address: str) -> BodyFound | None:
    """The giving state whose office writes from that host ("cyber@mfa.gov.pl", "desk@bund-de.example"); None for other hosts."""
    if "@" not in address:
        return None
    data = lexicon("body_cues")
    labels = [label for label in address.rsplit("@", 1)[-1].strip("<> ").lower().split(".") if label not in data["neutral_hosts"]]
    split = [[piece for piece in re.split(r"[-_]", label) if piece] for label in labels]
    pieces = [piece for own in split for piece in own]
    # "bund-de" is the state's; "rempart-cyber.fr" is a firm's, although cyber.gouv.fr is not
    told = {own[0] for own in split if len(own) == 1} | {piece for own in split[-1:] if 1 < len(own) <= _FEW_PIECES for piece in own[:-1]}
    if len(pieces) < 2 or not (told - {pieces[-1]}) & set(data["government_hosts"]):
        return None
    code = {"UK": "GB"}.get(pieces[-1].upper(), pieces[-1].upper())
    states = [body for body in bodies.bodies if body.kind == "donor-state" and body.country == code]
    asking = {body.country for body in bodies.bodies if body.kind == "recipient-body"}
    name = next((name for name, own in country_codes().items() if own == code), None)
    if name is None or code in asking:
        return None
    known = min(states, key=lambda state: (state.sector != "government", len(state.name)), default=None)
    return BodyFound(
        start=0, end=len(address), verbatim=address, name=known.name if known else name, known=known is not None,
        score=_BY_HOST, confidence=_BY_HOST, country=code, kind="donor-state",
    )  # fmt: skip
