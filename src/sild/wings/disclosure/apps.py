"""The wing as an application of the framework."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The disclosure wing."""

    name = "sild.wings.disclosure"
    label = "disclosure"
