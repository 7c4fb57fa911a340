"""Pages of signals."""

from sild.wings.signals.pages import importing, incidents

__all__ = ["importing", "incidents"]
