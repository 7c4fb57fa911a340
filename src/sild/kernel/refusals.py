"""Refusals: errors that a person reads. Each says what happened, to which record, and what to do next."""

from __future__ import annotations


class Refused(Exception):
    """What was asked cannot be done; the message says why and what to do next. The act that was asked for left nothing."""


class NotThere(Refused):
    """There is no such record for this actor. "Not yours" and "not there" are one answer."""


class Unscoped(RuntimeError):
    """A query or a write without an actor: a fault of the program, never of the person."""
