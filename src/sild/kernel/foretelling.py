"""Foretelling: what an act would do, told by doing it whole and taking it back before anything of it is kept or leaves the house.

For acts that cannot be undone: what a person agrees to is then what is done, to the last record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from sild.kernel.action import keeping_last_act

R = TypeVar("R")


def foretold(act: Callable[[], R]) -> R:
    """What an act would answer.

    Nothing of it stays: no record, no entry of the ledger, no job. What it asks for at its commit is not done.
    """
    with keeping_last_act(), transaction.atomic():
        answer = act()
        transaction.set_rollback(True)
    return answer
