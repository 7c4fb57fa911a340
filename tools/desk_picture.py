"""Takes the README's picture of the desk: opens the exercise in a home of its own, signs in as an officer, and photographs a message.

Usage: tools/desk_picture.py docs/images/desk.png [language [theme]]   (needs Debian's chromium; `make picture` runs it)
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1360, 850
PATIENCE_S = 300


def main(target: Path, language: str = "en", theme: str = "light") -> None:
    """Open the desk, take the picture, close it again."""
    with tempfile.TemporaryDirectory(prefix="desk-") as folder:
        said = Path(folder) / "said.txt"
        with said.open("w") as output:
            desk = subprocess.Popen(
                [sys.executable, "-m", "sild", "--plain", "demo"],
                env=os.environ | {"SILD_HOME": f"{folder}/home"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            photograph(_opened(desk, said), target, language, theme)
        finally:
            desk.send_signal(signal.SIGINT)
            desk.wait(60)
            subprocess.run([sys.executable, "-m", "sild", "reset", "--yes"], env=os.environ | {"SILD_HOME": f"{folder}/home"}, check=True)


def _opened(desk: subprocess.Popen[bytes], said: Path) -> str:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and desk.poll() is None:
        words = said.read_text(encoding="utf-8")
        if "with the password" in words:
            return words
        time.sleep(0.5)
    sys.exit(f"the desk did not open:\n{said.read_text(encoding='utf-8')}")


def photograph(words: str, target: Path, language: str, theme: str) -> None:
    """One picture of the first message that waits, with what was read from it."""
    address, officer, password = (
        found[1]
        for pattern in (r"The desk is open at (\S+?)/? ", r"^  officer\s+(\S+@\S+)", r"with the password (\S+)")
        if (found := re.search(pattern, words, re.MULTILINE)) is not None
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale=language)
        context.add_cookies(
            [
                {"name": "sild_language", "value": language, "url": address},
                {"name": "sild_theme", "value": theme, "url": address},
            ]
        )
        page = context.new_page()
        page.goto(f"{address}/sign-in/")
        page.locator("input[type=email]").fill(officer)
        page.locator("input[type=password]").fill(password)
        page.locator("main button[type=submit]").first.click()
        page.goto(f"{address}/inbox/?state=waiting")
        page.locator(".desk-title a.govuk-button").first.click()
        page.wait_for_load_state()
        page.screenshot(path=str(target), animations="disabled")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:4])
