"""The wing as an application of the framework."""

from django.apps import AppConfig


class DiplomacyConfig(AppConfig):
    """The diplomacy wing."""

    name = "sild.wings.diplomacy"
    label = "diplomacy"
