"""Incidents that others publish: bytes of three forms to plain rows, each that is not taken with its place and reason."""

from __future__ import annotations

from sild.formats.incidents.eurepoc import is_eurepoc, read_eurepoc
from sild.formats.incidents.misp import events_in, read_misp
from sild.formats.incidents.rows import MOST_BYTES, FoundIncident, IncidentFile, NotIncidents, Refusal, loaded
from sild.formats.incidents.stix import read_stix

__all__ = ["MOST_BYTES", "FoundIncident", "IncidentFile", "NotIncidents", "Refusal", "read_incidents"]


def read_incidents(data: bytes, name: str) -> IncidentFile:
    """What a file holds: EuRepoC 1.1 (CSV), a STIX 2.1 bundle or MISP events (JSON), told apart by their content. Raises NotIncidents."""
    if len(data) > MOST_BYTES:
        raise NotIncidents(f"{name} has more than {MOST_BYTES // 1024 // 1024} MiB. Take it in in parts.")
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"{", b"["):
        told = loaded(data)
        events = events_in(told)
        if events is not None:
            return read_misp(events)
        if isinstance(told, dict) and told.get("type") == "bundle":
            return read_stix(told)
        raise NotIncidents(f"{name} is JSON, but neither a STIX 2.1 bundle nor MISP events. Export it as one of those.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotIncidents(f"{name} is no UTF-8 text. Save it as UTF-8 and try again.") from fault
    if not is_eurepoc(text.split("\n", 1)[0].replace('"', "").strip()):
        raise NotIncidents(f"{name} is of no form that is read: EuRepoC 1.1 (CSV), a STIX 2.1 bundle, MISP events (JSON).")
    return read_eurepoc(text)
