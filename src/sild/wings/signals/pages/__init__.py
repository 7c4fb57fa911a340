"""Pages of signals."""

from sild.wings.signals.pages import importing, incidents, statements

__all__ = ["importing", "incidents", "statements"]
