"""What people send about the inventory and hosts. What cannot be read is refused in words."""

from sild.wings.continuity.forms.fields import (
    Field,
    dataset_fields,
    filled,
    host_fields,
    identity_of,
    permission_fields,
    service_fields,
    system_fields,
    tie_fields,
)
from sild.wings.continuity.forms.hosts import host_of, place_of
from sild.wings.continuity.forms.inventory import dataset_of, permission_of, service_of, system_of, tie_of, wanted_of

__all__ = [
    "Field",
    "dataset_fields",
    "dataset_of",
    "filled",
    "host_fields",
    "host_of",
    "identity_of",
    "permission_fields",
    "permission_of",
    "place_of",
    "service_fields",
    "service_of",
    "system_fields",
    "system_of",
    "tie_fields",
    "tie_of",
    "wanted_of",
]
