"""Questions of outlook."""

from sild.wings.outlook.reads.absorption import BodyCapacity, absorption_of, absorption_page, speaks_for
from sild.wings.outlook.reads.concentration import concentration_page
from sild.wings.outlook.reads.sustainment import SustainmentPage, TermView, sustainment_page, terms, terms_naming

__all__ = [
    "BodyCapacity",
    "SustainmentPage",
    "TermView",
    "absorption_of",
    "absorption_page",
    "concentration_page",
    "speaks_for",
    "sustainment_page",
    "terms",
    "terms_naming",
]
