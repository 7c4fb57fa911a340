"""The desk as `sild demo` opens it, and a browser in front of it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PATIENCE = 300
SIGN_IN = re.compile(r"^  (\S.*?)\s{2,}(\S+@\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Desk:
    """A running desk: its address, the ready log-ins by role, their password, and where it keeps its things."""

    address: str
    people: dict[str, str]
    password: str
    home: Path


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """`sild demo`, started as a person starts it, from nothing."""
    home = tmp_path_factory.mktemp("desk") / "home"
    said = home.parent / "said.txt"
    with said.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "sild", "--plain", "demo"],
            env=os.environ | {"SILD_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield _opened(process, said, home)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _opened(process: subprocess.Popen[bytes], said: Path, home: Path) -> Desk:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        words = said.read_text(encoding="utf-8")
        password = re.search(r"with the password (\S+)", words)
        if password is not None:
            address = re.search(r"The desk is open at (\S+)", words)
            assert address is not None, words
            return Desk(address[1].rstrip("/"), dict(SIGN_IN.findall(words)), password[1], home)
        assert process.poll() is None, words
        time.sleep(0.5)
    raise AssertionError(f"the desk did not open: {said.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's browser. Ended with its module: its event loop would stand in the way of other tests' database."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if "browser" in os.environ.get("SILD_REQUIRE", ""):
            pytest.fail("chromium is not installed and SILD_REQUIRE names browser")
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def signed_in(context: BrowserContext, desk: Desk, role: str) -> Page:
    """A page of somebody who signed in as the role."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{desk.address}/sign-in/")
    page.locator("input[type=email]").fill(desk.people[role])
    page.locator("input[type=password]").fill(desk.password)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(f"{desk.address}/")
    return page
