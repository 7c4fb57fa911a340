"""What people send about listing packs. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Mapping

from sild.wings.response.actions import NewIdentifier, NewListing
from sild.wings.response.forms.responses import chosen
from sild.wings.response.rules import IdentifierKind, SubjectKind


def new_listing_of(told: Mapping[str, str]) -> NewListing:
    """A pack that a form begins. Raises Refused."""
    return NewListing(name=told.get("name", ""), subject=chosen(SubjectKind, told.get("subject", "")), language=told.get("language", "en"))


def identifier_of(told: Mapping[str, str]) -> NewIdentifier:
    """An identifier that a form names. Raises Refused."""
    return NewIdentifier(kind=chosen(IdentifierKind, told.get("kind", "")), text=told.get("text", ""), source=told.get("source", ""))
