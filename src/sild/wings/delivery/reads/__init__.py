"""Questions to delivery: consignments (`records`), how far needs are (`needs`), what lapses when (`renewals`)."""

from sild.wings.delivery.reads.agreements import AgreementMoving, consignments_of_agreement
from sild.wings.delivery.reads.naming import consignments_naming
from sild.wings.delivery.reads.needs import NeedDelivery, delivery_of_need, statuses_of
from sild.wings.delivery.reads.offers import OfferDelivery, OfferStateRow, delivery_of_offer, list_offer_states, statuses_of_offers
from sild.wings.delivery.reads.records import (
    CONSIGNMENT,
    ConsignmentFilter,
    ConsignmentRow,
    ConsignmentView,
    Step,
    consignment_record,
    consignments_waiting,
    list_consignments,
)
from sild.wings.delivery.reads.renewals import Lapse, LapseWhy, renewals, renewals_unknown
from sild.wings.delivery.reads.sides import speakers_of

__all__ = [
    "CONSIGNMENT",
    "AgreementMoving",
    "ConsignmentFilter",
    "ConsignmentRow",
    "ConsignmentView",
    "Lapse",
    "LapseWhy",
    "NeedDelivery",
    "OfferDelivery",
    "OfferStateRow",
    "Step",
    "consignment_record",
    "consignments_naming",
    "consignments_of_agreement",
    "consignments_waiting",
    "delivery_of_need",
    "delivery_of_offer",
    "list_consignments",
    "list_offer_states",
    "renewals",
    "renewals_unknown",
    "speakers_of",
    "statuses_of",
    "statuses_of_offers",
]
