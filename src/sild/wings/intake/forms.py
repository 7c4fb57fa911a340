"""What a person writes about a line: its fields as they should be, or the parts that it is made of. Rules are the register's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sild.formats.template.pasting import MOST_SIGNS
from sild.wings.intake.reads import LineView
from sild.wings.register.public import CATEGORIES, Channel

KINDS = ("request", "offer", "update", "withdrawal", "question")
URGENCIES = ("", "low", "normal", "high", "critical")
FIELDS = (
    "kind", "category", "item", "quantity", "unit", "beneficiary", "provider", "needed_by", "available_from", "available_until",
    "value_amount", "value_currency", "urgency", "channel", "reference",
)  # fmt: skip


def _codes(*values: str) -> list[tuple[str, str]]:
    """Choices by their codes: the page says them in the reader's words."""
    return [(value, value) for value in values]


def _day() -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(required=False, input_formats=["%Y-%m-%d"], widget=widget, localize=False)


def _number(places: int = 3) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(required=False, max_digits=14 + places, decimal_places=places, min_value=0, widget=widget)


class VersionForm(forms.Form):
    """A form about a line: the version that the person read, and why."""

    version = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=1000, label=_("Reason"))


class MendForm(VersionForm):
    """The fields of a line."""

    kind = forms.ChoiceField(choices=_codes(*KINDS))
    category = forms.ChoiceField(choices=_codes("", *sorted(CATEGORIES)), required=False)
    item = forms.CharField(max_length=400, required=False)
    quantity = _number()
    unit = forms.CharField(max_length=60, required=False)
    beneficiary = forms.CharField(max_length=300, required=False)
    provider = forms.CharField(max_length=300, required=False)
    needed_by = _day()
    available_from = _day()
    available_until = _day()
    value_amount = _number(2)
    value_currency = forms.RegexField(r"^[A-Za-z]{3}$", required=False, max_length=3)
    urgency = forms.ChoiceField(choices=_codes(*URGENCIES), required=False)
    channel = forms.ChoiceField(choices=_codes(*map(str, Channel)))
    reference = forms.CharField(max_length=200, required=False)

    def changes(self) -> dict[str, Any]:
        """What the person changed, by field."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.changed_data}

    def said(self) -> dict[str, Any]:
        """Every field that says something."""
        return {name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data[name] not in (None, "")}


class AddForm(MendForm):
    """A line that the reading missed: its fields, and the words of the message that say it, one stretch on each line."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    item = forms.CharField(max_length=400)
    words = forms.CharField(required=False, max_length=20_000, widget=forms.Textarea)
    hints = forms.CharField(required=False, max_length=1_000, widget=forms.HiddenInput)


class JoinForm(MendForm):
    """Two lines that are one: the fields of the one that stays, and which other one was read, at which version."""

    other = forms.UUIDField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)

    def changes_from(self, kept: LineView) -> list[str]:
        """The fields in which the joined line differs from the one that stays."""
        before = initial_of(kept)
        return [name for name in FIELDS if self.fields[name].has_changed(before[name], self.cleaned_data[name])]


class PartForm(forms.Form):
    """One part of a line that is split; an empty one is none."""

    item = forms.CharField(max_length=400, required=False)
    quantity = _number()
    unit = forms.CharField(max_length=60, required=False)
    category = forms.ChoiceField(choices=_codes("", *sorted(CATEGORIES)), required=False)


PARTS = 5
"""Parts that one page asks for; a line of more is split again."""


def joined_of(kept: LineView, gone: LineView) -> dict[str, Any]:
    """Two lines as one: what the first says, and where it says nothing what the other says."""
    mine, theirs = initial_of(kept), initial_of(gone)
    unsaid = (None, "", str(Channel.UNDETERMINED))
    return {name: theirs.get(name) if value in unsaid else value for name, value in mine.items()} | {
        "version": kept.version,
        "other": gone.id,
        "other_version": gone.version,
    }


def initial_of(line: LineView) -> dict[str, Any]:
    """A line as the form shows it at first."""
    told: dict[str, Any] = {found.name: found.value for found in line.fields}
    amount, currency = told.get("value") or (None, "")
    return {
        **{name: told.get(name, "") for name in FIELDS},
        "quantity": _plain(told.get("quantity")),
        "value_amount": _plain(amount),
        "value_currency": currency,
        "version": line.version,
    }


def _plain(amount: Any) -> str:
    """A number as people write it: 40, not 40.000."""
    return f"{amount.normalize():f}" if amount is not None and amount != "" else ""


class UploadForm(forms.Form):
    """A message, or a file that holds several."""

    file = forms.FileField(max_length=300, label=_("File"), help_text=_("Up to 25 MB."))


class SeveralFiles(forms.FileField):
    """Up to some files of one field, each checked as one."""

    widget = type("SeveralFilesInput", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files; none where none was chosen."""
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(_("At most {count} files. Pack them into one archive.").format(count=MOST_FILES))
        files = [super(SeveralFiles, self).clean(one, initial) for one in sent]
        if any((file.size or 0) > LARGEST_FILE for file in files):
            raise forms.ValidationError(_("A file is larger than {limit} MB.").format(limit=LARGEST_FILE // 1_048_576))
        return files


MOST_FILES = 5
LARGEST_FILE = 10 * 1024 * 1024


class PublicForm(forms.Form):
    """What every form for people without an account has: a field that only a machine fills in."""

    website = forms.CharField(required=False, max_length=200, label=_("Leave this empty"))


class RequestForm(PublicForm):
    """A request or an offer of somebody without an account."""

    organisation = forms.CharField(max_length=200, label=_("Organisation"))
    contact = forms.CharField(max_length=200, label=_("Your name"))
    email = forms.EmailField(
        required=False, max_length=254, label=_("E-mail (optional)"), help_text=_("If you want an acknowledgement and questions.")
    )
    description = forms.CharField(
        max_length=20_000,
        label=_("What you ask or offer"),
        help_text=_("What, how many, for which body, and by when. In any language."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    attachments = SeveralFiles(
        required=False, label=_("Files (optional)"), help_text=_("Up to five, 10 MB each: letters, lists, an archive.")
    )
    ticket = forms.RegexField(r"^[A-Za-z0-9_-]{43}$", widget=forms.HiddenInput)


class AdditionForm(PublicForm):
    """A message that is added to a request."""

    description = forms.CharField(max_length=10_000, label=_("Add a message"), widget=forms.Textarea(attrs={"rows": 6}))


class SheetForm(forms.Form):
    """A sheet template that was filled in."""

    file = forms.FileField(max_length=300, label=_("Filled-in template"), help_text=_("An Excel, LibreOffice or CSV file, up to 25 MB."))


class PasteForm(forms.Form):
    """Rows that were copied out of a sheet."""

    side = forms.ChoiceField(choices=[("request", _("Requests")), ("offer", _("Offers"))], label=_("What the rows are"))
    rows = forms.CharField(
        max_length=MOST_SIGNS,
        strip=False,
        label=_("Rows copied from a sheet"),
        help_text=_("With or without the row of headings; without it the columns must stand in the order below."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
