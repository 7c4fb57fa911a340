"""What is tracked names no machine on which it was made, no package registry's host and no writing tool."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
# put together here, so that this file does not hold the words that it looks for
PLACES = ["/" + name + "/" for name in ("work", "root", "opt")] + ["/home/" + "user", "/tmp/" + "sild/"]
HOSTS = [
    ".".join(parts) for parts in (("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("deb", "debian", "org"))
]
TOOLS = ["Chat" + "GPT", "Co" + "pilot", "Cl" + "aude", "Anth" + "ropic", "Open" + "AI"]
FOREIGN = re.compile(
    "|".join(
        [
            *(rf"(?<![\w.$}}]){re.escape(word)}" for word in PLACES),
            *(re.escape(word) for word in HOSTS),
            *(rf"\b{word}\b" for word in TOOLS),
        ]
    )
)
LEFT_OVER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|raise NotImplemented" + "Error")


def tracked() -> Iterator[Path]:
    """Files under version control; in a copy without git, everything outside hidden and made folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        yield from (CHECKOUT / name for name in listed.stdout.split("\0") if name and (CHECKOUT / name).is_file())
        return
    for path in sorted(CHECKOUT.rglob("*")):
        inside = path.relative_to(CHECKOUT).parts
        if path.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in inside):
            yield path


def text_of(path: Path) -> str:
    """The text of a file; "" for what is not UTF-8 (pictures, documents of the sample)."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def foreign_words(text: str) -> list[str]:
    return [f"line {number}: {found[0]}" for number, line in enumerate(text.splitlines(), 1) if (found := FOREIGN.search(line))]


def test_no_tracked_file_names_a_workplace_a_registry_host_or_a_tool() -> None:
    files = list(tracked())
    assert len(files) > 20, "the files were not found: this test would have read nothing"
    # the sample's letters are data: what they say is what a letter says
    findings = [
        f"{path.relative_to(CHECKOUT)} {found}" for path in files if "inbox" not in path.parts for found in foreign_words(text_of(path))
    ]
    assert findings == []


@pytest.mark.parametrize("word", [*PLACES, *HOSTS, *TOOLS])
def test_a_planted_word_is_found(word: str) -> None:
    assert foreign_words(f"first line\nsee {word}here or {word} there") == [f"line 2: {word}"]


@pytest.mark.parametrize("text", ["make framework/x", "../work/x is a path of ours", "https://example.org/work/item", "the homework/"])
def test_a_usual_word_is_let_stand(text: str) -> None:
    assert foreign_words(text) == []


def test_nothing_in_the_package_is_left_over_for_later() -> None:
    findings = [
        f"{path.relative_to(CHECKOUT)}: {found[0]}"
        for path in tracked()
        if path.suffix == ".py" and "src" in path.relative_to(CHECKOUT).parts and (found := LEFT_OVER.search(text_of(path)))
    ]
    assert findings == []
