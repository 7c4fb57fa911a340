"""How a model says whom it inherits its closeness from. What follows is in kernel/inheritance.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """Each record is at least as closed as its parents, records of the model `of` (its label, "*": the one in `subject_model`).

    One of three says who the parents are: `key`, the child's field with the parent's id; `among`, its array of parents' ids;
    `pointer`, the parent's field with the child's id. `everybody`: other organisations than the parent's owner keep such children too.
    `together`: the parents lie in one compartment, or all in the open.
    """

    of: str
    key: str = ""
    among: str = ""
    pointer: str = ""
    everybody: bool = False
    together: bool = False
