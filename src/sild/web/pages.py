"""Pages that belong to no wing: the tokens by which programs of the reader act from the reader's seat."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.page import page
from sild.kernel.tokens import make_token, tokens, withdraw_token
from sild.web.signin.account_forms import TokenForm
from sild.web.signin.views import account_of


@page("web.tokens", "account/tokens/", methods=("GET", "POST"))
def own_tokens(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The tokens of the reader's seat; a new one is shown with its secret, this once, and so the answer is no redirect."""
    person = account_of(request)
    form = TokenForm(request.POST or None, user=person)
    secret = ""
    if request.method == "POST" and form.is_valid():
        _made, secret = make_token(actor, person.pk, form.cleaned_data["name"], days=form.cleaned_data["days"])
        form = TokenForm(user=person)
    context = {"form": form, "secret": secret, "tokens": tokens(actor)}
    return render(request, "signin/tokens.html", context, status=422 if form.errors else 200)


@page("web.withdraw-token", "account/tokens/<uuid:token>/withdraw/", methods=("POST",), subjects={"token": "kernel.ApiToken"})
def end_token(request: HttpRequest, actor: Actor, token: UUID) -> HttpResponse:
    """End one of them."""
    withdraw_token(actor, token)
    messages.success(request, _("The token is withdrawn: it opens nothing any more."))
    return HttpResponseRedirect(reverse("web.tokens"))
