"""The wing as an application of the framework."""

from django.apps import AppConfig


class ContinuityConfig(AppConfig):
    """The continuity wing."""

    name = "sild.wings.continuity"
    label = "continuity"
