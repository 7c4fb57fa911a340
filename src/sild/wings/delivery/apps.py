"""The wing as an application of the framework."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The delivery wing."""

    name = "sild.wings.delivery"
    label = "delivery"
