"""Pages of linkage: pairs of lines and why they were linked (`pairs`), joining and splitting (`regrouping`)."""

from sild.wings.linkage.pages import pairs, regrouping

__all__ = ["pairs", "regrouping"]
