"""Fifty people at the pages: each acts from one seat, opens lists, records, the inbox and the plan, and reads for a second or two.

Run by pages_bench.py, which names the file of seats in SILD_BENCH_SEATS.
"""

from __future__ import annotations

import itertools
import json
import os
import random
from pathlib import Path
from typing import Any

from locust import HttpUser, between, task

SEATS: list[dict[str, Any]] = json.loads(Path(os.environ["SILD_BENCH_SEATS"]).read_text(encoding="utf-8"))
_next = itertools.cycle(SEATS)


class Reader(HttpUser):
    """Somebody at the desk."""

    wait_time = between(1, 3)

    def on_start(self) -> None:
        """Take a seat, signed in already: sign-in is slow on purpose and is not what is measured."""
        self.seat = next(_next)
        self.client.cookies.set(self.seat["cookie_name"], self.seat["cookie"])

    def open(self, name: str) -> None:
        """Open one of the addresses that the seat has for a page."""
        addresses = self.seat["pages"].get(name)
        if addresses:
            with self.client.get(random.choice(addresses), name=name, allow_redirects=False, catch_response=True) as answer:
                if answer.status_code != 200:
                    answer.failure(f"{answer.status_code}")

    @task(4)
    def look_at_needs(self) -> None:
        """The list, then a record of it."""
        self.open("needs")
        self.open("need")

    @task(2)
    def look_at_offers(self) -> None:
        """The list, then a record of it."""
        self.open("offers")
        self.open("offer")

    @task(1)
    def look_for_something(self) -> None:
        """A search."""
        self.open("needs, searched")

    @task(2)
    def look_at_messages(self) -> None:
        """The inbox, then a message."""
        self.open("inbox")
        self.open("message")

    @task(2)
    def look_at_the_plan(self) -> None:
        """The plan."""
        self.open("plan")

    @task(3)
    def look_at_the_rest(self) -> None:
        """What waits, the gates, why something was linked, the ledger, the people."""
        self.open(random.choice(["what waits", "gates", "why linked", "line", "ledger", "people"]))
