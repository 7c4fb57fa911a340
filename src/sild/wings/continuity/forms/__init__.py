"""What people send about the inventory and hosts. What cannot be read is refused in words."""

from sild.wings.continuity.forms.evacuation import circumstances_of, disruption_of
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
from sild.wings.continuity.forms.freezing import destruction_of, freeze_of, home_step_of, moment_sent
from sild.wings.continuity.forms.hosts import host_of, place_of
from sild.wings.continuity.forms.inventory import dataset_of, permission_of, service_of, system_of, tie_of, wanted_of
from sild.wings.continuity.forms.lights_out import drill_of

__all__ = [
    "Field",
    "circumstances_of",
    "dataset_fields",
    "dataset_of",
    "destruction_of",
    "disruption_of",
    "drill_of",
    "filled",
    "freeze_of",
    "home_step_of",
    "host_fields",
    "host_of",
    "identity_of",
    "moment_sent",
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
