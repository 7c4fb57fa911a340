"""The fixed cast of the tests: who asks, who gives, who coordinates, who watches, and who has no business here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named, founder
from sild.wings.parties.public import MechanismFile, found_mechanism

MECHANISM = MechanismFile.model_validate(
    {
        "mechanism": "drill",
        "name": "A drill",
        "exercise": True,
        "as_of": date(2026, 2, 1),
        "source": "written for the tests",
        "today": date(2026, 2, 10),
        "scope": {"channels": ["civil"], "handed_over_to": "the military twin"},
        "organisations": [
            {"slug": "desk", "name": "The desk", "office": "secretariat"},
            {"slug": "front", "name": "The recipient's front office", "office": "front-office"},
            {"slug": "estonia", "name": "Estonia's donor desk", "office": "donor", "party": "Estonia"},
            {"slug": "talpa", "name": "A company", "office": "company"},
            {"slug": "latvia", "name": "Latvia's donor desk", "office": "donor", "party": "Latvia"},
            {"slug": "kestrel", "name": "Kestrel Endpoint", "office": "company", "party": "Kestrel Endpoint Inc."},
            {"slug": "ministry", "name": "The ministry of health", "office": "recipient", "party": "Ministry of Health of Ukraine"},
            {"slug": "watch", "name": "Observers", "office": "observer"},
        ],
        "members": [
            {"slug": "officer", "name": "Secretariat officer", "organisation": "desk", "roles": ["officer"]},
            {"slug": "auditor", "name": "Auditor", "organisation": "desk", "roles": ["auditor"]},
            {"slug": "technical", "name": "Technical gate", "organisation": "front", "roles": ["technical-gate"]},
            {"slug": "interagency", "name": "Inter-agency gate", "organisation": "front", "roles": ["interagency-gate"]},
            {"slug": "authority", "name": "Recipient authority", "organisation": "front", "roles": ["recipient"]},
            {"slug": "donor", "name": "Donor focal point", "organisation": "estonia", "roles": ["donor"]},
            {"slug": "seller", "name": "Company's desk", "organisation": "talpa", "roles": ["company"]},
            {"slug": "deputy", "name": "Secretariat deputy", "organisation": "desk", "roles": ["officer"]},
            {"slug": "other-donor", "name": "Second donor", "organisation": "latvia", "roles": ["donor"]},
            {"slug": "maker", "name": "Kestrel's desk", "organisation": "kestrel", "roles": ["company"]},
            {"slug": "asker", "name": "Head of IT of the ministry", "organisation": "ministry", "roles": ["recipient"]},
            {"slug": "observer", "name": "Observer", "organisation": "watch", "roles": ["auditor"]},
        ],
        "gates": [
            {"name": "technical-review", "role": "technical-gate", "question": "feasible and relevant?"},
            {"name": "interagency-review", "role": "interagency-gate", "question": "strategically important?"},
        ],
        "priority": {"severity": 2, "essential_service": 1, "time_criticality": 1},
    }
)


LATER = ("deputy", "other-donor", "maker", "asker", "observer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody, as actors. The outsider belongs to another mechanism."""

    run: Actor
    officer: Actor
    auditor: Actor
    technical: Actor
    interagency: Actor
    authority: Actor
    donor: Actor
    seller: Actor
    outsider: Actor
    deputy: Actor
    other_donor: Actor
    maker: Actor
    asker: Actor
    observer: Actor


def gather() -> Cast:
    """Found the drill and, beside it, a mechanism of strangers."""
    found_mechanism(founder("drill", started_by="the tests"), MECHANISM)
    strangers = MECHANISM.model_copy(update={"mechanism": "strangers"})
    found_mechanism(founder("strangers", started_by="the tests"), strangers)
    names = ("run", "officer", "auditor", "technical", "interagency", "authority", "donor", "seller")
    return Cast(
        outsider=actor_named("strangers", "officer"),
        **{name.replace("-", "_"): actor_named("drill", name) for name in (*names, *LATER)},
    )
