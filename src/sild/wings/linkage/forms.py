"""What a person says about two lines: how the later one stands to the earlier, and why."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sild.cores.linkage.problem import Relation

ONE = (Relation.SAME_AS, Relation.SUPERSEDES, Relation.ESCALATES, Relation.PART_OF, Relation.WITHDRAWS)
TWO = (Relation.NOT_THE_SAME, Relation.SECOND_BATCH)
MEANINGS = {
    Relation.SAME_AS: _("the same, told again"),
    Relation.SUPERSEDES: _("the later one replaces the earlier (quantity or date changed)"),
    Relation.ESCALATES: _("the later one repeats the earlier with more urgency"),
    Relation.PART_OF: _("the later one is part of the earlier"),
    Relation.WITHDRAWS: _("the later one withdraws the earlier"),
    Relation.SECOND_BATCH: _("alike, but a second batch: more of it"),
    Relation.NOT_THE_SAME: _("not the same"),
}
"""What each relation means, in the words of the choice."""


class RulingForm(forms.Form):
    """A ruling about a pair. `version` is the pair's as the person saw it."""

    relation = forms.ChoiceField(choices=[(str(relation), words) for relation, words in MEANINGS.items()], label=_("How they stand"))
    reason = forms.CharField(max_length=1000, label=_("Why?"), strip=True)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
