"""The wing as an application of the framework."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """The screening wing."""

    name = "sild.wings.screening"
    label = "screening"
