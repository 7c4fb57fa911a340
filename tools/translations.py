"""Collects every text that people read from src/sild, keeps the catalogues of the desk's languages, and compiles them.

`translations.py` brings src/sild/web/locale/*/LC_MESSAGES/django.po up to the source and compiles it; what left the source goes;
`translations.py missing` lists what has no translation yet; `translations.py check` writes nothing and says what is wrong.
A translator edits the .po file and runs this again. English needs no catalogue: the texts in the source are English.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCE = CHECKOUT / "src" / "sild"
LOCALE = SOURCE / "web" / "locale"
LANGUAGES = ("uk",)

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy", "npgettext_noop"), ((1, "c"), 2, 3)),
}
"""The functions that mark a text, as Babel writes their arguments."""

PLACES = re.compile(r"%\((\w+)\)[sd]|\{(\w*)[^}]*\}")
"""Named places in a text that a value fills: %(day)s from templates, {day} from Python."""

# dates in a catalogue would change it each time; what changed when is told by version control
FIXED = datetime(2026, 11, 21, tzinfo=UTC)
CHANGING = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Last-Translator",
    "Language-Team",
    "Project-Id-Version",
    "Report-Msgid",
)


def texts() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Every marked text: (file, text or (singular, plural), context)."""
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix not in (".py", ".html") or "migrations" in path.parts:
            continue
        name = path.relative_to(CHECKOUT).as_posix()
        code = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            # what stands between the texts is no program: its indents would be faults
            code = "\n".join(line.strip() for line in templatize(code, origin=name).splitlines())
        for _line, message, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS, options={"encoding": "utf-8"}):
            if message and message[0] if isinstance(message, tuple) else message:
                yield name, message, context


def collected(language: str) -> Catalog:
    """The texts of the source as a catalogue without translations."""
    catalog = Catalog(locale=language, domain="django", fuzzy=False, creation_date=FIXED, revision_date=FIXED)
    catalog.header_comment = "# Texts of the desk. Made and compiled by tools/translations.py; the translations are edited here."
    for name, message, context in texts():
        marks = ["python-brace-format"] if PLACES.search(str(message)) and "{" in str(message) else []
        catalog.add(message, locations=[(name, 0)], context=context, flags=marks)
    return catalog


def kept(language: str) -> Catalog:
    """The catalogue as it is committed; an empty one where there is none."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def brought_up(language: str) -> Catalog:
    """The source's texts with the translations that there are."""
    now, before = collected(language), kept(language)
    for message in now:
        known = before.get(message.id, context=message.context) if message.id else None
        if known is not None and known.string and (isinstance(known.id, tuple) == isinstance(message.id, tuple)):
            message.string = known.string
    return now


def po_path(language: str) -> Path:
    """Where a language's catalogue is kept."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def po_text(catalog: Catalog) -> bytes:
    """A catalogue as a .po file: in the order of the texts, without dates and without line numbers."""
    out = io.BytesIO()
    write_po(out, catalog, width=140, sort_output=True, include_lineno=False, omit_header=False)
    return b"\n".join(line for line in out.getvalue().split(b"\n") if not line.startswith(tuple(b'"' + name.encode() for name in CHANGING)))


def mo_bytes(catalog: Catalog) -> bytes:
    """A catalogue as the framework reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def strings_of(message: Message) -> list[str]:
    """A message's translations: one, or one for each plural form."""
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string or ""]


def places_of(text: str) -> set[str]:
    """The names of the places in a text."""
    return {one or other for one, other in PLACES.findall(text)}


def missing(catalog: Catalog) -> list[str]:
    """The texts without a translation, or with a plural form without one."""
    return [str(message.id) for message in catalog if message.id and not all(strings_of(message))]


def misplaced(catalog: Catalog) -> list[str]:
    """Texts whose translation has other places than they have. A plural form may leave a place out: "one need"."""
    findings = []
    for message in catalog:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set().union(*(places_of(one) for one in ids))
        for string in strings_of(message):
            got = places_of(string)
            if message.id and string and (got - wanted or (not isinstance(message.id, tuple) and got != wanted)):
                findings.append(f"{ids[0]!r}: {string!r}")
    return findings


def stale_files(language: str) -> list[str]:
    """What has fallen behind: the .po behind the source, the .mo behind the .po."""
    findings = []
    path = po_path(language)
    if not path.exists() or path.read_bytes() != po_text(brought_up(language)):
        findings.append(f"{path.relative_to(CHECKOUT)} is behind the source: run make translations")
    compiled = path.with_suffix(".mo")
    # read back both: the compiler writes a plural without a translation as its English
    if not compiled.exists() or contents(compiled.read_bytes()) != contents(mo_bytes(kept(language))):
        findings.append(f"{compiled.relative_to(CHECKOUT)} is not what its .po says: run make translations")
    return findings


def contents(compiled: bytes) -> dict[tuple[str | bytes | None, str], list[str]]:
    """What a compiled catalogue translates, for comparing: (context, text) -> translations."""
    found = {}
    for message in read_mo(io.BytesIO(compiled)):
        if message.id and any(strings_of(message)):
            found[message.context, message.id[0] if isinstance(message.id, list | tuple) else message.id] = strings_of(message)
    return found


def main() -> None:
    """Write, list, or check, as the argument says."""
    wish = sys.argv[1] if len(sys.argv) > 1 else "write"
    faults: list[str] = []
    for language in LANGUAGES:
        catalog = brought_up(language)
        if wish == "missing":
            print("\n".join(missing(catalog)))
            continue
        if wish == "check":
            faults += stale_files(language) + misplaced(catalog) + [f"not translated into {language}: {text}" for text in missing(catalog)]
            continue
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_text(catalog))
        path.with_suffix(".mo").write_bytes(mo_bytes(kept(language)))
        print(f"{language}: {len(catalog)} texts, {len(missing(catalog))} without a translation")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
