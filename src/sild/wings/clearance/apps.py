"""The wing as an application of the framework."""

from django.apps import AppConfig


class ClearanceConfig(AppConfig):
    """The clearance wing."""

    name = "sild.wings.clearance"
    label = "clearance"
