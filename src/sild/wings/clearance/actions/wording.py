"""What people write into records of clearance: needed, short enough, without blank lines. Raises Refused with what to do."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.wings.clearance.rules import LONGEST_CONDITION, LONGEST_TEXT, MOST_CONDITIONS


class Wording:
    """The checks of words, in one place for every verb."""

    @staticmethod
    def needed(reason: str) -> str:
        """A reason that says something, cut at the longest that is kept."""
        if not reason.strip():
            raise Refused(_("Say what happened or who said so in a few words; it stays with the case."))
        return reason.strip()[:LONGEST_TEXT]

    @staticmethod
    def conditions(told: Sequence[str]) -> list[str]:
        """Conditions without the empty ones."""
        kept = [one.strip() for one in told if one.strip()]
        if len(kept) > MOST_CONDITIONS or any(len(one) > LONGEST_CONDITION for one in kept):
            words = _("At most {many} conditions of {long} letters each. Put the whole text where your files are, and name it here.")
            raise Refused(words.format(many=MOST_CONDITIONS, long=LONGEST_CONDITION))
        return kept

    @staticmethod
    def short(text: str, most: int) -> str:
        """A name or number on one line."""
        kept = " ".join(text.split())
        if len(kept) > most:
            raise Refused(_("“{begin}…” has {count} letters; {most} are the most.").format(begin=kept[:40], count=len(kept), most=most))
        return kept
