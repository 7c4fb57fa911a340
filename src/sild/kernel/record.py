"""The record: what every working table has, and how it is written.

A record belongs to an organisation in a mechanism, carries a marking and a list of those it is releasable to, and is written only inside an
action, which keeps its images. Reading or writing without an actor raises Unscoped; the database would show nothing anyway.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

from sild.kernel.actor import current_actor
from sild.kernel.inherits import From
from sild.kernel.journal import Image, current_journal
from sild.kernel.refusals import NotThere, Refused, Stale, Unscoped
from sild.values.marking import Marking

M = TypeVar("M", bound="Record")
UNTOLD = ("releasable_to", "embargo_until")
"""Who else reads a record, and from when on: a change of these alone is nobody's business who reads it already, or later."""


class RecordQuerySet(models.QuerySet[M]):
    """Reads need an actor; bulk writes that would leave no image are refused."""

    def _fetch_all(self) -> None:
        current_actor()
        super()._fetch_all()

    def count(self) -> int:
        current_actor()
        return super().count()

    def exists(self) -> bool:
        current_actor()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        current_actor()
        return super().aggregate(*args, **kwargs)

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[M]:
        current_actor()
        return super().iterator(*args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Unscoped(f"{self.model.__name__}: delete() of many would leave no image; delete the records one by one")

    def update(self, **_values: Any) -> int:
        raise Unscoped(f"{self.model.__name__}: update() would leave no image; save the records one by one or bulk_change them")

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        journal = current_journal()
        records = [record.stamped() for record in objs]
        made = super().bulk_create(records, *args, **kwargs)
        for record in made:
            journal.note(record._meta.label, record.id, None, record.image())
            record.remember()
        return made

    def bulk_change(self, records: Collection[M], fields: Collection[str]) -> None:
        """Write the named fields of records read before, each with its images, some hundred rows in a statement.

        A record of which nothing but UNTOLD fields changes keeps its version: see Record. Raises Stale.
        """
        journal = current_journal()
        self._refuse_stale(records)
        changed = [(record, record.remembered()) for record in records]
        written = set(fields) | (set() if set(fields) <= set(UNTOLD) else {"version"})
        for record, before in changed:
            record.version += "version" in written and not record.changes_untold_alone(before)
        # a plain query set: ours refuses update(), which bulk_update is made of
        plain: models.QuerySet[Any] = models.QuerySet(self.model, using=self.db)
        plain.bulk_update([record for record, _ in changed], sorted(written), batch_size=200)
        for record, before in changed:
            journal.note(record._meta.label, record.id, before, record.image())
            record.remember()

    def _refuse_stale(self, records: Collection[M]) -> None:
        """Lock the rows; raise Stale where somebody changed one since it was read: what they did must not be written over."""
        locked: models.QuerySet[Any] = (
            models.QuerySet(self.model, using=self.db).filter(id__in=[record.id for record in records]).order_by("id")
        )
        now = {row["id"]: row for row in locked.select_for_update().values("id", "version", *UNTOLD)}
        for record in records:
            row = now.get(record.id)
            if row is None or row["version"] != record.version or not record.takes_over(row):
                raise record.stale(row["version"] if row is not None else 0)


class Record(models.Model):
    """Base of all working records.

    `version` counts the writes of what a record says. Whoever reads the record reads it too, so a change of its other readers, or of
    its embargo, alone leaves it as it is; such a change is told by these fields themselves, which no write of others writes over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mechanism_id = models.UUIDField(db_index=True, editable=False)
    owner_id = models.UUIDField(editable=False)
    marking = models.PositiveSmallIntegerField(default=int(Marking.AMBER))
    releasable_to = ArrayField(models.UUIDField(), default=list, blank=True)
    compartment_id = models.UUIDField(null=True, editable=False)
    embargo_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    inherits: ClassVar[tuple[From, ...]] = ()
    """Whose closeness the records of this model take over (kernel/inheritance.py)."""

    _image: Image | None = None

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any) -> Self:
        record = super().from_db(db, field_names, values, **kwargs)
        # a record that was read in part has no image: asking for one would read it anew, field by field
        if len(field_names) == len(cls._meta.concrete_fields):
            record.remember()
        return record

    def image(self) -> Image:
        """The record's fields as plain values, for history."""
        return {field.attname: _as_kept(field, getattr(self, field.attname)) for field in self._meta.concrete_fields}

    def remember(self) -> None:
        self._image = self.image()

    def remembered(self) -> Image | None:
        return self._image

    def stamped(self) -> Self:
        """Give a new record its mechanism and owner: the actor's."""
        actor = current_actor()
        self.mechanism_id = self.mechanism_id or actor.mechanism
        self.owner_id = self.owner_id or actor.organisation
        return self

    def save(self, *args: Any, **kwargs: Any) -> None:
        journal = current_journal()
        before = None if self._state.adding else self.remembered()
        if before is None and not self._state.adding:
            raise Unscoped(f"{type(self).__name__}: it was read in part; read it whole before saving it")
        self.stamped()
        if before is None:
            super().save(*args, **kwargs)
        else:
            self._save_over(before, *args, **kwargs)
        journal.note(self._meta.label, self.id, self.remembered() if before is not None else None, self.image())
        self.remember()

    def _save_over(self, before: Image, *args: Any, **kwargs: Any) -> None:
        """Save if nobody changed the row since it was read. Raises Stale."""
        quiet = self.changes_untold_alone(before)
        read_at: models.QuerySet[Any] = models.QuerySet(type(self)).filter(pk=self.pk, version=self.version)
        row = read_at.select_for_update().values(*UNTOLD).first()
        if row is None or not self.takes_over(row):
            raise self.stale()
        self.version += not quiet
        super().save(*args, **kwargs | {"force_update": True})

    def changes_untold_alone(self, before: Image | None) -> bool:
        """Whether this write changes who reads the record, or from when on, and nothing that it says."""
        changed = {name for name, value in self.image().items() if before is None or value != before[name]}
        return bool(changed) and changed <= set(UNTOLD)

    def takes_over(self, row: Mapping[str, Any]) -> bool:
        """Take over what the locked row has in UNTOLD fields by now, unless this write changes it too; whether the two agree."""
        if self._image is None:
            return True
        read = self._image
        self._image = read | {name: list(row[name]) if isinstance(row[name], list) else row[name] for name in UNTOLD}
        for name in UNTOLD:
            if getattr(self, name) == read[name]:
                setattr(self, name, row[name])
        return all(row[name] == read[name] or getattr(self, name) == row[name] for name in UNTOLD)

    def stale(self, version: int | None = None) -> Stale:
        """What to raise when the row is not the one that was read."""
        told = _("The {record} was changed by somebody else while you worked on it. Compare both texts, then save again or leave theirs.")
        now = type(self)._default_manager.filter(pk=self.pk).first() if version is None else None
        return Stale(
            message=told.format(record=self.kind_in_words()),
            version=now.version if now is not None else version or 0,
            mine=self.image(),
            theirs=now.image() if now is not None else {},
        )

    @classmethod
    def kind_in_words(cls) -> str:
        """What a record of this kind is called in the reader's language."""
        return _(str(cls._meta.verbose_name))

    @classmethod
    def found(cls, key: uuid.UUID, *, version: int | None = None) -> Self:
        """The record as the actor may see it. Raises NotThere; Stale where `version` is given and it is at another one."""
        record: Self | None = cls._default_manager.filter(pk=key).first()  # type: ignore[assignment]  # the stubs forget the class
        if record is None:
            raise NotThere(_("There is no {record} with this identifier.").format(record=cls.kind_in_words()))
        if version is not None and record.version != version:
            raise record.stale()
        return record

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        journal = current_journal()
        image = self.remembered() or self.image()
        gone = super().delete(*args, **kwargs)
        if not gone[1].get(self._meta.label):
            told = _("The {record} {key} was not removed: it belongs to another organisation.")
            raise Refused(told.format(record=self.kind_in_words(), key=image["id"]))
        journal.note(self._meta.label, image["id"], image, None)
        return gone


def _as_kept(field: models.Field[Any, Any], value: Any) -> Any:
    """A value as the database gives it back: 14 in a column of three places is 14.000."""
    if isinstance(field, models.DecimalField) and isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-field.decimal_places))
    return value
