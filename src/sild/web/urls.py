"""Every address of the desk: the declared pages of the wings, sign-in, and the few that the framework serves. Nothing else is reachable."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from sild.kernel.page import PAGES
from sild.web import pages as web_pages  # noqa: F401 - declares the pages that belong to no wing

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", include("allauth.account.urls")),
    path("sign-in/factors/", include("allauth.mfa.urls")),
    *(path(declared.path, declared.view, name=name) for name, declared in PAGES.items()),
]
