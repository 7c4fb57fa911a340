"""The wing as an application of the framework."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The agreements wing."""

    name = "sild.wings.agreements"
    label = "agreements"
