"""Parties, organisations and seats as programs are told of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import StringConstraints

from sild.kernel.shapes import Paging, Reason, Shape, Tlp, Version, Word


class Alias(Shape):
    """Another name of a party."""

    language: str
    name: str


class Party(Shape):
    """A body, donor or company: `parent` names the party above it; `known`: from a file, not only met in a message."""

    id: UUID
    name: str
    aliases: list[Alias]
    country: str
    kind: str
    sector: str
    parent: str
    known: bool


class WantedParties(Paging):
    """Which parties; `text` is looked for in every name that a party goes by."""

    text: Word = ""
    kind: Word = ""
    country: Word = ""
    known: bool | None = None


class Organisation(Shape):
    """An organisation that acts in the mechanism; `party` is its name among the parties, `ceiling` the most closed marking that it sees."""

    id: UUID
    slug: str
    name: str
    office: str
    party: str
    ceiling: Tlp
    own: bool


class OpenLink(Shape):
    """A link to a seat that is open, or the asking for one; for officers of the secretariat."""

    id: UUID
    version: int
    email: str
    expires_at: datetime
    recovers: bool
    confirmed: bool
    asked_by: UUID
    asked_by_name: str


class Seat(Shape):
    """A seat, with its roles and ceiling; `taken`: somebody sits on it."""

    id: UUID
    version: int
    name: str
    organisation: UUID
    organisation_name: str
    roles: list[str]
    ceiling: Tlp
    taken: bool
    mine: bool
    compartments: list[str]
    links: list[OpenLink]


class Me(Shape):
    """Who asks: the seat behind the token."""

    seat: UUID
    name: str
    organisation: UUID
    mechanism: UUID
    roles: list[str]
    ceiling: Tlp
    compartments: list[UUID]


class Invitation(Shape):
    """Whom to invite to a seat."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254, pattern=r"^[^\u0000]*$")]


class NewLink(Shape):
    """A link to pass on. Its secret is shown this once: the page that it opens is at `path` below the desk's address.

    Both are empty where it `waits` for a second officer, who gets the link.
    """

    shown_once: ClassVar[bool] = True

    invitation: UUID
    secret: str
    path: str
    waits: bool = False


class Vacating(Shape):
    """Why somebody's time on a seat ends; `version` is the seat's."""

    version: Version
    reason: Reason


class Recovery(Shape):
    """Why somebody is to be let in anew."""

    reason: Reason


class Asked(Shape):
    """A recovery that was asked for; another officer confirms it."""

    invitation: UUID


class Confirming(Shape):
    """The version of the recovery's link, as it was read."""

    version: Version
