"""What a message carries about itself, in the reader's words: that a machine wrote or read it, who wrote what was forwarded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.values.document import Document, Envelope
from sild.wings.intake.pages.words import inert

# by the codes of formats.automatic
_AUTOMATIC = {
    "away": noop("its sender is away, and a machine answers"),
    "auto-reply": noop("a machine answers for its sender"),
    "bounce": noop("it reports that a mail could not be delivered"),
    "receipt": noop("it reports that a mail arrived or was opened"),
    "generated": noop("a program wrote it"),
    "bulk": noop("a program sent it to many"),
}
MOST_HEADERS = 6
MOST_FORWARDED = 4


def carried_by(document: Document | None) -> dict[str, Any]:
    """`automatic`: why it is taken for an automatic mail, or ""; `forwarded`: who wrote what; `authentication`: as received.

    `recognised`: how surely (percent) the least sure words were recognised in a picture, None where no picture was read.
    """
    if document is None:
        return {"automatic": "", "forwarded": [], "authentication": [], "recognised": None}
    surenesses = [block.recognised for _part, _index, block in document.blocks() if block.recognised is not None]
    return {
        "automatic": _automatic(document.envelope),
        "forwarded": [_head(envelope) for envelope, _number in zip(_forwarded(document), range(MOST_FORWARDED), strict=False)],
        "authentication": [inert(header) for header in document.envelope.authentication[:MOST_HEADERS]],
        "recognised": min(surenesses, default=None),
    }


def _automatic(envelope: Envelope) -> str:
    words = _AUTOMATIC.get(envelope.automatic or "")
    return _(words) if words is not None else inert(envelope.automatic or "")


def _forwarded(document: Document) -> Iterator[Envelope]:
    """The heads of the messages that were handed on: attached, or written out inside the text."""
    for part in document.parts:
        if part.envelope is not None:
            yield part.envelope
        for stretch in part.stretches:
            if stretch.kind == "forwarded":
                yield stretch.envelope


def _head(envelope: Envelope) -> dict[str, Any]:
    address = f"<{envelope.sender_address}>" if envelope.sender_address else ""
    return {
        "sender": inert(f"{envelope.sender_name} {address}".strip() or _("not said")),
        "subject": inert(envelope.subject),
        "sent_at": envelope.sent_at,
    }
