"""Every address of the desk: the declared pages of the wings, sign-in, and the few that the framework serves. Nothing else is reachable."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from sild.kernel.page import PAGES
from sild.web import (
    ledger,  # noqa: F401 - declares the pages about acts
    waiting,  # noqa: F401 - declares the first page
)
from sild.web import pages as web_pages  # noqa: F401 - declares the pages that belong to no wing
from sild.web.framework_routes import framework_urls
from sild.wings.agreements import pages as agreement_pages  # noqa: F401 - declares the pages of agreements
from sild.wings.attribution import pages as attribution_pages  # noqa: F401 - declares the pages of attribution
from sild.wings.clearance import pages as clearance_pages  # noqa: F401 - declares the pages of clearance
from sild.wings.continuity import pages as continuity_pages  # noqa: F401 - declares the pages of continuity
from sild.wings.delivery import pages as delivery_pages  # noqa: F401 - declares the pages of delivery
from sild.wings.diplomacy import pages as diplomacy_pages  # noqa: F401 - declares the pages of diplomacy
from sild.wings.disclosure import pages as disclosure_pages  # noqa: F401 - declares the pages of disclosure
from sild.wings.intake import pages as intake_pages  # noqa: F401 - declares the pages of intake
from sild.wings.linkage import pages as linkage_pages  # noqa: F401 - declares the pages of linkage
from sild.wings.money import pages as money_pages  # noqa: F401 - declares the pages of money
from sild.wings.outlook import pages as outlook_pages  # noqa: F401 - declares the pages of outlook
from sild.wings.parties import pages as parties_pages  # noqa: F401 - declares the pages of parties
from sild.wings.planning import pages as planning_pages  # noqa: F401 - declares the pages of planning
from sild.wings.register import pages as register_pages  # noqa: F401 - declares the pages of the register
from sild.wings.response import pages as response_pages  # noqa: F401 - declares the pages of response
from sild.wings.screening import pages as screening_pages  # noqa: F401 - declares the pages of screening
from sild.wings.signals import pages as signal_pages  # noqa: F401 - declares the pages of signals

handler400 = "sild.web.faults.answer_to_unreadable"
handler500 = "sild.web.faults.answer_to_fault"

urlpatterns: list[URLPattern | URLResolver] = [
    *framework_urls(),
    path("api/v1/", include("sild.api.urls")),
    *(path(declared.path, declared.view, name=name) for name, declared in PAGES.items()),
]
