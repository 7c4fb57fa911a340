"""Forms of one's own account that the framework does not know."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sild.kernel.accounts import Account
from sild.kernel.tokens import DAYS, MOST_DAYS


class SignOutEverywhereForm(forms.Form):
    """The password, before all sessions end."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), max_length=1000
    )

    def __init__(self, *args: Any, user: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


class TokenForm(SignOutEverywhereForm):
    """What a token is for, how long it lasts, and the password: whoever finds an open browser makes none."""

    name = forms.CharField(label=_("What it is for"), max_length=200)
    days = forms.IntegerField(label=_("Days that it lasts"), min_value=1, max_value=MOST_DAYS, initial=DAYS)
    field_order = ("name", "days", "password")


class _ChosenPassword(forms.Form):
    """A password that is chosen here."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 signs; several words are easiest to keep in mind."),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password again"), strip=False, max_length=1000, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        password, again = given.get("password"), given.get("again")
        if password and again and password != again:
            self.add_error("again", _("This is not the same password. Type it twice alike."))
        elif password:
            try:
                self.check(password, str(given.get("name", "")))
            except ValidationError as problem:
                self.add_error("password", problem)
        return given

    def check(self, password: str, name: str) -> None:
        """Raise ValidationError where the password is too weak for this person."""
        validate_password(password, Account(email=self.email, name=name))


class RecoverForm(_ChosenPassword):
    """A new password for an account that two officers opened again."""


class JoinForm(_ChosenPassword):
    """Name and password of somebody who was invited. Who has an account here already shows it by its password."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ("name", "password", "again")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.account: Account | None = None
        self.fields["password"].help_text = _(
            "If you sign in here with this address already, your password. Else choose one: at least 12 signs; several words are easiest."
        )

    def check(self, password: str, name: str) -> None:
        """One answer for a weak new password and for a wrong old one; attempts are counted as at the sign-in page, known or not."""
        adapter = get_adapter()
        known = Account.objects.filter(email=self.email).first()
        self.account = adapter.authenticate(self.request, email=self.email, password=password)
        if self.account is not None:
            return
        if known is not None:
            raise ValidationError(_("This password cannot be used. Take the one that you sign in with here, or a longer one."))
        try:
            super().check(password, name)
        except ValidationError as problem:
            raise ValidationError(_("This password cannot be used. Take the one that you sign in with here, or a longer one.")) from problem
