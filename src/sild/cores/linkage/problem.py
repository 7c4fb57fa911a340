"""What linkage is asked: lines as they were read, the bodies they name, what people have already ruled.

Everything is frozen and checked on entry; a problem that contradicts itself raises `BadProblem` and names the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

LineKind = Literal["request", "update", "withdrawal", "offer", "question"]
KINDS: tuple[LineKind, ...] = ("request", "update", "withdrawal", "offer", "question")


class Relation(StrEnum):
    """How a later line stands to an earlier one. `NOT_THE_SAME` is said by people only."""

    SAME_AS = "same-as"
    SUPERSEDES = "supersedes"
    WITHDRAWS = "withdraws"
    ESCALATES = "escalates"
    PART_OF = "part-of"
    SECOND_BATCH = "second-batch"
    NOT_THE_SAME = "not-the-same"

    @property
    def joins(self) -> bool:
        """Whether two lines so related speak of one need."""
        return self not in (Relation.SECOND_BATCH, Relation.NOT_THE_SAME)


class BadProblem(ValueError):
    """The problem contradicts itself; the text names the record and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line item of one message, as read; None and empty where the message does not say.

    `id` is stable: the caller gives the same id when the same line is read again. `message` is the message's id and `digest`
    the digest of its bytes, so that a resend can be told from a repetition. `item` names the thing, `evidence` is the sentence.
    `quantity` counts `unit`; `changes` is the older quantity that the line itself says it replaces. `beneficiary`, `provider`
    and `sent_by` are body ids or, for a body nobody knows, its name. `additional` is True where the line calls itself a
    further batch, False where it says it is not one, None where nobody has looked. `channel` is civil or military. `place` is the
    town or site that the line or its sheet names. `arrived_at` is when a line without `sent_at` came: it was told no later.
    """

    id: str
    kind: LineKind
    message: str
    sent_at: datetime | None = None
    category: str | None = None
    item: str = ""
    evidence: str = ""
    quantity: Decimal | None = None
    unit: str | None = None
    beneficiary: str | None = None
    provider: str | None = None
    sent_by: str | None = None
    needed_by: date | None = None
    reference: str | None = None
    threads: tuple[str, ...] = ()
    subject: str = ""
    language: str | None = None
    channel: str | None = None
    additional: bool | None = None
    changes: Decimal | None = None
    digest: str | None = None
    conditions: tuple[str, ...] = ()
    place: str | None = None
    arrived_at: datetime | None = None
    relayed_by: str | None = None
    available_from: date | None = None
    available_until: date | None = None

    @property
    def told_by(self) -> str | None:
        """Whose hand it came from: who forwarded it, else who wrote it. What an office forwards is told by another voice."""
        return self.relayed_by or self.sent_by

    @property
    def told_at(self) -> datetime | None:
        """When it was told, or else by when; None where neither is known."""
        return self.sent_at or self.arrived_at

    def __post_init__(self) -> None:
        if not self.id:
            raise BadProblem(f"a line of message {self.message!r} has no id: give every line a stable id")
        if self.kind not in KINDS:
            raise BadProblem(f"line {self.id}: kind {self.kind!r} is none of {', '.join(KINDS)}")
        for name, amount in (("quantity", self.quantity), ("changes", self.changes)):
            if amount is not None and (not isinstance(amount, Decimal) or not amount.is_finite() or amount < 0):
                raise BadProblem(f"line {self.id}: {name} {amount!r} is not a finite Decimal of at least 0")
        for name, moment in (("sent_at", self.sent_at), ("arrived_at", self.arrived_at)):
            if moment is not None and moment.tzinfo is None:
                raise BadProblem(f"line {self.id}: {name} {moment.isoformat()} has no time zone; give it one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body as the register of parties knows it. `names` are its names and abbreviations in any language."""

    id: str
    names: tuple[str, ...] = ()
    country: str | None = None
    kind: str | None = None
    sector: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRelation:
    """`upper` stands one level above `lower` (parent), or is known to write on its behalf (relays)."""

    lower: str
    upper: str
    kind: Literal["parent", "relays"] = "parent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person ruled about two lines: the later stands in `relation` to the earlier. It always wins."""

    line_a: str
    line_b: str
    relation: Relation

    def __post_init__(self) -> None:
        if self.line_a == self.line_b:
            raise BadProblem(f"a judgement relates line {self.line_a} to itself: name two lines")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageProblem:
    """Lines to link. `former` maps line ids to the cluster ids of an earlier run: those ids are kept where they can be.

    `vectors` gives for a line id the vector of its words (`text_of`), as the model gave it; a line without one is compared without it.
    """

    lines: tuple[Line, ...]
    bodies: tuple[Body, ...] = ()
    relations: tuple[BodyRelation, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    former: dict[str, str] = field(default_factory=dict)
    vectors: Mapping[str, Sequence[float]] | None = None

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for line in self.lines:
            if line.id in seen:
                raise BadProblem(f"two lines have the id {line.id}: ids must be unique")
            seen.add(line.id)
        for judgement in self.judgements:
            for name in (judgement.line_a, judgement.line_b):
                if name not in seen:
                    raise BadProblem(f"a judgement names line {name}, which is not among the lines: withdraw it or hand in the line")
        bodies: set[str] = set()
        for body in self.bodies:
            if body.id in bodies:
                raise BadProblem(f"two bodies have the id {body.id}: ids must be unique")
            bodies.add(body.id)
        self._refuse_contradictions()

    def _refuse_contradictions(self) -> None:
        """People may not have ruled two lines one need, by a chain, and two needs at once."""
        root = {line.id: line.id for line in self.lines}
        kind = {line.id: line.kind for line in self.lines}

        def find(name: str) -> str:
            while root[name] != name:
                root[name] = root[root[name]]
                name = root[name]
            return name

        ruled: dict[frozenset[str], Relation] = {}
        for judgement in self.judgements:
            pair = frozenset((judgement.line_a, judgement.line_b))
            if ruled.setdefault(pair, judgement.relation) is not judgement.relation:
                raise BadProblem(
                    f"lines {judgement.line_a} and {judgement.line_b} were ruled both {ruled[pair]} and {judgement.relation}: "
                    "withdraw one of the rulings"
                )
            if judgement.relation.joins:
                root[find(judgement.line_a)] = find(judgement.line_b)
        for judgement in self.judgements:
            if not judgement.relation.joins and find(judgement.line_a) == find(judgement.line_b):
                raise BadProblem(
                    f"judgements contradict each other: lines {judgement.line_a} and {judgement.line_b} were ruled "
                    f"{judgement.relation} and also, directly or by a chain, one need: withdraw one of the rulings"
                )
        sides: dict[str, str] = {}
        for name in sorted(root):
            if kind[name] in ("request", "offer", "question") and sides.setdefault(find(name), kind[name]) != kind[name]:
                raise BadProblem(
                    f"judgements put line {name} ({kind[name]}) into one cluster with a line of kind {sides[find(name)]}: "
                    "needs, offers and questions never mix; withdraw the ruling"
                )
