"""What custody says when something cannot be done: what happened, to which file, and what to do next."""

from __future__ import annotations


class CustodyFault(Exception):
    """A sentence for whoever started it."""
