"""All that a person reads is there in Ukrainian: nothing untranslated or stale, no place of a value lost, no bare text in a template."""

from __future__ import annotations

import html.parser
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "sild"

SPOKEN = ("aria-label", "title", "alt", "placeholder")
NAMES = {"Sild", "TLP", "CSV", "JSON", "SVG", "PDF"}
"""Words that are the same in every language."""
SILENT = {"kbd", "code", "script", "style"}


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", CHECKOUT / "tools" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


tool = _tool()


class _Visible(html.parser.HTMLParser):
    """Collects the texts that a reader meets: text nodes and spoken attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.silent = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        values = dict(attrs)
        self.found += [text for name in SPOKEN if (text := values.get(name))]
        if tag == "input" and values.get("type") in ("submit", "button") and values.get("value"):
            self.found.append(str(values["value"]))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def bare_texts(template: str) -> list[str]:
    """Words in a template that no translation reaches."""
    for pattern in (
        r"\{#.*?#\}",
        r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}",
        r"\{%\s*block wide\s*%\}.*?\{%\s*endblock\s*%\}",  # a class of the page, not a text
        r"\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
    ):
        template = re.sub(pattern, "", template, flags=re.DOTALL)
    reader = _Visible()
    reader.feed(template)
    return [text.strip() for text in reader.found if set(re.findall(r"[^\W\d_]{2,}", text)) - NAMES]


def test_every_text_has_a_ukrainian_translation() -> None:
    missing = [text for language in tool.LANGUAGES for text in tool.missing(tool.brought_up(language))]
    assert missing == [], "translate them in src/sild/web/locale/uk/LC_MESSAGES/django.po, then: make translations"


def test_the_catalogues_are_those_of_the_source_and_compiled() -> None:
    assert [finding for language in tool.LANGUAGES for finding in tool.stale_files(language)] == []


def test_a_translation_has_the_places_of_its_text() -> None:
    assert [finding for language in tool.LANGUAGES for finding in tool.misplaced(tool.kept(language))] == []


def test_no_text_is_said_both_alone_and_counted() -> None:
    # the catalogue keeps one entry for both: said alone, the place of the count would stand open before the reader
    found = list(tool.texts())
    counted = {(message[0], context) for _, message, context in found if isinstance(message, tuple)}
    alone = {(message, context) for _, message, context in found if isinstance(message, str)}
    assert counted & alone == set()


def test_the_source_is_read() -> None:
    texts = list(tool.texts())
    assert len(texts) > 100
    assert {".py", ".html"} == {Path(name).suffix for name, _, _ in texts}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("templates/**/*.html")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_shows_no_text_that_cannot_be_translated(path: Path) -> None:
    assert bare_texts(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Not translated</p>", ["Not translated"]),
        ('{% load i18n %}<p>{% translate "Good" %} {{ name }}</p>', []),
        ('<a aria-label="Close it">×</a>', ["Close it"]),
        ("{% blocktranslate %}Good {{ day }}{% endblocktranslate %}{# a remark #}<kbd>Shift</kbd>", []),
        ('<input type="submit" value="Send">', ["Send"]),
        ("<p>Sild 1.0 · 5 %</p>", []),
    ],
)
def test_a_planted_text_is_found(template: str, found: list[str]) -> None:
    assert bare_texts(template) == found


def test_a_missing_plural_form_and_a_lost_place_are_found() -> None:
    catalog = Catalog(locale="uk")
    catalog.add(("%(n)s need", "%(n)s needs"), string=("%(n)s потреба", "%(n)s потреби", ""))
    catalog.add("Ask {name}.", string="Запитайте.")
    assert len(tool.missing(catalog)) == 1
    assert tool.misplaced(catalog) == ["'Ask {name}.': 'Запитайте.'"]
