"""The shape of what comes in with a run: an exercise's decisions (YAML). Errors name the act and the key."""

from __future__ import annotations

from pydantic import ValidationError

from sild.kernel.refusals import Refused
from sild.wings.intake.rules import DecisionsFile
from sild.wings.parties.public import fault_of, read_yaml


def read_decisions(data: bytes, name: str) -> DecisionsFile:
    """Read a decisions file. Raises Refused that names the key."""
    content = read_yaml(data, name)
    try:
        return DecisionsFile.model_validate(content)
    except ValidationError as problem:
        raise Refused(f"{name}: {fault_of(problem)}. Nothing was replayed; mend the file and try again.") from problem
