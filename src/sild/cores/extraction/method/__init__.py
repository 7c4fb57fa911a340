"""The method: passages of the matter -> pieces that speak of one thing -> drafts -> lines with every field's words and reason.

Tables, chats and running text are read by their own steps; what they find is merged so that nothing is counted twice in one message.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from sild.cores.extraction.answer import DraftLine, Extraction
from sild.cores.extraction.method.calendar import Calendar
from sild.cores.extraction.method.calibration import calibrated
from sild.cores.extraction.method.chats import chat_drafts
from sild.cores.extraction.method.details import marking_of, references_of, whole_places
from sild.cores.extraction.method.drafts import Draft, Mention
from sild.cores.extraction.method.forms import form_drafts, matter_fields
from sild.cores.extraction.method.lines import Surroundings, line_of, on_its_thing, shared_places, without_borrowed_urgency
from sild.cores.extraction.method.mentions import head_of, mentions
from sild.cores.extraction.method.merging import complete_numbers, merged, sorted_lines
from sild.cores.extraction.method.noise import noise_of
from sild.cores.extraction.method.passages import SUBJECT, Passage, passages
from sild.cores.extraction.method.prose import prose_drafts
from sild.cores.extraction.method.remarks import remarks_on
from sild.cores.extraction.method.sentences import sentences
from sild.cores.extraction.method.stance import message_stance
from sild.cores.extraction.method.statements import Statements
from sild.cores.extraction.method.tables import table_drafts
from sild.cores.extraction.method.whose import Whose
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, Part
from sild.values.span import Span

_SURE_ENOUGH = 0.8
_LONGEST_HEAD = 250


def extract(problem: ExtractionProblem) -> Extraction:
    """Read the lines of one document. Deterministic; raises nothing on any text."""
    read = uncalibrated(problem)
    return replace(read, lines=calibrated(problem.document, read.lines))


def uncalibrated(problem: ExtractionProblem) -> Extraction:
    """As `extract`, with the readers' own confidences, from which the calibration is learned."""
    problem = _bounded(problem)
    document = problem.document
    found = passages(document)
    remarks = remarks_on(document, found)
    whose = Whose(problem, found)
    noise = noise_of(document, found)
    sender = whose.sender.name if whose.sender is not None else None
    if noise is not None and noise[1]:
        return Extraction(lines=(), noise=noise[0], remarks=remarks, sent_by=sender)
    drafts = _drafts(problem, found, whose)
    if noise is not None:
        drafts = [d for d in drafts if d.quantity is not None and d.cues & {"ask", "offer"} and d.confidence >= _SURE_ENOUGH]
    lines = _lines(problem, found, whose, drafts)
    return Extraction(lines=lines, noise=noise[0] if noise is not None and not lines else None, remarks=remarks, sent_by=sender)


def _bounded(problem: ExtractionProblem) -> ExtractionProblem:
    """The problem with a subject and sender's name no longer than mail programs show; no span points into them."""
    envelope = problem.document.envelope
    if max(len(envelope.subject), len(envelope.sender_name)) <= _LONGEST_HEAD:
        return problem
    short = replace(envelope, subject=envelope.subject[:_LONGEST_HEAD], sender_name=envelope.sender_name[:_LONGEST_HEAD])
    return replace(problem, document=replace(problem.document, envelope=short))


def _drafts(problem: ExtractionProblem, found: list[Passage], whose: Whose) -> list[Draft]:
    whole = message_stance(problem.document, found, whose.sender_kind)
    context = _context(problem.document.envelope.subject)
    running = [p for p in found if p.block.kind in ("paragraph", "heading", "list-item")]
    own = [p for p in running if p.voice == "own"] + matter_fields(found)
    drafts = prose_drafts(own, whole, whose, context)
    for origin, sent_on in groupby((p for p in running if p.voice == "forwarded"), key=lambda p: p.origin):
        passed = list(sent_on)
        author = whose.author(origin) if origin else None
        theirs = message_stance(problem.document, passed, author.kind if author is not None else None)
        drafts += prose_drafts(passed, theirs, whose, context)
    drafts += chat_drafts([p for p in found if p.block.kind == "chat"], whole, whose, context)
    drafts += table_drafts(found, whole, whose)
    drafts += form_drafts(found, whole)
    complete_numbers(drafts, found)
    for draft in drafts:
        draft.beneficiary, draft.reasons["beneficiary"] = whose.beneficiary(draft)
    return merged(drafts)


def _context(subject: str) -> Mention | None:
    return head_of(mentions(subject))


def _lines(problem: ExtractionProblem, found: list[Passage], whose: Whose, drafts: list[Draft]) -> tuple[DraftLine, ...]:
    envelope = problem.document.envelope
    subject = Passage(
        part=Part(name=SUBJECT, media="text/plain"), index=0, block=Block(kind="field", text=envelope.subject, locator="subject")
    )
    taken = {(id(d.passage), d.sentence.start) for d in drafts}
    taken |= {(id(passage), sentence.start) for d in drafts for passage, sentence in d.told_too}
    taken |= {(id(p), s.start) for d in drafts for p, start, _ in d.more for s in sentences(p.text) if s.start <= start < s.end}
    sent_of = Calendar(problem).sent_of
    statements = Statements(drafts, found, taken, sent_of)
    around = Surroundings(
        whose=whose, sent_of=sent_of, marking=marking_of(found, envelope.subject),
        references=list(references_of(found, envelope.subject)), urgencies=whole_places(found, subject), taken=taken,
        shared=shared_places(found, taken), passages=found,
        places={id(p): number for number, p in enumerate(found)},
        statements=statements, unread=statements.unread(found, taken),
    )  # fmt: skip
    lines: list[DraftLine] = []
    shown: set[tuple[Span, ...]] = set()
    for draft in drafts:
        line = line_of(draft, around)
        if line is not None and line.evidence in shown:
            line = on_its_thing(draft, line)  # "UPS and laptop: withdraw" is one clause and two lines
        if line is not None and line.evidence not in shown:
            shown.add(line.evidence)
            lines.append(line)
    return sorted_lines(without_borrowed_urgency(lines))
