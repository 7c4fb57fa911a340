"""The front door of outlook."""

from sild.wings.outlook.actions import redact_terms
from sild.wings.outlook.reads import absorption_of, sustainment_page, terms_naming
from sild.wings.outlook.reads.pictures import picture_of_deliveries, picture_of_renewals
from sild.wings.outlook.rules import Month

__all__ = ["Month", "absorption_of", "picture_of_deliveries", "picture_of_renewals", "redact_terms", "sustainment_page", "terms_naming"]
