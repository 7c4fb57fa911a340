"""Tables of continuity."""

from sild.wings.continuity.models.custody import CustodyCopy, CustodyDeed
from sild.wings.continuity.models.evacuation import EvacuationPlan
from sild.wings.continuity.models.freezing import Destruction, FreezePoint, HomeStep
from sild.wings.continuity.models.hosts import Host
from sild.wings.continuity.models.inventory import Dataset, Dependency, Service, System
from sild.wings.continuity.models.lights_out import LightsOut
from sild.wings.continuity.models.standby import StandbyMove

__all__ = [
    "CustodyCopy",
    "CustodyDeed",
    "Dataset",
    "Dependency",
    "Destruction",
    "EvacuationPlan",
    "FreezePoint",
    "HomeStep",
    "Host",
    "LightsOut",
    "Service",
    "StandbyMove",
    "System",
]
