"""Pages of signals."""

from sild.wings.signals.pages import importing, incidents, influence, notices, statements

__all__ = ["importing", "incidents", "influence", "notices", "statements"]
