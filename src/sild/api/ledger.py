"""The ledger over the API: the acts in words, and taking one back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from sild.kernel import home as homes
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.acts import ActFilter, list_acts
from sild.kernel.ledger.sequencer import book_of
from sild.kernel.listing import key_of
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Paging, Reason, Shape, Word
from sild.kernel.undo import EVERYBODY_WHO_WRITES
from sild.kernel.undo import undo as take_back

router = Router(tags=["ledger"])
WITNESSES = frozenset({Role.OFFICER, Role.AUDITOR})
"""Who takes a signed state out of the house: it tells how many acts there are (kernel/releases.py)."""


class Act(Shape):
    """One act: who, when, why. `records` counts what it wrote, as far as you may see; `undoable`: you could take it back now."""

    id: UUID
    action: str
    at: datetime
    person: str
    organisation: str
    started_by: str
    reason: str
    records: int
    undone: bool
    undoable: bool


class WantedActs(Paging):
    """Which acts. `who`: people or services; `parts`: also the acts that are part of another."""

    who: Literal["", "people", "services"] = ""
    action: Word = ""
    person: Word = ""
    parts: bool = False


class Undo(Shape):
    """Why an act is taken back."""

    reason: Reason


class Undone(Shape):
    """How many records were put back."""

    records: Annotated[int, Field(ge=0)]


class Checkpoint(Shape):
    """The newest signed state of the ledger (a C2SP signed note), and the line by which its signature is checked."""

    note: str
    key: str


@route(router, "get", "/ledger/checkpoint", roles=WITNESSES, answer=Checkpoint)
def read_checkpoint(actor: Actor) -> Checkpoint:  # noqa: ARG001 - whoever has the role is told the same
    """A signed state of the ledger, for somebody outside to keep: `sild ledger verify --witness` holds the book against it."""
    book = book_of(homes.current())
    try:
        note = book.newest()
        key = book.verifier.read_text(encoding="utf-8").strip() if note is not None else ""
    except OSError as fault:
        raise Refused(_("The book cannot be read by the process of the pages. Ask the operator for a checkpoint.")) from fault
    if note is None:
        raise NotThere(_("The ledger has no signed state yet."))
    return Checkpoint(note=note, key=key)


@route(router, "get", "/acts", roles=PEOPLE, answer=Listed[Act])
def list_ledger(actor: Actor, wanted: Query[WantedActs]) -> Cut:
    """The acts that you may know of, the newest first."""
    chosen = ActFilter(who=wanted.who, action=wanted.action, person=wanted.person, parts=wanted.parts)
    found, after = list_acts(actor, chosen, after=wanted.key, limit=wanted.limit)
    return Cut(items=[Act.model_validate(act) for act in found], after=key_of(*after) if after is not None else "")


@route(router, "post", "/acts/{act}/undo", roles=EVERYBODY_WHO_WRITES & PEOPLE, answer=Undone, subjects={"act": "kernel.Act"})
def undo_act(actor: Actor, act: UUID, why: Undo) -> Undone:
    """Take an act back: what it wrote becomes as it was. Refused, with the reason, when later acts build on it."""
    return Undone(records=take_back(actor, act, reason=why.reason))
