"""Pages that belong to no wing: choosing a seat, the language, the theme."""

from __future__ import annotations
