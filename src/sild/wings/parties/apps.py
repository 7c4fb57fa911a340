"""The wing as an application of the framework."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """The parties wing."""

    name = "sild.wings.parties"
    label = "parties"
