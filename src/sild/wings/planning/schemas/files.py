"""The shape of what comes in: the register supplement (YAML). Errors name the key."""

from __future__ import annotations

from pydantic import ValidationError

from sild.kernel.refusals import Refused
from sild.wings.parties.public import fault_of, read_yaml
from sild.wings.planning.rules import SupplementFile


def read_supplement(data: bytes, name: str) -> SupplementFile:
    """Read a register supplement. Raises Refused that names the key."""
    content = read_yaml(data, name)
    try:
        return SupplementFile.model_validate(content)
    except ValidationError as problem:
        raise Refused(f"{name}: {fault_of(problem)}. Nothing was taken; mend the file and try again.") from problem
