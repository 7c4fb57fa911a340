"""The wing as an application of the framework."""

from django.apps import AppConfig


class AttributionConfig(AppConfig):
    """The attribution wing."""

    name = "sild.wings.attribution"
    label = "attribution"
