"""What the words of clearance are called: papers, objections, decisions, hand-overs. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

CLEARANCE_LABELS: dict[str, dict[str, str]] = {
    "paper": {
        "relay-note": noop("Note to the licensing authority"),
        "end-use-statement": noop("End-use statement"),
    },
    "objection": {
        "open": noop("open"),
        "lifted": noop("lifted"),
        "mitigated": noop("ended under conditions"),
        "overruled": noop("overruled"),
    },
    "ending-means": {
        "lifted": noop("Who objected lets it fall; nothing stays."),
        "mitigated": noop("It ends under conditions that stay with the line."),
        "overruled": noop("It is not taken back, and those who decide go on all the same: name them."),
    },
    "severity": {
        "blocking": noop("blocking"),
        "conditional": noop("conditional"),
        "concern": noop("concern"),
    },
    "severity-means": {
        "blocking": noop("Nothing of it is planned while this is open."),
        "conditional": noop("It may go on under conditions; it stops nothing."),
        "concern": noop("To be noted; it stops nothing."),
    },
    "turn": {
        "raised": noop("objected"),
        "replied": noop("replied"),
        "silence-begun": noop("began a silence procedure"),
        "silence-broken": noop("broke the silence"),
        "closed": noop("closed it"),
        "reopened": noop("opened it again"),
    },
    "ground": {
        "international-obligations": noop("obligations of non-proliferation and export control"),
        "sanctions": noop("sanctions or an embargo"),
        "foreign-security-policy": noop("foreign or security policy"),
        "end-use": noop("the intended end use"),
        "diversion": noop("it could be diverted"),
        "shared-platform": noop("a shared platform would be exposed"),
        "hosting": noop("where it stands makes somebody a target"),
        "supply-chain": noop("its maker or a part of it is not trusted"),
        "third-party-rights": noop("terms or rights of others forbid it"),
        "duplication": noop("it is given already"),
        "other": noop("another ground"),
    },
    "donation": {
        "prepared": noop("waits for a decision"),
        "given": noop("is given"),
        "under-conditions": noop("is given under conditions"),
        "not-given": noop("is not given"),
    },
    "donation-turn": {
        "prepared": noop("prepared the decision"),
        "described": noop("described it anew"),
        "given": noop("wrote down that it is given"),
        "under-conditions": noop("wrote down that it is given under conditions"),
        "not-given": noop("wrote down that it is not given"),
        "reopened": noop("took it up again"),
    },
    "stance": {
        "supports": noop("supports it"),
        "agrees": noop("agrees under conditions"),
        "abstains": noop("abstains"),
        "against": noop("is against it"),
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
