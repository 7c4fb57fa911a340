"""The kernel as an application of the framework."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Holds identity, history and the ledger's outbox."""

    name = "sild.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
