"""What a message carries about itself, in the reader's words: that it was sent by a machine, who wrote what was forwarded, as received."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sild.values.document import Document
from sild.wings.intake.pages.words import inert

MOST_HEADERS = 6


def carried_by(document: Document | None) -> dict[str, Any]:
    """`automatic`: why it is taken for an automatic mail, or ""; `forwarded`: the messages inside it; `authentication`: as received."""
    if document is None:
        return {"automatic": "", "forwarded": [], "authentication": []}
    envelope = document.envelope
    inside = [part.envelope for part in document.parts if part.envelope is not None]
    return {
        "automatic": inert(getattr(envelope, "automatic", None) or ""),
        "forwarded": [
            {
                "sender": inert(f"{one.sender_name} <{one.sender_address}>" if one.sender_address else one.sender_name or _("not said")),
                "subject": inert(one.subject),
                "sent_at": one.sent_at,
            }
            for one in inside
        ],
        "authentication": [inert(header) for header in getattr(envelope, "authentication", ())[:MOST_HEADERS]],
    }
