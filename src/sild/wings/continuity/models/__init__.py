"""Tables of continuity."""

<<<<<<< HEAD
from sild.wings.continuity.models.evacuation import EvacuationPlan
=======
from sild.wings.continuity.models.custody import CustodyCopy, CustodyDeed
>>>>>>> a3711543 (Custody: the desk keeps receipts of copies that others hold, and nags until one was restored)
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
