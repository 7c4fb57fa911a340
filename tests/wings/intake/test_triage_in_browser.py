"""Triage by keyboard in a browser: ten items with few keys, every key does what its button does, and switched off it does nothing."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, sync_playwright

from sild.kernel.casework import handling_of
from sild.kernel.home import Home
from sild.wings.intake.public import run_inbox
from sild.wings.register.public import LineState, lines, needs
from tests.cast import Cast
from tests.keeping import once
from tests.readers import InProcess
from tests.web.signed import signed_in
from tests.wings.intake.desk import HOSTILE, fill, lines_of, message_named
from tests.wings.intake.test_run import TODAY, mail

ITEMS = ("tablets", "printers", "monitors", "rack servers", "network switches", "firewalls", "scanners", "routers", "webcams", "headsets")


class Threaded(ThreadingMixIn, WSGIServer):
    """One thread for each request, as in the desk's own server."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: a test's output is its findings."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    place = shutil.which("chromium")
    if place is None:
        if "browser" in os.environ.get("SILD_REQUIRE", ""):
            pytest.fail("chromium is not installed and SILD_REQUIRE names browser")
        pytest.skip("chromium is not installed")
    # the browser's library runs an event loop in this thread, and the framework's guard looks at the thread, not at who asks
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(executable_path=place, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
@once
def letters(cast: Cast, home: Home, tmp_path: Path) -> None:
    """Ten letters of one clear line among the others."""
    fill(cast, home, tmp_path / "inbox")
    for number, item in enumerate(ITEMS):
        text = f"Lviv City Council asks for {number + 11} {item} for its civil service centres."
        (tmp_path / "inbox" / f"item-{number}.eml").write_bytes(mail(text, number + 12))
    run_inbox(cast.run, tmp_path / "inbox", home, InProcess(), today=TODAY)


@pytest.fixture
def desk(chromium: Browser, cast: Cast, letters: None) -> Iterator[Page]:
    """An officer's browser in front of the inbox with the letters."""
    cookie = signed_in(cast.officer).cookies["sessionid"].value
    with make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Threaded, handler_class=Quiet) as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        address = f"http://127.0.0.1:{server.server_port}"
        context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        page = context.new_page()
        page.goto("/inbox/")
        yield page
        context.close()
        server.shutdown()
        serving.join()


def press(page: Page, *keys: str, leaves: bool = False) -> int:
    """Press the keys; wait for another page where they lead to one. Returns how many keys it were, Shift counted."""
    before = page.url
    for key in keys:
        page.keyboard.press(key)
    if leaves:
        page.wait_for_function("address => location.href !== address", arg=before)
        page.wait_for_load_state("load")
    return sum(len(key.split("+")) for key in keys)


def test_ten_items_are_triaged_by_keyboard_with_few_keys_each(desk: Page, cast: Cast) -> None:
    press(desk, "j")
    press(desk, "Enter", leaves=True)
    waiting = {line.id for line in lines(cast.officer) if line.state == LineState.DRAFT}
    for _item in range(10):
        used = press(desk, "a" if desk.locator('[data-key="save-next"]').count() == 0 else "Shift+Enter", leaves=True)
        assert used <= 6
        assert "accepted" in desk.inner_text("#told")
    left = {line.id for line in lines(cast.officer) if line.state == LineState.DRAFT}
    assert len(waiting) - len(left) >= 10
    press(desk, "z")
    desk.wait_for_selector("#told :text('Taken back.')")
    assert len({line.id for line in lines(cast.officer) if line.state == LineState.DRAFT}) > len(left)


def lit(page: Page) -> list[str]:
    """The words that are lit up."""
    found: list[str] = page.eval_on_selector_all("mark.lit", "found => found.map(one => one.textContent)")
    return found


def test_a_field_lights_up_the_words_that_it_came_from(desk: Page, cast: Cast) -> None:
    [line] = lines_of(cast, "laptops.eml")
    desk.goto(f"/inbox/{line.message_id}/")
    desk.focus('.desk-field[data-field="l1-quantity"] a')
    assert "".join(lit(desk)) == "40 laptops"
    desk.hover('.desk-field[data-field="l1-needed_by"] dd')
    assert "1 April 2026" in "".join(lit(desk))
    desk.click('.desk-field[data-field="l1-quantity"] a')
    assert desk.eval_on_selector("#from-l1-quantity", "one => one.matches(':target')")


def test_every_key_does_what_its_button_does(desk: Page, cast: Cast) -> None:
    [line] = lines_of(cast, "generators.eml")
    here = f"/inbox/{line.message_id}/"
    for key, ends in (("e", "/mend/"), ("s", "/split/"), ("m", f"/links/lines/{line.id}/"), ("l", "/add/"), ("n", "/")):
        desk.goto(here)
        press(desk, key, leaves=True)
        assert desk.url.endswith(ends), key
    desk.goto(here)
    press(desk, "q")
    drafted = desk.input_value(":focus")
    assert drafted.startswith("About your message")
    assert drafted.endswith("?")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Which voltage, and are jars of fuel meant?")
    assert desk.url.endswith(here)
    press(desk, "Shift+Enter", leaves=True)
    need = next(need for need in needs(cast.officer) if line.id in need.lines)
    assert handling_of(cast.officer, "register.Need", [need.id])[need.id].next_step.endswith("are jars of fuel meant?")
    desk.goto(here)
    press(desk, "r", "6")
    desk.keyboard.type("2 quotations, no ask")
    press(desk, "Shift+Enter", leaves=True)
    assert lines_of(cast, "generators.eml")[0].state == LineState.REJECTED
    press(desk, "z")
    desk.wait_for_selector("#told :text('Taken back.')")
    desk.goto(here)
    press(desk, "c")
    desk.wait_for_selector("#told :text('You have the message now.')")
    press(desk, "w")
    desk.keyboard.type("rang them up")
    press(desk, "Shift+Enter")
    desk.wait_for_selector("blockquote:text('rang them up')")
    press(desk, "r", "1", leaves=True)
    assert lines_of(cast, "generators.eml")[0].state == LineState.REJECTED


def test_the_words_that_are_marked_become_the_evidence_of_a_line(desk: Page, cast: Cast) -> None:
    message = message_named(cast, "hostile.eml")
    desk.goto(f"/inbox/{message}/")
    desk.evaluate(
        """() => {
          const block = document.querySelectorAll('.desk-message [data-block]')[1], range = document.createRange();
          range.selectNodeContents(block);
          const selection = getSelection(); selection.removeAllRanges(); selection.addRange(range);
        }"""
    )
    desk.wait_for_timeout(100)
    press(desk, "l", leaves=True)
    assert desk.input_value("[data-words]").startswith("Read \u202egnp.exe")
    assert desk.input_value("[data-hints]") == "0.1.0"
    assert desk.locator('mark[data-field="new-evidence"]').count() > 0
    desk.fill("[name=item]", "a file that hides its name")
    press(desk, "Shift+Enter", leaves=True)
    desk.wait_for_selector("#told :text('The line was added and accepted.')")
    added = lines_of(cast, "hostile.eml")[-1]
    assert (added.item, added.state) == ("a file that hides its name", LineState.ACCEPTED)
    assert added.evidence[0]["text"] == HOSTILE.split("\n\n")[1]


def test_a_message_without_an_ask_is_set_aside_with_two_keys(desk: Page, cast: Cast) -> None:
    message = message_named(cast, "sheet.eml")
    desk.goto(f"/inbox/{message}/")
    press(desk, "o", "1", leaves=True)
    desk.wait_for_selector("#told :text('nothing is asked or offered')")
    assert {line.state for line in lines_of(cast, "sheet.eml")} == {LineState.REJECTED}
    desk.goto("/inbox/")
    press(desk, "j", "x")
    assert desk.locator("[data-item].is-picked").count() == 1


def test_keys_that_are_switched_off_do_nothing(desk: Page, cast: Cast) -> None:
    [line] = lines_of(cast, "generators.eml")
    desk.goto(f"/inbox/{line.message_id}/")
    press(desk, "?")
    with desk.expect_response("**/keys/"):
        desk.click("[data-keys-toggle]")
    desk.keyboard.press("Escape")
    desk.reload()
    press(desk, "a", "e", "n", "r", "o", "1", "c", "Shift+Enter")
    desk.wait_for_timeout(300)
    assert desk.url.endswith(f"/inbox/{line.message_id}/")
    assert lines_of(cast, "generators.eml")[0].state == LineState.DRAFT


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_are_accessible_and_fit(desk: Page, cast: Cast, width: int) -> None:
    [line] = lines_of(cast, "laptops.eml")
    [other] = lines_of(cast, "laptops-uk.eml")
    sheet = lines_of(cast, "sheet.eml")
    desk.set_viewport_size({"width": width, "height": 800})
    paths = (
        "/inbox/",
        f"/inbox/{line.message_id}/",
        f"/inbox/{line.message_id}/lines/{line.id}/mend/",
        f"/inbox/{line.message_id}/lines/{line.id}/split/",
        f"/inbox/{line.message_id}/lines/{line.id}/join/",
        f"/inbox/{sheet[0].message_id}/lines/{sheet[0].id}/join/?with={sheet[1].id}",
        f"/inbox/{line.message_id}/add/?words=laptops",
        "/inbox/sure/?least=0.5",
        "/links/",
        f"/links/{line.id}/{other.id}/",
        f"/links/lines/{line.id}/",
        f"/needs/{line.need_id}/links/",
    )
    for path in paths:
        desk.goto(path)
        found = Axe().run(desk)
        assert [f"{path} {one['id']}: {one['nodes'][0]['html']}" for one in found.response["violations"]] == []
        assert desk.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
