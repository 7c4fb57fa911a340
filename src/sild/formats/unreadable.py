"""The one refusal of this floor: a file, or a part of it, that cannot be read, with the reason and the next step in words."""

from __future__ import annotations


class Unreadable(Exception):
    """`reason` says which file, what is the matter with it, and what a person can do next."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str]]:
        return Unreadable, (self.reason,)


def refusal(name: str, what: str, next_step: str) -> Unreadable:
    """The refusal of the file `name`: `what` is a clause ("it is empty"), `next_step` an imperative ("Ask the sender to ...")."""
    return Unreadable(f"{name or 'a file without a name'}: {what}. {next_step}.")
