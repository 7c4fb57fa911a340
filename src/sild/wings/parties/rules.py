"""What a party may be, and what a mechanism's file may say, as data. An unknown key is a fault, not a silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class PartyKind(StrEnum):
    """Kinds of organisations in the parties file."""

    RECIPIENT_BODY = "recipient-body"
    DONOR_STATE = "donor-state"
    COMPANY = "company"
    FOUNDATION = "foundation"
    INTERNATIONAL = "international"


class PartyStatus(StrEnum):
    """A party comes from a file that a person gave, or was met in a message and waits for review."""

    KNOWN = "known"
    FOR_REVIEW = "for-review"


GIVERS = frozenset({PartyKind.DONOR_STATE, PartyKind.COMPANY, PartyKind.FOUNDATION, PartyKind.INTERNATIONAL})
"""Kinds that give; a recipient body asks."""

MILITARY_SECTORS = frozenset({"defence"})
"""Sectors whose requests belong to the military mechanism (domain rule: ruled per line; the kind of the body may settle it)."""

PRIORITY_CRITERIA = (
    "severity",
    "essential_service",
    "people_affected",
    "spill_over",
    "time_criticality",
    "own_measures",
    "absorption",
    "unblocks_others",
    "strategic_importance",
)
"""What a need's priority is the weighted sum of (domain: "priority is arithmetic that is printed")."""


SERVICES = {"run": "the run", "sequencer": "the sequencer"}
"""The named service actors of every mechanism; a file cannot take their names."""

RoleName = Literal["officer", "technical-gate", "interagency-gate", "recipient", "donor", "company", "licence-liaison", "auditor"]
"""Roles that a file may give; the service actors are the desk's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """One row of the parties file; `aliases` are (language, name) pairs in the file's order.

    `parent` is the canonical name of the party above it; empty where the file names none.
    """

    line: int
    name: str
    aliases: tuple[tuple[str, str], ...]
    country: str
    kind: str
    sector: str
    parent: str = ""


class Strict(BaseModel):
    """An unknown key is a fault, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OrganisationEntry(Strict):
    """An organisation of the mechanism; `party` names it in the parties file where it stands there."""

    slug: str = Field(pattern=r"^[a-z0-9-]{1,80}$")
    name: str = Field(min_length=1, max_length=300)
    office: Literal["secretariat", "front-office", "back-office", "donor", "recipient", "observer", "company"]
    party: str | None = None


class MemberEntry(Strict):
    """Somebody who acts for an organisation, by function; no personal names are needed."""

    slug: str = Field(pattern=r"^[a-z0-9-]{1,80}$")
    name: str = Field(min_length=1, max_length=300)
    organisation: str
    roles: list[RoleName] = Field(min_length=1)


class GateEntry(Strict):
    """A gate that a need passes before it is endorsed."""

    name: Literal["technical-review", "interagency-review"]
    role: RoleName
    question: str


class ScopeEntry(Strict):
    """What the mechanism is for."""

    channels: list[Literal["civil", "military"]] = Field(min_length=1)
    countries: list[str] = Field(default_factory=list)
    categories: list[str] = Field(default_factory=list)
    handed_over_to: str | None = None


class ObjectiveEntry(Strict):
    """What a plan is worth: `served_share` of a need's weight is earned by reaching its minimum, the rest by quantity."""

    served_share: float = Field(default=0.3, ge=0, le=1)
    minimum_fraction: float = Field(default=0.25, gt=0, le=1)


class ResendEntry(Strict):
    """What happens with a byte-identical message: linked by rule, or only proposed."""

    identical: Literal["link", "propose"] = "link"


class MechanismFile(Strict):
    """The mechanism as one file."""

    mechanism: str = Field(pattern=r"^[a-z0-9-]{1,80}$")
    name: str = Field(min_length=1, max_length=300)
    exercise: bool = False
    as_of: date
    source: str
    scope: ScopeEntry
    organisations: list[OrganisationEntry] = Field(min_length=1)
    members: list[MemberEntry] = Field(min_length=1)
    gates: list[GateEntry] = Field(default_factory=list)
    priority: dict[str, float] = Field(default_factory=dict)
    objective: ObjectiveEntry = Field(default_factory=ObjectiveEntry)
    resend: ResendEntry = Field(default_factory=ResendEntry)
    today: date | None = None

    @field_validator("priority")
    @classmethod
    def _known_criteria(cls, weights: dict[str, float]) -> dict[str, float]:
        unknown = sorted(set(weights) - set(PRIORITY_CRITERIA))
        if unknown:
            raise ValueError(f"{unknown[0]!r} is none of {', '.join(PRIORITY_CRITERIA)}")
        if any(weight < 0 for weight in weights.values()):
            raise ValueError("a weight is below 0")
        return weights

    @model_validator(mode="after")
    def _one_secretariat(self) -> MechanismFile:
        slugs = [organisation.slug for organisation in self.organisations]
        if len(set(slugs)) < len(slugs):
            raise ValueError("two organisations have the same slug")
        if sum(organisation.office == "secretariat" for organisation in self.organisations) != 1:
            raise ValueError("exactly one organisation has the office secretariat")
        for member in self.members:
            if member.organisation not in slugs:
                raise ValueError(f"member {member.slug}: the organisation {member.organisation!r} is not in the file")
        for member in self.members:
            if member.slug in SERVICES:
                raise ValueError(f"member {member.slug}: this name is the desk's own service; choose another")
        if len({member.slug for member in self.members}) < len(self.members):
            raise ValueError("two members have the same slug")
        return self

    @property
    def secretariat(self) -> OrganisationEntry:
        return next(organisation for organisation in self.organisations if organisation.office == "secretariat")
