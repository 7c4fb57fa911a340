"""Pages of linkage: pairs of lines (`pairs`), joining and splitting (`regrouping`), questions across walls (`overlap`)."""

from sild.wings.linkage.pages import overlap, pairs, regrouping

__all__ = ["overlap", "pairs", "regrouping"]
