"""The wing as an application of the framework."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The planning wing."""

    name = "sild.wings.planning"
    label = "planning"
