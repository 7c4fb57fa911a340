"""Pages under fifty readers: the sample in a home of its own, served as `sild serve` does, read by locust for a minute.

Bar: 95 of 100 answers of every page within 300 ms. `--users 50 --seconds 60 --workers 2 --threads 4 --home DIR`.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.cli.conftest import start
from tests.cli.serving import Serving

LOCUSTFILE = Path(__file__).resolve().with_name("locustfile.py")
BAR_MS = 300.0
FEWEST, ROUNDS = 20, 3
"""Pages that were opened less often are printed and not judged."""

SEATS = """
import json, sys
import sild.config.start
from django.conf import settings
from django.test import Client
from sild.kernel import house
from sild.kernel.accounts import Account
from sild.kernel.actor import Role
from sild.kernel.identity import mechanism_slugs, seats_of
from sild.wings.intake.public import messages
from sild.wings.parties.commands import make_demo_people
from sild.wings.register.public import lines, needs, offers

def pages(actor):
    officer, gates = Role.OFFICER in actor.roles, {Role.OFFICER, Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE}
    asked, given = needs(actor)[:60], offers(actor)[:60]
    found = {
        "what waits": ["/"],
        "needs": ["/needs/"], "needs, searched": ["/needs/?text=EDR", "/needs/?text=%D0%BD%D0%B0%D0%B2%D1%87%D0%B0%D0%BD%D0%BD%D1%8F"],
        "offers": ["/offers/"], "ledger": ["/ledger/"], "people": ["/people/"],
        "need": [f"/needs/{need.id}/" for need in asked], "offer": [f"/offers/{offer.id}/" for offer in given],
        "why linked": [f"/needs/{need.id}/links/" for need in asked], "line": [f"/lines/{line.id}/" for line in lines(actor)[:60]],
    }
    if officer:
        found |= {"inbox": ["/inbox/"], "message": [f"/inbox/{message.id}/" for message in messages(actor)[:60]]}
    if Role.AUDITOR not in actor.roles:
        found |= {"plan": ["/plan/"]}
    if actor.roles & gates:
        found |= {"gates": ["/gates/"]}
    return found

with house.opened() as home:
    make_demo_people(home, mechanism_slugs()[0])
    seats = []
    for role in ["officer", "officer", "technical-gate", "interagency-gate", "recipient", "donor", "company", "auditor"]:
        account = Account.objects.get(email=f"{role}@demo.invalid")
        actor = seats_of(account.id)[0].actor
        client = Client()
        for number in range(8):
            client.force_login(account)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            seen = seats[-1]["pages"] if number else pages(actor)
            seats.append({"role": role, "cookie_name": settings.SESSION_COOKIE_NAME, "cookie": cookie, "pages": seen})
            client.cookies.clear()
    json.dump([seats[place * 8 + number] for number in range(8) for place in range(8)], sys.stdout)
"""


def main() -> int:
    """Prepare, serve, read, judge."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--users", type=int, default=50)
    words.add_argument("--seconds", type=int, default=60)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--threads", type=int, default=4)
    words.add_argument("--home", type=Path, help="a home with the sample in it, which is kept")
    told = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="sild-pages-") as place:
        home = told.home or Path(place) / "home"
        done = start(home, "--plain", "demo", "--no-serve")
        if done.returncode:
            sys.exit(f"the sample did not run: {done.stderr[-2000:]}")
        try:
            return measure(home, Path(place), told)
        finally:
            if told.home is None:
                start(home, "reset", "--yes")


def warm(address: str, seats: list[dict[str, Any]]) -> None:
    """Open every page some times before it is measured, so that each thread has its connection to the database."""
    for seat in seats[:8]:
        for addresses in seat["pages"].values():
            for page in addresses[:ROUNDS]:
                asked = urllib.request.Request(address + page, headers={"Cookie": f"{seat['cookie_name']}={seat['cookie']}"})
                with urllib.request.urlopen(asked, timeout=30) as answer:
                    answer.read()


def measure(home: Path, place: Path, told: argparse.Namespace) -> int:
    """Serve the home, let the readers read, and print what each page took."""
    seats = place / "seats.json"
    made = subprocess.run(
        [sys.executable, "-c", SEATS], env=os.environ | {"SILD_HOME": str(home)}, capture_output=True, text=True, check=False
    )
    if made.returncode:
        sys.exit(f"no seats: {made.stderr[-2000:]}")
    seats.write_text(made.stdout, encoding="utf-8")
    with Serving(home, place / "serve.log", "--workers", str(told.workers), "--threads", str(told.threads)) as serving:
        warm(serving.address, json.loads(made.stdout))
        line = [sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), "--headless", "--only-summary"]
        line += ["-u", str(told.users), "-r", "10", "-t", f"{told.seconds + told.users // 10}s", "--reset-stats"]
        line += ["--host", serving.address, "--csv", str(place / "read"), "--loglevel", "ERROR"]
        done = subprocess.run(
            line, env=os.environ | {"SILD_BENCH_SEATS": str(seats)}, capture_output=True, text=True, check=False, cwd=place
        )
    table = place / "read_stats.csv"
    if not table.exists():
        sys.exit(f"locust did not run: {done.stderr[-2000:]}")
    with table.open(encoding="utf-8") as file:
        return judged(list(csv.DictReader(file)), told)


def judged(rows: list[dict[str, str]], told: argparse.Namespace) -> int:
    """Print a line a page; returns 1 where a page is above the bar or was refused."""
    print(f"{told.users} readers, {told.seconds} s, {told.workers} processes x {told.threads} threads")
    print("the readers' own program runs on the same cores")
    print(f"load of the machine  {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    print(f"{'page':20}{'answers':>9}{'refused':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'a second':>10}")
    missed = []
    for row in sorted(rows, key=lambda one: (one["Name"] == "Aggregated", one["Name"])):
        count, refused, late = int(row["Request Count"]), int(row["Failure Count"]), float(row["95%"] or 0)
        print(f"{row['Name']:20}{count:>9}{refused:>9}{row['50%']:>9}{row['95%']:>9}{row['99%']:>9}{float(row['Requests/s']):>10.1f}")
        if refused or (count >= FEWEST and late > BAR_MS):
            missed.append(row["Name"])
    print(f"bar: p95 <= {BAR_MS:.0f} ms on every page, nothing refused: {'missed by ' + ', '.join(missed) if missed else 'met'}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
