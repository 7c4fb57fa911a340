"""Catalogues of actors as programs are told of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Shape
from sild.wings.attribution.rules import CatalogueKind


class ActorCatalogue(Shape):
    """A catalogue. `current`: the newest of its kind, which counts. `as_of` is null where its file says no day."""

    id: UUID
    kind: CatalogueKind
    name: str
    release: str
    as_of: date | None
    digest: str
    imported_at: datetime
    imported_by: str
    current: bool
    actors: int
    names: int
    traits: int
    uses: int
    ambiguous: int


class ActorCatalogues(Shape):
    """The organisation's catalogues, the newest first."""

    rows: list[ActorCatalogue]


class WantedActorName(Shape):
    """The name that is looked for, whole; case does not matter."""

    name: Annotated[Name, Field(min_length=1)]


class ActorByName(Shape):
    """An actor that goes by the name. `main`: it is its first name."""

    catalogue: str
    kind: CatalogueKind
    actor: str
    name: str
    main: bool
    others: list[str]


class NameMeans(Shape):
    """Every actor that goes by a name. `ambiguous`: several of one catalogue do; people say which is meant."""

    wanted: str
    ambiguous: bool
    found: list[ActorByName]
