"""How surely lines were read: which drafts of a list have no doubt and could be accepted at once, above a chosen confidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.intake.models import Message
from sild.wings.intake.reads.inbox import Wanted, messages_wanted
from sild.wings.intake.reads.opened import LineView, document_of, findings_of, view_of
from sild.wings.register.public import Line, LineState

LEVELS = (0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5)
"""The confidences that a page offers, the highest first."""

MOST_AT_ONCE = 200
"""Lines that one act accepts."""

MOST_LOOKED_AT = 2_000
"""Drafts of a list that are looked at; what lies beyond comes when these are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SureLine:
    """A draft without doubts, with its message; `line.sureness` is that of its least sure field."""

    line: LineView
    message_id: UUID
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SureLines:
    """The drafts that one act would accept, the least sure first.

    `at_level` tells how many clean drafts there are from each of LEVELS up, `drafts` how many were looked at; `more`: there are
    further drafts behind them, or clean ones beyond MOST_AT_ONCE.
    """

    chosen: tuple[SureLine, ...]
    at_level: tuple[tuple[float, int], ...]
    drafts: int
    more: bool


@read
def sure_lines(actor: Actor, wanted: Wanted, least: float, *, only: Collection[UUID] = ()) -> SureLines:
    """The clean drafts of the list (of the messages `only`, where some are named) that were read at least so surely."""
    # how surely a line was read went with the words of a message that was erased: nobody can look at it again
    messages = messages_wanted(wanted).filter(owner_id=actor.organisation, erased_at=None)
    if only:
        messages = messages.filter(id__in=list(only))
    drafts = Line.objects.filter(owner_id=actor.organisation, state=LineState.DRAFT, message_id__in=messages.order_by().values("id"))
    found = list(drafts.order_by("-sent_at", "message_id", "position", "created_at", "id")[: MOST_LOOKED_AT + 1])
    looked_at = found[:MOST_LOOKED_AT]
    # by what the register holds first; the texts, which are long, are opened for what would be accepted alone
    likely = [(line, view) for line, view in _views(looked_at, texts=False) if view.clean]
    at_level = tuple((level, sum(view.sureness >= level for _line, view in likely)) for level in LEVELS)
    above = sorted((pair for pair in likely if pair[1].sureness >= least), key=lambda pair: (pair[1].sureness, str(pair[0].id)))
    cut = [line for line, _view in above[-MOST_AT_ONCE:]]
    names = {line.id: line.subject.strip() or line.message_name for line in cut}
    return SureLines(
        chosen=tuple(
            SureLine(line=view, message_id=line.message_id, message=names[line.id])
            for line, view in _views(cut, texts=True)
            if view.clean and not view.lost
        ),
        at_level=at_level,
        drafts=len(looked_at),
        more=len(found) > MOST_LOOKED_AT or len(above) > MOST_AT_ONCE,
    )


@read
def sureness_of(actor: Actor, lines: Collection[UUID]) -> dict[UUID, float]:
    """How surely each of the lines was read, of those that have no doubt and whose words stand where they were read."""
    found = list(Line.objects.filter(id__in=list(lines)))
    return {line.id: view.sureness for line, view in _views(found, texts=True) if view.clean and not view.lost}


def _views(lines: Sequence[Line], *, texts: bool) -> Iterator[tuple[Line, LineView]]:
    """Each line as a page of its message shows it, in the order given; without `texts` no span is compared with its message."""
    messages = {message.id: message for message in Message.objects.filter(id__in={line.message_id for line in lines})}
    findings = {key: findings_of(message)[1] for key, message in messages.items()}
    documents = {key: document_of(message) for key, message in messages.items()} if texts else {}
    for line in lines:
        if line.message_id in messages:
            told = findings[line.message_id].get(line.position + 1, [])
            yield line, view_of(line, line.position + 1, documents.get(line.message_id), told)
