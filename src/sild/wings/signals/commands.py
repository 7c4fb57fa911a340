"""Verbs of the command line that signals owns: taking in files of incidents."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sild.formats.incidents import MOST_BYTES, NotIncidents, read_incidents
from sild.kernel.actor import Actor
from sild.kernel.progress import Progress
from sild.kernel.refusals import Refused
from sild.wings.parties.public import desk_day
from sild.wings.signals.actions import import_incidents
from sild.wings.signals.reads import ImportResult, preview_import


def import_file(actor: Actor, path: Path, *, look: bool, progress: Progress) -> ImportResult:
    """Take a file in, in one act, or with `look` say what would become of it. Raises Refused."""
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b"\0" * (MOST_BYTES + 1)
        found = read_incidents(data, path.name)
    except OSError as fault:
        raise Refused(f"{path} cannot be read: {fault.strerror}. Check the path, and give yourself access to it.") from fault
    except NotIncidents as fault:
        raise Refused(str(fault)) from fault
    if look:
        return preview_import(actor, found, desk_day(actor))
    return import_incidents(actor, found, path.name, digest=hashlib.sha256(data).hexdigest(), progress=progress)
