"""The wing as an application of the framework."""

from django.apps import AppConfig


class OutlookConfig(AppConfig):
    """The outlook wing."""

    name = "sild.wings.outlook"
    label = "outlook"
