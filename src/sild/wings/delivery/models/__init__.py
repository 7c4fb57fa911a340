"""Tables of delivery."""

from sild.wings.delivery.models.consignments import Consignment
from sild.wings.delivery.models.letting_on import LetOn

__all__ = ["Consignment", "LetOn"]
