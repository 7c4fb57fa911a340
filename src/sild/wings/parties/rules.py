"""What a party may be, and what a mechanism's file may say, as data. An unknown key is a fault, not a silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sild.values.marking import Marking


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


SERVICES = {"run": "the run", "sequencer": "the sequencer", "door": "the door"}
"""The named service actors of every mechanism; a file cannot take their names."""

Office = Literal["secretariat", "front-office", "back-office", "donor", "recipient", "observer", "company"]
"""What an organisation is in the mechanism."""

TlpWord = Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
"""The five labels of TLP 2.0."""

CEILINGS: dict[Office, Marking] = {
    # keeps every original: nothing may arrive that it cannot read
    "secretariat": Marking.RED,
    # rules for the recipient's side on what was told to that side alone
    "front-office": Marking.AMBER_STRICT,
    # works as the secretariat's client, the reach of AMBER in TLP 2.0; the same for those who ask and those who give
    "back-office": Marking.AMBER,
    "recipient": Marking.AMBER,
    "donor": Marking.AMBER,
    "company": Marking.AMBER,
    # community, no client: GREEN is what TLP 2.0 gives to peers
    "observer": Marking.GREEN,
}
"""How closed a record an organisation may see at most, by its office, where the mechanism's file does not say otherwise."""

RoleName = Literal["officer", "technical-gate", "interagency-gate", "recipient", "donor", "company", "licence-liaison", "auditor"]
"""Roles that a file may give; the service actors are the desk's own."""


DOOR = "door"
"""The service actor that seats whoever comes with a link."""

INVITATION_DAYS = 7
"""How long an invitation, or the asking for a recovery, stays open."""

RECOVERY_DAYS = 1
"""How long the link of a confirmed recovery stays open: it opens an account that is somebody's already."""

DEMO_DOMAIN = "demo.invalid"
"""Where demo people have their addresses: no mail is ever delivered to .invalid (RFC 2606)."""

DEMO_ROLES = ("officer", "technical-gate", "interagency-gate", "recipient", "donor", "company", "licence-liaison", "auditor")
"""The roles that get a demo person, in the order in which they are printed."""


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
    """An organisation of the mechanism; `party` names it in the parties file where it stands there.

    `ceiling` is the most closed marking that its members may see; without one its office's.
    """

    slug: str = Field(pattern=r"^[a-z0-9-]{1,80}$")
    name: str = Field(min_length=1, max_length=300)
    office: Office
    party: str | None = None
    ceiling: TlpWord | None = None


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


class FairnessEntry(Strict):
    """A rule that evens out what regions, sectors or bodies get. `floor`: value to each counts 1 + `weight` times until its share of what
    it asked is `floor`. `max-min`: the smallest share earns `weight` times the weight of all. `among`: only these; empty: all."""

    by: Literal["region", "sector", "body"]
    rule: Literal["floor", "max-min"]
    weight: float = Field(gt=0, le=1000)
    floor: float | None = Field(default=None, gt=0, le=1)
    among: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _floor_where_it_belongs(self) -> FairnessEntry:
        if (self.rule == "floor") != (self.floor is not None):
            raise ValueError("a floor is given with the rule floor, and with no other")
        return self


class ObjectiveEntry(Strict):
    """What a plan is worth: `served_share` of a need's weight is earned by reaching its minimum, the rest by quantity.

    `licence_quantile`: a pending licence is planned to take as long as this share of past routes did at most. `stability`: what a piece
    of the plan before earns by staying, as a share of its worth. `fairness`: rules that even out shares.
    """

    served_share: float = Field(default=0.3, ge=0, le=1)
    minimum_fraction: float = Field(default=0.25, gt=0, le=1)
    licence_quantile: float = Field(default=0.8, ge=0.01, le=1)
    stability: float = Field(default=0, ge=0, le=1000)
    fairness: list[FairnessEntry] = Field(default_factory=list)


ResourceName = Literal["people", "training", "racks", "power"]
"""What a body takes things in with: hours of its people, places in training, rack units, watts."""


class UseEntry(Strict):
    """What a piece of a category takes of a resource where nobody told it of the offer itself, and who reckoned so."""

    category: str = Field(min_length=1, max_length=40)
    resource: ResourceName
    amount: float = Field(ge=0, le=10_000_000)
    source: str = Field(min_length=1, max_length=300)


class ResendEntry(Strict):
    """What happens with a byte-identical message: linked by rule, or only proposed."""

    identical: Literal["link", "propose"] = "link"


class SealingEntry(Strict):
    """What happens with a message that bears a classification line: who is asked, within how many hours, and whether a caveat of
    offices ("for official use") seals too. No officers: all officers of the secretariat."""

    officers: list[str] = Field(default_factory=list)
    hours: int = Field(default=72, ge=1, le=72)
    official_use: Literal["seal", "warn"] = "seal"


class RetentionEntry(Strict):
    """After how many days the words of a message are erased, by what became of it; without a number they are kept."""

    noise: int | None = Field(default=None, ge=30)
    quarantined: int | None = Field(default=None, ge=30)
    read: int | None = Field(default=None, ge=30)


class OverlapEntry(Strict):
    """Whether people may ask if something that they may not see may overlap with what they see, and how often; without it nobody may.

    `compartments`: those whose members agreed are among what is compared. `beside`: short names of other mechanisms of this home, which
    must name this one too. `left_out`: organisations whose records are not compared and who may not ask. `coordinators`: officers of
    the secretariat who are told of a possible overlap; none named: all of them.
    """

    person_per_day: int = Field(default=5, ge=1, le=20)
    organisation_per_day: int = Field(default=15, ge=1, le=60)
    compartments: bool = False
    beside: list[str] = Field(default_factory=list)
    left_out: list[str] = Field(default_factory=list)
    coordinators: list[str] = Field(default_factory=list)


class AttributionStageEntry(Strict):
    """A stage of the national procedure of attribution, and the question that it answers."""

    code: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name: str = Field(min_length=1, max_length=300)
    question: str = Field(default="", max_length=500)


class AttributionAgencyEntry(Strict):
    """A body with a part in it; `fact` is its entry in the reference pack, where it has one."""

    code: str = Field(pattern=r"^[a-z0-9-]{1,60}$")
    name: str = Field(default="", max_length=300)
    role: str = Field(default="", max_length=300)
    fact: str = Field(default="", max_length=60)


class AttributionInputEntry(Strict):
    """What a body owes to each case, and within how many hours of its opening."""

    agency: str
    stage: str
    what: str = Field(min_length=1, max_length=300)
    hours: int = Field(ge=1, le=24 * 366)


class AttributionEntry(Strict):
    """The national procedure of attribution; without it the usual one holds."""

    stages: list[AttributionStageEntry] = Field(min_length=1, max_length=20)
    agencies: list[AttributionAgencyEntry] = Field(min_length=1, max_length=60)
    inputs: list[AttributionInputEntry] = Field(default_factory=list, max_length=100)

    @model_validator(mode="after")
    def _whole(self) -> AttributionEntry:
        stages, agencies = [one.code for one in self.stages], [one.code for one in self.agencies]
        if len(set(stages)) < len(stages) or len(set(agencies)) < len(agencies):
            raise ValueError("attribution: two stages or two bodies have the same code")
        for one in self.inputs:
            if one.agency not in agencies or one.stage not in stages:
                raise ValueError(f"attribution: the input {one.what!r} names the body {one.agency!r} or the stage {one.stage!r}, not in it")
        return self


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
    endorsement_days: int | None = Field(default=None, ge=1, le=3650)
    offer_clearance: Literal["one-person", "two-people"] = "one-person"
    priority: dict[str, float] = Field(default_factory=dict)
    objective: ObjectiveEntry = Field(default_factory=ObjectiveEntry)
    uses: list[UseEntry] = Field(default_factory=list)
    resend: ResendEntry = Field(default_factory=ResendEntry)
    sealing: SealingEntry = Field(default_factory=SealingEntry)
    retention: RetentionEntry = Field(default_factory=RetentionEntry)
    web_form: bool = False
    overlap: OverlapEntry | None = None
    attribution: AttributionEntry | None = None
    ceilings: dict[RoleName, TlpWord] = Field(default_factory=dict)
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
        officers = {member.slug for member in self.members if "officer" in member.roles and member.organisation == self.secretariat.slug}
        for slug in self.sealing.officers:
            if slug not in officers:
                raise ValueError(f"sealing: {slug!r} is no officer of the secretariat")
        for slug in self.overlap.coordinators if self.overlap is not None else ():
            if slug not in officers:
                raise ValueError(f"overlap: {slug!r} is no officer of the secretariat")
        for slug in self.overlap.left_out if self.overlap is not None else ():
            if slug not in slugs:
                raise ValueError(f"overlap: the organisation {slug!r} is not in the file")
        return self

    @property
    def secretariat(self) -> OrganisationEntry:
        return next(organisation for organisation in self.organisations if organisation.office == "secretariat")


def organisation_ceiling(entry: OrganisationEntry) -> Marking:
    """The most closed marking that the organisation's members may see: the file's word, else its office's."""
    return Marking.parse(entry.ceiling) if entry.ceiling is not None else CEILINGS[entry.office]


def member_ceiling(spec: MechanismFile, organisation: str, roles: Iterable[str]) -> Marking:
    """What a seat of `organisation` (its short name) with `roles` may see at most: the lower one of its organisation's and its roles'.

    The role that sees most counts; a role that `ceilings` does not name is bound by the organisation alone.
    """
    entry = next((one for one in spec.organisations if one.slug == organisation), None)
    if entry is None:
        return Marking.CLEAR
    told = {str(role): word for role, word in spec.ceilings.items()}
    by_role = max((Marking.parse(told[role]) if role in told else Marking.RED for role in roles), default=Marking.RED)
    return min(organisation_ceiling(entry), by_role)
