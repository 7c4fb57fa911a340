"""All addresses of the desk that a person reaches: each page without an identifier, and one record of each kind that links lead to."""

from __future__ import annotations

import re
from collections import deque

from playwright.sync_api import Page

from sild.kernel.page import PAGES
from sild.web import urls  # noqa: F401 - declares the pages of every wing
from tests.browser.conftest import Desk

ACCOUNT = ("/account/",)
"""Pages that the framework declares."""
PART = {"uuid": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "int": r"\d+", "slug": r"[-\w]+", "str": r"[^/]+"}
LINK = re.compile(r'href="(/[^"#?]*)')


def every_address(page: Page, desk: Desk) -> list[str]:
    """One address for each page that answers the reader with a document, found by following links from the sections."""
    waiting = deque(["/" + one.path for one in PAGES.values() if "<" not in one.path and "GET" in one.methods] + list(ACCOUNT))
    kinds = {name: _kind(one.path) for name, one in PAGES.items() if "<" in one.path and "GET" in one.methods}
    found: dict[str, str] = {address: address for address in waiting}
    there: list[str] = []
    while waiting:
        address = waiting.popleft()
        answer = page.request.get(desk.address + address)
        if answer.status != 200 or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        there.append(address)
        for link in LINK.findall(answer.text()):
            name = next((name for name, kind in kinds.items() if kind.fullmatch(link)), None)
            if name is not None and name not in found:
                found[name] = link
                waiting.append(link)
    return there


def _kind(path: str) -> re.Pattern[str]:
    pieces = re.split(r"<(\w+):\w+>", path)
    return re.compile("/" + "".join(PART[piece] if number % 2 else re.escape(piece) for number, piece in enumerate(pieces)))
