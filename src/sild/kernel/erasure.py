"""Erasure: words are taken out of history and ledger, and what was committed stays.

An act keeps that it was done, when and by which seat; the tree keeps its salted commitment, so a ledger that was erased in verifies
as before, and nobody can read the entry out of it. Only an organisation's own history is reached.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from sild.kernel.history import Act, Change
from sild.kernel.journal import Image, open_journal
from sild.kernel.record import Record
from sild.values.redaction import redacted


def is_erased(image: Mapping[str, Any] | None) -> bool:
    """Whether an image was erased: not the same as a record that was not there."""
    return image is not None and image.get("erased") is True


_MINE = "mechanism_id = sild_mechanism() and owner_id = sild_organisation()"
_DEFINER = "returns bigint language plpgsql volatile security definer set search_path = public, pg_temp"

STATEMENTS = [
    "grant select (id, mechanism_id, owner_id, record_id, before, after), update (before, after) on kernel_change to sild_gate",
    "create policy gate_erases on kernel_change for update to sild_gate using (true) with check (true)",
    "create policy gate_erases_read on kernel_change for select to sild_gate using (true)",
    "grant select (id, mechanism_id, owner_id, reason), update (reason) on kernel_act to sild_gate",
    "create policy gate_erases on kernel_act for update to sild_gate using (true) with check (true)",
    "grant select (id, mechanism_id, owner_id, plain), update (plain, salt) on kernel_ledgerentry to sild_gate",
    "create policy gate_erases on kernel_ledgerentry for update to sild_gate using (true) with check (true)",
    "create policy gate_erases_read on kernel_ledgerentry for select to sild_gate using (true)",
    f"""create function gate.forget_images(records uuid[]) {_DEFINER} as $$
declare found bigint;
begin
  update kernel_change set before = case when before is null then null else '{{"erased": true}}'::jsonb end,
      after = case when after is null then null else '{{"erased": true}}'::jsonb end
    where {_MINE} and record_id = any($1);
  get diagnostics found = row_count;
  return found;
end $$""",
    f"""create function gate.forget_reasons(acts uuid[]) {_DEFINER} as $$
declare found bigint;
begin
  update kernel_act set reason = '' where {_MINE} and id = any($1) and reason <> '';
  get diagnostics found = row_count;
  update kernel_ledgerentry set plain = '', salt = '' where {_MINE} and plain <> '' and (plain::json ->> 'act')::uuid = any($1);
  return found;
end $$""",
    "alter function gate.forget_images(uuid[]) owner to sild_gate",
    "alter function gate.forget_reasons(uuid[]) owner to sild_gate",
    "grant execute on function gate.forget_images(uuid[]), gate.forget_reasons(uuid[]) to sild_app",
]


ENTRIES = [
    f"""create function gate.forget_entries(acts uuid[]) {_DEFINER} as $$
declare found bigint;
begin
  update kernel_ledgerentry set plain = '', salt = '' where {_MINE} and plain <> '' and (plain::json ->> 'act')::uuid = any($1);
  get diagnostics found = row_count;
  return found;
end $$""",
    "alter function gate.forget_entries(uuid[]) owner to sild_gate",
    "revoke execute on function gate.forget_entries(uuid[]) from public",
    "grant execute on function gate.forget_entries(uuid[]) to sild_app",
]


_TEXTUAL = frozenset({"CharField", "TextField", "JSONField", "ArrayField"})


Eraser = TypeVar("Eraser", bound=Callable[..., list[UUID]])
ERASED_TOO: list[Callable[..., list[UUID]]] = []
"""What wings above the one that erases blot words out of: called with the actor, the pattern and the reason, each answers ids."""


def erases_too(act: Eraser) -> Eraser:
    """Let an act (actor, pattern, *, reason) be done whenever a person's words are erased."""
    ERASED_TOO.append(act)
    return act


HELD_TOO: dict[str, Callable[[Any, Sequence[str]], list[dict[str, Any]]]] = {}
"""What wings above the one that tells it hold on a person, by the name under which it is handed out: asked with the actor and the words."""


def redact_records(records: Iterable[Record], pattern: re.Pattern[str], *, leave: Collection[str] = ()) -> list[UUID]:
    """Blot words out of every text and plain value of some records, but for the columns to `leave`.

    Returns the ids of those that held them.
    """
    touched = []
    for record in records:
        fields = [field for field in record._meta.concrete_fields if field.get_internal_type() in _TEXTUAL]
        before = {field.attname: getattr(record, field.attname) for field in fields if field.attname not in (*leave, "releasable_to")}
        after = redacted(before, pattern)
        if after == before:
            continue
        for name, value in after.items():
            setattr(record, name, value)
        record.save()
        touched.append(record.id)
    return touched


def forget_images(records: Collection[UUID]) -> int:
    """Empty the images that history keeps of records of the actor's organisation, those of the act under way too; the acts stay.

    Returns how many images.
    """
    return _forgotten_of_now({str(key) for key in records}) + _called("gate.forget_images", records)


def _forgotten_of_now(keys: set[str]) -> int:
    """The images that the act under way is going to keep are emptied before it keeps them."""
    journal = open_journal()
    if journal is None:
        return 0
    count = 0
    for at, (place, model, key, before, after) in enumerate(journal.images):
        if key in keys:
            journal.images[at] = (place, model, key, _emptied(before), _emptied(after))
            count += 1
    return count


def acts_that_wrote(records: Collection[UUID]) -> list[UUID]:
    """The acts that wrote some records, with all acts that were done in one with them: the reason may stand with the outer one."""
    roots = Change.objects.filter(record_id__in=records).values("root_id")
    return sorted(Act.objects.filter(root_id__in=roots).values_list("id", flat=True))


def forget_reasons(acts: Collection[UUID]) -> int:
    """Empty the reasons of acts of the actor's organisation, and their entries in the ledger but for the commitment. Returns how many."""
    return _called("gate.forget_reasons", acts)


def forget_entries(acts: Collection[UUID]) -> int:
    """Empty the ledger's entries of acts but for the commitment; the acts keep their reasons. Returns how many.

    An entry holds a hash of the images: who guesses a name and knows the rest of them would find it confirmed.
    """
    return _called("gate.forget_entries", acts)


def _emptied(image: Image | None) -> Image | None:
    return {"erased": True, "owner_id": image["owner_id"]} if image is not None else None


def _called(function: str, keys: Collection[UUID]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}(%s)", [list(keys)])
        return int(cursor.fetchone()[0])
