"""Which records have to follow what an act wrote: those beside a record that changed, those that changed themselves, or all of an owner's.

A wing whose records say what others say, or are released by a rule, asks here at the end of every act and brings them up to date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sild.kernel.journal import Image, Written

CLOSENESS = ("marking", "compartment_id", "embargo_until")
HEARD = (*CLOSENESS, "visibility")
"""Columns of a record by which it is heard of: how closed it is, and how whoever gives wants it shown, where it has such a column."""
OFFICES = frozenset({"kernel.Mechanism", "kernel.Organisation"})
"""Records that say who sits in which office: every record of their owner is looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What is to be looked at again for one owner: records beside these `subjects`, the records `own`, or all of them."""

    owner: UUID
    subjects: frozenset[UUID]
    own: frozenset[UUID]
    everything: bool


def followed_by(written: Sequence[Written], model: str, watched: Mapping[str, Collection[str]]) -> list[Followed]:
    """What records of `model` have to follow, by owner.

    Changes of the `watched` kinds in the named fields, of their own closeness and visibility, of grants on them or on what is watched,
    and of who sits where. What was just made or removed is nobody's to follow.
    """
    subjects: dict[UUID, set[UUID]] = defaultdict(set)
    own: dict[UUID, set[UUID]] = defaultdict(set)
    everything: set[UUID] = set()
    for label, key, before, after in written:
        state = after or before or {}
        if label in watched and _differ(before, after, watched[label]):
            subjects[state["owner_id"]].add(_key(key))
        elif label == model and _differ(before, after, HEARD):
            own[state["owner_id"]].add(_key(key))
        elif label == "kernel.Grant" and state["subject_model"] == model:
            own[state["owner_id"]].add(_key(state["subject_id"]))
        elif label == "kernel.Grant" and state["subject_model"] in watched:
            subjects[state["owner_id"]].add(_key(state["subject_id"]))
        elif label in OFFICES:
            everything.add(state["owner_id"])
    return [
        Followed(owner=owner, subjects=frozenset(subjects[owner]), own=frozenset(own[owner]), everything=owner in everything)
        for owner in sorted({*subjects, *own, *everything})
    ]


def _differ(before: Image | None, after: Image | None, names: Collection[str]) -> bool:
    return before is not None and after is not None and any(before.get(name) != after.get(name) for name in names)


def _key(key: UUID | str) -> UUID:
    return key if isinstance(key, UUID) else UUID(key)
