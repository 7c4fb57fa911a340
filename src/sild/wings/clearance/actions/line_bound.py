"""What hangs on a line follows it: what the line says of the thing, and who may see the record, at the end of every act that changed one.

What a record is made of comes from the line where its maker sees that, else from a licence case of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sild.kernel.access import grants_on, released_to
from sild.kernel.action import action, settles
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.beside import kept_beside, organisations
from sild.kernel.followed import CLOSENESS, OFFICES
from sild.kernel.grants import follows_a_rule
from sild.kernel.journal import Image, Written
from sild.wings.clearance.models import ConditionWord, Donation, Handover, LicenceCase, LineBound, Objection
from sild.wings.clearance.reads.readers import readers_beside_line, withheld_lines
from sild.wings.register.public import Line

R = TypeVar("R", bound=LineBound)
HANG_ON_LINES: tuple[type[LineBound], ...] = (Objection, Donation, Handover, ConditionWord)
"""The kinds of records that hang on a line."""
LABELS: Mapping[str, type[LineBound]] = {model._meta.label: model for model in HANG_ON_LINES}

follows_a_rule(*LABELS)


@dataclass(frozen=True, slots=True)
class LineSubject:
    """The line that a record is about, as its maker knows it: the columns that the record takes over."""

    columns: Mapping[str, Any]

    TAKEN_OVER: ClassVar[tuple[str, ...]] = (*CLOSENESS, *LineBound.TOLD_BY_LINE)
    """The columns that a record takes over from what it was told from."""

    @classmethod
    def of_line(cls, line_id: UUID) -> LineSubject:
        """The line itself. Raises NotThere."""
        line: Line = Line.found(line_id)
        return cls._told_by(line, line.id)

    @classmethod
    def of_case(cls, case_id: UUID) -> LineSubject:
        """The line of a licence case, which its maker need not see. Raises NotThere."""
        case: LicenceCase = LicenceCase.found(case_id)
        return cls._told_by(case, case.line_id)

    @classmethod
    def _told_by(cls, told: Line | LicenceCase, line_id: UUID) -> LineSubject:
        columns = {name: getattr(told, name) for name in cls.TAKEN_OVER}
        return cls({"line_id": line_id, "line_owner_id": told.owner_id, **columns})

    def on(self, model: type[R], actor: Actor, **columns: Any) -> R:
        """A record of `model` about the line, as closed as what it was told from, released by rule; not yet saved."""
        record = model(owner_id=actor.organisation, **self.columns, **columns)
        record.releasable_to = _released(actor, record, None)
        return record


def _released(actor: Actor, record: LineBound, granted: Any) -> list[UUID]:
    return released_to(
        readers_beside_line(actor, record) - withheld_lines([record.line_id]).get(record.line_id, frozenset()),
        granted,
        owner=record.owner_id,
        marking=record.marking,
        compartment_id=record.compartment_id,
    )


@settles
def _follow(written: Sequence[Written]) -> None:
    """Bring what hangs on changed lines, and the readers of changed records, up to date, each on behalf of its owner."""
    lines: dict[UUID, Image] = {}
    looked_at: dict[str, set[UUID]] = defaultdict(set)
    withheld: set[UUID] = set()
    whole = False
    for label, key, before, after in written:
        if label == "register.Line" and before is not None and after is not None:
            if any(before.get(name) != after.get(name) for name in LineBound.TOLD_BY_LINE):
                lines[_key(key)] = after
        elif label in LABELS and before is not None and after is not None:
            if any(before.get(name) != after.get(name) for name in (*CLOSENESS, "provider")):
                looked_at[label].add(_key(key))
        elif label == "kernel.Grant":
            grant = after or before or {}
            if grant["subject_model"] in LABELS:
                looked_at[grant["subject_model"]].add(_key(grant["subject_id"]))
            elif grant["subject_model"] == "register.Line":
                withheld.add(_key(grant["subject_id"]))
        whole = whole or label in OFFICES
    for label, model in LABELS.items():
        for owner, keys in _concerned(model, {*lines, *withheld}, looked_at[label], whole=whole).items():
            with on_behalf_of(owner) as rules:
                if changed := _changed(rules, label, keys, lines):
                    follow_line(rules, label, changed)


def _key(key: UUID | str) -> UUID:
    return key if isinstance(key, UUID) else UUID(key)


def _concerned(model: type[LineBound], lines: Collection[UUID], keys: Collection[UUID], *, whole: bool) -> dict[UUID, set[UUID]]:
    """By owner the records that are to be looked at; all of them where it changed who sits in which office."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    if whole:
        for owner in organisations():
            with on_behalf_of(owner):
                mine = set(model._default_manager.filter(owner_id=owner).values_list("id", flat=True))
            found[owner] |= mine
    for column, subjects in (("line_id", lines), ("id", keys)):
        for owner, ids in kept_beside(model._meta.db_table, column, list(subjects)).items() if subjects else ():
            found[owner] |= ids
    return {owner: ids for owner, ids in found.items() if ids}


def _changed(actor: Actor, label: str, keys: Collection[UUID], lines: Mapping[UUID, Image]) -> list[LineBound]:
    """The owner's records that say something else than their lines, or are shown to others than the rule says, as they should be."""
    granted = grants_on(label, list(keys))
    changed = []
    for record in LABELS[label]._default_manager.filter(id__in=list(keys), owner_id=actor.organisation).order_by("id"):
        before = record.image()
        for name in LineBound.TOLD_BY_LINE if record.line_id in lines else ():
            setattr(record, name, lines[record.line_id][name])
        wanted = _released(actor, record, granted.get(record.id))
        if set(wanted) != set(record.releasable_to):
            record.releasable_to = wanted
        if record.image() != before:
            changed.append(record)
    return changed


@action("clearance.follow-line", roles=frozenset({Role.SERVICE}), recalled=True)
def follow_line(actor: Actor, label: str, changed: Sequence[LineBound]) -> None:
    """Write what records say of their lines and to whom they are shown now. A service of the desk does it, for whoever changed the line.

    It is called where something changes alone: an act that writes nothing would stand in the owner's ledger and tell of a line unseen.
    """
    LABELS[label]._default_manager.bulk_change(list(changed), [*LineBound.TOLD_BY_LINE, "releasable_to"])
