"""Pages of linkage: pairs of lines and why they were linked (`pairs`)."""

from sild.wings.linkage.pages import pairs

__all__ = ["pairs"]
