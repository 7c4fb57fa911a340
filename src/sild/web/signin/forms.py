"""Forms of signing in: the framework's, in the desk's words, with a code that opens once only."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter as factors
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sild.kernel.accounts import Account
from sild.kernel.factors import Unreadable, first_use

SEALED_SECRET = "sealed-factor"  # noqa: S105 - a key of the session
"""Where the session keeps the secret of a factor that is being set up."""


def _worded(field: forms.Field, label: Any, hint: Any = "", **attrs: str) -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(LoginForm):  # type: ignore[misc]  # the package has no types
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["login"], _("E-mail address"), autocomplete="username", spellcheck="false", autofocus="")
        _worded(self.fields["password"], _("Password"))


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]  # the package has no types
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["password"], _("Password"))


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # the package has no types
    """The old password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["oldpassword"], _("Password that you have now"))
        _worded(self.fields["password1"], _("New password"), _("At least 12 signs; several words are easiest to keep in mind."))
        _worded(self.fields["password2"], _("New password again"))


class _OnceOnly:
    """A code that opened once does not open again while it is still the right one."""

    user: Account

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the form that this is mixed into
        except Unreadable as problem:
            # the doctor tells of it; whoever stands at the door learns no more than that it does not open
            raise factors().validation_error("incorrect_code") from problem
        if not first_use(self.user.pk, code):
            raise factors().validation_error("incorrect_code")
        return code


class FactorForm(_OnceOnly, AuthenticateForm):  # type: ignore[misc]  # the package has no types
    """The code of the second factor, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self.fields["code"],
            _("Code"),
            _("Six digits from your authenticator app, or one of your recovery codes."),
            inputmode="numeric",
            autofocus="",
        )


class FactorAgainForm(_OnceOnly, FactorReauthenticateForm):  # type: ignore[misc]  # the package has no types
    """The code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["code"], _("Code"), _("Six digits from your authenticator app, or one of your recovery codes."))


class NewFactorForm(ActivateTOTPForm):  # type: ignore[misc]  # the package has no types
    """The first code of a new authenticator. Until it is given the session keeps the secret, sealed."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        self.secret = _secret_under_way(request, fresh=not self.is_bound)
        _worded(self.fields["code"], _("Code"), _("Six digits that the app shows for this desk."), inputmode="numeric")


def _secret_under_way(request: HttpRequest, *, fresh: bool) -> str:
    sealed = "" if fresh else request.session.get(SEALED_SECRET, "")
    if sealed:
        try:
            return str(factors().decrypt(sealed))
        except Unreadable:
            pass  # sealed with the key of a home that is gone: a fresh one is shown
    secret = str(generate_totp_secret())
    request.session[SEALED_SECRET] = factors().encrypt(secret)
    return secret
