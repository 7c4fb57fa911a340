"""The wing as an application of the framework."""

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    """The linkage wing."""

    name = "sild.wings.linkage"
    label = "linkage"
