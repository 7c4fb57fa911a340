"""Messages for programs: the inbox, one message beside what was read from it."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed
from sild.wings.intake.reads import Wanted, inbox, open_message
from sild.wings.intake.reads.inbox import Key
from sild.wings.intake.schemas.answers import Message, OpenedMessage, Part, WantedMessages

router = Router(tags=["messages"])


@route(router, "get", "/messages", roles=PEOPLE, answer=Listed[Message])
def list_messages(actor: Actor, wanted: Query[WantedMessages]) -> Cut:
    """The messages that you may see, the newest first."""
    chosen = Wanted(state=wanted.state, channel=wanted.channel, language=wanted.language, text=wanted.text)
    after = "" if wanted.key is None else str(Key(*wanted.key))
    page = inbox(actor, chosen, after=after, limit=wanted.limit)
    following = Key.parse(page.after)
    return Cut(items=[Message.model_validate(row) for row in page.rows], after=key_of(*following) if following is not None else "")


@route(router, "get", "/messages/{message}", roles=PEOPLE, answer=OpenedMessage, subjects={"message": "intake.Message"})
def read_message(actor: Actor, message: UUID) -> OpenedMessage:
    """One message: its text, and each line that was read from it with the words that show every field."""
    opened = open_message(actor, message)
    parts = [Part.model_validate(part) for part in opened.document.parts] if opened.document is not None else []
    names = (name for name in OpenedMessage.model_fields if name != "parts")
    return OpenedMessage(**{name: getattr(opened, name) for name in names}, parts=parts)
