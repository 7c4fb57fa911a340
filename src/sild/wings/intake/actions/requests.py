"""Requests by the web form, from people without an account: the message as they wrote it, their files, and a secret that opens its state.

The form's own bytes are kept as JSON; each file is a message of its own. What was sent once is there once, also when the button was
pressed twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.home import Home
from sild.kernel.identity import digest_of_secret
from sild.kernel.refusals import NotThere, Refused
from sild.values.document import Envelope
from sild.values.reference import spelled
from sild.wings.intake.actions.arriving import receive_for
from sild.wings.intake.actions.messages import Received
from sild.wings.intake.actions.receipts import queue_receipt
from sild.wings.intake.models import Asked, Message
from sild.wings.intake.rules import Door, address_to_answer, visible_name

SERVICES = frozenset({Role.SERVICE})
MOST_ADDED = 20
"""How many messages may be added to one request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody wrote into the form, and the files beside it as (name, bytes). `language` is the page's."""

    organisation: str
    contact: str
    email: str
    description: str
    language: str
    files: Sequence[tuple[str, bytes]] = ()


@action("intake.submit-request", roles=SERVICES)
def submit_request(actor: Actor, written: Written, secret: str, home: Home) -> str:
    """Take a request in; returns its reference. The same secret again is the same request. Raises Refused for a file that is none."""
    digest = digest_of_secret(secret)
    known = Asked.objects.filter(token_digest=digest).first()
    if known is not None:
        return known.reference
    now = clock.now()
    form = {
        "form": "web-request-1",
        "submitted": now.isoformat(timespec="seconds"),
        "organisation": written.organisation,
        "contact": written.contact,
        "email": written.email,
        "description": written.description,
        # their names stand with them alone: one that proves classified must be named nowhere else
        "attachments": len(written.files),
    }
    # lists tell one request from another by its name too
    received = _receive(actor, form, f"web form {now:%Y-%m-%d %H.%M.%S}", home)
    shown = spelled(received.reference)
    for name, data in written.files:
        receive_for(actor, f"web form {shown}/{visible_name(name)[:200]}", data, home, Door.FORM)
    _keep(received, digest, written.language, None)
    envelope = Envelope(sender_address=written.email)
    if address := address_to_answer(envelope):
        queue_receipt(actor, Message.found(received.message), envelope, address, written.language)
    return received.reference


@action("intake.add-to-request", roles=SERVICES)
def add_to_request(actor: Actor, secret: str, description: str, home: Home) -> None:
    """Take in what somebody adds to their request. Raises NotThere for a secret that opens none; Refused after twenty."""
    asked = Asked.objects.filter(token_digest=digest_of_secret(secret)).first()
    if asked is None:
        raise NotThere(_("There is no such request."))
    if Asked.objects.filter(added_to=asked).count() >= MOST_ADDED:
        raise Refused(_("Twenty messages were added already. Write to us by mail, with the reference."))
    form = {
        "form": "web-addition-1",
        "submitted": clock.now().isoformat(timespec="seconds"),
        "reference": spelled(asked.reference),
        "description": description,
    }
    _keep(_receive(actor, form, f"web form, added to {spelled(asked.reference)}", home), "", asked.language, asked)


def _receive(actor: Actor, form: Mapping[str, object], name: str, home: Home) -> Received:
    data = json.dumps(form, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return receive_for(actor, f"{name}.json", data, home, Door.FORM)


def _keep(received: Received, digest: str, language: str, added_to: Asked | None) -> None:
    Asked(message_id=received.message, token_digest=digest, reference=received.reference, language=language[:8], added_to=added_to).save()
