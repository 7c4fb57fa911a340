"""Replies: what somebody answers to one of our notices is kept as a proposal, tied to the message that it speaks of.

The desk proposes and a person decides. Who really sent it, nobody proves here: whether the address is the one that we wrote to, and what
the receiving servers said of it, stand beside the proposal.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.extraction.replies import ReplyTold
from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.casework import add_note
from sild.kernel.refusals import NotThere, Refused
from sild.values.document import Document
from sild.values.reference import references_in, spelled
from sild.wings.intake.models import Message, Receipt, Reply
from sild.wings.intake.rules import ReplyState, proofs_of
from sild.wings.register.public import Line

WRITERS = frozenset({Role.SERVICE, Role.OFFICER})
OFFICERS = frozenset({Role.OFFICER})
MOST_SERVERS = 5


@action("intake.note-reply", roles=WRITERS)
def note_reply(_actor: Actor, message: Message, document: Document, told: ReplyTold) -> None:
    """Keep what a message answers to one of ours, where it names which."""
    about = _about(message, document)
    if about is None or Reply.objects.filter(message=message, about=about).exists():
        return
    envelope = document.envelope
    address = envelope.sender_address.strip().lower()
    reply = Reply(
        message=message,
        about=about,
        word=told.word,
        quantity=told.quantity,
        reason=told.reason,
        evidence=told.evidence,
        sender=address[:320],
        expected=bool(address) and address in _asked(about),
        authentication=[text[:2000] for text in proofs_of(envelope)[:MOST_SERVERS]],
        state=ReplyState.PROPOSED,
    )
    reply.marking = max(message.marking, about.marking)
    reply.save()


def _about(message: Message, document: Document) -> Message | None:
    """The message that is answered: by the reference in the subject, by the letter that is answered, by the reference in the text."""
    envelope = document.envelope
    in_text = [text for part in document.parts[:1] for block in part.blocks[:200] for text in references_in(block.text)]
    for references in (references_in(envelope.subject), _of_letters(document), tuple(in_text)):
        found = Message.objects.filter(reference__in=references).exclude(id=message.id).exclude(reference="").order_by("created_at").first()
        if found is not None:
            return found
    return None


def _of_letters(document: Document) -> tuple[str, ...]:
    """The references of the notices whose Message-ID the mail answers."""
    names = [name for name in (document.envelope.in_reply_to, *document.envelope.references[-20:]) if name]
    keys = [key for key in (_receipt_key(name) for name in names) if key is not None]
    return tuple(Receipt.objects.filter(id__in=keys).values_list("message__reference", flat=True))


def _receipt_key(name: str) -> UUID | None:
    try:
        return UUID(name.strip("<>").partition("@")[0])
    except ValueError:
        return None


def _asked(about: Message) -> set[str]:
    """The addresses that we wrote to about a message, and the one that it came from."""
    told = set(Receipt.objects.filter(message=about).values_list("to", flat=True))
    return (told | {str(about.envelope.get("sender_address") or "").strip().lower()}) - {""}


@action("intake.confirm-reply", roles=OFFICERS)
def confirm_reply(actor: Actor, key: UUID, *, version: int | None = None) -> int:
    """Take a proposal as said: it is noted beside every need and offer of the message that it answers; returns how many.

    States and quantities stay as they are: whoever rules on them has the note before them. Raises NotThere, Stale, Refused.
    """
    reply = _own(actor, key, version)
    words = _("Answer to {reference} on {day}: {evidence} (from {sender}; confirmed by {name})").format(
        reference=spelled(reply.about.reference),
        day=clock.today().isoformat(),
        evidence=reply.evidence,
        sender=reply.sender or _("an unknown address"),
        name=actor.name,
    )
    noted: set[tuple[str, UUID]] = set()
    for line in Line.objects.filter(message_id=reply.about_id).order_by("position"):
        for model, subject in (("register.Need", line.need_id), ("register.Offer", line.offer_id)):
            if subject is not None and (model, subject) not in noted:
                add_note(actor, model, subject, words[:4000])
                noted.add((model, subject))
    reply.state, reply.decided_by = ReplyState.CONFIRMED, actor.name[:300]
    reply.save()
    return len(noted)


@action("intake.dismiss-reply", roles=OFFICERS)
def dismiss_reply(actor: Actor, key: UUID, *, version: int | None = None) -> None:
    """Say that a proposal is none: misread, or forged. The message stays as it is. Raises NotThere, Stale, Refused."""
    reply = _own(actor, key, version)
    reply.state, reply.decided_by = ReplyState.DISMISSED, actor.name[:300]
    reply.save()


def _own(actor: Actor, key: UUID, version: int | None) -> Reply:
    reply = Reply.found(key, version=version)
    if reply.owner_id != actor.organisation:
        raise NotThere(_("There is no such answer."))
    if reply.state != ReplyState.PROPOSED:
        raise Refused(_("This answer was decided already, by {name}.").format(name=reply.decided_by))
    return reply
