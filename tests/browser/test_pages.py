"""Every page in the browser: accessible, as narrow as a phone, in both languages and themes, with nothing said to the console."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Desk, signed_in
from tests.browser.crawling import every_address

pytestmark = pytest.mark.xdist_group("browser")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SECTIONS = (
    "/",
    "/inbox/",
    "/needs/",
    "/offers/",
    "/lines/",
    "/gates/",
    "/links/",
    "/plan/",
    "/licences/",
    "/licences/routes/",
    "/licences/entries/",
    "/people/",
    "/ledger/",
    "/erase/",
    "/account/",
    "/account/tokens/",
)
RECORDS = {
    "a message": ("/inbox/", "main table a"),
    "a need": ("/needs/", "main tbody th a"),
    "an offer": ("/offers/", "main tbody th a"),
    "a line": ("/lines/", "main tbody th a"),
    "a pair": ("/links/", "main a[href^='/links/']:not([href*='?']):not([href='/links/'])"),
    "a licence case": ("/licences/", "main .desk-items a"),
    "a seat": ("/people/", "main a[href^='/people/']"),
}
EVERYWHERE = [
    ("officer", "en", "light", 1280),
    ("officer", "uk", "dark", 320),
    ("donor", "uk", "light", 1280),
    ("recipient", "en", "dark", 320),
]
"""As whom, how and where all pages are looked at in the long set."""


def opened(browser: Browser, desk: Desk, role: str, language: str, theme: str, width: int) -> tuple[BrowserContext, Page, list[str]]:
    """A page of somebody who reads in the language and the theme, and what the console is told meanwhile."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=language)
    context.add_cookies(
        [
            {"name": "sild_language", "value": language, "url": desk.address},
            {"name": "sild_theme", "value": theme, "url": desk.address},
        ]
    )
    page = signed_in(context, desk, role)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: told.append(str(fault)))
    return context, page, told


def addresses(page: Page, desk: Desk) -> list[str]:
    """The sections, and one record of each kind that the sections lead to."""
    found = [address for address in SECTIONS if page.request.get(desk.address + address).status == 200]
    for start, link in RECORDS.values():
        if start in found:
            page.goto(desk.address + start)
            if page.locator(link).count():
                found.append(page.locator(link).first.get_attribute("href") or start)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("role", "language", "theme", "width"), EVERYWHERE)
def test_all_that_links_lead_to_is_accessible_and_fits(
    desk: Desk, browser: Browser, role: str, language: str, theme: str, width: int
) -> None:
    context, page, told = opened(browser, desk, role, language, theme, width)
    there = every_address(page, desk)
    assert len(there) >= (70 if role == "officer" else 30), there
    faults = []
    for address in there:
        page.goto(desk.address + address)
        found = Axe().run(page, options=RULES)
        faults += [f"{address}: {found.generate_report()}"] if found.violations_count else []
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{address} is {wide} wide at {width}"] if wide > width else []
        faults += [f"{address}: {words}" for words in told]
        told.clear()
    assert not faults, "\n".join(faults)
    context.close()


@pytest.mark.parametrize(
    ("role", "language", "theme"),
    [pytest.param("officer", "en", "light", marks=pytest.mark.slow), ("officer", "uk", "dark"), ("donor", "uk", "light")],
)
def test_every_page_is_accessible_and_says_nothing_to_the_console(
    desk: Desk, browser: Browser, role: str, language: str, theme: str
) -> None:
    context, page, told = opened(browser, desk, role, language, theme, 1280)
    there = addresses(page, desk)
    assert len(there) >= (14 if role == "officer" else 7), there
    for address in there:
        page.goto(desk.address + address)
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
    assert told == []
    context.close()


# a theme changes no width: each language is seen at both widths, each theme at both; what is too wide is so on a phone first
@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [
        pytest.param("en", "light", 1280, marks=pytest.mark.slow),
        ("en", "dark", 320),
        pytest.param("uk", "dark", 1280, marks=pytest.mark.slow),
        ("uk", "light", 320),
    ],
)
def test_no_page_is_wider_than_its_window(desk: Desk, browser: Browser, language: str, theme: str, width: int) -> None:
    context, page, _told = opened(browser, desk, "officer", language, theme, width)
    for address in addresses(page, desk):
        page.goto(desk.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} at {width}"
    context.close()


def test_every_page_is_there_without_script(desk: Desk, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = signed_in(context, desk, "officer")
    for address in addresses(page, desk):
        answer = page.goto(desk.address + address)
        assert answer is not None and answer.status == 200, address
        assert page.locator("main h1").count() == 1, address
    context.close()
