"""The table of licence cases."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record
from sild.wings.clearance.rules import CaseState, Clocks, Step, clocks_of


class LicenceCase(Record):
    """Whether one line of an offer needs an export licence of one jurisdiction, and how far that is.

    The line keeps its identifier through every linking, so a case hangs on it and not on the offer. What the thing is stands here too
    and follows the line: licence work needs the thing and its giver, not the message. `steps` are what happened, in order of their days:
    {on, before, state, by, reason, due_on or None}. `term_days`: how long the authority says that it takes, with the source.
    """

    inherits = (From(of="register.Line", key="line_id"),)

    line_id = models.UUIDField(db_index=True)
    jurisdiction = models.CharField(max_length=2)
    authority = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=24, default=CaseState.NOT_ASSESSED)
    state_since = models.DateField()
    due_on = models.DateField(null=True)
    conditions = models.JSONField(default=list)
    expires_on = models.DateField(null=True)
    term_days = models.PositiveIntegerField(null=True)
    term_source = models.CharField(max_length=300, blank=True)
    entries = models.JSONField(default=list)
    entries_version = models.CharField(max_length=20, blank=True)
    steps = models.JSONField(default=list)
    item = models.CharField(max_length=400, blank=True)
    category = models.CharField(max_length=40, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    unit = models.CharField(max_length=60, blank=True)
    provider = models.CharField(max_length=300, blank=True)
    beneficiary = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "licence case"

    TOLD_BY_LINE: ClassVar[tuple[str, ...]] = ("item", "category", "quantity", "unit", "provider", "beneficiary")
    """What a case says in the words of its line, and follows it in."""

    def history(self) -> tuple[Step, ...]:
        """What happened, in order."""
        return tuple(_step(told) for told in self.steps)

    def clocks(self, today: date) -> Clocks:
        """The case's clocks on a day."""
        return clocks_of(self.history(), today)


def _step(told: dict[str, Any]) -> Step:
    due = told.get("due_on")
    return Step(
        on=date.fromisoformat(told["on"]),
        before=told["before"],
        state=told["state"],
        by=told["by"],
        reason=told["reason"],
        due_on=date.fromisoformat(due) if due else None,
    )
