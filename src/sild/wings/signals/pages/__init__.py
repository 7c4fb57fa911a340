"""Pages of signals."""

from sild.wings.signals.pages import incidents

__all__ = ["incidents"]
