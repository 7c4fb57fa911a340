"""Pages of delivery."""

from sild.wings.delivery.pages import consignments, needs

__all__ = ["consignments", "needs"]
