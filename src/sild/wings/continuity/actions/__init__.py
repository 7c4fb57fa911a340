"""Verbs of continuity."""

from sild.wings.continuity.actions.erasing import redact_continuity
from sild.wings.continuity.actions.freezing import (
    NewDestruction,
    NewFreeze,
    NewHomeStep,
    confirm_destruction,
    end_home_step,
    freeze,
    lift_freeze,
    plan_home,
    write_destruction,
)
from sild.wings.continuity.actions.hosts import HostFacts, SealedPlace, mend_host, record_host, seal_place
from sild.wings.continuity.actions.importing import import_inventory
from sild.wings.continuity.actions.lights_out import Drill, drill_lights_out, say_lesson
from sild.wings.continuity.actions.parts import (
    DatasetFacts,
    DependencyFacts,
    PermissionWord,
    ServiceFacts,
    mend_dataset,
    mend_service,
    mend_tie,
    record_dataset,
    record_service,
    retire_dataset,
    retire_service,
    say_permission,
    tie,
    untie,
)
from sild.wings.continuity.actions.standby import MoveMade, note_move
from sild.wings.continuity.actions.systems import WORKERS, SystemFacts, mend_system, record_system, retire_system

__all__ = [
    "WORKERS",
    "DatasetFacts",
    "DependencyFacts",
    "Drill",
    "HostFacts",
    "MoveMade",
    "NewDestruction",
    "NewFreeze",
    "NewHomeStep",
    "PermissionWord",
    "SealedPlace",
    "ServiceFacts",
    "SystemFacts",
    "confirm_destruction",
    "drill_lights_out",
    "end_home_step",
    "freeze",
    "import_inventory",
    "lift_freeze",
    "mend_dataset",
    "mend_host",
    "mend_service",
    "mend_system",
    "mend_tie",
    "note_move",
    "plan_home",
    "record_dataset",
    "record_host",
    "record_service",
    "record_system",
    "redact_continuity",
    "retire_dataset",
    "retire_service",
    "retire_system",
    "say_lesson",
    "say_permission",
    "seal_place",
    "tie",
    "untie",
    "write_destruction",
]
