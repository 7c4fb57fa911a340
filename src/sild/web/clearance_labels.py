"""What the words of clearance are called: papers, objections, decisions, hand-overs. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

CLEARANCE_LABELS: dict[str, dict[str, str]] = {
    "paper": {
        "relay-note": noop("Note to the licensing authority"),
        "end-use-statement": noop("End-use statement"),
    },
    "paper-field": {
        "authority": noop("licensing authority"),
        "jurisdiction": noop("country of the authority"),
        "reference": noop("file number of the authority"),
        "item": noop("what it is"),
        "quantity": noop("how much"),
        "manufacturer": noop("manufacturer"),
        "value": noop("value"),
        "entries": noop("control entries that were looked at"),
        "exporter": noop("exporter"),
        "exporter_country": noop("country of the exporter"),
        "exporter_address": noop("exporter's address"),
        "contact": noop("contact person"),
        "end_user": noop("end user"),
        "end_user_number": noop("end user's registration number"),
        "end_user_country": noop("country of the end user"),
        "end_user_address": noop("end user's address"),
        "consignee": noop("consignee"),
        "end_use": noop("what it will be used for"),
        "place_of_use": noop("place of use"),
        "conditions": noop("conditions that are known so far"),
        "signatory": noop("name of who signs"),
        "position": noop("position of who signs"),
        "place_and_day": noop("place, date and signature"),
    },
}
