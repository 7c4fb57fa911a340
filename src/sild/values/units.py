"""Units in words: the English forms of what a quantity counts, shared by everything that writes a sentence.

A unit that stands in no list here keeps its form: nobody's words are changed. The pages translate these very forms.
"""

from __future__ import annotations

from decimal import Decimal


def npgettext_noop(context: str, singular: str, plural: str) -> tuple[str, str, str]:
    """Mark a unit's two English forms for the translators."""
    return context, singular, plural


FORMS = (
    npgettext_noop("unit", "access point", "access points"),
    npgettext_noop("unit", "account", "accounts"),
    npgettext_noop("unit", "appliance", "appliances"),
    npgettext_noop("unit", "application", "applications"),
    npgettext_noop("unit", "assessment", "assessments"),
    npgettext_noop("unit", "battery", "batteries"),
    npgettext_noop("unit", "cable", "cables"),
    npgettext_noop("unit", "camera", "cameras"),
    npgettext_noop("unit", "campaign", "campaigns"),
    npgettext_noop("unit", "card", "cards"),
    npgettext_noop("unit", "certificate", "certificates"),
    npgettext_noop("unit", "computer", "computers"),
    npgettext_noop("unit", "course", "courses"),
    npgettext_noop("unit", "courtroom", "courtrooms"),
    npgettext_noop("unit", "credit", "credits"),
    npgettext_noop("unit", "data diode", "data diodes"),
    npgettext_noop("unit", "day", "days"),
    npgettext_noop("unit", "device", "devices"),
    npgettext_noop("unit", "disk", "disks"),
    npgettext_noop("unit", "domain", "domains"),
    npgettext_noop("unit", "drive", "drives"),
    npgettext_noop("unit", "endpoint", "endpoints"),
    npgettext_noop("unit", "evening", "evenings"),
    npgettext_noop("unit", "exercise", "exercises"),
    npgettext_noop("unit", "expert", "experts"),
    npgettext_noop("unit", "expert day", "expert days"),
    npgettext_noop("unit", "expert hour", "expert hours"),
    npgettext_noop("unit", "firewall", "firewalls"),
    npgettext_noop("unit", "gateway", "gateways"),
    npgettext_noop("unit", "generator", "generators"),
    npgettext_noop("unit", "headset", "headsets"),
    npgettext_noop("unit", "hospital", "hospitals"),
    npgettext_noop("unit", "host", "hosts"),
    npgettext_noop("unit", "hour", "hours"),
    npgettext_noop("unit", "inverter", "inverters"),
    npgettext_noop("unit", "key", "keys"),
    npgettext_noop("unit", "kit", "kits"),
    npgettext_noop("unit", "laptop", "laptops"),
    npgettext_noop("unit", "licence", "licences"),
    npgettext_noop("unit", "mailbox", "mailboxes"),
    npgettext_noop("unit", "minute", "minutes"),
    npgettext_noop("unit", "modem", "modems"),
    npgettext_noop("unit", "module", "modules"),
    npgettext_noop("unit", "monitor", "monitors"),
    npgettext_noop("unit", "month", "months"),
    npgettext_noop("unit", "person", "people"),
    npgettext_noop("unit", "phone", "phones"),
    npgettext_noop("unit", "piece", "pieces"),
    npgettext_noop("unit", "place", "places"),
    npgettext_noop("unit", "platform", "platforms"),
    npgettext_noop("unit", "power station", "power stations"),
    npgettext_noop("unit", "printer", "printers"),
    npgettext_noop("unit", "probe", "probes"),
    npgettext_noop("unit", "programme", "programmes"),
    npgettext_noop("unit", "rack", "racks"),
    npgettext_noop("unit", "rack unit", "rack units"),
    npgettext_noop("unit", "radio", "radios"),
    npgettext_noop("unit", "reader", "readers"),
    npgettext_noop("unit", "register", "registers"),
    npgettext_noop("unit", "report", "reports"),
    npgettext_noop("unit", "router", "routers"),
    npgettext_noop("unit", "scanner", "scanners"),
    npgettext_noop("unit", "school", "schools"),
    npgettext_noop("unit", "seat", "seats"),
    npgettext_noop("unit", "sensor", "sensors"),
    npgettext_noop("unit", "server", "servers"),
    npgettext_noop("unit", "service", "services"),
    npgettext_noop("unit", "set", "sets"),
    npgettext_noop("unit", "site", "sites"),
    npgettext_noop("unit", "solar panel", "solar panels"),
    npgettext_noop("unit", "storage system", "storage systems"),
    npgettext_noop("unit", "student", "students"),
    npgettext_noop("unit", "subscription", "subscriptions"),
    npgettext_noop("unit", "substation", "substations"),
    npgettext_noop("unit", "switch", "switches"),
    npgettext_noop("unit", "system", "systems"),
    npgettext_noop("unit", "tablet", "tablets"),
    npgettext_noop("unit", "team", "teams"),
    npgettext_noop("unit", "terminal", "terminals"),
    npgettext_noop("unit", "token", "tokens"),
    npgettext_noop("unit", "training", "trainings"),
    npgettext_noop("unit", "unit", "units"),
    npgettext_noop("unit", "user", "users"),
    npgettext_noop("unit", "virtual machine", "virtual machines"),
    npgettext_noop("unit", "visit", "visits"),
    npgettext_noop("unit", "website", "websites"),
    npgettext_noop("unit", "week", "weeks"),
    npgettext_noop("unit", "workshop", "workshops"),
    npgettext_noop("unit", "workstation", "workstations"),
    npgettext_noop("unit", "year", "years"),
    npgettext_noop("unit", "GB", "GB"),
    npgettext_noop("unit", "GB per day", "GB per day"),
    npgettext_noop("unit", "TB", "TB"),
    npgettext_noop("unit", "TB per day", "TB per day"),
)
UNITS = {singular: (singular, plural) for _context, singular, plural in FORMS}


def english(unit: str | None, quantity: Decimal | int | float | None) -> str:
    """The unit in the English form that the quantity asks for: "laptops" for 35 and for none told, "laptop" for 1, "" for no unit."""
    if not unit:
        return ""
    return UNITS.get(unit, (unit, unit))[0 if quantity is not None and abs(quantity) == 1 else 1]
