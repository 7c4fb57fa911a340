"""Vectors: a text as 384 numbers by which texts of one meaning lie near each other, whatever their languages.

One interface (`Embedder`); the bundled model runs in a process of its own, behind the sandbox's walls and under a memory cap.
Where it is not installed or not right, `Absent` says in a sentence what is lacking. Vectors rank and weigh; they decide nothing.
"""

from sild.vectors.bundled import Bundled, ModelLimits, open_embedder
from sild.vectors.embedder import DIMENSIONS, Absent, Embedder, Vector
from sild.vectors.packing import packed, unpacked
from sild.vectors.texts import LONGEST, cleaned, content_digest

__all__ = [
    "DIMENSIONS",
    "LONGEST",
    "Absent",
    "Bundled",
    "Embedder",
    "ModelLimits",
    "Vector",
    "cleaned",
    "content_digest",
    "open_embedder",
    "packed",
    "unpacked",
]
