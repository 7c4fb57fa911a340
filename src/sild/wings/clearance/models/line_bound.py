"""What every record says that hangs on a line of the register: which line, whose, and what the thing is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sild.kernel.inherits import From
from sild.kernel.record import Record


class LineBound(Record):
    """A record of any organisation about one line. It hangs on the line, which keeps its identifier through every linking.

    What the thing is stands here too and follows the line: who works on it may see neither the line nor its message.
    `line_owner_id` is the organisation that keeps the line.
    """

    inherits = (From(of="register.Line", key="line_id", everybody=True),)

    line_id = models.UUIDField(db_index=True)
    line_owner_id = models.UUIDField()
    item = models.CharField(max_length=400, blank=True)
    category = models.CharField(max_length=40, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    unit = models.CharField(max_length=60, blank=True)
    provider = models.CharField(max_length=300, blank=True)
    beneficiary = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    TOLD_BY_LINE: ClassVar[tuple[str, ...]] = ("item", "category", "quantity", "unit", "provider", "beneficiary")
    """What it says in the words of its line, and follows it in."""

    NOT_WORDS: ClassVar[tuple[str, ...]] = ("category",)
    """Columns of text that hold no words of people: they stay when words are blotted out."""

    def forget_words(self) -> None:
        """Take out what people wrote; that it was there, its states and days stay."""
        self.item = self.unit = self.provider = self.beneficiary = ""
        self.quantity = None
