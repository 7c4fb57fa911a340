"""Texts as the method reads them: names in one piece, no marks on Latin letters, offsets true to the source.

"Sülearvutid", "sulearvutid" and "przełącznik" written without its marks are found by one term.
"""

from __future__ import annotations

from sild.cores.extraction.fields.folding import Reading as Words
from sild.cores.extraction.fields.folding import bare, words_of

__all__ = ["Words", "bare", "words_of"]
