"""The desk as an application of the framework: its templates, its assets, its languages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The desk's pages."""

    name = "sild.web"
    label = "web"
