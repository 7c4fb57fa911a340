"""The sandbox for hostile files: one fresh child a file, behind walls and under limits; a child's death is that file's refusal."""

from sild.formats.sandbox.desk_side import Sandbox
from sild.formats.sandbox.launch import CannotStart

__all__ = ["CannotStart", "Sandbox"]
