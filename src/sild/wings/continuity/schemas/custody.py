"""Copies in custody, as programs are told of them, and what they may send. A receipt is sent as the command wrote it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Name, Reason, Shape, Text, Tlp, Version
from sild.wings.continuity.actions.custody import CustodyTerms
from sild.wings.continuity.rules.custody import LONGEST_RECEIPT, MOST_HOLDERS, MOST_READERS, USUAL_DRILL_DAYS, CustodyState, ReceiptDeed

Receipt = Annotated[str, Field(min_length=2, max_length=LONGEST_RECEIPT)]


class CustodyCopyTold(Shape):
    """A copy in others' keeping. `size` in bytes; `overdue`: its drill, or the end of its keeping, is past."""

    id: UUID
    version: int
    name: str
    dataset_id: UUID
    dataset: str
    system_id: UUID | None
    host_id: UUID | None
    host: str
    keeper: str
    state: CustodyState
    made_at: datetime
    files: int
    size: int
    needed: int
    holders: list[str]
    keep_until: date | None
    drill_days: int
    restored_on: date | None
    drill_by: date | None
    overdue: bool
    sound: bool | None
    marking: Tlp


class CustodyCopies(Shape):
    """The copies that you may see, those that are overdue first."""

    copies: list[CustodyCopyTold]


class CustodyDeedTold(Shape):
    """What was done with a copy, as a receipt says."""

    id: UUID
    deed: ReceiptDeed
    began_at: datetime
    ended_at: datetime
    seconds: Decimal
    sound: bool
    found: str
    checked_by: str
    told_by: str


class WholeCustodyCopy(Shape):
    """A copy whole: digests, who may see what is in it, what was done with it."""

    row: CustodyCopyTold
    copy_name: str
    manifest: str
    key: str
    seconds: Decimal
    readers: list[str]
    written_by: str
    ended_why: str
    deeds: list[CustodyDeedTold]


class CustodyTermsTold(Shape):
    """Who keeps a copy, how many of whom open it, who may see what is in it, until when, and how often it is tried."""

    keeper: Name
    needed: Annotated[int, Field(ge=1, le=MOST_HOLDERS)]
    holders: Annotated[list[Name], Field(min_length=1, max_length=MOST_HOLDERS)]
    readers: Annotated[list[Name], Field(max_length=MOST_READERS)] = []
    keep_until: date | None = None
    drill_days: Annotated[int, Field(ge=1, le=3650)] = USUAL_DRILL_DAYS

    def terms(self) -> CustodyTerms:
        """As the action takes them."""
        return CustodyTerms(
            keeper=self.keeper,
            needed=self.needed,
            holders=tuple(self.holders),
            readers=tuple(self.readers),
            keep_until=self.keep_until,
            drill_days=self.drill_days,
        )


class CustodyToTake(CustodyTermsTold):
    """A new copy: its receipt, of which data set it is, at which host."""

    dataset: UUID
    host: UUID | None = None
    receipt: Receipt
    reason: Text = ""


class CustodyToMend(CustodyTermsTold):
    """What is told of a copy anew."""

    version: Version
    reason: Text = ""


class CustodyReceiptToAdd(Shape):
    """The receipt of a verification or a restore."""

    receipt: Receipt
    reason: Text = ""


class CustodyEnd(Shape):
    """What became of a copy, and how that is known."""

    state: Literal[CustodyState.RETURNED, CustodyState.DESTROYED]
    version: Version
    reason: Reason
