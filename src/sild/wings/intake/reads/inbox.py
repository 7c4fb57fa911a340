"""The inbox as a list: messages by what is to be done with them, newest first, cut by a key and never by a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from sild.kernel.action import read
from sild.kernel.actor import Actor, current_actor
from sild.kernel.listing import Listing, named_by
from sild.kernel.words import asked_for
from sild.values.reference import parsed
from sild.wings.intake.models import Message, Sighting
from sild.wings.intake.rules import MessageState, Waiting
from sild.wings.register.public import Line, LineState, messages_of_lines

MOST = 200
MOST_FOUND = 2_000
"""Messages that a search finds, those that were kept last; who searches for so common a word adds another."""


class Key(NamedTuple):
    """Where a list was cut: the moment and the id of a message."""

    moment: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}~{self.id}"

    @classmethod
    def parse(cls, text: str) -> Key | None:
        """The key that `str` wrote; None for anything else."""
        moment, _, identity = text.partition("~")
        try:
            found = cls(datetime.fromisoformat(moment), UUID(identity))
        except ValueError:
            return None
        return found if found.moment.tzinfo is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is to show. Empty: everything of that kind."""

    state: Waiting = Waiting.WAITING
    channel: str = ""
    language: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """A message in the list, with its lines counted by state. `state` says what is to be done with it.

    `bodies`: who gives or gets by its lines, as read, where the message names no sender.
    """

    id: UUID
    key: str
    title: str
    name: str
    sender: str
    bodies: tuple[str, ...]
    moment: datetime
    channel: str
    state: Waiting
    drafts: int
    accepted: int
    rejected: int
    languages: tuple[str, ...]
    resent: bool
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """Rows with the keys of the pages before and after, empty where there are none."""

    rows: tuple[InboxRow, ...]
    before: str
    after: str


@read
def inbox(actor: Actor, wanted: Wanted, *, after: str = "", before: str = "", limit: int = 50) -> InboxPage:
    """A page of the inbox. `after` and `before` are keys of an earlier page; a key that is none is left out of account."""
    limit = max(1, min(limit, MOST))
    lower, upper = Key.parse(after), Key.parse(before)
    found = messages_wanted(wanted)
    if upper is not None:
        later = found.filter(Q(moment__gt=upper.moment) | Q(moment=upper.moment, id__gt=upper.id))
        cut = list(reversed(later.order_by("moment", "id").values(*COLUMNS)[: limit + 1]))
        more_before, more_after = len(cut) > limit, True
        cut = cut[-limit:]
    else:
        if lower is not None:
            found = found.filter(Q(moment__lt=lower.moment) | Q(moment=lower.moment, id__lt=lower.id))
        cut = list(found.order_by("-moment", "-id").values(*COLUMNS)[: limit + 1])
        more_before, more_after = lower is not None, len(cut) > limit
        cut = cut[:limit]
    rows = _rows(cut)
    return InboxPage(
        rows=rows,
        before=rows[0].key if rows and more_before else "",
        after=rows[-1].key if rows and more_after else "",
    )


@read
def following(actor: Actor, wanted: Wanted, message_id: UUID) -> UUID | None:
    """The message that comes after this one in such a list, from its beginning again after the last; None where there is no other."""
    here = Message.objects.filter(id=message_id).annotate(moment=Coalesce("sent_at", "created_at")).first()
    others = messages_wanted(wanted).exclude(id=message_id).order_by("-moment", "-id")
    if here is not None:
        moment: datetime = here.sent_at or here.created_at
        later = others.filter(Q(moment__lt=moment) | Q(moment=moment, id__lt=here.id)).values_list("id", flat=True).first()
        if later is not None:
            return UUID(str(later))
    first = others.values_list("id", flat=True).first()
    return UUID(str(first)) if first is not None else None


def messages_wanted(wanted: Wanted) -> Any:
    """The messages of a list, not yet asked for, each with its `moment`. Runs inside a read."""
    lines = Line.objects.filter(message_id=OuterRef("id"))
    found: Any = Message.objects.annotate(moment=Coalesce("sent_at", "created_at"))
    draft, accepted = Exists(lines.filter(state=LineState.DRAFT)), Exists(lines.filter(state=LineState.ACCEPTED))
    conditions: dict[Waiting, Any] = {
        Waiting.WAITING: [draft],
        Waiting.ACCEPTED: [accepted, ~draft],
        Waiting.REJECTED: [~Q(state=MessageState.NOISE), Exists(lines), ~draft, ~accepted],
        Waiting.ARRIVED: [Q(state=MessageState.ARRIVED)],
        Waiting.QUARANTINED: [Q(state=MessageState.QUARANTINED), ~draft, ~accepted],
        Waiting.NOISE: [Q(state=MessageState.NOISE), ~draft, ~accepted],
        Waiting.EMPTY: [Q(state=MessageState.READ), ~Q(format=""), ~Exists(lines)],
        Waiting.ARCHIVE: [Q(state=MessageState.READ, format=""), ~Exists(lines)],
        Waiting.ARRIVED: [Q(state=MessageState.ARRIVED)],
        Waiting.ALL: [],
    }
    for condition in conditions[wanted.state]:
        found = found.filter(condition)
    if wanted.channel:
        found = found.filter(channel=wanted.channel)
    if wanted.language:
        found = found.filter(Exists(lines.filter(language=wanted.language)))
    return found.filter(_saying(wanted.text)) if wanted.text.strip() else found


def _saying(text: str) -> Q:
    """The messages that say all of the words, in a usual form: in head or text, or in what one of their lines was read as.

    A message that was not read has no text; its head is looked through letter by letter. A reference finds its own message.
    """
    if (reference := parsed(text)) is not None:
        return Q(reference=reference)
    head = Q(state__in=(MessageState.QUARANTINED, MessageState.ARRIVED))
    for word in text.split()[:8]:
        head &= Q(name__icontains=word) | Q(subject__icontains=word) | Q(sender__icontains=word)
    if not asked_for(text):
        return head
    saying = named_by(TEXTS, "message_id", text, MOST_FOUND)
    # a line was read as a body by its full name, where the text has a short one
    read_as = messages_of_lines(current_actor(), text, MOST_FOUND)
    return head | Q(id__in={*saying, *read_as})


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A text that was found: of which message."""

    message_id: UUID


TEXTS = Listing(table="intake_messagetext", row=TextRow, columns=("message_id",))

COLUMNS = ("id", "name", "subject", "sender", "channel", "format", "state", "marking", "moment")
"""What a row shows of a message; envelopes and remarks stay where they are."""


def _rows(found: Sequence[dict[str, Any]]) -> tuple[InboxRow, ...]:
    keys = [message["id"] for message in found]
    counts: dict[UUID, dict[str, int]] = {}
    languages: dict[UUID, set[str]] = {}
    told = Line.objects.filter(message_id__in=keys).order_by().values("message_id", "state", "language").annotate(many=Count("id"))
    for row in told:
        states = counts.setdefault(row["message_id"], {})
        states[row["state"]] = states.get(row["state"], 0) + row["many"]
        languages.setdefault(row["message_id"], set()).add(row["language"])
    seen = Sighting.objects.filter(message_id__in=keys).order_by().values("message_id").annotate(many=Count("id")).filter(many__gt=1)
    resent = set(seen.values_list(F("message_id"), flat=True))
    bodies = _bodies([message["id"] for message in found if not said_sender(message["sender"])])
    return tuple(
        _row(one, counts.get(one["id"], {}), languages.get(one["id"], set()), bodies.get(one["id"], ()), resent=one["id"] in resent)
        for one in found
    )


def _bodies(messages: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The givers of messages by their lines, where there is none those that it is for; each once, in alphabetical order."""
    if not messages:
        return {}
    told: dict[UUID, tuple[set[str], set[str]]] = {}
    lines = Line.objects.filter(message_id__in=messages).exclude(state=LineState.REJECTED)
    for key, provider, beneficiary in lines.order_by().values_list("message_id", "provider", "beneficiary").distinct():
        givers, receivers = told.setdefault(key, (set(), set()))
        givers.add(provider)
        receivers.add(beneficiary)
    return {key: tuple(sorted(givers - {""}) or sorted(receivers - {""})) for key, (givers, receivers) in told.items()}


def _row(message: dict[str, Any], counts: dict[str, int], languages: set[str], bodies: tuple[str, ...], *, resent: bool) -> InboxRow:
    drafts, accepted, rejected = (counts.get(state, 0) for state in (LineState.DRAFT, LineState.ACCEPTED, LineState.REJECTED))
    return InboxRow(
        id=message["id"],
        key=str(Key(message["moment"], message["id"])),
        title=message["subject"].strip() or message["name"],
        name=message["name"],
        sender=said_sender(message["sender"]),
        bodies=bodies,
        moment=message["moment"],
        channel=message["channel"],
        state=standing(message["state"], message["format"], drafts, accepted, rejected),
        drafts=drafts,
        accepted=accepted,
        rejected=rejected,
        languages=tuple(sorted(languages - {""})),
        resent=resent,
        marking=message["marking"],
    )


def bodies_of(row: InboxRow) -> str:
    """The first body by the lines of a message without a sender, and how many others."""
    if not row.bodies:
        return ""
    more = len(row.bodies) - 1
    return _("{name} and {more} more").format(name=row.bodies[0], more=more) if more else row.bodies[0]


def said_sender(sender: str) -> str:
    """The sender of a message; messages of earlier versions keep an empty one as "<>"."""
    return sender.removesuffix("<>").strip()


def standing(state: str, form: str, drafts: int, accepted: int, rejected: int) -> Waiting:
    """What is to be done with a message, from its own state, its format and the states of its lines.

    An archive has no format: what it held is messages of their own.
    """
    if drafts:
        return Waiting.WAITING
    if accepted:
        return Waiting.ACCEPTED
    if state == MessageState.NOISE:
        return Waiting.NOISE
    if rejected:
        return Waiting.REJECTED
    if state == MessageState.READ and not form:
        return Waiting.ARCHIVE
    unread = {MessageState.QUARANTINED: Waiting.QUARANTINED, MessageState.ARRIVED: Waiting.ARRIVED}
    return unread.get(MessageState(state), Waiting.EMPTY)
