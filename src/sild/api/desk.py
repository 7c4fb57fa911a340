"""The API put together from the wings' routes, under one title and one way of telling problems."""

from __future__ import annotations

from ninja import NinjaAPI

import sild
from sild.api import about, access, document, ledger, tokens
from sild.api.problems import answer_to
from sild.wings.agreements import routes as agreements
from sild.wings.attribution import routes as attribution
from sild.wings.clearance import routes as clearance
from sild.wings.continuity import routes as continuity
from sild.wings.delivery import routes as delivery
from sild.wings.diplomacy import routes as diplomacy
from sild.wings.disclosure import routes as disclosure
from sild.wings.intake import routes as intake
from sild.wings.linkage import routes as linkage
from sild.wings.money import routes as money
from sild.wings.outlook import routes as outlook
from sild.wings.parties import routes as parties
from sild.wings.planning import routes as planning
from sild.wings.register import routes as register
from sild.wings.response import routes as response
from sild.wings.screening import routes as screening
from sild.wings.signals import routes as signals

DESCRIPTION = """The desk for programs: the same reads and actions as in the browser, for the same people.

A program acts from one seat, by a token (`POST /api/v1/tokens`), and sees what that seat may see. Lists are paged: `next` is the address
of the next page. A change names the `version` that was read; at another one it is refused with both texts. A request with an
`Idempotency-Key` is done once. Problems are RFC 9457, in English or Ukrainian (`Accept-Language`)."""

desk = NinjaAPI(
    title="Sild",
    version=sild.__version__,
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
desk.add_exception_handler(Exception, answer_to)
for kind in [*desk._exception_handlers]:
    # the framework's own answers tell problems in another form
    desk.add_exception_handler(kind, answer_to)

for router in (
    about.router,
    tokens.router,
    parties.router,
    intake.router,
    register.router,
    linkage.router,
    clearance.router,
    agreements.router,
    screening.router,
    signals.router,
    planning.router,
    outlook.router,
    delivery.router,
    money.router,
    diplomacy.router,
    attribution.router,
    response.router,
    continuity.router,
    disclosure.router,
    access.router,
    ledger.router,
):
    desk.add_router("", router)
document.describe(desk)
