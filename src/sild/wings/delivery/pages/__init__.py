"""Pages of delivery."""

from sild.wings.delivery.pages import consignments, needs, offers, pictures

__all__ = ["consignments", "needs", "offers", "pictures"]
