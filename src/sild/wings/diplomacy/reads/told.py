"""What people told, as it is kept: own records alone, words that are short enough, countries that are countries, markings that are seen."""

from __future__ import annotations

import re
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.actor import Actor, Role
from sild.kernel.record import Record
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.diplomacy.rules import LONGEST_NAME, LONGEST_TEXT

WRITERS = frozenset({Role.OFFICER, Role.DONOR, Role.RECIPIENT})
LONGEST_LINK = 1000
COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)

R = TypeVar("R", bound=Record)


def own(actor: Actor, kind: type[R], key: UUID, version: int | None) -> R:
    """A record of the actor's own organisation. Raises NotThere, Stale; Refused for another's."""
    record = kind.found(key, version=version)
    if record.owner_id != actor.organisation:
        raise Refused(_("Another organisation wrote this down. Ask it to change it, or write your own."))
    return record


def short(text: str) -> str:
    """A name on one line."""
    return " ".join(text.split())[:LONGEST_NAME]


def full(text: str) -> str:
    """Words of several lines, as they were written."""
    return text.strip()[:LONGEST_TEXT]


def country_of(code: str) -> str:
    """A country's code. Raises Refused."""
    told = code.strip().upper()
    if not COUNTRY.fullmatch(told):
        raise Refused(_("{code} is no country. Write its two letters, such as EE.").format(code=code.strip()[:10] or "–"))
    return told


def marking_of(actor: Actor, marking: Marking) -> int:
    """The marking of a new entry. Raises Refused for one above what the actor may see: it would be gone at once."""
    if marking > actor.ceiling:
        raise Refused(_("You may not see what is marked {marking}. Choose a lower marking.").format(marking=marking.label))
    return int(marking)


def link_of(address: str) -> str:
    """An address on the web, or nothing. Raises Refused."""
    link = address.strip()[:LONGEST_LINK]
    if link and not link.startswith(("https://", "http://")):
        raise Refused(_("{address} is no address on the web. It begins with https://.").format(address=link[:60]))
    return link
