"""The wing as an application of the framework."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The intake wing."""

    name = "sild.wings.intake"
    label = "intake"
