"""Pages of delivery."""

from sild.wings.delivery.pages import consignments, needs, pictures

__all__ = ["consignments", "needs", "pictures"]
