"""The usual reasons, one key each: why a line is rejected, why nothing is asked in a message. Anything else is written."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

REJECTING = {
    "no-ask": noop("Nothing is asked or offered here."),
    "repeat": noop("It repeats a line that is there already."),
    "misread": noop("It was misread; another line says it rightly."),
    "elsewhere": noop("It is not for this mechanism."),
    "over": noop("It is out of date."),
}
SETTING_ASIDE = {
    "information": noop("For information only."),
    "automatic": noop("An automatic answer."),
    "advertising": noop("Advertising, or a newsletter."),
    "test": noop("A test message."),
    "elsewhere": noop("It is dealt with elsewhere."),
}


def choices(reasons: Mapping[str, str]) -> list[tuple[int, str, str]]:
    """The key, the code and the words of each reason, in the reader's language."""
    return [(key, code, _(words)) for key, (code, words) in enumerate(reasons.items(), 1)]


def reason_in(request: HttpRequest, reasons: Mapping[str, str]) -> str:
    """The reason that a form gives: a usual one, or what was written."""
    usual = reasons.get(request.POST.get("usual", ""))
    return _(usual) if usual is not None else request.POST.get("reason", "").strip()[:1000]
