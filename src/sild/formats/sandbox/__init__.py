"""The sandbox for hostile files: one fresh child a file, behind walls and under limits; a child's death is that file's refusal."""

from sild.formats.sandbox.desk_side import Sandbox, Spent
from sild.formats.sandbox.launch import CannotStart
from sild.formats.sandbox.proof import prove

__all__ = ["CannotStart", "Sandbox", "Spent", "prove"]
