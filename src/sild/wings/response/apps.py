"""The wing as an application of the framework."""

from django.apps import AppConfig


class ResponseConfig(AppConfig):
    """The response wing."""

    name = "sild.wings.response"
    label = "response"
