"""The shapes of planning: the files of a run, and what programs are told."""

from sild.wings.planning.schemas.files import read_supplement

__all__ = ["read_supplement"]
