"""Verbs of the command line that money owns: taking in files of public flows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from sild.formats.flows import MOST_BYTES, FlowFile, NotFlows, read_flows
from sild.kernel.actor import Actor
from sild.kernel.progress import Progress
from sild.kernel.refusals import Refused
from sild.wings.money.actions import ImportResult, import_flows

SUFFIXES = frozenset({".csv", ".json", ".yaml", ".yml"})


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files that are named, and those of the known kinds in folders that are. Raises Refused."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in SUFFIXES)
        elif path.is_file():
            found.append(path)
        else:
            raise Refused(f"There is no file or folder {path}. Check the path and try again.")
    if not found:
        raise Refused("No file was named, and no folder holds a .csv, .json or .yaml. Name the files themselves.")
    return found


def import_files(
    actor: Actor, paths: Sequence[Path], *, lenient: bool, progress: Progress
) -> Iterator[tuple[Path, FlowFile | None, ImportResult | str]]:
    """Each file with what it held and what became of it; with `lenient` a file of no known form is told, else it is refused.

    A file is taken in whole in one act. Raises Refused.
    """
    for path in paths:
        try:
            data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b"\0" * (MOST_BYTES + 1)
        except OSError as fault:
            raise Refused(f"{path} cannot be read: {fault.strerror}. Give yourself access to it.") from fault
        try:
            found = read_flows(data, path.name)
        except NotFlows as fault:
            if not lenient:
                raise Refused(str(fault)) from fault
            yield path, None, str(fault)
            continue
        yield path, found, import_flows(actor, found, path.name, digest=hashlib.sha256(data).hexdigest(), progress=progress)
