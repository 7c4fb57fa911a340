"""Tables of clearance."""

from sild.wings.clearance.models.cases import LicenceCase

__all__ = ["LicenceCase"]
