"""A command that needs no home, called in this process: what it prints, or how it refuses."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from sild.cli.app import app
from sild.kernel.refusals import Refused


def told(command: str, *arguments: object) -> str:
    """What the command prints; what it raises is raised."""
    ended = CliRunner().invoke(app, [command, *map(str, arguments)], catch_exceptions=True)
    if ended.exception is not None:
        raise ended.exception
    return ended.output


def refused(command: str, *arguments: object) -> str:
    """The sentence with which the command refuses."""
    with pytest.raises(Refused) as refusal:
        told(command, *arguments)
    return str(refusal.value)
