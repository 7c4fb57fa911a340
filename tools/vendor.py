"""Fetches the desk's style sheets and htmx from their packages, and makes them the desk's own.

Which package at which version, and the hash of each archive and of each file that comes out, stands in vendor.lock.
`npm pack` fetches from whatever registry the environment is set to. Takes brands and fonts out, drops components that
no page uses, turns colours into custom properties (so that dark mode can change them) and keeps the licences.
`--check` fetches nothing and compares the committed files with the lock; `--lock` writes the lock anew from what came.
"""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
LOCK = TOOLS / "vendor.lock"
VENDOR = TOOLS.parent / "src" / "sild" / "web" / "static" / "sild" / "vendor"

DROPPED = (
    "govuk-accordion|govuk-accordion-nav|govuk-cookie-banner|govuk-exit-this-page|govuk-exit-this-page-overlay"
    "|govuk-exit-this-page-hide-content|govuk-footer|govuk-header|govuk-generic-header|govuk-logo-dot|govuk-tabs|govuk-frontend-supported"
    "|govuk-feedback|govuk-language-navigation|govuk-service-navigation|govuk-file-upload-button|govuk-file-upload-wrapper|govuk-drop-zone"
    "|govuk-panel|govuk-phase-banner|govuk-character-count|govuk-password-input|govuk-task-list|govuk-link-image"
    "|moj-add-another|moj-alert|moj-banner|moj-button-menu|moj-cookie-banner|moj-datepicker|moj-header|moj-interruption-card"
    "|moj-message-item|moj-message-list|moj-messages-container|moj-multi-file-upload|moj-multi-select|moj-organisation-nav"
    "|moj-password-reveal|moj-primary-navigation|moj-progress-bar|moj-rich-text-editor|moj-task-list|moj-ticket-panel|moj-label"
    "|moj-notification-badge|moj-width-container|moj-input|moj-tag|moj-search-toggle|moj-identity-bar|moj-action-bar|moj-pagination"
)
"""Components that need a script, carry a brand, or are used by no page of the desk."""

_DROPPED = re.compile(rf"\.(?:{DROPPED})(?=__|--|[^\w-]|$)")
_OLD_ENGINES = re.compile(r"::?-ms-|-moz-document|\\0|not \(caret-color:auto\)|not \(text-wrap:balance\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
_FALLBACK = re.compile(r"(var\(--[\w-]+),(?:#[0-9a-f]{3,8})\)")
_FONT = re.compile(r"GDS Transport,\s*arial,\s*sans-serif")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a style sheet: `inner` for what stands in an at-rule, `body` for declarations."""

    head: str
    body: str
    inner: tuple[Rule, ...]


def parsed(css: str) -> list[Rule]:
    """The rules of a minified style sheet. Statements without a block (@charset) and comments are left out."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    rules, _ = _block(css, 0)
    return rules


def _block(css: str, at: int) -> tuple[list[Rule], int]:
    rules: list[Rule] = []
    while at < len(css):
        stop = _next_of(css, at, "{};")
        if stop is None or css[stop] == "}":
            return rules, len(css) if stop is None else stop + 1
        head, at = css[at:stop].strip(), stop + 1
        if css[stop] == ";":
            continue
        if head.startswith(("@media", "@supports", "@-moz-document")):
            inner, at = _block(css, at)
            rules.append(Rule(head, "", tuple(inner)))
        else:
            end = _next_of(css, at, "}")
            end = len(css) if end is None else end
            rules.append(Rule(head, css[at:end].strip().rstrip(";"), ()))
            at = end + 1
    return rules, at


def _next_of(css: str, at: int, signs: str) -> int | None:
    """Where the next of some signs stands outside of quotes; None where there is none."""
    quote = ""
    for place in range(at, len(css)):
        sign = css[place]
        if quote:
            quote = "" if sign == quote and css[place - 1] != "\\" else quote
        elif sign in "\"'":
            quote = sign
        elif sign in signs:
            return place
    return None


def selectors(head: str) -> list[str]:
    """The selectors of a rule's head, cut at the commas outside of parentheses."""
    found, depth, start = [], 0, 0
    for place, sign in enumerate(head):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            found.append(head[start:place].strip())
            start = place + 1
    return [*found, head[start:].strip()]


def made_own(rules: Sequence[Rule], prefix: str = "") -> Iterator[Rule]:
    """The rules without brands, fonts, images, unused components and engines that are gone; colours by name.

    Of selectors only those that start with `prefix`.
    """
    for rule in rules:
        if rule.head.startswith("@font-face") or _OLD_ENGINES.search(rule.head):
            continue
        if rule.head.startswith("@"):
            inner = tuple(made_own(rule.inner, prefix))
            if inner or rule.body:
                yield Rule(rule.head, rule.body, inner)
            continue
        kept = [one for one in selectors(rule.head) if one.startswith(prefix) and not _DROPPED.search(one) and not _OLD_ENGINES.search(one)]
        body = _declarations(rule.body, root=rule.head == ":root", focus=":focus" in rule.head)
        if kept and body:
            yield Rule(",".join(kept), body, ())


def _declarations(body: str, *, root: bool, focus: bool) -> str:
    named = []
    for declaration in filter(None, body.split(";")):
        if "url(" in declaration or declaration.startswith(("-webkit-font", "-moz-osx", "-ms-", "--govuk-frontend-version")):
            continue
        text = _FALLBACK.sub(r"\1)", _FONT.sub("var(--desk-font)", declaration))
        name = text.partition(":")[0]
        named.append(text if root else _COLOUR.sub(lambda found, name=name: _token(found[0].lower(), name, focus), text))
    return ";".join(named)


def _token(colour: str, name: str, focus: bool) -> str:
    """The custom property for a colour that a component writes out: what is ink or paper follows the theme, a hue keeps its name."""
    if colour in ("#0b0c0c", "#000"):
        return "var(--govuk-focus-text-colour)" if focus else "var(--govuk-text-colour)"
    if colour == "#fff":
        return "var(--govuk-body-background-colour)" if name.startswith("background") else "var(--govuk-inverse-text-colour)"
    return {"#fd0": "var(--govuk-focus-colour)", "#cecece": "var(--govuk-border-colour)"}.get(colour, f"var(--hue-{colour[1:]})")


def written(rules: Sequence[Rule]) -> str:
    """The rules as text, neighbours of one at-rule put together."""
    parts: list[str] = []
    for place, rule in enumerate(rules):
        if not rule.head.startswith("@") or not rule.inner:
            parts.append(f"{rule.head}{{{rule.body}}}")
            continue
        if place == 0 or rules[place - 1].head != rule.head:
            parts.append(rule.head + "{")
        parts.append(written(rule.inner))
        if place + 1 == len(rules) or rules[place + 1].head != rule.head:
            parts.append("}")
    return "".join(parts)


def style_sheet(first: str, second: str) -> str:
    """One sheet from two: the hues that they use stand at its head, with the values that they had."""
    # the second package brings parts of the first along, of an older version
    rules = [*made_own(parsed(first)), *made_own(parsed(second), prefix=".moj-")]
    text = re.sub(r"\s*\n\s*", "", written(rules))
    hues = sorted(set(re.findall(r"var\(--hue-([0-9a-f]+)\)", text)))
    return ":root{" + ";".join(f"--hue-{hue}:#{hue}" for hue in hues) + "}" + text + "\n"


def files_from(unpacked: dict[str, Path]) -> dict[str, bytes]:
    """What the packages become: name of the file -> its bytes."""
    govuk, moj, htmx = unpacked["govuk-frontend"], unpacked["@ministryofjustice/frontend"], unpacked["htmx.org"]
    sheet = style_sheet(
        (govuk / "dist/govuk/govuk-frontend.min.css").read_text(encoding="utf-8"),
        (moj / "moj/moj-frontend.min.css").read_text(encoding="utf-8"),
    )
    script = re.sub(rb"\n?//# sourceMappingURL=.*\n?", b"\n", (htmx / "dist/htmx.min.js").read_bytes())
    return {"frontend.css": sheet.encode(), "htmx.js": script}


def fetched(name: str, version: str, integrity: str | None, place: Path) -> tuple[Path, str]:
    """The folder of an unpacked package and its integrity word. Exits where the archive is not what the lock says."""
    done = subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"npm could not fetch {name} {version}: {done.stderr.strip()}. Is the registry of npm's configuration reachable?")
    archive = place / done.stdout.strip().splitlines()[-1]
    came = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if integrity is not None and came != integrity:
        sys.exit(f"{name} {version}: the archive that came is not the one of the lock. Do not use it; ask where it came from.")
    folder = place / re.sub(r"\W+", "-", name)
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package", came


def faults(lock: dict[str, dict[str, str]], folder: Path) -> list[str]:
    """What differs between the committed files and the lock, one sentence each."""
    here = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.suffix in (".css", ".js")}
    wanted = lock["files"]
    changed = [f"{name} is not what the lock says" for name in here.keys() & wanted.keys() if here[name] != wanted[name]]
    return sorted(
        [
            *changed,
            *(f"{name} is missing" for name in wanted.keys() - here),
            *(f"{name} is not in the lock" for name in here.keys() - wanted),
        ]
    )


def main() -> None:
    """Fetch and write, or check, as the argument says."""
    lock = tomllib.loads(LOCK.read_text(encoding="utf-8"))
    if "--check" in sys.argv:
        found = faults(lock, VENDOR)
        if found:
            sys.exit("; ".join(found) + ". Run tools/vendor.py.")
        print("the vendored files are those of the lock")
        return
    anew = "--lock" in sys.argv
    with tempfile.TemporaryDirectory() as place:
        came = {
            name: fetched(name, version, None if anew else lock["integrity"][name], Path(place))
            for name, version in lock["packages"].items()
        }
        made = files_from({name: folder for name, (folder, _) in came.items()})
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (VENDOR / name).write_bytes(content)
    if anew:
        _write_lock(lock["packages"], {name: word for name, (_, word) in came.items()}, made)
    elif found := faults(lock, VENDOR):
        sys.exit("; ".join(found) + ". If the change is meant, write the lock anew: tools/vendor.py --lock")
    print(f"{len(made)} files in {VENDOR.relative_to(TOOLS.parent)}")


def _write_lock(packages: dict[str, str], integrity: dict[str, str], made: dict[str, bytes]) -> None:
    sections = {
        "packages": packages,
        "integrity": integrity,
        "files": {name: hashlib.sha256(text).hexdigest() for name, text in made.items()},
    }
    head = LOCK.read_text(encoding="utf-8").partition("\n[")[0]
    body = "\n\n".join(
        f"[{section}]\n" + "\n".join(f'"{name}" = "{word}"' for name, word in rows.items()) for section, rows in sections.items()
    )
    LOCK.write_text(f"{head}\n{body}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
