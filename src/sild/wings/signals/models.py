"""Tables of signals: incidents, how a person ruled that two of them hang together, and what was said in public."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.signals.rules import IncidentKind, IncidentState, Precision, StatementKind, StudyState, TieKind


class Incident(Record):
    """Something that happened or is said to have happened. `begins` and `ends` are the first day of what is known, by their precision.

    `countries` are codes of those of the victims, `victims` {name, country}, `sectors` by the list in the rules. `factors` by key:
    {degree, said, source, on}. `attributions`: {on, by, to, countries, basis} as sources say them; `told` counts of the source.
    `source`, `source_on`, `digest` (SHA-256 of its file) and `address` say where it comes from; `key` names it there, `raw` is its row,
    `reading_of` another reading of the same row that differs. `steps` in order: {on, what, by, state, reason}.
    """

    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=16, default=IncidentKind.CYBER)
    summary = models.CharField(max_length=4000, blank=True)
    begins = models.DateField(null=True, db_index=True)
    begins_precision = models.CharField(max_length=8, default=Precision.UNKNOWN)
    ends = models.DateField(null=True)
    ends_precision = models.CharField(max_length=8, default=Precision.UNKNOWN)
    place = models.CharField(max_length=300, blank=True)
    countries = models.JSONField(default=list)
    victims = models.JSONField(default=list)
    sectors = models.JSONField(default=list)
    factors = models.JSONField(default=dict)
    attributions = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=IncidentState.REPORTED)
    why_not = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_on = models.DateField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=1000, blank=True)
    key = models.CharField(max_length=200, blank=True)
    raw = models.JSONField(default=dict)
    reading_of = models.UUIDField(null=True)
    steps = models.JSONField(default=list)

    class Meta:
        verbose_name = "incident"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["source", "key"], name="signals_incident_source_key")]


class Tie(Record):
    """That an incident follows or repeats another, or belongs to one campaign with it; whoever ruled it says why."""

    inherits = (From(of="signals.Incident", key="incident_id"), From(of="signals.Incident", key="other_id"))

    incident_id = models.UUIDField(db_index=True)
    other_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=16, default=TieKind.SAME_CAMPAIGN)
    reason = models.CharField(max_length=2000)
    ruled_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = "tie between incidents"


class PublicStatement(Record):
    """Something that a State or a body said in public. `on` is the first day of what is known, by `precision`.

    `who` speaks, by name; `country` is the code of the State that speaks ("" where none does), `countries` codes of those spoken of,
    `actor` a name that was said for who did it. `source`, `source_on` and `address` say where it was read. `steps` in order:
    {on, what, by, reason}.
    """

    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=16, default=StatementKind.OTHER)
    who = models.CharField(max_length=300)
    office = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True)
    on = models.DateField(null=True, db_index=True)
    precision = models.CharField(max_length=8, default=Precision.UNKNOWN)
    countries = models.JSONField(default=list)
    actor = models.CharField(max_length=300, blank=True)
    summary = models.CharField(max_length=4000, blank=True)
    languages = models.JSONField(default=list)
    source = models.CharField(max_length=300, blank=True)
    source_on = models.DateField(null=True)
    address = models.CharField(max_length=1000, blank=True)
    withdrawn = models.BooleanField(default=False)
    steps = models.JSONField(default=list)

    class Meta:
        verbose_name = "public statement"


class InfluenceStudy(Record):
    """Whether incidents followed statements, as somebody asked. `statements` and `incidents` count: it is as closed as they are.

    `asked` says by what they were chosen, with the calendar and the window; `left_out` counts what could not count. `answer` is the
    core's, `faults` what the independent check found, `refusal` why the core would not answer.
    """

    inherits = (From(of="signals.PublicStatement", among="statements"), From(of="signals.Incident", among="incidents"))

    asked = models.JSONField(default=dict)
    statements = ArrayField(models.UUIDField(), default=list)
    incidents = ArrayField(models.UUIDField(), default=list)
    left_out = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=StudyState.WAITING)
    answer = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    refusal = models.CharField(max_length=1000, blank=True)
    asked_by_name = models.CharField(max_length=300)
    asked_on = models.DateField()

    class Meta:
        verbose_name = "influence study"


class SpeakingNotice(Record):
    """Word to those who watch before something is said in public: what, `at` which moment, what followed earlier, what to look for.

    All of it is in words that its receivers may know; they are whom it is released to. `study_id` is the study that `earlier` was drafted
    from, None where none was.
    """

    title = models.CharField(max_length=400)
    at = models.DateTimeField()
    says = models.CharField(max_length=4000)
    earlier = models.CharField(max_length=4000, blank=True)
    watch = models.CharField(max_length=4000, blank=True)
    study_id = models.UUIDField(null=True)
    to = models.JSONField(default=list)
    written_by = models.UUIDField()
    written_by_name = models.CharField(max_length=300)
    written_at = models.DateTimeField()
    recalled = models.BooleanField(default=False)
    recalled_why = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "notice before speaking"


class NoticeReceipt(Record):
    """That somebody read a notice, with a word of theirs. It is the reader's own record and goes to whoever gave the notice."""

    inherits = (From(of="signals.SpeakingNotice", key="notice_id", everybody=True),)

    notice_id = models.UUIDField(db_index=True)
    words = models.CharField(max_length=2000, blank=True)
    office = models.CharField(max_length=300)
    read_by = models.UUIDField()
    read_by_name = models.CharField(max_length=300)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = "receipt of a notice"
