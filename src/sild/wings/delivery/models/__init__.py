"""Tables of delivery."""

from sild.wings.delivery.models.consignments import Consignment

__all__ = ["Consignment"]
