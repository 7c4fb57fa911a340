"""Messages for programs: the inbox, one message beside what was read from it."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor
from sild.kernel.listing import key_of
from sild.kernel.moving import KEEPERS
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed
from sild.wings.intake.actions import close_message_into
from sild.wings.intake.actions.triage import OFFICERS, accept_lines, ask_back
from sild.wings.intake.reads import Wanted, inbox, open_message
from sild.wings.intake.reads.inbox import Key
from sild.wings.intake.schemas.answers import (
    Acceptance,
    Accepted,
    IntoCompartment,
    Message,
    MovedMessage,
    OpenedMessage,
    Part,
    Question,
    WantedMessages,
)

router = Router(tags=["messages"])

MESSAGE = {"message": "intake.Message"}


@route(router, "get", "/messages", roles=PEOPLE, answer=Listed[Message])
def list_messages(actor: Actor, wanted: Query[WantedMessages]) -> Cut:
    """The messages that you may see, the newest first."""
    chosen = Wanted(state=wanted.state, channel=wanted.channel, language=wanted.language, text=wanted.text)
    after = "" if wanted.key is None else str(Key(*wanted.key))
    page = inbox(actor, chosen, after=after, limit=wanted.limit)
    following = Key.parse(page.after)
    return Cut(items=[Message.model_validate(row) for row in page.rows], after=key_of(*following) if following is not None else "")


@route(router, "get", "/messages/{message}", roles=PEOPLE, answer=OpenedMessage, subjects=MESSAGE)
def read_message(actor: Actor, message: UUID) -> OpenedMessage:
    """One message: its text, and each line that was read from it with the words that show every field."""
    opened = open_message(actor, message)
    parts = [Part.model_validate(part) for part in opened.document.parts] if opened.document is not None else []
    names = (name for name in OpenedMessage.model_fields if name != "parts")
    return OpenedMessage(**{name: getattr(opened, name) for name in names}, parts=parts)


@route(router, "post", "/messages/{message}/accept", roles=OFFICERS, answer=Accepted, subjects=MESSAGE)
def accept_lines_of_message(actor: Actor, message: UUID, chosen: Acceptance) -> Accepted:
    """Accept several lines of a message at once, all or none."""
    lines = [(line.id, line.version) for line in chosen.lines]
    return Accepted(lines=accept_lines(actor, message, lines, reason=chosen.reason))


@route(
    router,
    "post",
    "/messages/{message}/lines/{line}/ask",
    roles=OFFICERS,
    answer=None,
    status=204,
    subjects=MESSAGE | {"line": "register.Line"},
)
def ask_about_line(actor: Actor, message: UUID, line: UUID, asked: Question) -> None:
    """Note what is to be asked of the sender: the next step of its need or offer, which waits as being clarified."""
    ask_back(actor, message, line, asked.version, reason=asked.question)


@route(router, "post", "/messages/{message}/compartment", roles=KEEPERS, answer=MovedMessage, subjects=MESSAGE)
def move_message(actor: Actor, message: UUID, into: IntoCompartment) -> MovedMessage:
    """Move a message, with what was made from it alone, into a compartment, under new identifiers."""
    return MovedMessage.model_validate(close_message_into(actor, message, into.compartment, reason=into.reason))
