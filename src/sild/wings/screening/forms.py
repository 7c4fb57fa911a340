"""What people send about screening: a list to take in, a ruling. What cannot be read is refused in words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sild.kernel.refusals import Refused
from sild.wings.screening.rules import LARGEST_UPLOAD, LONGEST_NAME, HitState


class ListForm(forms.Form):
    """A list, what it is called, and the day it speaks of."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        label=gettext_lazy("What it is called"),
        help_text=gettext_lazy("With who publishes it; each hit names it."),
    )
    as_of = forms.DateField(
        label=gettext_lazy("The day it speaks of"),
        help_text=gettext_lazy("The publisher's day, such as 2026-11-20."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    file = forms.FileField(
        max_length=300,
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "FollowTheMoney entities, one JSON object a line. Up to 100 MB; larger ones go by the command sild screen-list."
        ),
    )

    def clean_file(self) -> object:
        """The file, where it is not too large for a page."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 100 MB. Take it in on the desk's own machine by sild screen-list."))
        return file


def ruling_of(told: str) -> HitState:
    """What a form rules. Raises Refused."""
    if told not in {*HitState}:
        raise Refused(_("Choose whether it is the one on the list, or not."))
    return HitState(told)
