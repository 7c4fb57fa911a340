"""What the clock does: rules that run every hour, or every few seconds, for each mechanism, in the name of its service, started by nobody.

Declared in the wings' `jobs` rooms; the worker runs them. A rule of every few seconds only asks whether a job is due.
Each must bear to be done twice, and one that fails holds up no other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named, mechanism_slugs

LINES = logging.getLogger("sild.jobs")
SERVICE = "run"
CLOCK = "the clock"

HOURLY: dict[str, Callable[[Actor], object]] = {}
"""Every hourly rule by name."""


def hourly(name: str) -> Callable[[Callable[[Actor], object]], Callable[[Actor], object]]:
    """Declare `body(actor)` as the rule called `name` ("intake.wipe-unanswered")."""

    def decorate(body: Callable[[Actor], object]) -> Callable[[Actor], object]:
        HOURLY[name] = body
        return body

    return decorate


OFTEN: dict[str, Callable[[Actor], object]] = {}
"""Every rule that runs all the time, by name."""
OFTEN_S = 10.0
"""How long the clock waits between two rounds of them."""


def often(name: str) -> Callable[[Callable[[Actor], object]], Callable[[Actor], object]]:
    """Declare `body(actor)` as the rule called `name` that runs every few seconds: quick, and it leaves what is long to a job."""

    def decorate(body: Callable[[Actor], object]) -> Callable[[Actor], object]:
        OFTEN[name] = body
        return body

    return decorate


def run_hourly() -> int:
    """Run every hourly rule for every mechanism of the home; returns how many failed. Faults are told in the log by their kind alone."""
    return _run(HOURLY)


def run_often() -> int:
    """The same for the rules of every few seconds."""
    return _run(OFTEN)


def _run(rules: Mapping[str, Callable[[Actor], object]]) -> int:
    failed = 0
    for slug in mechanism_slugs():
        for name, body in rules.items():
            try:
                body(actor_named(slug, SERVICE, started_by=CLOCK))
            except Exception as fault:
                # whatever it is: the other rules are run, and this one again when its time comes
                LINES.warning("the rule %s of the clock failed (%s); it is tried again", name, type(fault).__name__)
                failed += 1
    return failed
