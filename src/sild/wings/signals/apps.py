"""The wing as an application of the framework."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """The signals wing."""

    name = "sild.wings.signals"
    label = "signals"
