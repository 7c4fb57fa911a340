"""Uploading a message at the inbox: it is kept at once, and read by the worker. Works without a script."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel import home as homes
from sild.kernel.actor import Actor, Role
from sild.kernel.page import page
from sild.kernel.refusals import Refused
from sild.values.reference import spelled
from sild.wings.intake.actions.arriving import receive
from sild.wings.intake.forms import UploadForm
from sild.wings.intake.pages.words import inert
from sild.wings.intake.reads.file_words import in_words
from sild.wings.intake.reads.kept import bundles
from sild.wings.intake.rules import Door

OFFICERS = frozenset({Role.OFFICER})


@page("intake.upload", "inbox/upload/", roles=OFFICERS, methods=("GET", "POST"))
def upload_message(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form, and what it does with one file."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            received = receive(actor, file.name, file.read(), homes.current(), Door.UPLOAD)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Received as {reference}. It is read in a moment.").format(reference=spelled(received.reference)))
            return HttpResponseRedirect(reverse("intake.message", args=[received.message]))
    came = [
        {"bundle": one, "name": inert(one.name), "left_aside": [(inert(name), inert(in_words(why))) for name, why in one.left_aside]}
        for one in bundles(actor)
    ]
    return render(request, "intake/upload.html", {"form": form, "came": came}, status=422 if form.errors else 200)
