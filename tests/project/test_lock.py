"""The locks: every package pinned with hashes and no address, one version of each in both, and no licence that would bind the desk."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==(?P<version>[\w.!+-]+)(?: ; [^\\]+)?"
    r"(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)$"
)

ALLOWED = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "Unlicense", "Zlib"}
    | {"LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later"}
)
# words that packages without an SPDX expression use for an allowed licence
NAMED = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "Python Software Foundation License": "PSF-2.0",
}
# packages whose metadata says it in words of their own: what was read, and where
REASONED = {
    "pyrage": "MIT; LICENSE in the wheel, whose Rust parts are those of rage, MIT OR Apache-2.0",
    "olefile": "BSD-2-Clause, with the HPND notice of the program that it is derived from; LICENSE in the wheel",
    "imapclient": "BSD-3-Clause; COPYING in the wheel",
    "qrcode": "BSD-3-Clause, with the MIT notice of the program that it is derived from; LICENSE in the wheel",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0: its own code either, pdfium and what that bundles permissive; LICENSES/ in the wheel",
}


def entries(lock: str) -> list[str]:
    """The lock cut into requirements: a line and its indented continuation lines."""
    return re.findall(r"^\S.*(?:\n .*)*", lock, re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return {found["name"].lower(): found["version"] for one in entries(lock) if (found := ENTRY.match(one))}


def unpinned(lock: str) -> list[str]:
    """Entries that are not `name==version` with at least one SHA-256: addresses, options, ranges, editable paths."""
    return [one for one in entries(lock) if not ENTRY.match(one)]


def refusal(name: str, expression: str | None, licence: str | None, classifiers: list[str]) -> str | None:
    """Why a package may not be in the runtime lock; None where its licence is known and allowed."""
    if name in REASONED:
        return None
    said = [expression] if expression else [one for one in (licence, *classifiers) if one and "\n" not in one]
    if not said:
        return f"{name} names no licence that is understood: read it, then add it to REASONED with what was read"
    for one in said:
        choices = [part.strip("() ").split(" AND ") for part in NAMED.get(one, one).split(" OR ")]
        if not any(all(word.strip("() ") in ALLOWED for word in choice) for choice in choices):
            return f"{name}: licence '{one}' is not on the list of allowed ones"
    return None


def read_lock(name: str) -> str:
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    assert len(pins(text)) > 20, f"{name} was not understood: this test would have read nothing"
    return text


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes_and_nothing_else_stands_in_the_lock(name: str) -> None:
    assert unpinned(read_lock(name)) == []


@pytest.mark.parametrize(
    "line",
    [
        "numpy>=2",
        "numpy==2.4.6",
        "--index-url https://mirror.example/simple",
        "--find-links /srv/wheels",
        "-e .",
        "numpy @ https://mirror.example/numpy-2.4.6.whl",
        "# a remark",
    ],
)
def test_a_line_that_is_no_hashed_pin_is_found(line: str) -> None:
    assert unpinned(f"{line}\n") == [line]


def test_both_locks_hold_the_same_versions() -> None:
    runtime, dev = (pins(read_lock(name)) for name in LOCKS)
    assert {name: dev.get(name) for name in runtime} == runtime


def test_the_locks_hold_what_the_project_asks_for() -> None:
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = re.search(r"^dependencies = \[(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert wanted
    names = {name.lower() for name in re.findall(r'"([A-Za-z0-9_.-]+)', wanted[1])}
    assert names
    assert names - set(pins(read_lock("requirements.lock"))) == set()


@pytest.mark.parametrize("name", LOCKS)
def test_ortools_is_never_locked_beside_highspy(name: str) -> None:
    """The two bring clashing copies of one solver and cannot be imported in one process."""
    locked = pins(read_lock(name))
    assert "highspy" in locked
    assert "ortools" not in locked


def test_no_package_of_the_runtime_lock_is_gpl_or_agpl_or_of_unknown_licence() -> None:
    findings = []
    for name in pins(read_lock("requirements.lock")):
        said = metadata.metadata(name)
        classifiers = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or [] if one.startswith("License ::")]
        findings.append(refusal(name, said.get("License-Expression"), said.get("License"), classifiers))
    assert [one for one in findings if one] == []


@pytest.mark.parametrize(
    ("expression", "licence", "classifiers"),
    [
        ("GPL-3.0-only", None, []),
        ("AGPL-3.0-or-later", None, []),
        ("MIT AND GPL-2.0-or-later", None, []),
        (None, "GPLv3", []),
        (None, "MIT", ["GNU General Public License v3 (GPLv3)"]),
        (None, None, ["GNU Affero General Public License v3"]),
        (None, None, []),
        (None, "see the file\nLICENSE", []),
    ],
)
def test_a_binding_or_unknown_licence_is_refused(expression: str | None, licence: str | None, classifiers: list[str]) -> None:
    assert refusal("planted", expression, licence, classifiers)


@pytest.mark.parametrize("expression", ["MIT", "LGPL-3.0-only", "GPL-2.0-only OR MIT", "(Apache-2.0 OR BSD-3-Clause)"])
def test_an_allowed_licence_or_a_choice_of_one_passes(expression: str) -> None:
    assert refusal("planted", expression, None, []) is None
