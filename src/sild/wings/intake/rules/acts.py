"""What an exercise's decisions file may say, as data. An act keeps the name that its content gives it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Strict(BaseModel):
    """An unknown key is a fault, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Where(Strict):
    """Which lines an act speaks of: every given key must fit. `message` starts a file name, `words` stand in item or evidence."""

    message: str = ""
    kind: str = ""
    category: str = ""
    beneficiary: str = ""
    provider: str = ""
    words: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Where:
        if not any(self.model_dump().values()):
            raise ValueError("say which lines: message, kind, category, beneficiary, provider or words")
        return self


NEEDED_BY = {
    "rule-channel": "channel",
    "gate": "gate",
    "judge": "relation",
    "limit": "limit",
    "licence": "licence",
    "agree": "agreement",
    "deliver": "delivery",
    "incident": "incident",
    "said": "said",
}
"""What an act cannot do without, beside its lines."""
SPEAK_OF_TWO = frozenset({"judge", "agree", "deliver"})
"""Acts that name two lines: two that are judged, or the one of a request and the one of an offer."""
SPEAK_OF_NO_LINE = frozenset({"limit", "incident", "said"})
"""Acts that name no line."""


class LicenceTold(Strict):
    """What a recorded act says of a licence case: where it is, the state it came into (empty: it was opened), and what was known of it.

    `stand` says of its `condition` (counted from 0) that it is met or carried on; then nothing else is said.
    """

    jurisdiction: str = Field(pattern=r"^[A-Z]{2}$")
    authority: str = ""
    state: str = ""
    due_on: date | None = None
    conditions: list[str] = Field(default_factory=list)
    expires_on: date | None = None
    reference: str = ""
    term_days: int | None = None
    term_source: str = ""
    entries: list[str] = Field(default_factory=list)
    condition: int = 0
    stand: Literal["", "met", "carried"] = ""

    @property
    def describes(self) -> bool:
        """Whether it says more of the case than where it stands."""
        return bool(self.reference or self.term_days or self.entries)


class AgreementTold(Strict):
    """What a recorded act says of an agreement: the word (empty: it was proposed), how much, in which month, under which conditions."""

    word: str = ""
    quantity: Decimal | None = None
    month: date | None = None
    conditions: list[str] = Field(default_factory=list)


class LegTold(Strict):
    """A part of the way of a consignment."""

    start: str
    end: str
    by: str = ""
    planned: date | None = None


class DeliveryTold(Strict):
    """What a recorded act says of a consignment: what was done (`prepare`, `receive`, or another deed), and what belongs to it.

    It speaks of the consignment of the agreement that was prepared last; `let-on` is an officer's word that the agreement's things go out.
    """

    deed: str
    quantity: Decimal | None = None
    kind: str = "goods"
    legs: list[LegTold] = Field(default_factory=list)
    ends_on: date | None = None
    until: date | None = None
    to: str = ""
    arrived: Decimal | None = None
    faulty: Decimal = Decimal(0)
    in_use: Decimal | None = None
    renew_on: date | None = None
    renewal: Literal["unknown", "never", "day"] = "unknown"


CAME_LATER = ("agreement", "delivery", "incident", "said")
"""Kinds of telling that the first files did not know."""


Tlp = Literal["CLEAR", "GREEN", "AMBER", "AMBER_STRICT", "RED"]


class WeighedTold(Strict):
    """How grave a factor of an incident is, and who says it."""

    factor: str
    degree: str
    said: str = ""
    source: str = ""


class IncidentTold(Strict):
    """What a recorded act says of an incident: what happened, how grave it was, which earlier one (by title) it is of one campaign with.

    `shared`: every organisation of the mechanism was shown it.
    """

    title: str
    kind: str = "cyber"
    summary: str = ""
    begins: date | None = None
    begins_precision: str = "day"
    ends: date | None = None
    place: str = ""
    countries: list[str] = Field(default_factory=list)
    victims: list[str] = Field(default_factory=list)
    sectors: list[str] = Field(default_factory=list)
    source: str = ""
    source_on: date | None = None
    weighed: list[WeighedTold] = Field(default_factory=list)
    campaign_of: str = ""
    marking: Tlp = "AMBER"
    shared: bool = False
    state: str = ""
    why_not: str = ""


class SaidTold(Strict):
    """What a recorded act says of a public statement: who spoke, of which States, on which day; `shared` as of an incident."""

    title: str
    who: str
    kind: str = "other"
    country: str = ""
    said_on: date | None = None
    countries: list[str] = Field(default_factory=list)
    actor: str = ""
    summary: str = ""
    languages: list[str] = Field(default_factory=list)
    source: str = ""
    source_on: date | None = None
    marking: Tlp = "AMBER"
    shared: bool = False


class Act(Strict):
    """One recorded act of a member of the exercise (`as`), on a day, with its reason."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    member: str = Field(alias="as")
    on: date
    act: Literal["accept", "reject", "rule-channel", "gate", "judge", "limit", "licence", "agree", "deliver", "incident", "said"]
    where: Where | None = None
    other: Where | None = None
    channel: Literal["", "civil", "military", "mixed"] = ""
    gate: Literal["", "technical-review", "interagency-review"] = ""
    passed: bool = True
    relation: Literal["", "same-as", "supersedes", "escalates", "part-of", "withdraws", "second-batch", "not-the-same"] = ""
    limit: dict[str, Any] | None = None
    licence: LicenceTold | None = None
    agreement: AgreementTold | None = None
    delivery: DeliveryTold | None = None
    incident: IncidentTold | None = None
    said: SaidTold | None = None
    reason: str = Field(min_length=1)

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Act:
        wanted = NEEDED_BY.get(self.act)
        if wanted is not None and not getattr(self, wanted):
            raise ValueError(f"an act {self.act} needs {wanted}")
        if self.act not in SPEAK_OF_NO_LINE and self.where is None:
            raise ValueError(f"an act {self.act} needs where")
        if self.act in SPEAK_OF_TWO and self.other is None:
            raise ValueError(f"an act {self.act} needs other, the second line")
        return self


class DecisionsFile(Strict):
    """The recorded acts of an exercise, in the order in which they were done."""

    exercise: Literal[True]
    note: str = ""
    acts: list[Act] = Field(default_factory=list)


def act_keys(acts: Sequence[Act]) -> list[str]:
    """Names each act by its content and its number among equals: a file that grows or is sorted anew holds the same acts."""
    counted: Counter[str] = Counter()
    keys = []
    for act in acts:
        # a kind of telling that came later is left out where it is not there: acts that were done keep their names
        content = act.model_dump_json(by_alias=True, exclude={name for name in CAME_LATER if getattr(act, name) is None})
        keys.append(hashlib.sha256(f"{counted[content]} {content}".encode()).hexdigest())
        counted[content] += 1
    return keys
