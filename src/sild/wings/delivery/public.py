"""The front door of delivery."""

from sild.wings.delivery.actions import (
    DOING,
    Packing,
    Receipt,
    Told,
    let_on,
    move_consignments,
    prepare_consignment,
    receive_consignment,
    redact_consignments,
)
from sild.wings.delivery.reads import (
    ConsignmentFilter,
    ConsignmentRow,
    Lapse,
    NeedDelivery,
    consignments_naming,
    consignments_of_agreement,
    consignments_waiting,
    delivery_of_need,
    delivery_of_offer,
    list_consignments,
    renewals,
    renewals_unknown,
    statuses_of,
    statuses_of_offers,
)
from sild.wings.delivery.reads.pictures import Journey, journeys, picture_of_commitments
from sild.wings.delivery.rules.consignments import ConsignmentDeed, ConsignmentKind, Renewal, State
from sild.wings.delivery.rules.legs import Leg
from sild.wings.delivery.rules.offers import OfferPlace, OfferState, OfferStatus
from sild.wings.delivery.rules.status import NeedStatus, Piece, Place

__all__ = [
    "DOING",
    "ConsignmentDeed",
    "ConsignmentFilter",
    "ConsignmentKind",
    "ConsignmentRow",
    "Journey",
    "Lapse",
    "Leg",
    "NeedDelivery",
    "NeedStatus",
    "OfferPlace",
    "OfferState",
    "OfferStatus",
    "Packing",
    "Piece",
    "Place",
    "Receipt",
    "Renewal",
    "State",
    "Told",
    "consignments_naming",
    "consignments_of_agreement",
    "consignments_waiting",
    "delivery_of_need",
    "delivery_of_offer",
    "journeys",
    "let_on",
    "list_consignments",
    "move_consignments",
    "picture_of_commitments",
    "prepare_consignment",
    "receive_consignment",
    "redact_consignments",
    "renewals",
    "renewals_unknown",
    "statuses_of",
    "statuses_of_offers",
]
