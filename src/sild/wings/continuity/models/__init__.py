"""Tables of continuity."""

from sild.wings.continuity.models.hosts import Host
from sild.wings.continuity.models.inventory import Dataset, Dependency, Service, System

__all__ = [
    "Dataset",
    "Dependency",
    "Host",
    "Service",
    "System",
]
