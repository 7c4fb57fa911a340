"""What the method carries from step to step: mentions of things, and drafts of lines before their fields are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from sild.cores.extraction.answer import LineKind
from sild.cores.extraction.fields.found import BodyFound, QuantityFound
from sild.cores.extraction.method.lexicons import Item
from sild.cores.extraction.method.passages import Passage
from sild.cores.extraction.method.sentences import Stretch

Stance = Literal["request", "offer"]
Demotion = Literal["for", "with"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing named in a text: offsets, which item, how it stands in its phrase, and a rank for being what the phrase is about."""

    start: int
    end: int
    item: Item
    first: int
    after: int
    demoted: Demotion | None
    rank: float


@dataclass(slots=True)
class Draft:
    """One line in the making. Offsets are into `passage.text`, or into a cell's text where an entry of `evidence` names its column.

    `cells`: role to column, for rows. `more`: words of other passages that belong to the line (a number told later);
    `told_too`: further sentences that speak of it ("the firewalls are needed by April").
    """

    passage: Passage
    sentence: Stretch
    segment: Stretch
    kind: LineKind
    stance: Stance | None
    head: Mention | None
    quantity: QuantityFound | None
    amount: Decimal | None
    unit: str | None
    category: str | None
    cues: frozenset[str] = frozenset()
    evidence: list[tuple[int | None, int, int]] = field(default_factory=list)
    beneficiary: BodyFound | None = None
    provider: BodyFound | None = None
    sender: str | None = None
    old_amount: Decimal | None = None
    due: Passage | None = None
    additional: bool = False
    paid: bool = False
    confidence: float = 0.8
    reasons: dict[str, str] = field(default_factory=dict)
    cells: dict[str, int] = field(default_factory=dict)
    more: list[tuple[Passage, int, int]] = field(default_factory=list)
    told_too: list[tuple[Passage, Stretch]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the block."""
        return self.passage.text
