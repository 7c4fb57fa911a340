"""Tables of attribution."""

from sild.wings.attribution.models.cases import AgencyInput, Case

__all__ = ["AgencyInput", "Case"]
