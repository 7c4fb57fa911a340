"""Pages of signals."""

from sild.wings.signals.pages import importing, incidents, influence, statements

__all__ = ["importing", "incidents", "influence", "statements"]
