"""The look in a browser, under the desk's own policy: accessible in every theme, narrow as a phone, keys, and the same without script."""

from __future__ import annotations

import itertools
import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

from sild.web.middleware import POLICY
from tests.web import gallery

THEMES = ("light", "dark")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class _UnderPolicy(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its findings."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if "browser" in os.environ.get("SILD_REQUIRE", ""):
            pytest.fail("chromium is not installed and SILD_REQUIRE names browser")
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gallery in both languages and themes, served."""
    folder = tmp_path_factory.mktemp("gallery")
    gallery.write(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_UnderPolicy, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.mark.parametrize(("language", "theme"), list(itertools.product(("en", "uk"), THEMES)))
def test_every_part_is_accessible(page: Page, site: str, language: str, theme: str) -> None:
    page.goto(f"{site}/{language}-{theme}.html")
    found = Axe().run(page, options=RULES)
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in found.response["violations"]] == []


@pytest.mark.parametrize("theme", THEMES)
def test_more_contrast_stays_accessible(page: Page, site: str, theme: str) -> None:
    page.emulate_media(contrast="more")
    page.goto(f"{site}/en-{theme}.html")
    assert [one["id"] for one in Axe().run(page, options=RULES).response["violations"]] == []


def test_forced_colours_keep_what_colour_alone_would_say(page: Page, site: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{site}/en-light.html")
    edge = "link => getComputedStyle(link).borderBottomColor"
    assert page.eval_on_selector(".desk-sections [aria-current]", edge) != page.eval_on_selector(
        ".desk-sections a:not([aria-current])", edge
    )
    assert page.eval_on_selector("mark.span", "mark => getComputedStyle(mark).borderBottomWidth") == "2px"


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_is_wider_than_its_window(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/uk-light.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_head_of_a_page_leaves_a_small_screen_to_the_page(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 900}, java_script_enabled=False)
    for language in ("en", "uk"):
        page.goto(f"{site}/{language}-light.html")
        assert page.locator(".desk-sections").bounding_box()["height"] > 0
        box = page.locator(".desk-sections").bounding_box()
        assert box["y"] + box["height"] <= 160
        assert not page.locator(".desk-sections a").first.is_visible()
        page.locator(".desk-sections summary").press("Enter")
        assert page.locator(".desk-sections a").first.is_visible(), "by keyboard, without a script"
    page.set_viewport_size({"width": 1280, "height": 900})
    page.reload()
    assert page.locator(".desk-sections a").first.is_visible() and not page.locator(".desk-sections summary").is_visible()
    page.close()


def test_the_policy_of_the_desk_stops_nothing_of_the_page(page: Page, site: str) -> None:
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" or "Security Policy" in message.text:
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{site}/en-light.html")
    assert page.evaluate("htmx.version") == "4.0.1"
    assert said == []


def test_a_field_lights_up_its_words_and_lets_them_go(page: Page, site: str) -> None:
    page.goto(f"{site}/en-light.html")
    page.focus('.desk-field[data-field="item"]')
    assert page.eval_on_selector_all("mark.lit", "marks => marks.map(mark => mark.textContent)") == ["ліцензій", " EDR"]
    page.hover('mark[data-field="needed_by"]')
    assert page.locator('.desk-field.lit[data-field="needed_by"]').count() == 1
    page.focus("h1 ~ * a, a.desk-head__name")
    page.mouse.move(0, 0)
    assert page.locator(".lit").count() == 0


def test_without_script_the_link_of_a_field_leads_to_its_words(browser: Browser, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site}/en-light.html")
    page.click('.desk-field[data-field="needed_by"] a')
    assert page.url.endswith("#from-needed_by")
    assert page.locator("mark:target").text_content() == "15 грудня 2026 року"
    assert page.locator("[data-keys-help]").is_hidden()
    page.close()


def test_keys_walk_and_pick_and_act_but_not_while_typing(page: Page, site: str) -> None:
    page.goto(f"{site}/en-light.html")
    page.evaluate("document.querySelector('main [data-key=a]').addEventListener('click', () => document.title = 'accepted')")
    page.locator("body").press("j")
    assert page.evaluate("document.activeElement.closest('[data-item]').textContent").strip().startswith("46 terminals")
    page.keyboard.press("x")
    assert page.locator("[data-item].is-picked").count() == 1
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert page.locator("[data-item].is-here a").text_content() == "1,200 EDR licences"
    page.focus("#note-text")
    page.keyboard.press("a")
    assert page.title() != "accepted"
    assert page.input_value("#note-text") == "a"
    page.focus("[data-item].is-here a")
    page.keyboard.press("a")
    assert page.title() == "accepted"


def test_keys_can_be_switched_off_and_stay_so(page: Page, site: str) -> None:
    page.goto(f"{site}/en-light.html")
    page.locator("body").press("?")
    page.click("[data-keys-toggle]")
    page.keyboard.press("Escape")
    page.reload()
    page.locator("body").press("?")
    assert page.locator("dialog[open]").count() == 0
    page.click("[data-keys-help]")
    page.click("[data-keys-toggle]")
    page.keyboard.press("Escape")
    page.locator("body").press("/")
    assert page.evaluate("document.activeElement.type") == "search"


def test_a_table_on_a_phone_says_the_heading_of_each_cell(page: Page, site: str, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/en-light.html")
    shown = page.eval_on_selector(".desk-table td.desk-number", "cell => getComputedStyle(cell, '::before').content")
    assert shown == '"Quantity"'


def test_a_refusal_to_a_part_of_a_page_is_shown_as_a_page_and_the_token_goes_along(page: Page, site: str) -> None:
    tokens: list[str | None] = []

    def refuse(route: Route) -> None:
        tokens.append(route.request.headers.get("x-csrftoken"))
        route.fulfill(
            status=409,
            content_type="text/html",
            body="<html><head><title>Not done</title></head><body><main id='main'>No.</main></body></html>",
        )

    page.goto(f"{site}/en-light.html")
    page.context.add_cookies([{"name": "csrftoken", "value": "s3cret", "url": site}])
    page.route("**/part", refuse)
    page.evaluate(
        """() => {
            const button = Object.assign(document.createElement('button'), {id: 'part', textContent: 'go'});
            button.setAttribute('hx-post', '/part');
            button.setAttribute('hx-target', '#told');
            document.querySelector('main').append(button);
            htmx.process(button);
        }"""
    )
    page.click("#part")
    expect(page).to_have_title("Not done")
    assert page.locator("body").inner_text() == "No."
    assert tokens == ["s3cret"]


def test_an_answer_of_the_server_changes_its_part_alone(page: Page, site: str) -> None:
    page.goto(f"{site}/en-light.html")
    page.route("**/part", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Done.</p>"))
    page.evaluate(
        """() => {
            const button = Object.assign(document.createElement('button'), {id: 'part', textContent: 'go'});
            button.setAttribute('hx-post', '/part');
            button.setAttribute('hx-target', '#told');
            document.querySelector('main').append(button);
            htmx.process(button);
        }"""
    )
    page.click("#part")
    expect(page.locator("#told")).to_have_text("Done.")
    assert page.locator("h1").first.is_visible()
