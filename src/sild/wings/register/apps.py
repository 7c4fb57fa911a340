"""The wing as an application of the framework."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The register wing."""

    name = "sild.wings.register"
    label = "register"
