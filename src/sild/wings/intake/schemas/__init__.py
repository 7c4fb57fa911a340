"""The shapes of intake: the files of a run, and what programs are told."""

from sild.wings.intake.schemas.files import read_decisions

__all__ = ["read_decisions"]
