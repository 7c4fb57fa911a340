"""Legal forms of many countries by class, in the scripts in which they are written: they are compared apart from the name itself.

Forms of one class are taken for the same: a TOV, an OOO, a GmbH and a Ltd are all limited companies. The table is legal_forms.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

import yaml


def _read() -> Mapping[tuple[str, ...], str]:
    told = yaml.safe_load((files("sild.cores.screening") / "legal_forms.yaml").read_text(encoding="utf-8"))["forms"]
    return {tuple(form.split()): "" if name == "plain" else name for name, forms in told.items() for form in forms}


FORMS = _read()
"""Words of a form (small letters, no marks) to its class; "" for one that says nothing of the kind of company."""

LONGEST_FORM = max(len(form) for form in FORMS)
SPLIT_LETTERS = frozenset(form for form in FORMS if all(len(word) == 1 for word in form))
"""Forms that are single letters between dots: at the end of a name alone, where they are no initials."""


def strip_forms(words: tuple[str, ...]) -> tuple[int, int, frozenset[str]]:
    """Where the name proper begins and ends among folded words, and the classes of the forms around it. A name is never all form."""
    first, last, classes = 0, len(words), set[str]()
    moved = True
    while moved:
        moved = False
        for size in range(min(LONGEST_FORM, last - first - 1), 0, -1):
            front, back = words[first : first + size], words[last - size : last]
            if back in FORMS:
                last, moved = last - size, True
                classes.add(FORMS[back])
                break
            if front in FORMS and front not in SPLIT_LETTERS:
                first, moved = first + size, True
                classes.add(FORMS[front])
                break
    return first, last, frozenset(classes - {""})
