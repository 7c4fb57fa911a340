"""The wing as an application of the framework."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """The money wing."""

    name = "sild.wings.money"
    label = "money"
