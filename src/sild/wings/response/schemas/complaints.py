"""Forums and complaints as programs are told of them, and what they may send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from sild.kernel.shapes import Shape, Text, Word
from sild.wings.response.actions import NewComplaint
from sild.wings.response.rules import ForumNeed, NeedStand


class ForumTick(Shape):
    """What a forum needs, by the desk's own proposal, and whether it is there; `count` null: nothing was counted."""

    need: ForumNeed
    stand: NeedStand
    count: int | None


class ComplaintTo(Shape):
    """What a forum is asked, and which norms are said to be broken; its Word file comes in the browser."""

    id: UUID
    version: int
    asked: str
    norms: str
    written_by: str
    written_at: datetime
    withdrawn: bool
    withdrawn_why: str


class ForumBeside(Shape):
    """A forum beside a response, with where it is known from."""

    forum: str
    label: str
    purpose: str
    decides: str
    cycle: str
    contact_duty: str
    audience: str
    as_of: str
    sources: list[str]
    from_memory: bool
    ticks: list[ForumTick]
    complaints: list[ComplaintTo]


class ForumsBeside(Shape):
    """Every forum beside a response."""

    rows: list[ForumBeside]


class ComplaintToWrite(Shape):
    """What a forum is asked to do, and which norms are said to be broken, one a line."""

    forum: Word
    asked: Annotated[Text, Field(min_length=1)]
    norms: Text = ""

    def new(self) -> NewComplaint:
        """As the act takes it."""
        return NewComplaint(forum=self.forum, asked=self.asked, norms=self.norms)
